"""A text on its sheet: alternatives to leaf through; blind, nothing that tells who wrote it."""

from __future__ import annotations

from studio.crafts.craft import Check
from studio.locales import Locales
from studio.settings import Settings
from studio.ui.insight import insight_panel
from studio.ui.manuscript import proposal
from studio.ui.strings import Tongue
from studio.ui.text_sheet import text_sheet
from studio.works import Work, WorkOutput

TONGUE = Tongue(Locales.load(Settings.from_environ({}).assets_dir / "locales"), "en")
OTHER = {"text": "an <other> line", "title": "", "seed": 2, "checks": []}


def painted(*, blind: bool) -> str:
    output = WorkOutput(
        "first line", data={"alternatives": [OTHER]}, checks=(Check("safety", True),)
    )
    work = Work(
        id="w", craft="poetry", lang="en", title="", text="", inputs={}, plan={},
        outputs=(output,), recipe={}, created="now",
    )  # fmt: skip
    return str(text_sheet(output, 0, work, TONGUE, blind))


def test_alternatives_lie_behind_the_text():
    sheet = painted(blind=False)
    assert sheet.count("<template>") == 2
    assert "an &lt;other&gt; line" in sheet
    assert "<b>1</b> / 2" in sheet


def test_blind_there_is_one_text_and_no_tools():
    sheet = painted(blind=True)
    assert "<template>" not in sheet
    assert "tools" not in sheet


def test_a_proposal_says_what_goes_and_what_comes_in_its_place():
    place = {"how": "rewrite", "start": 4, "was": "He was here.", "now": "He is <here>."}
    output = WorkOutput("So. He is <here>. End.", data={"place": place})
    shown = str(proposal(output, 0, 3, "en", TONGUE))
    assert '<del><span class="unseen">removed: </span>' in shown
    assert '<ins><span class="unseen">added: </span>' in shown
    assert '<span class="around">So. </span>' in shown
    assert '<span class="around"> End.</span>' in shown
    assert "<here>" not in shown
    assert "1 / 3" in shown


def test_what_is_not_in_the_brief_is_marked():
    claims = [
        {"kind": "date", "text": "3 May", "known": True},
        {"kind": "name", "text": "Ana Ruiz", "known": False},
    ]
    panel = str(insight_panel({"claims": claims, "insight": {"sentiment": 0.4}}, TONGUE))
    assert panel.count("not in your brief") == 1
    assert "warm +0.40" in panel
    assert "<details" in panel
    assert " open>" in panel
