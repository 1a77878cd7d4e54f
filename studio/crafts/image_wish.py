"""One picture that is wanted: what its request says, and what its data remember."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from studio.crafts.craft import Inputs
from studio.crafts.image_finishes import RAW
from studio.crafts.image_kept import Kept
from studio.crafts.image_plan import NUMBERS, ImagePlan
from studio.crafts.image_sizes import asked_size
from studio.requests import Request

COMPOSITION_EDGE = 512
"""Pixels of a composition; a flat enlargement starts from twice that."""
Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One picture. What is left empty is the picture model's to choose."""

    inputs: Inputs
    """The form that its finish, size and format are read from."""
    plan: ImagePlan
    text: str
    seed: int
    wildness: float
    aspect: float
    """Width / height that it is composed for."""
    noise: int | None = None
    slots: tuple[str, ...] = ()
    layout: str | Cells = ""
    """A code from another picture, or cells drawn by hand."""
    drift: float = 0.0
    passage: Mapping[str, object] | None = None
    verb: str = ""
    parents: tuple[Kept, ...] = ()
    label: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    cell: Mapping[str, object] | None = None
    """Its place in a grid."""

    @classmethod
    def again(cls, kept: Kept, inputs: Inputs, verb: str, **changes: object) -> Wish:
        """Exactly the picture again, but for the `changes` (fields of a wish)."""
        same: dict[str, object] = {
            "inputs": inputs,
            "plan": kept.plan,
            "text": kept.text,
            "seed": kept.seed,
            "wildness": kept.wildness,
            "aspect": kept.aspect,
            "noise": kept.noise,
            "slots": kept.slots,
            "layout": kept.layout,
            "verb": verb,
            "parents": (kept,),
        }
        return cls(**{**same, **changes})  # type: ignore[arg-type]

    def request(self, card: str, adapter: str | None) -> Request:
        """What the picture model is asked."""
        return Request(
            card=card,
            adapter=adapter,
            seed=self.seed,
            prompt=self.text,
            condition=self._condition(),
            work=(self._edge() / COMPOSITION_EDGE) ** 2,
        )

    def asked_by(self, request: Request) -> Wish:
        """The wish with the plan that its request tells: what was read from the words may have
        been guessed with more than the form knows."""
        asked: Mapping[str, Any] = request.condition
        numbers = {name: float(asked[name]) for name in NUMBERS}
        plan = ImagePlan(str(asked["style"]), tuple(asked["palette"]), numbers, self.plan.mood)
        return replace(self, plan=plan)

    def _condition(self) -> dict[str, object]:
        given = {
            "noise": self.noise,
            "slots": list(self.slots) or None,
            "layout": self._layout(),
            "drift": self.drift or None,
            "passage": self.passage,
        }
        return {
            "style": self.plan.style,
            "palette": list(self.plan.palette),
            **{name: self.plan.numbers[name] for name in NUMBERS},
            "truncation": self.wildness,
            "aspect": self.aspect,
            "edge": self._edge(),
            **{name: value for name, value in given.items() if value is not None},
        }

    def _layout(self) -> object:
        if isinstance(self.layout, str):
            return self.layout or None
        return [list(row) for row in self.layout]

    def _edge(self) -> int:
        """Flat contours are enlarged best by the generator itself; paint needs no more than 512."""
        size = asked_size(self.inputs)
        flat = self.inputs["finish"] in RAW and max(size.width, size.height) > COMPOSITION_EDGE
        return 2 * COMPOSITION_EDGE if flat else COMPOSITION_EDGE

    @property
    def data(self) -> dict[str, object]:
        """What its output's data keep beside the model's own."""
        return {
            "text": self.text,
            "style": self.plan.style,
            "numbers": {name: self.plan.numbers[name] for name in NUMBERS},
            "palette": list(self.plan.palette),
            "wildness": self.wildness,
            "aspect": self.aspect,
            "seed": self.seed,
            "verb": self.verb,
            "parents": [each.origin for each in self.parents],
            "label": dict(self.label),
        }
