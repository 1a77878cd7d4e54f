"""The engine's benchmark: it runs on any card, beside the peers there are, and says what failed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from studio.bench import engine_runs
from studio.errors import InvalidInput
from studio.families.bench_engines import BenchEngines, Place
from studio.families.bench_goals import engine_goals
from studio.families.bench_prompts import BenchPrompts
from studio.families.bench_table import engine_table
from studio.families.bench_turns import Turns, ratios
from studio.families.engine_report import EngineRuns, engine_numbers
from studio.families.peers.generate_peer import GeneratePeer
from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.peer_list import PEERS
from studio.families.peers.peer_process import PeerFailed
from tests.families.tiny_models import tiny_card


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Of a tiny model; no interpreter for the peers, so `generate` alone is put in by hand."""
    folder = tmp_path_factory.mktemp("bench")
    place = Place(tiny_card(folder, "llama"), "cpu", 1, 9, folder, str(folder / "no-python"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BenchEngines, "open_peers", _with_generate)
        return engine_numbers(place, EngineRuns(batches=(1, 4), tokens=6, rounds=2))


def _with_generate(engines: BenchEngines, specs: Sequence[Any]) -> None:
    place = engines.place
    given = {"threads": 1, "device": "cpu", "dtype": "float32", "folder": str(place.card.folder)}
    engines.opened["generate"] = GeneratePeer(given)
    named = {each.name: str(each.folder) for each in engines.adapters}
    engines.opened["peft"] = GeneratePeer(given | {"adapters": named})
    for name in ("generate", "peft"):
        engines.said[name] = {"weights": "float32", "state": "ran"}


def test_every_batch_size_is_compared_round_by_round(report: dict[str, Any]) -> None:
    assert list(report["speed"]) == ["1", "4"]
    for cells in report["speed"].values():
        assert set(cells) == {"generate", "float32", "auto"}
        for cell in cells.values():
            assert cell["rounds"] == 2
            for name in ("decode_tokens_per_s", "first_s", "decode_x", "first_x", "ours_x"):
                assert 0 < cell[name]["low"] <= cell[name]["median"] <= cell[name]["high"]
        assert cells["generate"]["decode_x"]["median"] == 1
        assert cells["auto"]["roofline"] > 0


def test_rows_that_join_and_rows_of_adapters_are_measured(report: dict[str, Any]) -> None:
    assert set(report["joining"]) == {"float32", "auto"}, "generate has no rows that join"
    assert report["joining"]["auto"]["joined_x"]["low"] > 0
    assert list(report["adapters"]) == ["1", "3", "8"]
    for cells in report["adapters"].values():
        assert set(cells) == {"auto", "peft"}
        assert cells["peft"]["ours_x"]["median"] > 0


def test_the_machine_and_the_goals_stand_beside(report: dict[str, Any]) -> None:
    assert report["machine"]["triad_gb_s"] > 0
    goals = {each["name"]: each for each in report["goals"]}
    assert isinstance(goals["three_adapters_x"]["met"], bool)
    assert goals["batch_16_x"]["met"] is None, "batch 16 was not run"
    assert json.loads(json.dumps(report)) == report


def test_the_table_has_a_line_for_each_engine(report: dict[str, Any]) -> None:
    text = engine_table(report)
    for line in ("| generate | float32 |", "| auto |", "| peft |", "| batch_16_x |"):
        assert line in text
    assert "not measured" in text


def test_peers_that_are_not_installed_are_named_with_what_installs_them(tmp_path: Path) -> None:
    place = Place(tiny_card(tmp_path, "llama"), "cpu", 1, 9, tmp_path, str(tmp_path / "python"))
    engines = BenchEngines(place)
    engines.open_peers(PEERS)
    assert engines.opened == {}
    assert {each["state"] for each in engines.said.values()} == {"not installed"}
    assert "pip install" in engines.said["openvino_genai"]["install"]


def test_a_peer_without_a_gguf_file_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tiny_card(tmp_path, "llama"), "cpu", 1, 9, tmp_path, sys.executable)
    found = dict.fromkeys(("llama-cpp-python",), "1.0")
    monkeypatch.setattr("studio.families.bench_engines.installed", lambda _: found)
    engines = BenchEngines(place)
    engines.open_peers([each for each in PEERS if each.module == "llama_cpp"])
    assert {each["state"] for each in engines.said.values()} == {
        "failed: this card has no GGUF file"
    }


class Counted:
    """A peer whose turns are counted, and that fails or is not able when told."""

    def __init__(self, mood: str = "") -> None:
        self.mood, self.turns = mood, 0

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        self.turns += 1
        if self.mood == "fails":
            raise PeerFailed("it stopped")
        if self.mood == "unable":
            raise NotImplementedError
        return Timed(1.0, float(self.turns), tokens)

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        raise NotImplementedError


def test_one_that_fails_is_out_and_the_others_go_on() -> None:
    engines = {"good": Counted(), "bad": Counted("fails"), "other": Counted("unable")}
    turns = Turns(engines, rounds=3)
    found = turns.take(lambda engine, _: engine.batch([], 4, []).rest_s)
    assert found == {"good": {0: 1.0, 1: 2.0, 2: 3.0}}
    assert turns.failed == {"bad": "it stopped"}
    assert (engines["bad"].turns, engines["other"].turns) == (1, 1)
    again = turns.take(lambda engine, _: engine.batch([], 4, []).rest_s)
    assert engines["bad"].turns == 1, "it is not asked again"
    assert set(again) == {"good"}


def test_a_slow_one_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.families.bench_turns.SLOW_S", -1.0)
    engines = {"ours": Counted(), "peer": Counted()}
    turns = Turns(engines, rounds=3, slow=frozenset({"peer"}))
    found = turns.take(lambda engine, _: engine.batch([], 4, []).rest_s)
    assert (len(found["ours"]), len(found["peer"])) == (3, 1)
    compared = ratios(found["ours"], found["peer"])
    assert compared == {"median": 1.0, "low": 1.0, "high": 1.0}, "only the round that both have"


def test_when_the_time_is_gone_one_round_is_left() -> None:
    turns = Turns({"ours": Counted()}, rounds=3, budget_s=-1.0)
    assert turns.take(lambda engine, _: engine.batch([], 4, []).rest_s) == {"ours": {0: 1.0}}


def test_prompts_are_unlike_each_other_and_from_round_to_round() -> None:
    prompts = BenchPrompts(list(range(150)), 64, 32)
    rows = prompts.rows(16, 0)
    assert {len(row) for row in rows} == {64}
    assert len({tuple(row) for row in (*rows, *prompts.rows(16, 1))}) > 24
    assert len(prompts.joiner(0)) == 32


def test_goals_of_a_gpu_are_its_own() -> None:
    speed = {"1": {"auto": {"roofline": 0.6}}, "32": {"auto": {"decode_x": {"median": 2.0}}}}
    goals = engine_goals({"device": "cuda", "speed": speed})
    assert {each["name"]: each["met"] for each in goals} == {
        "gpu_batch_32_x": False,
        "gpu_batch_1_roofline": True,
    }


def test_words_of_the_command_line() -> None:
    runs = engine_runs("1,16", 2, 8, True)
    assert (runs.batches, runs.rounds, runs.tokens, runs.peers) == ((1, 16), 2, 8, True)
    for wrong in (("", 1, 8), ("0", 1, 8), ("a", 1, 8), ("4", 0, 8), ("4", 1, 1)):
        with pytest.raises(InvalidInput):
            engine_runs(*wrong, peers=False)
