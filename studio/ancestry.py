"""What works come from, across crafts: their links, and the chain of recipes in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studio.archive import Archive
from studio.crafts.craft import Output
from studio.crafts.origin import FIELD, MOST_SOURCES, MOST_STEPS, Origin, Source, Step
from studio.errors import InvalidInput
from studio.history.records import LinkRecord
from studio.manuscripts import ALTERNATIVE, BY_HAND, Place
from studio.works import Work

MOST_CHAIN_CHARACTERS = 96_000
"""Of a chain in a file's recipe; beyond it the oldest works are left out."""
Recipe = Mapping[str, object]


class Ancestry:
    """Of the works of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def of(
        self,
        inputs: Mapping[str, object],
        outputs: Sequence[Output],
        place: Place | None,
        user: str,
    ) -> Origin:
        """What a finished work was made from: what its form tells, the pictures or melody that it
        starts from, the manuscript that it stands in; with the recipes of all of them."""
        told = Origin.read(inputs.get(FIELD))
        sources = list(_parents(outputs))
        if place is not None and place.parent:
            sources.append(Source(place.parent, 0, place.how))
        # What starts from a finished work came from that alone, whatever its form came from.
        works = tuple(dict.fromkeys(sources or told.works))[:MOST_SOURCES]
        steps: dict[str, Step] = {}
        for step in told.recipes:
            steps.setdefault(step.work, step)
        for source in works:
            self._add(source.work, user, steps)
        return Origin(works, _within_reach(_asked_for(works, steps)))

    def links(self, origin: Origin, user: str) -> tuple[LinkRecord, ...]:
        """The sources that are works of this person."""
        return tuple(
            LinkRecord(each.work, each.version, each.relation)
            for each in origin.works
            if self._known(each.work, user) is not None
        )

    def _add(self, work_id: str, user: str, steps: dict[str, Step]) -> None:
        """The work and all that it came from, the oldest first."""
        work = self._known(work_id, user)
        if work is None:
            return
        origin = origin_of_recipe(work.recipe)
        for step in origin.recipes:
            steps.setdefault(step.work, step)
        sources = sources_of(work)
        for source in sources:
            if source.work not in steps:
                self._add(source.work, user, steps)
        steps.pop(work.id, None)
        steps[work.id] = Step(work.id, plain_recipe(work.recipe), sources, _own_text(work))

    def _known(self, work_id: str, user: str) -> Work | None:
        try:
            return self._archive.work(work_id, user)
        except InvalidInput:
            return None


def sources_of(work: Work) -> tuple[Source, ...]:
    """What a work came from: its links, its recipe's, or its parent alone."""
    linked = [Source(each.work, each.version, each.relation) for each in work.links]
    told = origin_of_recipe(work.recipe).works
    found = tuple(dict.fromkeys((*linked, *told)))
    if work.parent and not any(each.work == work.parent for each in found):
        found = (*found, Source(work.parent, 0, _how(work)))
    return found


def origin_of_recipe(recipe: Recipe) -> Origin:
    """What a recipe came from; nothing for one that tells none, or nothing that can be read."""
    try:
        return Origin.read(recipe.get(FIELD) or "")
    except InvalidInput:
        return Origin()


def plain_recipe(recipe: Recipe) -> dict[str, object]:
    """The recipe without what it came from: its chain holds that once."""
    plain = {name: value for name, value in recipe.items() if name != FIELD}
    inputs = plain.get("inputs")
    if isinstance(inputs, Mapping) and FIELD in inputs:
        plain["inputs"] = {name: value for name, value in inputs.items() if name != FIELD}
    return plain


def with_origin(recipe: Recipe, origin: Origin) -> Recipe:
    """The recipe and the whole chain that it ends."""
    plain = plain_recipe(recipe)
    return {**plain, FIELD: origin.as_data} if origin.works else plain


def _parents(outputs: Sequence[Output]) -> Iterable[Source]:
    """The pictures or the melody that the outputs were made of."""
    for output in outputs:
        parents: Any = output.data.get("parents", ())
        relation = str(output.data.get("verb") or "made_of")
        for each in parents if isinstance(parents, list | tuple) else ():
            work = str(each.get("work", "")) if isinstance(each, Mapping) else ""
            if work:
                yield Source(work, int(each.get("version", 0)), relation)


def _how(work: Work) -> str:
    desk: Any = work.recipe.get("desk")
    return str(desk.get("how") or BY_HAND) if isinstance(desk, Mapping) else "made_of"


def _own_text(work: Work) -> str:
    """What a person wrote themselves: no model makes it again."""
    by_hand = _how(work) in (BY_HAND, ALTERNATIVE) and "desk" in work.recipe
    return work.outputs[0].text if by_hand and work.outputs else ""


def _asked_for(works: Sequence[Source], steps: Mapping[str, Step]) -> list[Step]:
    """The steps that these sources lead to, in the order in which they were made."""
    wanted, open_ones = set[str](), [each.work for each in works]
    while open_ones:
        work = open_ones.pop()
        if work not in wanted and work in steps:
            wanted.add(work)
            open_ones += [each.work for each in steps[work].sources]
    return [step for work, step in steps.items() if work in wanted]


def _within_reach(steps: Sequence[Step]) -> tuple[Step, ...]:
    kept: list[Step] = []
    room = MOST_CHAIN_CHARACTERS
    for step in reversed(steps[-MOST_STEPS:]):
        room -= len(json.dumps(step.as_data, default=dict))
        if room < 0:
            break
        kept.append(step)
    return tuple(reversed(kept))
