"""What came from what: works as nodes, left to right, drawn from a person's lineage.

One list is both: the drawing (its items stand where the layout puts them, lines lie behind) and,
on a phone or to a screen reader, an ordered list that says what each came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from studio.ui.handover_line import called
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.picture_files import picture_file, shown_url
from studio.ui.strings import Tongue
from studio.works import Work

MOST_NODES = 40
WIDTH, HEIGHT, ACROSS, DOWN = 148, 76, 252, 100
"""Pixels of a node, and from one to the next."""
SIGNS: Mapping[str, str] = MappingProxyType(
    {"text": "¶", "melody": "♪", "picture": "◨", "ad": "❝", "kit": "❖"}
)
_POEM = "❧"


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from one work to another."""

    parent: str
    child: str
    relation: str


@dataclass(frozen=True, slots=True)
class Node:
    """A work and its place: column and row, from 0."""

    work: Work
    depth: int
    row: int

    @property
    def x(self) -> int:
        return self.depth * ACROSS

    @property
    def y(self) -> int:
        return self.row * DOWN


def ties_of(works: Sequence[Work]) -> tuple[Tie, ...]:
    """Every line among these works, each pair and relation once."""
    known = {each.id for each in works}
    found: list[Tie] = []
    for work in works:
        links = [Tie(each.work, work.id, each.relation) for each in work.links]
        if work.parent and not any(each.parent == work.parent for each in links):
            links.append(Tie(work.parent, work.id, _how(work)))
        found += [each for each in links if each.parent in known and each.parent != work.id]
    return tuple(dict.fromkeys(found))


def placed(works: Sequence[Work], ties: Sequence[Tie]) -> tuple[Node, ...]:
    """Each work one column right of the last it came from, in rows near its first parent."""
    depths: dict[str, int] = {}
    for work in works:  # the oldest first: parents are there before their children
        parents = [
            depths[each.parent] for each in ties if each.child == work.id and each.parent in depths
        ]
        depths[work.id] = 1 + max(parents, default=-1)
    taken: dict[int, int] = {}
    rows: dict[str, int] = {}
    nodes = []
    for work in works:
        depth = depths[work.id]
        wanted = min(
            (rows[t.parent] for t in ties if t.child == work.id and t.parent in rows), default=0
        )
        rows[work.id] = max(wanted, taken.get(depth, 0))
        taken[depth] = rows[work.id] + 1
        nodes.append(Node(work, depth, rows[work.id]))
    return tuple(nodes)


def kin_graph(
    works: Sequence[Work], shown: str, kinds: Mapping[str, str], tongue: Tongue
) -> Markup:
    """The graph of a lineage, oldest first; nothing for a work that stands alone. `kinds`: craft ->
    kind of output."""
    works = _near(works, shown)
    if len(works) < 2:
        return NOTHING
    ties = ties_of(works)
    nodes = placed(works, ties)
    by_id = {each.work.id: each for each in nodes}
    return fragment(
        '<section class="kin" aria-label="{title}"><h4>{title}</h4><p class="note">{hint}</p>'
        '<div class="field"><div class="drawn" style="--w:{w}px;--h:{h}px">{lines}'
        "<ol>{nodes}</ol>{names}</div></div></section>",
        title=tongue("lineage.title"),
        hint=tongue("lineage.hint"),
        w=max(each.x for each in nodes) + WIDTH,
        h=max(each.y for each in nodes) + HEIGHT,
        lines=_lines(ties, by_id, shown),
        nodes=joined(_node(each, ties, by_id, shown, kinds, tongue) for each in nodes),
        names=joined(_name(each, by_id, tongue) for each in _told_once(ties)),
    )


def relation_name(relation: str, tongue: Tongue) -> str:
    """What a relation is called: a hand-over, a verb, or how a text was revised."""
    return tongue.known(f"lineage.{relation}") or tongue.name("version", relation)


def _near(works: Sequence[Work], shown: str) -> Sequence[Work]:
    """At most MOST_NODES works in their order, the one that is shown among them."""
    if len(works) <= MOST_NODES:
        return works
    at = next((place for place, each in enumerate(works) if each.id == shown), len(works) - 1)
    start = min(max(0, at - MOST_NODES // 2), len(works) - MOST_NODES)
    return works[start : start + MOST_NODES]


def _how(work: Work) -> str:
    data = work.outputs[0].data if work.outputs else {}
    place, desk = data.get("place"), work.recipe.get("desk")
    for told in (place, desk):
        if isinstance(told, Mapping) and told.get("how"):
            return str(told["how"])
    return str(data.get("verb") or "made_of")


def _node(
    node: Node,
    ties: Sequence[Tie],
    by_id: Mapping[str, Node],
    shown: str,
    kinds: Mapping[str, str],
    tongue: Tongue,
) -> Markup:
    work = node.work
    own = [each for each in ties if each.child == work.id]
    return fragment(
        '<li data-node="{id}" data-from="{parents}" data-depth="{depth}" '
        'style="--x:{x}px;--y:{y}px;--depth:{depth}"><span class="came unseen">{came}</span>'
        '<button type="button" data-do="open" data-id="{id}"{current}>{sign}<span class="told">'
        "<b>{craft}</b><span>{title}</span></span></button></li>",
        id=work.id,
        parents=" ".join(each.parent for each in own),
        depth=node.depth,
        x=node.x,
        y=node.y,
        came=", ".join(_came(each, by_id, tongue) for each in own) or tongue("lineage.first"),
        current=Markup(' aria-current="true"') if work.id == shown else NOTHING,
        sign=_sign(work, kinds),
        craft=tongue.name("craft", work.craft),
        title=called(work),
    )


def _came(tie: Tie, by_id: Mapping[str, Node], tongue: Tongue) -> str:
    return tongue(
        "lineage.came",
        relation=relation_name(tie.relation, tongue),
        title=called(by_id[tie.parent].work),
    )


def _sign(work: Work, kinds: Mapping[str, str]) -> Markup:
    path = picture_file(work.outputs[0].files) if work.outputs else None
    if path is not None:
        return fragment('<span class="sign"><img src="{url}" alt=""></span>', url=shown_url(path))
    sign = _POEM if work.craft == "poetry" else SIGNS.get(kinds.get(work.craft, ""), "·")
    return fragment('<span class="sign" aria-hidden="true">{sign}</span>', sign=sign)


def _lines(ties: Sequence[Tie], by_id: Mapping[str, Node], shown: str) -> Markup:
    return fragment(
        '<svg class="ties" aria-hidden="true" focusable="false">{paths}</svg>',
        paths=joined(
            fragment(
                '<path d="{d}"{own}/>',
                d=_curve(by_id[each.parent], by_id[each.child]),
                own=Markup(' class="own"') if shown in (each.parent, each.child) else NOTHING,
            )
            for each in ties
        ),
    )


def _curve(parent: Node, child: Node) -> str:
    x0, y0 = parent.x + WIDTH, parent.y + HEIGHT // 2
    x1, y1 = child.x, child.y + HEIGHT // 2
    bend = (ACROSS - WIDTH) // 2
    return f"M{x0} {y0} C{x0 + bend} {y0} {x1 - bend} {y1} {x1} {y1}"


def _told_once(ties: Sequence[Tie]) -> list[Tie]:
    """One name a pair of nodes: two relations between the same two would lie over each other."""
    return list({(each.parent, each.child): each for each in ties}.values())


def _name(tie: Tie, by_id: Mapping[str, Node], tongue: Tongue) -> Markup:
    child = by_id[tie.child]
    parent = by_id[tie.parent]
    y0, y1 = parent.y + HEIGHT // 2, child.y + HEIGHT // 2
    near = child.depth - parent.depth == 1
    return fragment(
        '<span class="tie" aria-hidden="true" style="--x:{x}px;--y:{y}px">{text}</span>',
        x=child.x - (ACROSS - WIDTH) // 2,
        y=(y0 + y1) // 2 if near else round(y1 - 0.12 * (y1 - y0)),
        text=relation_name(tie.relation, tongue),
    )
