"""Standings as a small chart: a dot for the rating, a line for its 95 % interval."""

from __future__ import annotations

from markupsafe import Markup

from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue
from studio.works import Reveal, Standing, Standings


def reveal_markup(reveal: Reveal, tongue: Tongue) -> Markup:
    """Who was who, and how the arms stand now."""
    names = joined(
        fragment("<li><b>{letter}</b> {name}</li>", letter=letter, name=arm_name(label, tongue))
        for letter, label in zip("ABCD", reveal.labels, strict=False)
    )
    return fragment(
        '<div class="reveal"><p>{thanks}</p><ul>{names}</ul></div>{standings}',
        thanks=tongue("compare.thanks"),
        names=names,
        standings=standings_markup(reveal.standings, tongue),
    )


def standings_markup(standings: Standings, tongue: Tongue) -> Markup:
    """A table with a chart in it; nothing before the first vote."""
    if not standings.rows or not standings.votes:
        return NOTHING
    low = min(each.low for each in standings.rows)
    high = max(each.high for each in standings.rows)
    return fragment(
        '<table class="standings"><caption>{caption}</caption><thead><tr><th scope="col">{arm}</th>'
        '<th scope="col">{chart}</th><th scope="col">{rating}</th><th scope="col">{votes}</th></tr>'
        "</thead><tbody>{rows}</tbody></table><p class='note'>{note}</p>",
        caption=tongue("compare.standings", votes=standings.votes),
        arm=tongue("compare.arm"),
        chart=tongue("compare.interval"),
        rating=tongue("compare.rating"),
        votes=tongue("compare.votes"),
        rows=joined(_row(each, low, high, tongue) for each in standings.rows),
        note=_note(standings, tongue),
    )


def arm_name(label: str, tongue: Tongue) -> str:
    """The label of an arm; "temperature = 0.5" in the page's words."""
    if label == "seed":
        return tongue("compare.seed_arm")
    name, separator, value = label.partition(" = ")
    if not separator:
        return tongue.name("arm", label)
    return f"{tongue.name('field', name)} = {tongue.choice('', name, value)}"


def _row(standing: Standing, low: float, high: float, tongue: Tongue) -> Markup:
    span = max(1e-9, high - low)
    place = [
        round(100 * (each - low) / span, 1)
        for each in (standing.low, standing.rating, standing.high)
    ]
    return fragment(
        '<tr><th scope="row">{name}</th><td class="chart"><div><i class="whisker" '
        'style="left:{left}%;width:{width}%"></i><i class="dot" style="left:{dot}%"></i></div></td>'
        "<td>{rating:.0f} <small>{low:.0f}–{high:.0f}</small></td><td>{votes}</td></tr>",
        name=arm_name(standing.label, tongue),
        left=place[0],
        width=round(place[2] - place[0], 1),
        dot=place[1],
        rating=standing.rating,
        low=standing.low,
        high=standing.high,
        votes=standing.votes,
    )


def _note(standings: Standings, tongue: Tongue) -> str:
    if len(standings.rows) < 2:
        return ""
    if standings.more_votes:
        return tongue("compare.more_votes", votes=standings.more_votes)
    return tongue("compare.separated")
