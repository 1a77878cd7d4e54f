"""What a text is like, in numbers, and what a reporter must verify in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue


def insight_panel(data: Mapping[str, object], tongue: Tongue) -> Markup:
    """`data["insight"]` (name -> number or words) and `data["claims"]` (kind, text)."""
    counted = data.get("insight")
    facts = _facts(counted, tongue) if isinstance(counted, Mapping) else NOTHING
    claimed = data.get("claims")
    claims = _claims(claimed, tongue) if isinstance(claimed, Sequence) and claimed else NOTHING
    if not facts and not claims:
        return NOTHING
    return fragment(
        '<details class="plan insight"><summary>{title}</summary>{facts}{claims}</details>',
        title=tongue("insight.title"),
        facts=facts,
        claims=claims,
    )


def _facts(counted: Mapping[object, object], tongue: Tongue) -> Markup:
    entries = joined(
        fragment(
            "<div><dt>{name}</dt><dd>{value}</dd></div>",
            name=tongue.name("insight", str(name)),
            value=_value(value),
        )
        for name, value in counted.items()
        if value not in ("", [], (), None)
    )
    return fragment("<dl>{entries}</dl>", entries=entries) if entries else NOTHING


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return " · ".join(str(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _claims(claims: Sequence[object], tongue: Tongue) -> Markup:
    items = joined(
        fragment(
            "<li><span>{kind}</span> {text}</li>",
            kind=tongue.name("claim", str(each.get("kind", ""))),
            text=each.get("text", ""),
        )
        for each in claims
        if isinstance(each, Mapping)
    )
    return fragment(
        '<h4>{title}</h4><ul class="claims">{items}</ul>',
        title=tongue("insight.verify"),
        items=items,
    )
