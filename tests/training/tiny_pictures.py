"""A corpus of pictures small enough for a test: two drawings a style, one of them held out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.families.composition import STYLES, TEXT
from studio.families.drawings.families import drawing, of_style
from studio.families.drawings.paint import Wish
from studio.training.picture_corpus import EDGE, LEVELS, PAINTINGS, PLANS, PictureCorpus

GREYS = np.array([[32 * k + 16] * 3 for k in range(8)], np.uint8)
_SMALL = 128


def write_tiny_corpus(data: Path, cache: Path) -> PictureCorpus:
    """The corpus, kept in `cache` as if it had been gathered from `data`. "lyrical" counts as
    painted, so that both kinds are there."""
    for folder in (data, cache):
        folder.mkdir(parents=True, exist_ok=True)
    (data / PAINTINGS).write_text("paintings", "utf-8")
    (data / PLANS).write_text("", "utf-8")
    rows = [(style, held) for style in STYLES for held in (False, True)]
    tones = [_tone(style, int(held)) for style, held in rows]
    np.save(cache / "tones.npy", np.stack(tones))
    np.save(cache / "reliefs.npy", np.zeros((len(rows), EDGE // 2, EDGE // 2), np.int8))
    np.save(cache / "pool.npy", np.stack([GREYS, GREYS[:, ::-1]]))
    listed = [_row(style, held) for style, held in rows]
    (cache / "rows.json").write_text(json.dumps(listed), "utf-8")
    vectors = np.random.default_rng(0).normal(size=(len(STYLES), TEXT)).astype(np.float32)
    np.savez_compressed(cache / "texts.npz", vectors=vectors)
    return PictureCorpus.load(data, cache)


def _tone(style: str, seed: int) -> NDArray[np.uint8]:
    small = drawing(of_style(style)[0].name, seed, Wish(0.5, 0.5, 0.5), (_SMALL, _SMALL)).tone
    times = EDGE // _SMALL
    return (
        np.round(np.clip(small, 0, 7) * LEVELS).astype(np.uint8).repeat(times, 0).repeat(times, 1)
    )


def _row(style: str, held: bool) -> dict[str, object]:
    painted = style == "lyrical"
    return {
        "style": style,
        "family": "painting" if painted else of_style(style)[0].name,
        "numbers": [0.5, 0.4, 0.6],
        "held": held,
        "painting": 0 if painted else -1,
        "captions": [style],
        "palette": GREYS.tolist() if painted else [],
    }
