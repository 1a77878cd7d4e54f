"""Melodies as a person gets them: forms filled, takes drawn and chosen by the craft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.crafts.craft import Output
from studio.crafts.form import fill
from studio.crafts.melody import CRAFT
from studio.families.answers import answers
from studio.families.causal_lm import CausalLm
from studio.music.abc_reader import read_abc
from studio.music.tune import Tune
from studio.requests import Completion

CARD = "lm/melody"


@dataclass(frozen=True, slots=True)
class Made:
    """A take, what was asked of it, and its tune as read back from its ABC."""

    asked: Mapping[str, object]
    output: Output
    tune: Tune

    @property
    def measured(self) -> Mapping[str, object]:
        """What the craft has measured of it."""
        found = self.output.data["measured"]
        return found if isinstance(found, Mapping) else {}


class _OneCard:
    """A roster of the one card."""

    def choose(self, role: str, lang: str) -> tuple[str, None]:  # noqa: ARG002
        return CARD, None

    def drafts(self, card: str) -> int:  # noqa: ARG002
        return 1


def made(family: CausalLm, forms: Sequence[Mapping[str, object]]) -> list[Made]:
    """The takes of all forms, in their order. Raises InvalidInput for a form that is wrong."""
    orders = [CRAFT.order(fill(CRAFT, form, lambda: 1), _OneCard()) for form in forms]
    texts = iter(answers(family, [request for order in orders for request in order.requests]))
    found = []
    for form, order in zip(forms, orders, strict=True):
        completions = [Completion(text=next(texts)) for _ in order.requests]
        found += [
            Made(form, each, read_abc(each.text)) for each in CRAFT.finish(order, completions)
        ]
    return found
