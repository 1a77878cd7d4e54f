"""The banners of a kit: every size with the layout that was picked, and three to pick from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from studio.ui.markup import NOTHING, download, file_url, fragment, joined
from studio.ui.strings import Tongue
from studio.works import Work, WorkOutput

KINDS = ("display", "social", "print")
"""In the order shown."""


@dataclass(frozen=True, slots=True)
class BannerView:
    """One banner as the page shows it."""

    size: str
    kind: str
    width: int
    height: int
    layout: int
    chosen: bool
    image: Path | None
    """What a browser shows: PNG, else SVG; None for paper."""
    files: Mapping[str, Path]
    contrast: float | None
    """The least of its letters' ratios."""
    sound: bool
    """Nothing is clipped."""

    @property
    def shape(self) -> str:
        """ "row", "tall" or "even": how much room it wants beside others."""
        ratio = self.width / max(1, self.height)
        return "row" if ratio > 2.2 else "tall" if ratio < 0.62 else "even"


def banners_of(output: WorkOutput) -> tuple[BannerView, ...]:
    """Every banner of a kit whose file is there, in the order they were made."""
    rows = output.data.get("banners", ())
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return ()
    views = (_view(each, output.files) for each in rows if isinstance(each, Mapping))
    return tuple(each for each in views if each.files or each.image)


def chosen_banners(output: WorkOutput) -> tuple[BannerView, ...]:
    """One a size: the picked layout, else the first."""
    found = banners_of(output)
    return tuple(
        next((each for each in found if each.size == size and each.chosen), first)
        for size, first in _first_of_size(found).items()
    )


def banner_wall(output: WorkOutput, tongue: Tongue) -> Markup:
    """The picked banners side by side, to look at."""
    shown = [each for each in chosen_banners(output) if each.image]
    if not shown:
        return NOTHING
    return fragment(
        '<div class="banner-wall">{figures}</div>',
        figures=joined(
            fragment(
                '<button type="button" data-enlarge class="{shape}" aria-label="{label}">'
                '<img src="{url}" alt="{label}" width="{width}" height="{height}" loading="lazy">'
                "</button>",
                shape=each.shape,
                label=tongue("kit.banner", size=size_name(each, tongue), layout=each.layout),
                url=file_url(each.image),
                width=each.width,
                height=each.height,
            )
            for each in shown
            if each.image
        ),
    )


def banner_gallery(output: WorkOutput, number: int, work: Work, tongue: Tongue) -> Markup:
    """One size large with its three layouts; below it all sizes, to open one."""
    found = banners_of(output)
    if not found:
        return fragment('<p class="note">{text}</p>', text=tongue("kit.no_banners"))
    sizes = list(_first_of_size(found))
    stages = joined(
        _stage(
            [each for each in found if each.size == size], size == sizes[0], number, work, tongue
        )
        for size in sizes
    )
    return fragment(
        '<div class="banner-stage">{stages}</div><div class="banner-sizes" role="group" '
        'aria-label="{label}">{openers}</div>',
        stages=stages,
        label=tongue("kit.sizes"),
        openers=joined(
            _opener(each, each.size == sizes[0], tongue) for each in chosen_banners(output)
        ),
    )


def size_name(banner: BannerView, tongue: Tongue) -> str:
    """ "300 × 250", "A4"."""
    known = tongue.known(f"kit.size.{banner.size}")
    return known or f"{banner.width} × {banner.height}"


def _first_of_size(found: Sequence[BannerView]) -> dict[str, BannerView]:
    first: dict[str, BannerView] = {}
    ordered = sorted(found, key=lambda each: KINDS.index(each.kind) if each.kind in KINDS else 9)
    for each in ordered:
        first.setdefault(each.size, each)
    return first


def _stage(
    layouts: Sequence[BannerView], is_open: bool, number: int, work: Work, tongue: Tongue
) -> Markup:
    """A size: the picked layout large, the three to pick from, what was measured, its files."""
    picked = next((each for each in layouts if each.chosen), layouts[0])
    name = size_name(picked, tongue)
    return fragment(
        '<section class="banner-size {shape}" data-size="{size}" aria-label="{name}"{hidden}>'
        '<div class="banner-large">{large}</div><div class="banner-side"><h4>{name} '
        "<small>{kind}</small></h4>"
        '<div class="layouts" role="radiogroup" aria-label="{pick}">{radios}</div>{facts}</div>'
        "</section>",
        shape=picked.shape,
        size=picked.size,
        name=name,
        hidden=NOTHING if is_open else Markup(" hidden"),
        large=_large(picked, tongue),
        kind=tongue.known(f"kit.kind.{picked.kind}"),
        pick=tongue("kit.pick", size=name),
        radios=joined(_layout(each, picked, number, work, tongue) for each in layouts),
        facts=joined(_facts(each, picked, work, tongue) for each in layouts),
    )


def _large(picked: BannerView, tongue: Tongue) -> Markup:
    if picked.image is None:
        return fragment('<p class="note">{text}</p>', text=tongue("kit.on_paper"))
    return fragment(
        '<button type="button" data-enlarge aria-label="{enlarge}"><img src="{url}" alt="{label}" '
        'style="--w:{width}px" loading="lazy"></button>',
        enlarge=tongue("kit.enlarge"),
        url=file_url(picked.image),
        label=tongue("kit.banner", size=size_name(picked, tongue), layout=picked.layout),
        width=picked.width,
    )


def _layout(
    each: BannerView, picked: BannerView, number: int, work: Work, tongue: Tongue
) -> Markup:
    label = tongue("kit.banner", size=size_name(each, tongue), layout=each.layout)
    image = NOTHING
    if each.image:
        image = fragment(
            '<img src="{url}" alt="{label}" loading="lazy">', url=file_url(each.image), label=label
        )
    return fragment(
        '<label><input type="radio" name="layout-{work}-{number}-{size}" value="{layout}" '
        'data-layout data-size="{size}"{picked}>{image}<span>{said}</span></label>',
        work=work.id,
        number=number,
        size=each.size,
        layout=each.layout,
        picked=Markup(" checked data-chosen") if each is picked else NOTHING,
        image=image,
        said=tongue(f"kit.layout_{each.layout}"),
    )


def _facts(each: BannerView, picked: BannerView, work: Work, tongue: Tongue) -> Markup:
    """What was measured on one layout, and its files."""
    saved = f"{work.id[:8]}-"
    ratio = NOTHING
    if each.contrast is not None:
        ratio = fragment(
            '<span class="{state}">{said}</span> ',
            state="passed" if each.contrast >= 4.5 else "failed",
            said=tongue("kit.contrast", ratio=f"{each.contrast:.1f}"),
        )
    return fragment(
        '<p class="banner-facts" data-of-layout="{layout}"{hidden}>{ratio}{clipped}{files}</p>',
        layout=each.layout,
        hidden=NOTHING if each is picked else Markup(" hidden"),
        ratio=ratio,
        clipped=NOTHING
        if each.sound
        else fragment('<span class="failed">{said}</span> ', said=tongue("kit.clipped")),
        files=joined(
            fragment("{link} ", link=download(path, saved + path.name, path.suffix[1:].upper()))
            for path in each.files.values()
        ),
    )


def _opener(each: BannerView, is_open: bool, tongue: Tongue) -> Markup:
    name = size_name(each, tongue)
    image = NOTHING
    if each.image:
        image = fragment('<img src="{url}" alt="" loading="lazy">', url=file_url(each.image))
    return fragment(
        '<button type="button" class="{shape}" data-open-size="{size}" aria-pressed="{on}">'
        "{image}<span>{name}</span></button>",
        shape=each.shape,
        size=each.size,
        on="true" if is_open else "false",
        image=image,
        name=name,
    )


def _view(row: Mapping[str, Any], files: Mapping[str, Path]) -> BannerView:
    names = [str(row.get(key) or "") for key in ("file", "svg")]
    there = {name: files[name] for name in names if name in files}
    shown = [files[name] for name in (str(row.get("preview") or ""), *names) if name in files]
    images = [path for path in shown if path.suffix in (".png", ".jpg", ".svg")]
    ratios = row.get("contrasts")
    numbers = list(ratios.values()) if isinstance(ratios, Mapping) else []
    return BannerView(
        size=str(row.get("size", "")),
        kind=str(row.get("kind", "")),
        width=int(row.get("width") or 1),
        height=int(row.get("height") or 1),
        layout=int(row.get("layout") or 1),
        chosen=bool(row.get("chosen")),
        image=images[0] if images else None,
        files=there,
        contrast=min(numbers) if numbers else None,
        sound=not row.get("clipped"),
    )
