"""Colour help for any picture: its palette with names, contrasts, harmonies, and files to take."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import gradio as gr
from markupsafe import Markup

from studio.crafts.craft import Craft
from studio.crafts.image_colours import READABLE, contrast_ratio
from studio.render.colour_files import FORMATS, colour_file
from studio.render.colour_sheet import LEAST, MOST, USUAL, ColourSheet
from studio.ui.markup import fragment, joined
from studio.ui.picture_swatches import BLACK, WHITE, harmony_choice, swatch_row, told_ratio
from studio.ui.strings import Tongue, Words

LARGE = 3.0
"""Least contrast of large text and of signs (WCAG 2.2, 1.4.3 and 1.4.11)."""


@dataclass(frozen=True, slots=True)
class ColourParts:
    """What asks for the colours of the chosen picture, and where they are shown."""

    count: gr.Slider
    show: gr.Button
    sheet: gr.HTML


def colour_parts(words: Words, craft: Craft) -> ColourParts:
    """How many colours, the button, and the place of the sheet."""
    with gr.Row(elem_classes=["fields", "colour-help"]):
        count = gr.Slider(
            LEAST,
            MOST,
            USUAL,
            step=1,
            label=words("colour.count"),
            buttons=[],
            interactive=True,
            elem_id=f"colour-count-{craft.name}",
        )
        show = gr.Button(
            words("colour.show"),
            size="sm",
            elem_classes="take-from",
            elem_id=f"colour-show-{craft.name}",
        )
    sheet = gr.HTML(elem_classes="colour-sheet", elem_id=f"colour-sheet-{craft.name}")
    return ColourParts(count, show, sheet)


def colour_help(sheet: ColourSheet, tongue: Tongue) -> Markup:
    """The sheet: swatches, which colour is read on which, harmonies, and the files."""
    return fragment(
        "{swatches}{table}{harmonies}{files}",
        swatches=swatch_row(sheet.hexes, tongue),
        table=_contrasts(sheet, tongue),
        harmonies=harmony_choice(sheet.leading, tongue),
        files=_downloads(sheet, tongue),
    )


def _contrasts(sheet: ColourSheet, tongue: Tongue) -> Markup:
    """A row a ground, a column a colour of text; white and black stand first."""
    named = {WHITE: tongue("colour.white"), BLACK: tongue("colour.black")}
    named |= dict(zip(sheet.hexes, sheet.names(tongue.lang), strict=True))
    return fragment(
        '<p class="note">{told}</p><div class="contrasts" role="region" tabindex="0" '
        'aria-label="{title}"><table><thead><tr><td></td>{heads}</tr></thead>'
        "<tbody>{rows}</tbody></table></div>",
        told=tongue("colour.contrasts", text=f"{READABLE:g}", large=f"{LARGE:g}"),
        title=tongue("colour.table"),
        heads=joined(_head(colour, name, "col") for colour, name in named.items()),
        rows=joined(
            fragment(
                "<tr>{head}{cells}</tr>",
                head=_head(ground, named[ground], "row"),
                cells=joined(_cell(ground, ink, tongue) for ink in named),
            )
            for ground in sheet.hexes
        ),
    )


def _head(colour: str, name: str, scope: str) -> Markup:
    return fragment(
        '<th scope="{scope}" title="{name} {colour}"><i class="hue" style="background:{colour}">'
        '</i><span class="{seen}">{name}</span></th>',
        scope=scope,
        name=name,
        colour=colour,
        seen="called" if scope == "row" else "unseen",
    )


def _cell(ground: str, ink: str, tongue: Tongue) -> Markup:
    ratio = contrast_ratio(ground, ink)
    level = "text" if ratio >= READABLE else "large" if ratio >= LARGE else "poor"
    return fragment(
        '<td class="{level}" title="{told}"><i class="pair" style="background:{ground}">'
        '<b style="background:{ink}"></b></i>{ratio}<span class="unseen"> {told}</span></td>',
        level=level,
        told=tongue(f"colour.{level}"),
        ground=ground,
        ink=ink,
        ratio=told_ratio(ratio),
    )


def _downloads(sheet: ColourSheet, tongue: Tongue) -> Markup:
    """The files stand in the page itself: nobody has to wait for one."""
    files = [colour_file(sheet, each, tongue.lang) for each in FORMATS]
    return fragment(
        '<p class="note">{title}</p><div class="tools">{links}</div>',
        title=tongue("colour.save"),
        links=joined(
            fragment(
                '<a class="tool" href="data:{mime};base64,{content}" download="{name}">{label}</a>',
                mime=each.mime,
                content=base64.b64encode(each.content).decode(),
                name=each.name,
                label=tongue(f"colour.file.{each.name.rpartition('.')[2]}"),
            )
            for each in files
        ),
    )
