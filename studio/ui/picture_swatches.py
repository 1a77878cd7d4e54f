"""Colours as a designer reads them: a patch, a name, the code to copy, the contrast of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from studio.crafts.colour_harmony import harmonies
from studio.crafts.colour_names import colour_name
from studio.crafts.image_colours import contrast_ratio
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue

WHITE, BLACK = "#ffffff", "#000000"


def swatch_row(palette: Sequence[str], tongue: Tongue) -> Markup:
    """Every colour with its name, code and contrast with white and black; nothing for none."""
    if not palette:
        return NOTHING
    return fragment(
        '<ul class="swatches" aria-label="{title}">{items}</ul>',
        title=tongue("picture.palette"),
        items=joined(_swatch(each, tongue) for each in palette),
    )


def _swatch(colour: str, tongue: Tongue) -> Markup:
    return fragment(
        '<li><i class="patch" style="background:{colour}"></i><span class="called">{name}</span>'
        '<button type="button" class="tool" data-copy="{copied}" data-text="{colour}" '
        'title="{copy}">{colour}</button><span class="contrast" title="{explained}">'
        '<i class="on-white" aria-hidden="true">A</i> {white} '
        '<i class="on-black" aria-hidden="true">A</i> {black}'
        '<span class="unseen"> {explained}</span></span></li>',
        colour=colour,
        name=colour_name(colour, tongue.lang),
        copied=tongue("result.copied"),
        copy=tongue("result.copy"),
        explained=tongue("picture.contrast"),
        white=told_ratio(contrast_ratio(colour, WHITE)),
        black=told_ratio(contrast_ratio(colour, BLACK)),
    )


def told_ratio(ratio: float) -> str:
    """One decimal, never rounded up: 4.46 is not enough for text and does not say 4.5."""
    return f"{int(10 * ratio) / 10:.1f}"


def harmony_choice(colour: str, tongue: Tongue) -> Markup:
    """Palettes around one colour, each a button that types it."""
    return palette_choice(
        {tongue(f"picture.harmony.{name}"): each for name, each in harmonies(colour).items()},
        tongue("picture.harmonies", colour=colour_name(colour, tongue.lang)),
    )


def palette_choice(palettes: Mapping[str, Sequence[str]], title: str) -> Markup:
    """Named palettes to choose from."""
    return fragment(
        '<p class="note">{title}</p><div class="palettes" role="group" aria-label="{title}">'
        "{buttons}</div>",
        title=title,
        buttons=joined(
            fragment(
                '<button type="button" data-palette="{value}"><span class="strip">{patches}</span>'
                "<span>{name}</span></button>",
                value=" ".join(colours),
                name=name,
                patches=patches(colours),
            )
            for name, colours in palettes.items()
        ),
    )


def patches(colours: Sequence[str]) -> Markup:
    """Colours side by side, without a word."""
    return joined(fragment('<i style="background:{colour}"></i>', colour=each) for each in colours)
