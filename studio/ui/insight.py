"""What a text is like, in numbers, and what a reporter must verify in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue

NEITHER = 0.05
"""VADER's own threshold."""


def insight_panel(data: Mapping[str, object], tongue: Tongue) -> Markup:
    """`data["insight"]` (name -> number or words) and `data["claims"]` (kind, text, known); open
    where there is something to verify."""
    counted = data.get("insight")
    facts = _facts(counted, tongue) if isinstance(counted, Mapping) else NOTHING
    claimed = data.get("claims")
    claims = _claims(claimed, tongue) if isinstance(claimed, Sequence) and claimed else NOTHING
    if not facts and not claims:
        return NOTHING
    return fragment(
        '<details class="plan insight"{open}><summary>{title}</summary>{facts}{claims}</details>',
        open=Markup(" open") if claims else NOTHING,
        title=tongue("insight.title"),
        facts=facts,
        claims=claims,
    )


def _facts(counted: Mapping[object, object], tongue: Tongue) -> Markup:
    entries = joined(
        fragment(
            "<div><dt>{name}</dt><dd>{value}</dd></div>",
            name=tongue.name("insight", str(name)),
            value=_mood(value, tongue) if name == "sentiment" else _value(value),
        )
        for name, value in counted.items()
        if value not in ("", [], (), None) and not (name == "words" and not value)
    )
    return fragment("<dl>{entries}</dl>", entries=entries) if entries else NOTHING


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return " · ".join(str(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _mood(value: object, tongue: Tongue) -> str:
    """ "warm +0.42"; within NEITHER of zero it is neither."""
    score = float(value) if isinstance(value, int | float) else 0.0
    side = "neither" if abs(score) < NEITHER else "warm" if score > 0 else "dark"
    return f"{tongue(f'insight.{side}')} {score:+.2f}"


def _claims(claims: Sequence[object], tongue: Tongue) -> Markup:
    items = joined(
        fragment(
            '<li class="{known}"><span>{kind}</span> {text}{mark}</li>',
            known="unknown" if each.get("known") is False else "known",
            kind=tongue.name("claim", str(each.get("kind", ""))),
            text=each.get("text", ""),
            mark=fragment(" <em>{said}</em>", said=tongue("insight.unknown"))
            if each.get("known") is False
            else NOTHING,
        )
        for each in claims
        if isinstance(each, Mapping)
    )
    return fragment(
        '<h4>{title}</h4><ul class="claims">{items}</ul>',
        title=tongue("insight.verify"),
        items=items,
    )
