"""Memory: a budget from the device, slots that fit it, and what nobody uses is given back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studio.catalog import Catalog
from studio.engine.manager import Manager
from studio.errors import InvalidInput, OutOfMemory, StudioError
from studio.families.available_memory import available_bytes
from studio.families.device import device_budget_bytes, reserve_bytes
from studio.families.fake import Fake
from studio.families.loader import CardLoader
from studio.requests import Request, Sampling
from studio.service import Studio
from studio.settings import Settings
from tests.engine.fake_cards import MB, Cards, Clock, Gate, ask
from tests.families.tiny_models import tiny_card

GB = 10**9


class TestBudget:
    """What loaded cards may take together."""

    @pytest.mark.parametrize(
        ("given", "wanted"),
        [
            ({"STUDIO_MEMORY_BUDGET": "6GB"}, 6 * GB),
            ({"STUDIO_MEMORY_BUDGET": "800MB"}, 800 * MB),
            ({"STUDIO_MEMORY_BUDGET": "1.5 gb"}, 1500 * MB),
            ({"STUDIO_BUDGET_MB": "300"}, 300 * MB),
            ({"STUDIO_MEMORY_BUDGET": "2GB", "STUDIO_BUDGET_MB": "300"}, 2 * GB),
            ({}, 0),
        ],
    )
    def test_it_is_set_as_a_size(self, given: dict[str, str], wanted: int) -> None:
        assert Settings.from_environ(given).memory_budget_bytes == wanted

    @pytest.mark.parametrize("text", ["six", "6", "6 apples", "-1GB"])
    def test_a_size_that_is_none_names_its_variable(self, text: str) -> None:
        with pytest.raises(InvalidInput, match="STUDIO_MEMORY_BUDGET"):
            Settings.from_environ({"STUDIO_MEMORY_BUDGET": text})

    def test_room_to_work_in_is_kept(self) -> None:
        for free in (1 * GB, 8 * GB, 64 * GB):
            for device in ("cpu", "cuda"):
                assert 0 < reserve_bytes(device, free) <= free // 2
        assert 0 < device_budget_bytes("cpu") < available_bytes()

    @pytest.mark.parametrize(
        ("own", "files", "wanted"),
        [
            ("0::/", {}, 8 * GB),
            ("0::/", {"memory.max": "max", "memory.current": "5"}, 8 * GB),
            ("0::/", {"memory.max": str(2 * GB), "memory.current": str(GB)}, GB),
            (
                "0::/pod/studio",
                {"pod/memory.max": str(3 * GB), "pod/memory.current": str(GB)},
                2 * GB,
            ),
            (
                "5:cpu,memory:/pod",
                {
                    "memory/pod/memory.limit_in_bytes": str(2 * GB),
                    "memory/pod/memory.usage_in_bytes": str(GB),
                    "memory/pod/memory.stat": f"cache 1\ntotal_inactive_file {GB // 2}\n",
                },
                GB + GB // 2,
            ),
        ],
        ids=["no limit", "limit max", "a container", "a group above", "cgroup v1"],
    )
    def test_a_container_has_what_its_limit_leaves(
        self, tmp_path: Path, own: str, files: dict[str, str], wanted: int
    ) -> None:
        made = {"proc/meminfo": f"MemTotal: 9\nMemAvailable: {8 * GB // 1024} kB\n"}
        made |= {"proc/self/cgroup": f"{own}\n"}
        made |= {f"cgroup/{name}": text for name, text in files.items()}
        for name, text in made.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "ascii")
        assert available_bytes(tmp_path / "proc", tmp_path / "cgroup") == wanted


class TestSlots:
    """A small budget serves fewer people at once, never fewer than four."""

    def test_slots_follow_the_budget_and_the_status_tells_them(self, tmp_path: Path) -> None:
        card = tiny_card(tmp_path, "llama", parameters=50_000)
        settings = Settings.from_environ({"STUDIO_DATA_DIR": str(tmp_path / "data")})
        found = {}
        for budget in (1, 5_000_000, 100 * MB):
            cards = CardLoader(Catalog([card]), settings, device="cpu", budget_bytes=budget)
            need = cards.footprint(card.name)
            with Manager(cards, budget_bytes=GB, threaded=False) as manager:
                sampling = Sampling(max_tokens=4)
                ticket = manager.submit(Request(card=card.name, seed=1, sampling=sampling))
                manager.drain()
                assert ticket.result(0).usage.output_tokens
                (told,) = manager.status().cards
                found[budget] = told.slots
                assert told.resident_bytes <= 1.1 * need
        assert found[1] == 4
        assert 4 < found[5_000_000] < 16
        assert found[100 * MB] == 16

    def test_a_card_that_does_not_fit_is_refused_before_the_device_runs_out(
        self, tmp_path: Path
    ) -> None:
        card = tiny_card(tmp_path, "llama", parameters=50_000)
        settings = Settings.from_environ({"STUDIO_DATA_DIR": str(tmp_path / "data")})
        cards = CardLoader(Catalog([card]), settings, device="cpu", budget_bytes=1)
        with Manager(cards, budget_bytes=1, threaded=False) as manager, pytest.raises(OutOfMemory):
            manager.submit(Request(card=card.name, seed=1))


Engine = Callable[..., Manager]


class TestGivingBack:
    """What nobody uses leaves: for others, after a while, or when somebody says so."""

    def test_under_pressure_cards_come_and_go_and_everybody_is_served(self) -> None:
        makers = {f"c{n}": (lambda n=n: Fake(footprint=(20 + 5 * n) * MB)) for n in range(6)}
        cards = Cards(**makers)  # type: ignore[arg-type]
        with Manager(cards, budget_bytes=80 * MB) as manager:
            tickets = [
                manager.submit(ask(f"idea {n}", card=f"c{n * 7 % 6}", seed=n)) for n in range(60)
            ]
            assert all(ticket.result(60).text for ticket in tickets)
            status = manager.status()
        assert status.resident_bytes <= status.budget_bytes
        assert status.counts.events["evictions"] > 0

    def test_an_idle_card_leaves_after_a_while(self) -> None:
        clock = Clock()
        cards = Cards(text=Fake, other=Fake)
        with Manager(
            cards, budget_bytes=GB, clock=clock, threaded=False, idle_unload_s=60
        ) as manager:
            for card in ("text", "other"):
                manager.submit(ask(card=card))
                manager.drain()
                clock.now += 40
            manager.drain()
            assert set(manager.status().resident) == {"other"}
            with manager.lease("other"):
                clock.now += 1000
                manager.drain()
                assert set(manager.status().resident) == {"other"}
            manager.drain()
            assert not manager.status().resident
            again = manager.submit(ask())
            manager.drain()
            assert again.result(0).text

    def test_the_device_thread_wakes_for_it(self) -> None:
        with Manager(Cards(text=Fake), budget_bytes=GB, idle_unload_s=0.05) as manager:
            assert manager.submit(ask()).result(30).text
            ends = time.monotonic() + 30
            while manager.status().resident and time.monotonic() < ends:
                time.sleep(0.01)
            assert not manager.status().resident

    def test_nothing_leaves_by_itself_unless_it_is_asked(self) -> None:
        clock = Clock()
        with Manager(Cards(text=Fake), budget_bytes=GB, clock=clock, threaded=False) as manager:
            manager.submit(ask())
            manager.drain()
            clock.now += 10**6
            manager.drain()
            assert set(manager.status().resident) == {"text"}

    async def _unloaded(self, studio: Studio, card: str) -> str:
        try:
            await studio.unload(card)
        except StudioError as error:
            return error.code
        return ""

    def test_a_person_gives_the_memory_of_a_card_back(self, fake_settings: Settings) -> None:
        gate = Gate()
        opened = Studio.open(fake_settings)
        cards = Cards(text=lambda: Fake(before_step=gate))
        studio = Studio(
            fake_settings,
            opened.catalog,
            Manager(cards, budget_bytes=GB),
            opened._archive,
        )
        try:
            ticket = studio._manager.submit(replace(ask(), deadline_s=None))
            assert gate.reached.wait(30)
            gate.open()
            assert ticket.result(30).text
            assert asyncio.run(self._unloaded(studio, "text")) == ""
            assert not studio.status().resident
            assert asyncio.run(self._unloaded(studio, "nobody")) == ""
            with studio._manager.lease("text"):
                assert studio._manager.submit(ask()).result(30).text
                assert asyncio.run(self._unloaded(studio, "text")) == "in_use"
        finally:
            studio.close()
            opened.close()
