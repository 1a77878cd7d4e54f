"""Linear heads on a text vector: a description's numbers, choices and like examples.

Ridge regression (Hoerl and Kennard 1970) on the encoder's vector, less the mean of its language,
and on the concepts that the craft's words found. A card folder holds `model.safetensors`:
`means` [2, d] (other languages, Chinese), `weights` [d + concepts, outputs], `bias` [outputs] and
`examples` [n, d] unit vectors, all float16; and `config.json` with the names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from studio.crafts.guesses import Guesses

Floats = NDArray[np.floating[Any]]
_HAN = re.compile("[\u4e00-\u9fff]")


class PlanHeads:
    """The heads of one card."""

    def __init__(self, tensors: Mapping[str, Floats], names: Mapping[str, Any]) -> None:
        """`names`: numbers, choices (field -> labels), temperatures (field -> of the softmax),
        concepts, nearest (field -> one value an example), shown (how many examples are told)."""
        self._means, self._weights, self._bias, self._examples = (
            np.asarray(tensors[name], np.float32)
            for name in ("means", "weights", "bias", "examples")
        )
        self._names = names

    @classmethod
    def load(cls, folder: Path) -> PlanHeads:
        """Read a card folder. Raises FileNotFoundError."""
        names = json.loads((folder / "config.json").read_text("utf-8"))
        return cls(load_file(folder / "model.safetensors"), names)

    def guesses(self, text: str, vector: Sequence[float], concepts: frozenset[str]) -> Guesses:
        """What a text with this vector [d] and these concepts asks for."""
        own = centred(np.asarray(vector, np.float32)[None], [text], self._means)[0]
        found = [float(name in concepts) for name in self._names["concepts"]]
        scores = np.concatenate([own, np.asarray(found, np.float32)]) @ self._weights + self._bias
        numbers: Sequence[str] = self._names["numbers"]
        return Guesses(
            numbers=dict(zip(numbers, map(float, scores), strict=False)),
            choices=self._choices(scores[len(numbers) :]),
            nearest=self._nearest(own),
        )

    def _choices(self, scores: Floats) -> dict[str, dict[str, float]]:
        made, start = {}, 0
        for field, labels in self._names["choices"].items():
            mine = scores[start : start + len(labels)] / self._names["temperatures"][field]
            shares = np.exp(mine - mine.max())
            made[field] = dict(zip(labels, map(float, shares / shares.sum()), strict=True))
            start += len(labels)
        return made

    def _nearest(self, own: Floats) -> dict[str, dict[str, float]]:
        likeness = self._examples @ own
        best = np.argsort(-likeness, kind="stable")[: self._names["shown"]]
        return {
            # Backwards: of equal values the nearest example's likeness stands.
            field: dict(sorted(
                {values[at]: float(likeness[at]) for at in reversed(best)}.items(),
                key=lambda item: -item[1],
            ))
            for field, values in self._names["nearest"].items()
        }  # fmt: skip


def centred(vectors: Floats, texts: Sequence[str], means: Floats) -> Floats:
    """[n, d] unit vectors less the mean of their language, made unit again: what a text means
    and not what it is written in."""
    own = vectors - means[[int(is_chinese(text)) for text in texts]]
    sizes = np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-6)
    return np.asarray(own / sizes, np.float32)


def is_chinese(text: str) -> bool:
    return _HAN.search(text) is not None
