"""What a person waits for at the screen, what may come when it comes, what came too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.catalog import Catalog
from studio.crafts.craft import Check, Output
from studio.requests import Completion, Priority, Request

SOON = 4
"""Pictures of one order that somebody waits for: the first row of a sheet. The rest of a grid, or
the frames of a loop, may come behind other people's first ones."""


def prioritised(
    requests: Sequence[Request], catalog: Catalog, priority: Priority
) -> tuple[Request, ...]:
    """The requests of one order; those of an interactive one that paint past the first few are
    bulk."""
    painted = 0
    told = []
    for each in requests:
        paints = "picture" in catalog.card(each.card).roles
        painted += paints
        late = paints and painted > SOON
        told.append(replace(each, priority="bulk" if late else priority))
    return tuple(told)


def in_time(outputs: Sequence[Output], completions: Sequence[Completion]) -> tuple[Output, ...]:
    """The outputs; when a model was cut off at its deadline, each says so."""
    if not any(each.finish == "deadline" for each in completions):
        return tuple(outputs)
    cut = Check("in_time", passed=False)
    return tuple(replace(each, checks=(*each.checks, cut)) for each in outputs)
