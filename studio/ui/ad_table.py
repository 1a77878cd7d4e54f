"""The texts of an ad as a table: to read, or to write in, with the room each one takes, its lock,
and what is held against it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from studio.ui.ad_judging import Judged
from studio.ui.ad_rows import AdRow, fields_of
from studio.ui.markup import NOTHING, button, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.verdicts import check_name

Judgements = Sequence[Sequence[Judged]]
"""For each row what is held against it."""


def read_table(rows: Sequence[AdRow], craft: str, tongue: Tongue) -> Markup:
    """The texts to read and to copy."""
    return joined(
        _group(name, joined(_read_row(each, tongue) for each in some), craft, tongue)
        for name, some in fields_of(rows).items()
    )


def edit_table(rows: Sequence[AdRow], judgements: Judgements, craft: str, tongue: Tongue) -> Markup:
    """The texts to write in."""
    judged = dict(zip(((each.name, each.at) for each in rows), judgements, strict=True))
    return joined(
        _group(
            name,
            joined(_edit_row(each, judged[each.name, each.at], craft, tongue) for each in some),
            craft,
            tongue,
            _more(some, craft, tongue),
        )
        for name, some in fields_of(rows).items()
    )


def complaints(judged: Sequence[Judged], craft: str, tongue: Tongue) -> Markup:
    """What is held against one text, each with the wording that would do instead."""
    return joined(_complaint(each, craft, tongue) for each in judged)


def row_label(row: AdRow, craft: str, tongue: Tongue) -> str:
    """ "Headlines 3": what a row is called aloud."""
    return f"{tongue.name('ad', row.name, craft)} {row.at + 1}"


def _group(name: str, rows: Markup, craft: str, tongue: Tongue, more: Markup = NOTHING) -> Markup:
    return fragment(
        '<section class="group {name}"><h4>{title}</h4><ul data-group="{name}">{rows}</ul>{more}'
        "</section>",
        name=name,
        title=tongue.name("ad", name, craft),
        rows=rows,
        more=more,
    )


def _read_row(row: AdRow, tongue: Tongue) -> Markup:
    return fragment(
        '<li><p data-text>{text}</p><span class="room {state}"><span class="count">{used}/{limit}'
        '</span><i class="bar" aria-hidden="true"><i style="width:{share}%"></i></i></span>{copy}'
        "</li>",
        text=row.text,
        state="over" if row.is_over else "",
        used=row.used,
        limit=row.limit,
        share=_share(row),
        copy=button(tongue("result.copy"), "copy", tongue("result.copied"), "small"),
    )


def _edit_row(row: AdRow, judged: Sequence[Judged], craft: str, tongue: Tongue) -> Markup:
    label = row_label(row, craft, tongue)
    return fragment(
        '<li class="ad-row{locked}" data-field="{name}" data-at="{at}" data-limit="{limit}" '
        'data-counter="{counter}" data-angle="{angle}" data-by="{by}" data-label="{label}">'
        '<textarea rows="1" data-edit data-text="{text}" aria-label="{label}" spellcheck="true">'
        "{text}</textarea>{room}{lock}{tools}"
        '<div class="complaints" data-complaints>{complaints}</div></li>',
        locked=" locked" if row.locked else "",
        name=row.name,
        at=row.at,
        limit=row.limit,
        counter=row.counter,
        angle=row.angle,
        by=row.by,
        label=label,
        text=row.text,
        room=_room(row, tongue),
        lock=_lock(row, label, tongue),
        tools=_row_tools(row, tongue),
        complaints=complaints(judged, craft, tongue),
    )


def _room(row: AdRow, tongue: Tongue) -> Markup:
    return fragment(
        '<span class="room {state}"><span class="count"><b data-used>{used}</b>/{limit}</span>'
        '<i class="bar" aria-hidden="true"><i data-share style="width:{share}%"></i></i>'
        "<small data-left>{left}</small></span>",
        state="over" if row.is_over else "under",
        used=row.used,
        limit=row.limit,
        share=_share(row),
        left=room_left(row, tongue),
    )


def _share(row: AdRow) -> int:
    """How much of the limit is taken, in percent."""
    return min(100, round(100 * row.used / row.limit)) if row.limit else 0


def room_left(row: AdRow, tongue: Tongue) -> str:
    """ "6 left", "3 over"."""
    if not row.limit:
        return ""
    return tongue(f"ad_desk.{'over' if row.is_over else 'left'}", count=abs(row.left))


def _lock(row: AdRow, label: str, tongue: Tongue) -> Markup:
    return fragment(
        '<button type="button" class="lock" data-lock aria-pressed="{pressed}" '
        'aria-label="{lock} {label}" title="{hint}"><i aria-hidden="true"></i></button>',
        pressed="true" if row.locked else "false",
        lock=tongue("ad_desk.lock"),
        label=label,
        hint=tongue("ad_desk.lock_hint"),
    )


def _row_tools(row: AdRow, tongue: Tongue) -> Markup:
    """Its angle, whose words they are, and what can be done with the line."""
    angle = tongue.name("angle", row.angle) if row.angle not in ("", "plain") else ""
    return fragment(
        '<div class="row-tools">{angle}{by}{undo}{copy}</div>',
        angle=fragment('<span class="angle">{angle}</span>', angle=angle) if angle else NOTHING,
        by=fragment(
            '<span class="by" data-by-said>{by}</span>',
            by=tongue.known(f"ad_desk.by_{row.by}") if row.by != "model" else "",
        ),
        undo=fragment(
            '<button type="button" class="tool small" data-undo hidden>{undo}</button>',
            undo=tongue("ad_desk.undo"),
        ),
        copy=button(tongue("result.copy"), "copy", tongue("result.copied"), "small"),
    )


def _complaint(judged: Judged, craft: str, tongue: Tongue) -> Markup:
    taken = NOTHING
    if judged.rewrite:
        taken = fragment(
            '<button type="button" class="tool small" data-take="{rewrite}">{take} '
            "<q>{rewrite}</q></button>",
            rewrite=judged.rewrite,
            take=tongue("ad_desk.take"),
        )
    return fragment(
        '<p class="complaint"><span class="mark" aria-hidden="true">✕</span>'
        '<span class="unseen">{said} </span><b>{rule}</b> <span class="detail">{detail}</span> '
        "{source}{taken}</p>",
        said=tongue("check.failed"),
        rule=check_name(judged.rule, craft, tongue),
        detail=judged.detail,
        source=_rule_source(judged.source),
        taken=taken,
    )


def _rule_source(source: str) -> Markup:
    """Who says so: the name of the house that publishes the rule, the whole address on hover."""
    if not source:
        return NOTHING
    short = source.removeprefix("https://").removeprefix("www.").split("/")[0]
    return fragment(
        '<small class="of-rule" title="{source}">{short}</small> ', source=source, short=short
    )


def _more(rows: Sequence[AdRow], craft: str, tongue: Tongue) -> Markup:
    """A button for one more text, while the channel takes more."""
    if len(rows) >= rows[0].most:
        return NOTHING
    return fragment(
        '<button type="button" class="tool small" data-more="{name}" data-most="{most}">＋ {more}'
        '<span class="unseen"> {field}</span></button>',
        name=rows[0].name,
        most=rows[0].most,
        more=tongue("ad_desk.more"),
        field=tongue.name("ad", rows[0].name, craft),
    )
