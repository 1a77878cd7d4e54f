"""The small line that says how a text was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.locales import Locales
from studio.ui.strings import Words
from studio.ui.text_sheet import drafts_line
from studio.works import WorkOutput

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@pytest.mark.parametrize(("lang", "count", "kept"), [("en", "8", "7"), ("zh", "8", "7")])
def test_it_says_how_many_drafts_there_were_and_how_many_are_kept(lang, count, kept) -> None:
    tongue = Words(Locales.load(ASSETS / "locales")).tongue(lang)
    data = {"drafts": 8, "alternatives": [{"text": str(each)} for each in range(7)]}
    line = str(drafts_line(WorkOutput("It was.", data=data), tongue))
    assert count in line
    assert kept in line


def test_one_draft_and_works_of_before_say_nothing() -> None:
    tongue = Words(Locales.load(ASSETS / "locales")).tongue("en")
    assert drafts_line(WorkOutput("It was.", data={"drafts": 1, "alternatives": []}), tongue) == ""
    assert drafts_line(WorkOutput("It was."), tongue) == ""
