"""The engine's panel as markup: true, in both languages, with no words of a person in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from studio.engine.metrics import Metrics
from studio.engine.status import CardStatus, Counts, Latency, Mishap, Status
from studio.locales import Locales
from studio.settings import Settings
from studio.ui.engine_markup import engine_markup
from studio.ui.engine_panel import may_unload
from studio.ui.sparkline import sparkline
from studio.ui.strings import Words

COUNTS = Counts(
    pace=(0.0, 10.0, 20.0),
    fill={"text": 0.4},
    latest={"text": Latency(0.21, 0.64, 40)},
    mishaps=(
        Mishap(0.0, "model_failed", "lm/a", "abc123.7", {}),
        Mishap(0.0, "out_of_memory", "lm/b", "abc123.8", {"need_mb": 900, "have_mb": 100}),
    ),
)
CARDS = (
    CardStatus("lm/a", True, "text", 400_000_000, 3, 16, 0, in_use=True),
    CardStatus("lm/b", True, "melody", 100_000_000, 0, 4, 0),
    CardStatus("lm/many", True, "text", 1_000_000, 32, 64, 0, in_use=True),
    CardStatus("lm/away", False, "", 0, 0, 0, 5),
)
STATUS = Status(CARDS, 501_000_000, 2_000_000_000, 5, 35, 256, COUNTS, device="cpu")

Paint = Callable[..., str]


@pytest.fixture
def paint(locales: Locales) -> Paint:
    def painted(
        status: Status = STATUS, lang: str = "en", may: bool = True, missing: tuple[str, ...] = ()
    ) -> str:
        return str(engine_markup(status, missing, Words(locales).tongue(lang), may))

    return painted


def test_the_figures_are_there_in_both_languages(paint: Paint) -> None:
    english, chinese = paint(), paint(lang="zh")
    for shown in ("20", "0.2", "0.6", "35", "501 MB", "2.0 GB", "3/16"):
        assert f">{shown}<" in english or shown in english
        assert shown in chinese
    assert "Free memory" in english
    assert "释放内存" in chinese
    assert "{" not in english + chinese


def test_only_an_idle_card_can_be_unloaded(paint: Paint) -> None:
    buttons = re.findall(r'data-id="([^"]+)"[^>]*?( disabled)?>', paint())
    assert dict(buttons) == {"lm/a": " disabled", "lm/b": "", "lm/many": " disabled"}
    assert "data-do" not in paint(may=False)


def test_a_slot_is_a_square_and_many_are_a_bar(paint: Paint) -> None:
    shown = paint()
    assert shown.count('class="on"') == 3
    assert shown.count("<i></i>") == 13 + 4
    assert 'class="long"><i style="width:50%"' in shown


def test_errors_are_sentences_with_the_id_of_the_log(paint: Paint) -> None:
    shown = paint()
    assert "Request abc123.7" in shown
    assert "This needs" in shown or "900 MB" in shown
    assert "abc123.8" in shown
    assert "Last errors" not in paint(replace(STATUS, counts=replace(COUNTS, mishaps=())))


def test_an_engine_that_has_done_nothing_says_so(paint: Paint) -> None:
    idle = Status((), 0, 10**9, 0, 0, 256, Metrics().snapshot(), device="cpu")
    assert "No model is loaded yet" in paint(idle)
    assert "nothing asked yet" in paint(idle)
    assert "Not installed: hub/x." in paint(idle, missing=("hub/x",))


def test_a_curve_keeps_inside_its_box() -> None:
    for values in ((), (0.0,), (0.0, 0.0), (1.0, 50.0, 3.0), tuple(range(30))):
        drawn = str(sparkline(values, "a < b"))
        points = re.search(r'polyline points="([^"]+)"', drawn)
        assert points
        for each in points[1].split():
            x, y = map(float, each.split(","))
            assert 0 <= x <= 132
            assert 0 <= y <= 30
        assert "a &lt; b" in drawn


def test_who_may_give_memory_back() -> None:
    local = Settings.from_environ({})
    assert may_unload(None, local)
    assert not may_unload(None, replace(local, host="0.0.0.0"))
    assert not may_unload("ann", local)
    admins = Settings.from_environ({"STUDIO_ADMINS": "ann, bob", "STUDIO_HOST": "0.0.0.0"})
    assert may_unload("ann", admins)
    assert not may_unload("eve", admins)
    assert not may_unload(None, admins)
