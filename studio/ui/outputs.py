"""How a work looks: one painter for each kind of output, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from studio.crafts.craft import Craft, OutputKind
from studio.ui.ad_sheet import ad_board, ad_sheet
from studio.ui.kit_board import kit_board
from studio.ui.kit_progress import kit_progress
from studio.ui.kit_sheet import kit_sheet
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.melody_board import melody_board
from studio.ui.melody_sheet import melody_sheet
from studio.ui.picture_sheet import picture_board, picture_previews, picture_sheet
from studio.ui.strings import Tongue
from studio.ui.text_sheet import text_preview, text_sheet
from studio.works import Progress, Work, WorkOutput

Painter = Callable[[WorkOutput, int, Work, Tongue, bool], Markup]
"""(version, its index, the work, the words, blind) -> one sheet. Blind: no seed, no files."""

PAINTERS: Mapping[OutputKind, Painter] = MappingProxyType(
    {
        "text": text_sheet,
        "melody": melody_sheet,
        "picture": picture_sheet,
        "ad": ad_sheet,
        "kit": kit_sheet,
    }
)


def paint_progress(craft: Craft, progress: Progress, tongue: Tongue) -> Markup:
    """What there is of a work under way."""
    if progress.work is not None:
        return paint_work(craft.output, progress.work, tongue)
    if progress.parts:
        return kit_progress(progress, tongue)
    if progress.pictures:
        return picture_previews(progress.pictures, tongue)
    return paint_preview(craft, progress.preview, tongue)


def paint_preview(craft: Craft, preview: str, tongue: Tongue) -> Markup:
    """An unfinished text, or the ghost of what is being made."""
    if craft.output in ("text", "ad") and preview:
        return text_preview(preview, tongue)
    return fragment(
        '<div class="sheet making {kind}" aria-hidden="true"><div class="ghost"></div>'
        '<p class="tail">{tail}</p></div>',
        kind=craft.output,
        tail=preview[-160:],
    )


def paint_work(
    kind: OutputKind, work: Work, tongue: Tongue, *, blind: bool = False, at_hand: bool = False
) -> Markup:
    """A whole work: every version, and the plan it was made by. `at_hand`: on its own tab, where
    pictures and takes can be chosen and worked on."""
    if kind == "picture" and at_hand:
        return picture_board(work, tongue, paint_plan(work, tongue, opened=False))
    if kind == "melody" and at_hand:
        return melody_board(work, tongue)
    if kind == "ad" and at_hand:
        return ad_board(work, tongue)
    if kind == "kit" and at_hand:
        return kit_board(work, tongue)
    sheets = joined(
        PAINTERS[kind](output, index, work, tongue, blind)
        for index, output in enumerate(work.outputs)
    )
    plan = NOTHING if blind else paint_plan(work, tongue)
    return fragment(
        '{plan}<div class="sheets {kind} n{count}">{sheets}</div>',
        kind=kind,
        count=min(len(work.outputs), 9),
        sheets=sheets,
        plan=plan,
    )


def paint_plan(work: Work, tongue: Tongue, *, opened: bool = True) -> Markup:
    """The plan as words and values; nothing when there is none."""
    entries = joined(
        fragment(
            "<div><dt>{name}</dt><dd>{value}</dd></div>",
            name=tongue.name("field", name, work.craft),
            value=plan_value(work.craft, name, value, tongue),
        )
        for name, value in work.plan.items()
        if value not in ("", None, (), [])
    )
    if not entries:
        return NOTHING
    return fragment(
        '<details class="plan"{opened}><summary>{title}</summary><dl>{entries}</dl></details>',
        opened=Markup(" open") if opened else NOTHING,
        title=tongue("result.plan"),
        entries=entries,
    )


def plan_value(craft: str, name: str, value: object, tongue: Tongue) -> object:
    """A value of a form to look at: colours as swatches, choices by their names."""
    if isinstance(value, bool):
        return tongue("word.yes" if value else "word.no")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        words = value.split()
        if words and all(map(_is_colour, words)):
            return joined(map(_swatch, words))
        return tongue.choice(craft, name, value)
    if isinstance(value, Sequence):
        return joined(
            fragment("<span>{each}</span> ", each=plan_value(craft, name, each, tongue))
            for each in value
        )
    return str(value)


def _is_colour(value: str) -> bool:
    digits = value[1:]
    return (
        value.startswith("#")
        and len(digits) == 6
        and all(c in "0123456789abcdefABCDEF" for c in digits)
    )


def _swatch(colour: str) -> Markup:
    return fragment(
        '<i class="swatch" style="background:{colour}" title="{colour}"></i> ', colour=colour
    )
