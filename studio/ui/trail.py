"""The versions that lay on a desk, one after another: back and forward, nothing overwritten.

A trail is kept by the person's browser as JSON and comes from there: what does not read as a trail
is an empty one. It holds only where each version is; the texts are works in the history.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from studio.crafts.craft import Check
from studio.works import Work, WorkOutput

MOST_STEPS = 80
MOST_ALTERNATIVES = 7
DRAFT, ALTERNATIVE = "draft", "alternative"


@dataclass(frozen=True, slots=True)
class Step:
    """One version: a work, which of its outputs, and which alternative of that (-1: itself)."""

    work: str
    output: int = 0
    alternative: int = -1
    how: str = DRAFT
    """A locale key `version.<how>`, or `revision.<how>`."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps, oldest first, and which of them lies on the desk (-1: none)."""

    steps: tuple[Step, ...] = ()
    at: int = -1

    @classmethod
    def read(cls, text: str) -> Trail:
        """The trail of a JSON text; an empty one for anything else."""
        try:
            given = json.loads(text or "{}")
            steps = tuple(_step(each) for each in given.get("steps", ()))[-MOST_STEPS:]
            at = int(given.get("at", -1))
        except (ValueError, TypeError, AttributeError, KeyError):
            return cls()
        return cls(steps, max(-1, min(at, len(steps) - 1)))

    def json(self) -> str:
        """The trail as the browser keeps it."""
        return json.dumps({"steps": [asdict(each) for each in self.steps], "at": self.at})

    @property
    def now(self) -> Step | None:
        return self.steps[self.at] if 0 <= self.at < len(self.steps) else None

    def moved(self, by: int) -> Trail:
        """As far back or forward as there are steps."""
        return replace(self, at=max(0, min(self.at + by, len(self.steps) - 1)))

    def with_steps(self, new: Iterable[Step]) -> Trail:
        """The new steps behind all others; the first of them lies on the desk."""
        fresh = tuple(new)[:MOST_STEPS]
        kept = self.steps[max(0, len(self.steps) + len(fresh) - MOST_STEPS) :]
        return Trail((*kept, *fresh), len(kept)) if fresh else self

    def at_work(self, work_id: str) -> Trail | None:
        """The trail at the first step of that work; None when it is not on it."""
        places = (place for place, each in enumerate(self.steps) if each.work == work_id)
        place = next(places, None)
        return None if place is None else replace(self, at=place)


def steps_of(work: Work) -> tuple[Step, ...]:
    """Every version of a work, each followed by its alternatives, best first."""
    place = work.outputs[0].data.get("place") if work.outputs else None
    desk = work.recipe.get("desk")
    how = DRAFT
    for told in (place, desk):
        if isinstance(told, dict):
            how = str(told.get("how", DRAFT))
    return tuple(
        step
        for number, output in enumerate(work.outputs)
        for step in (
            Step(work.id, number, -1, how),
            *(Step(work.id, number, at, ALTERNATIVE) for at in range(alternatives(output))),
        )
    )


def alternatives(output: WorkOutput) -> int:
    """How many alternatives of a version are shown."""
    listed = output.data.get("alternatives", ())
    return min(len(listed), MOST_ALTERNATIVES) if isinstance(listed, list | tuple) else 0


def version_of(work: Work, step: Step) -> WorkOutput:
    """The version of a step, with an alternative's own text, title and seed in place."""
    output = work.outputs[min(step.output, len(work.outputs) - 1)]
    listed = output.data.get("alternatives", ())
    if step.alternative < 0 or not isinstance(listed, list | tuple):
        return output
    if step.alternative >= len(listed):
        return output
    return _as_alternative(output, listed[step.alternative])


def _as_alternative(output: WorkOutput, given: object) -> WorkOutput:
    if not isinstance(given, dict):
        return output
    checks = tuple(Check(**each) for each in given.get("checks", ()))
    place = output.data.get("place")
    told = {**place, "now": given.get("now", "")} if isinstance(place, dict) else None
    data = {**output.data, "place": told} if told else output.data
    return replace(
        output,
        text=str(given.get("text", "")),
        title=str(given.get("title", "")),
        seed=int(given.get("seed", 0)),
        checks=checks,
        data=data,
        files={},
    )


def _step(given: dict[str, object]) -> Step:
    return Step(
        work=str(given["work"])[:64],
        output=int(str(given.get("output", 0))),
        alternative=int(str(given.get("alternative", -1))),
        how=str(given.get("how", DRAFT))[:40],
    )
