"""One channel of an ad: how a person would meet it there, and its texts below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from studio.ads.channels import CHANNELS
from studio.crafts.ad_brief import brand_of
from studio.crafts.craft import Check
from studio.errors import InvalidInput
from studio.ui.ad_judging import judged_rows
from studio.ui.ad_previews import ad_preview
from studio.ui.ad_rows import AdRow, fields_of, rows_of
from studio.ui.ad_scene import Scene
from studio.ui.ad_table import edit_table, read_table
from studio.ui.markup import NOTHING, fragment
from studio.ui.strings import Tongue
from studio.ui.verdicts import verdicts
from studio.works import Work


@dataclass(frozen=True, slots=True)
class AdPage:
    """What one channel's page is made of."""

    channel: str
    rows: tuple[AdRow, ...]
    checks: Sequence[Check] = ()
    diversity: float | None = None
    colours: Sequence[str] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)


def page_of(data: Mapping[str, object], checks: Sequence[Check] = ()) -> AdPage:
    """The page of what an ad craft put into its output's data; kits hold one a channel."""
    told = data.get("diversity")
    return AdPage(
        channel=str(data.get("channel", "")),
        rows=rows_of(data),
        checks=checks or tuple(_checks(data.get("checks", ()))),
        diversity=float(told) if isinstance(told, int | float) else None,
    )


def channel_page(
    page: AdPage, work: Work, tongue: Tongue, *, edited: bool, shut: bool = False
) -> Markup:
    """Preview, meter, table, verdicts. `edited`: its texts can be changed; `shut`: behind a tab."""
    return fragment(
        '<div class="channel-page" data-channel="{channel}"{hidden}>{preview}{meter}'
        '<div class="ad-texts" lang="{lang}">{table}</div>{verdicts}{source}</div>',
        channel=page.channel,
        hidden=Markup(" hidden") if shut else NOTHING,
        preview=preview_figure(page, work, tongue),
        meter=_meter(page.diversity, tongue),
        lang=_tag(work.lang),
        table=_table(page, work, tongue) if edited else read_table(page.rows, work.craft, tongue),
        verdicts=verdicts(page.checks, work.craft, tongue),
        source=_source(page.channel, tongue) if edited else NOTHING,
    )


def preview_figure(page: AdPage, work: Work, tongue: Tongue) -> Markup:
    """The channel's drawing of the ad, and how many combinations of its texts there are."""
    scene = Scene(
        brand=str(work.inputs.get("brand", "")) or work.title,
        rows=page.rows,
        said=tongue.speaking(work.lang),
        colours=page.colours or _brand_colours(work),
        pictures=page.pictures,
    )
    return fragment(
        '<figure class="ad-preview" data-preview aria-label="{label}">'
        '<div class="pv-ground" lang="{lang}">{preview}</div>{turns}</figure>',
        label=tongue("ad_desk.preview", channel=_channel_name(page.channel, work, tongue)),
        lang=_tag(work.lang),
        preview=ad_preview(page.channel, scene),
        turns=_turns(page.rows, tongue),
    )


def _brand_colours(work: Work) -> Sequence[str]:
    """Those of the brand card that the work was asked with; none for an unreadable card."""
    try:
        brand = brand_of(work.inputs)
    except InvalidInput:
        return ()
    return brand.colours if brand else ()


def combinations(rows: Sequence[AdRow]) -> int:
    """How many different ads the preview can show: the most texts any field has."""
    fields = {name: some for name, some in fields_of(rows).items() if name not in _TOGETHER}
    return max((len(some) for some in fields.values()), default=1)


_TOGETHER = ("hashtag", "topic", "tag", "path", "cta", "slogan", "business_name")
"""Fields whose texts stand together."""


def _turns(rows: Sequence[AdRow], tongue: Tongue) -> Markup:
    count = combinations(rows)
    if count < 2:
        return NOTHING
    return fragment(
        '<figcaption class="pv-turns"><button type="button" class="tool" data-combine="-1" '
        'aria-label="{back}">←</button><span aria-live="polite">{which} <b data-combination>1</b>'
        " / <span data-combinations>{count}</span></span>"
        '<button type="button" class="tool" data-combine="1" aria-label="{forward}">→</button>'
        "</figcaption>",
        back=tongue("ad_desk.combine_back"),
        forward=tongue("ad_desk.combine_forward"),
        which=tongue("ad_desk.combination"),
        count=count,
    )


def _table(page: AdPage, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<div class="table-head"><label><input type="checkbox" data-lock-all> {all}</label>'
        '<span class="note">{hint}</span></div>{table}',
        all=tongue("ad_desk.lock_all"),
        hint=tongue("ad_desk.table_hint"),
        table=edit_table(
            page.rows,
            judged_rows(page.channel, page.rows, work.inputs, work.lang),
            work.craft,
            tongue,
        ),
    )


def _meter(diversity: float | None, tongue: Tongue) -> Markup:
    """How far apart the lines are from one another."""
    if diversity is None:
        return NOTHING
    share = round(100 * max(0.0, min(1.0, diversity)))
    level = "low" if share < 40 else "middle" if share < 65 else "high"
    return fragment(
        '<div class="diversity {level}"><span>{label}</span><span role="meter" '
        'aria-label="{label}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share}">'
        '<i style="width:{share}%"></i></span><span>{share} · {said}</span></div>',
        level=level,
        label=tongue("ad_desk.diversity"),
        share=share,
        said=tongue(f"ad_desk.diversity_{level}"),
    )


def _source(name: str, tongue: Tongue) -> Markup:
    channel = CHANNELS.get(name)
    if channel is None:
        return NOTHING
    return fragment(
        '<p class="ad-source">{said} <span>{source}</span></p>',
        said=tongue("ad_desk.source", checked=channel.checked),
        source=channel.source,
    )


def _channel_name(name: str, work: Work, tongue: Tongue) -> str:
    return tongue.choice(work.craft, "channel", name) if name else tongue.name("craft", work.craft)


def _tag(lang: str) -> str:
    return "zh-CN" if lang == "zh" else lang


def _checks(given: object) -> list[Check]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        return []
    return [
        Check(str(each.get("name", "")), bool(each.get("passed")), str(each.get("detail", "")))
        for each in given
        if isinstance(each, Mapping)
    ]
