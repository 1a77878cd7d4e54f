"""How a brand card looks on the page: worn in one line, its colours with what reads on them, its
earlier versions."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from markupsafe import Markup

from studio.ads.brand import Brand
from studio.brands import BrandVersion, exported
from studio.crafts.colour_names import colour_name
from studio.crafts.image_colours import READABLE, contrast_ratio, readable_on
from studio.crafts.palette import is_hex
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue

LARGE = 3.0
"""Least contrast of large text and signs (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."""


def worn(brand: Brand, tongue: Tongue) -> Markup:
    """The card that this form uses: logo, name, voice, colours."""
    return fragment(
        '<p class="brand-worn">{logo}<span class="of">{label}</span><b>{name}</b>'
        '<span class="voice">{voice}</span><span class="strip" aria-hidden="true">{strip}</span>'
        "</p>",
        logo=logo_markup(brand.logo, ""),
        label=tongue("brand.worn"),
        name=brand.name,
        voice=tongue("brand.comma").join(brand.voice),
        strip=joined(
            fragment('<i style="background:{colour}"></i>', colour=each) for each in brand.colours
        ),
    )


def logo_markup(logo: str, name: str) -> Markup:
    """The logo itself, on a ground that shows light and dark ones."""
    if not logo:
        return NOTHING
    source = f"data:image/png;base64,{logo}"
    return fragment('<img class="brand-logo" src="{src}" alt="{name}">', src=source, name=name)


def look(colours: Sequence[str], logo: str, tongue: Tongue) -> Markup:
    """The logo, and every colour with its name and what is read on it; a click changes it."""
    known = [each for each in colours if is_hex(each)]
    return fragment(
        '<div class="brand-look">{logo}{swatches}</div>{verdict}',
        logo=_logo(logo, tongue),
        swatches=_swatches(known, tongue) if known else NOTHING,
        verdict=_verdict(known, tongue) if known else NOTHING,
    )


def _logo(logo: str, tongue: Tongue) -> Markup:
    if not logo:
        return NOTHING
    return fragment(
        '<figure class="brand-logo-held">{logo}<figcaption>{button}</figcaption></figure>',
        logo=logo_markup(logo, tongue("brand.logo")),
        button=_tool("unlogo", "", tongue("brand.remove"), tongue("brand.remove_logo")),
    )


def _swatches(colours: Sequence[str], tongue: Tongue) -> Markup:
    return fragment(
        '<ol class="brand-swatches" aria-label="{label}">{items}</ol>',
        label=tongue("brand.colours"),
        items=joined(_swatch(at, colours, tongue) for at in range(len(colours))),
    )


def _swatch(at: int, colours: Sequence[str], tongue: Tongue) -> Markup:
    colour = colours[at]
    ink = _ink(colour, colours)
    named = colour_name(colour, tongue.lang)
    return fragment(
        '<li><label class="patch" style="background:{colour};color:{ink}"><span aria-hidden="true">'
        'Aa</span><input type="color" value="{colour}" data-at="{at}" aria-label="{change}">'
        "</label>"
        '<span class="called">{name}</span><span class="code">{colour}</span>'
        '<span class="reads">{reads}</span><span class="turns">{main}{remove}</span></li>',
        colour=_six(colour),
        ink=ink,
        at=at,
        change=tongue("brand.change", name=named),
        name=named,
        reads=_reads(colour, ink, tongue),
        main=fragment("<em>{main}</em>", main=tongue("brand.main"))
        if at == 0
        else _tool("main", str(at), tongue("brand.make_main"), tongue("brand.main_of", name=named)),
        remove=_tool("drop", str(at), tongue("brand.remove"), tongue("brand.drop_of", name=named)),
    )


def _reads(colour: str, ink: str, tongue: Tongue) -> str:
    """What is read on a colour, and how well."""
    ratio = contrast_ratio(colour, ink)
    level = "text" if ratio >= READABLE else "large" if ratio >= LARGE else "nothing"
    named = colour_name(ink, tongue.lang)
    return tongue(f"brand.reads_{level}", name=named, ratio=f"{ratio:.1f}")


def _ink(colour: str, colours: Sequence[str]) -> str:
    """The brand's own colour that is read best on this one; black or white where none is."""
    others = [_six(each) for each in colours if _six(each) != _six(colour)]
    best = max(others, key=lambda each: contrast_ratio(each, colour), default="")
    if best and contrast_ratio(best, colour) >= READABLE:
        return best
    return readable_on(colour)


def _verdict(colours: Sequence[str], tongue: Tongue) -> Markup:
    """The pair of the brand's own colours that text is best set in."""
    pairs = [(a, b) for place, a in enumerate(colours) for b in colours[:place]]
    if not pairs:
        return fragment('<p class="note">{told}</p>', told=tongue("brand.one_colour"))
    one, other = max(pairs, key=lambda pair: contrast_ratio(*pair))
    ratio = contrast_ratio(one, other)
    kind = "pair" if ratio >= READABLE else "no_pair"
    names = [colour_name(each, tongue.lang) for each in (one, other)]
    told = tongue(f"brand.{kind}", one=names[0], other=names[1], ratio=f"{ratio:.1f}")
    return fragment('<p class="note {kind}">{told}</p>', kind=f"brand-{kind}", told=told)


def past(brand: Brand, versions: Sequence[BrandVersion], tongue: Tongue) -> Markup:
    """What can be done with a saved card: its file, its earlier versions, its end."""
    return fragment(
        '<div class="brand-past"><div class="kept">{export}{erase}</div>{versions}</div>',
        export=_export(brand, tongue),
        versions=_versions(brand, versions, tongue) if len(versions) > 1 else NOTHING,
        erase=fragment(
            '<details class="erase"><summary>{erase}</summary><span>{sure}</span>{yes}</details>',
            erase=tongue("brand.erase"),
            sure=tongue("brand.erase_sure", name=brand.name, count=len(versions)),
            yes=_tool("erase", brand.id, tongue("brand.erase_yes"), tongue("brand.erase_yes")),
        ),
    )


def _export(brand: Brand, tongue: Tongue) -> Markup:
    content = base64.b64encode(exported(brand)).decode()
    return fragment(
        '<a class="tool" download="{name}" href="data:application/json;base64,{content}">'
        "{label}</a>",
        name=file_name(brand.name),
        content=content,
        label=tongue("brand.export"),
    )


def file_name(name: str) -> str:
    """A file name a person recognises."""
    plain = re.sub(r"[^\w-]+", "-", name.lower()).strip("-_")
    return f"{plain or 'brand'}.brand.json"


def _versions(brand: Brand, versions: Sequence[BrandVersion], tongue: Tongue) -> Markup:
    return fragment(
        '<p class="title">{title}</p><ol class="brand-versions">{items}</ol>',
        title=tongue("brand.versions"),
        items=joined(
            fragment(
                '<li><b>{number}</b> <time datetime="{at}">{day}</time> {restore}</li>',
                number=tongue("brand.version", number=each.brand.version),
                at=each.created,
                day=each.created[:10],
                restore=fragment("<em>{now}</em>", now=tongue("brand.now"))
                if each.brand.version == brand.version
                else _tool(
                    "restore",
                    str(each.brand.version),
                    tongue("brand.restore"),
                    tongue("brand.restore_of", number=each.brand.version),
                ),
            )
            for each in versions
        ),
    )


def _tool(action: str, value: str, label: str, title: str) -> Markup:
    return fragment(
        '<button type="button" class="tool" data-do="{action}" data-id="{value}" '
        'aria-label="{title}">{label}</button>',
        action=action,
        value=value,
        title=title,
        label=label,
    )


def _six(colour: str) -> str:
    """As the browser's own colour field takes it."""
    digits = colour.strip().removeprefix("#").lower()
    return "#" + ("".join(2 * each for each in digits) if len(digits) == 3 else digits)
