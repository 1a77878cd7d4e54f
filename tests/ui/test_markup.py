"""What a person or a model wrote can not become markup, in any kind of output."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.crafts.craft import Check, OutputKind
from studio.locales import Locales
from studio.ui.ad_rows import rows_of
from studio.ui.history_cards import history_cards
from studio.ui.markup import download, file_url
from studio.ui.outputs import PAINTERS, paint_work
from studio.ui.standings import reveal_markup
from studio.ui.strings import Words
from studio.ui.text_sheet import form_of
from studio.works import Reveal, Standing, Standings, Work, WorkOutput

EVIL = "<img src=x onerror=alert(1)>\"'{0}"
FILES = {
    name: Path("/data/works/1") / name
    for name in ("picture.png", "melody.wav", "roll.svg", "score.svg")
}
DATA = {
    "fields": [{"name": EVIL, "text": EVIL, "used": 31, "limit": 30}],
    "insight": {EVIL: EVIL, "keywords": [EVIL]},
    "claims": [{"kind": EVIL, "text": EVIL}],
}
OUTPUT = WorkOutput(EVIL, EVIL, DATA, (Check(EVIL, False, f"1 · {EVIL}"),), FILES, 7)
WORK = Work(
    id="w1", craft="writing", lang="en", title=EVIL, text=EVIL, inputs={"text": EVIL},
    plan={EVIL: EVIL, "palette": "#112233 #445566"}, outputs=(OUTPUT, OUTPUT),
    recipe={}, created=EVIL,
)  # fmt: skip


@pytest.fixture(scope="module")
def words(locales: Locales) -> Words:
    return Words(locales)


@pytest.mark.parametrize("kind", PAINTERS)
def test_no_output_lets_markup_through(words: Words, kind: OutputKind) -> None:
    for lang in ("en", "zh"):
        painted = paint_work(kind, WORK, words.tongue(lang))
        assert "<img src=x" not in painted
        assert 'onerror=alert(1)>"' not in painted


def test_history_and_standings_let_none_through(words: Words) -> None:
    tongue = words.tongue("en")
    standings = Standings((Standing(EVIL, 1000, 900, 1100, 3),), 3, 0)
    painted = history_cards([WORK], tongue) + reveal_markup(Reveal((EVIL,), standings), tongue)
    assert "<img src=x" not in painted


def test_blind_sheets_tell_neither_seed_nor_plan_nor_files(words: Words) -> None:
    for kind in PAINTERS:
        painted = paint_work(kind, WORK, words.tongue("en"), blind=True)
        assert "download=" not in painted
        assert 'class="plan' not in painted
        assert "Seed" not in painted


def test_a_verdict_on_a_line_stands_beside_that_line(words: Words) -> None:
    checks = (Check("syllables", True, "1 · 5/5"), Check("syllables", False, "2 · 6/7"))
    poem = replace(OUTPUT, text="one\ntwo", checks=(*checks, Check("line_count", True, "2/2")))
    painted = paint_work("text", replace(WORK, outputs=(poem,)), words.tongue("en"))
    first, second = painted.split('class="line"')[1:]
    assert "5/5" in first
    assert "one" in first
    assert "6/7" in second
    assert "failed" in second
    assert "2/2" in painted.split('class="verdicts"')[1]


def test_a_verdict_on_a_line_that_is_not_there_is_not_lost(words: Words) -> None:
    poem = replace(OUTPUT, text="one\ntwo", checks=(Check("syllables", False, "3 · 0/5"),))
    assert "0/5" in paint_work("text", replace(WORK, outputs=(poem,)), words.tongue("en"))


def test_a_piece_over_its_limit_is_marked(words: Words) -> None:
    painted = paint_work("ad", WORK, words.tongue("en"))
    assert "31/30" in painted
    assert "over" in painted


def test_rows_of_anything_else_are_none() -> None:
    assert rows_of({"fields": 3}) == ()
    assert rows_of({}) == ()


def test_short_lines_are_set_as_verse() -> None:
    assert form_of("落叶无声下夕阳\n秋风送我过横塘") == "verse"
    assert form_of("One sentence that goes on.") == "flow"
    assert form_of("第一章\n" + "很长的一行" * 10) == "flow"


def test_file_addresses_are_quoted() -> None:
    path = Path('/data/a b"c.png')
    assert file_url(path) == "gradio_api/file=/data/a%20b%22c.png"
    assert "&#34;" not in file_url(path)
    assert 'b"c' not in download(path, 'x"y', "PNG")
