"""Verse with the verdict on every line beside the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from studio.crafts.craft import Check
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.scansion import sung_line
from studio.ui.strings import Tongue

NUMBERED = re.compile(r"^(?P<line>\d+) · (?P<facts>.*)$", re.DOTALL)
"""How a craft writes a check of one line: "2 · 7/7"."""
SHORT_FACTS = 7
"""Longer facts ("平平仄仄平平仄") are told on demand; the name of the check stands for them."""
LICENCE = "拗救"
LETTER = re.compile(r"^[A-Z] ")
"""How the facts of a rhyme begin: with its letter."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of verse and the checks that are about it, their facts without the number."""

    text: str
    checks: tuple[Check, ...] = ()


def ledger_of(text: str, checks: Sequence[Check]) -> tuple[tuple[Line, ...], tuple[Check, ...]]:
    """The lines with their checks, and the checks about the whole.

    No lines when no check names one that is there: then the text is shown as it is.
    """
    lines = text.splitlines()
    places = [at for at, line in enumerate(lines) if line.strip()]
    own: dict[int, list[Check]] = {}
    rest: list[Check] = []
    for check in checks:
        match = NUMBERED.match(check.detail)
        if match is None or not 1 <= int(match["line"]) <= len(places):
            rest.append(check)
            continue
        place = places[int(match["line"]) - 1]
        own.setdefault(place, []).append(Check(check.name, check.passed, match["facts"]))
    if not own:
        return (), tuple(checks)
    return tuple(Line(t, tuple(own.get(at, ()))) for at, t in enumerate(lines)), tuple(rest)


def ledger(lines: Sequence[Line], craft: str, tongue: Tongue) -> Markup:
    """The lines, each with its marks in the margin and its tones or beats below; what the marks
    of the tones mean, once."""
    shown = joined(
        fragment(
            '<div class="line">{text}{marks}</div>',
            text=sung_line(line.text, line.checks),
            marks=_marks(line, craft, tongue),
        )
        for line in lines
    )
    names = {check.name for line in lines for check in line.checks}
    key = "result.tone_marks" if "tones" in names else "result.beat_marks"
    if not names & {"tones", "stress"}:
        return shown
    return shown + fragment('<p class="legend">{text}</p>', text=tongue(key))


def _marks(line: Line, craft: str, tongue: Tongue) -> Markup:
    if not line.checks:
        return NOTHING
    return fragment(
        '<span class="marks">{marks}</span>',
        marks=joined(_mark(each, craft, tongue) for each in line.checks),
    )


def _mark(check: Check, craft: str, tongue: Tongue) -> Markup:
    name = tongue.name("check", check.name, craft)
    facts = _shown_facts(check)
    short = 0 < len(facts) <= SHORT_FACTS
    return fragment(
        '<span class="{state}" title="{name}: {facts}"><b aria-hidden="true">{mark}</b>'
        '<span class="unseen">{said} {unseen} </span>{shown}</span>',
        state="passed" if check.passed else "failed",
        name=name,
        facts=check.detail,
        mark="✓" if check.passed else "✕",
        said=tongue("check.passed" if check.passed else "check.failed"),
        unseen=name if short else "",
        shown=facts if short else f"{name} {check.detail}" if _tells_facts(check) else name,
    )


def _shown_facts(check: Check) -> str:
    """What of the facts stands in the margin: of a rhyme that holds its letter, of tones the
    licence they use."""
    if check.name == "rhyme" and check.passed and LETTER.match(check.detail):
        return check.detail[0]
    if check.name == "tones":
        return LICENCE if check.passed and check.detail.endswith(LICENCE) else ""
    return "" if check.name == "parallel" else check.detail


def _tells_facts(check: Check) -> bool:
    """Whether name and facts stand in the margin: where a check failed (tones and beats say why
    below the line), and what a person could not read from the facts alone."""
    if check.name == "parallel":
        return True
    return not check.passed and check.name not in ("tones", "stress")
