"""An ad: its fields in the channel's order, each with how much of its limit it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from studio.ui.markup import NOTHING, button, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.text_sheet import file_links, version_mark
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of an ad and the room it takes, as its channel counts."""

    name: str
    text: str
    used: int
    limit: int


def ad_sheet(output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool) -> Markup:
    """One ad. `data["fields"]` holds its pieces: name, text, used, limit."""
    pieces = tuple(pieces_of(output.data))
    body = (
        joined(
            _group(name, pieces, work.craft, tongue)
            for name in dict.fromkeys(p.name for p in pieces)
        )
        if pieces
        else fragment('<div class="flow" data-text>{text}</div>', text=output.text)
    )
    return fragment(
        '<article class="sheet ad" lang="{lang}">{number}{body}{verdicts}{tools}</article>',
        lang=work.lang,
        number=version_mark(index, work, tongue),
        body=body,
        verdicts=verdicts(output.checks, work.craft, tongue),
        tools=NOTHING if blind else _tools(output, work, tongue),
    )


def pieces_of(data: Mapping[str, object]) -> Iterator[Piece]:
    """The pieces an ad craft put into its output's data, one for each text."""
    fields = data.get("fields", ())
    if not isinstance(fields, Sequence):
        return
    for each in fields:
        if isinstance(each, Mapping):
            yield Piece(
                re.sub(r"[_ ]?\d+$", "", str(each.get("name", ""))),
                str(each.get("text", "")),
                int(each.get("used", 0)),
                int(each.get("limit", 0)),
            )


def _group(name: str, pieces: Sequence[Piece], craft: str, tongue: Tongue) -> Markup:
    rows = joined(_row(each, tongue) for each in pieces if each.name == name)
    return fragment(
        '<section class="group {name}"><h4>{title}</h4><ul>{rows}</ul></section>',
        name=name,
        title=tongue.name("ad", name, craft),
        rows=rows,
    )


def _row(piece: Piece, tongue: Tongue) -> Markup:
    share = min(100, round(100 * piece.used / piece.limit)) if piece.limit else 0
    return fragment(
        '<li><p data-text>{text}</p><span class="room {state}">'
        '<span class="count">{used}/{limit}</span>'
        '<i class="bar" aria-hidden="true"><i style="width:{share}%"></i></i></span>{copy}</li>',
        text=piece.text,
        state="over" if piece.limit and piece.used > piece.limit else "",
        used=piece.used,
        limit=piece.limit,
        share=share,
        copy=button(tongue("result.copy"), "copy", tongue("result.copied"), "small"),
    )


def _tools(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    return fragment('<div class="tools">{files}</div>', files=file_links(output, work, tongue))
