"""Melodies against the clock: four takes in one batch, one after another, and by their parts.

What is compared runs in turns within each round, and every number comes as the median of the
rounds with the lowest and the highest; ratios are taken round by round.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from studio.crafts.craft import Output
from studio.crafts.form import fill
from studio.crafts.melody import CRAFT
from studio.engine.family import Family
from studio.families.answers import answers
from studio.families.picture_bench import spread
from studio.requests import Completion

TAKES, BARS, SEED = 4, 16, 11
TEXT = "a walk along the harbour on a bright morning"
Renders = Callable[[Sequence[Output]], object]


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of one round."""

    batch: float
    one_by_one: float
    music: float
    """How long the takes sound, all together."""
    parts: Mapping[str, float]


class MelodyBench:
    """A family with what renders its takes, warm."""

    def __init__(
        self,
        card: str,
        family: Family,
        files: Renders,
        parts: Mapping[str, Renders],
        bars: int = BARS,
    ) -> None:
        """`files` makes all files of takes, `parts` some of them alone, by name."""
        self._card, self._family, self._files, self._parts = card, family, files, parts
        self._bars = bars
        self._files(self.takes(1, SEED))

    def takes(self, count: int, seed: int) -> tuple[Output, ...]:
        """The takes of one request, without files."""
        form = {"text": TEXT, "bars": self._bars, "n": count, "seed": seed}
        order = CRAFT.order(fill(CRAFT, form, lambda: seed), self)
        texts = answers(self._family, order.requests)
        return CRAFT.finish(order, [Completion(text=text) for text in texts])

    def numbers(self, rounds: int) -> Mapping[str, Any]:
        """`batch_x`: times as fast in one batch; `length_share`: of the music's own length that
        a whole request takes; `shares`: of a request's time by parts, the model's first."""
        found = [self._round() for _ in range(rounds)]
        return {
            "takes": TAKES,
            "bars": self._bars,
            "batch_s": spread([each.batch for each in found]),
            "one_by_one_s": spread([each.one_by_one for each in found]),
            "music_s": round(median(each.music for each in found), 2),
            "batch_x": spread([each.one_by_one / each.batch for each in found]),
            "length_share": spread([each.batch / each.music for each in found]),
            "shares": {
                name: spread([each.parts[name] / each.batch for each in found])
                for name in found[0].parts
            },
        }

    def choose(self, role: str, lang: str) -> tuple[str, None]:  # noqa: ARG002
        """The one card, as a roster tells it."""
        return self._card, None

    def drafts(self, card: str) -> int:  # noqa: ARG002
        """As a roster tells it."""
        return 1

    def _round(self) -> Round:
        begun = time.perf_counter()
        takes = self.takes(TAKES, SEED)
        written = time.perf_counter() - begun
        self._files(takes)
        batch = time.perf_counter() - begun
        parts = {"model": written}
        for name, part in self._parts.items():
            parts[name] = _seconds(partial(part, takes))
        return Round(
            batch=batch,
            one_by_one=_seconds(self._one_by_one),
            music=sum(float(str(each.data["seconds"])) for each in takes),
            parts={**parts, "rest": batch - sum(parts.values())},
        )

    def _one_by_one(self) -> None:
        for number in range(TAKES):
            self._files(self.takes(1, SEED + 1 + number))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
