"""A kit while it is being made: every part, how far it is, and what there is of it already."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.picture_files import preview_url
from studio.ui.strings import Tongue
from studio.works import PartProgress, Progress

MOST_LINES = 7
LAST = "banners"
"""What is made of all the others, when they are there."""


def kit_progress(progress: Progress, tongue: Tongue) -> Markup:
    """A row a part; banners and files come last."""
    rows = joined(_row(each, tongue) for each in progress.parts)
    finishing = progress.stage == "finishing"
    last = PartProgress(LAST, "picture", "running" if finishing else "waiting")
    return fragment(
        '<div class="sheet making-kit"><ol aria-label="{label}">{rows}{last}</ol></div>',
        label=tongue("kit.making"),
        rows=rows,
        last=_row(last, tongue),
    )


def part_name(name: str, tongue: Tongue) -> str:
    """ "picture/wide" as a person calls it; a kit of two says its parts twice."""
    kind, _, which = name.partition("/")
    known = tongue.known(f"kit.making_{kind}")
    if kind == "picture" and which:
        return f"{known} · {tongue.known(f'kit.shape_{which}') or which}"
    if kind == "copy" and which:
        return f"{known} · {tongue.name('choice.channel', which)}"
    return known or name


def _row(part: PartProgress, tongue: Tongue) -> Markup:
    share = 100 if part.state == "done" else round(100 * part.fraction)
    return fragment(
        '<li class="{state}"><span class="part-mark" aria-hidden="true"></span>'
        '<span class="part-name">{name}</span><span class="part-state">{said}</span>'
        '<i class="bar" aria-hidden="true"><i style="width:{share}%"></i></i>{shown}</li>',
        state=part.state,
        name=part_name(part.name, tongue),
        said=tongue(f"kit.state_{part.state}"),
        share=share,
        shown=_shown(part),
    )


def _shown(part: PartProgress) -> Markup:
    pictures = joined(
        fragment('<img src="{url}" alt="">', url=preview_url(each)) for each in part.pictures[:3]
    )
    lines = _last_lines(part.text)
    if not pictures and not lines:
        return NOTHING
    return fragment(
        '<div class="part-shown" aria-hidden="true">{pictures}{lines}</div>',
        pictures=pictures,
        lines=joined(fragment("<p>{line}</p>", line=each) for each in lines),
    )


def _last_lines(text: str) -> Sequence[str]:
    return [each for each in text.splitlines() if each.strip()][-MOST_LINES:]
