"""Checks as a person sees them: a mark, a name, the facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from studio.crafts.craft import Check
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue

_NUMBERED = re.compile(r"^(?P<name>.*?)[_ ]?(?P<number>\d+)$")


def verdicts(checks: Sequence[Check], craft: str, tongue: Tongue) -> Markup:
    """A row of verdicts; nothing when nothing was checked."""
    if not checks:
        return NOTHING
    return fragment(
        '<ul class="verdicts" aria-label="{label}">{items}</ul>',
        label=tongue("result.checks"),
        items=joined(_verdict(each, craft, tongue) for each in checks),
    )


def _verdict(check: Check, craft: str, tongue: Tongue) -> Markup:
    return fragment(
        '<li class="{state}"><span class="mark" aria-hidden="true">{mark}</span>'
        '<span class="unseen">{said} </span>{name}{detail}</li>',
        state="passed" if check.passed else "failed",
        mark="✓" if check.passed else "✕",
        said=tongue("check.passed" if check.passed else "check.failed"),
        name=check_name(check.name, craft, tongue),
        detail=fragment(' <span class="detail">{facts}</span>', facts=check.detail)
        if check.detail
        else NOTHING,
    )


def check_name(name: str, craft: str, tongue: Tongue) -> str:
    """The name of a check; "line_3" and "headline 2" are a name and a number."""
    whole = tongue.name("check", name, craft)
    match = _NUMBERED.match(name)
    if match is None or not match["name"] or whole.lower() != name.replace("_", " ").lower():
        return whole
    return f"{tongue.name('check', match['name'], craft)} {match['number']}"
