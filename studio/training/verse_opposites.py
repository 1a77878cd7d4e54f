"""Builds studio/verse/zh_opposites.bin: which characters stand opposite each other in couplets.

    python -m studio.training.verse_opposites --data DATA --out studio/verse

Counts, for the training poems of the corpus, which characters face each other in the middle
couplets of 律诗; weighs the counts by positive pointwise mutual information and keeps the strongest
directions of that matrix (as latent semantic analysis does). Prints how well held-out couplets are
told from second lines that were shuffled among couplets of one width.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from studio.training.verse_corpus import Poem, read_corpus
from studio.training.verse_couplets import couplets
from studio.verse.parallel import PARALLEL, SIZE, WordClasses
from studio.verse.zh_lexicon import zh_lexicon

KNOWN = 3000
"""The most frequent characters get a direction."""
SMOOTHING = 0.75

Pair = tuple[str, str]


def pairs_of(poems: Sequence[Poem], split: str) -> list[Pair]:
    """The middle couplets of the 律诗 of a split."""
    regulated = (each for each in poems if each.split == split and each.form.endswith("律诗"))
    return [(p.lines[0], p.lines[1]) for poem in regulated for p in couplets(poem)]


def directions(pairs: Sequence[Pair], characters: Sequence[str]) -> np.ndarray:
    """int8 [characters, SIZE]; rows of zeros where nothing is known."""
    place = {character: at for at, character in enumerate(characters)}
    counts = np.zeros((len(characters), len(characters)), dtype=np.float32)
    for upper, lower in pairs:
        for one, other in zip(upper, lower, strict=True):
            if one in place and other in place:
                counts[place[one], place[other]] += 1
                counts[place[other], place[one]] += 1
    each = counts.sum(1)
    smooth = each**SMOOTHING / (each**SMOOTHING).sum()
    expected = np.maximum(each[:, None] * smooth[None, :], 1e-6)
    weight = np.log(np.maximum(counts / expected, 1.0))
    weight = (weight + weight.T) / 2
    left, strength, _ = torch.svd_lowrank(torch.from_numpy(weight), q=4 * SIZE, niter=3)
    rows = (left[:, :SIZE] * strength[:SIZE].sqrt()).numpy()
    longest = np.abs(rows).max(axis=1, keepdims=True)
    return np.where(longest > 0, np.round(127 * rows / np.maximum(longest, 1e-9)), 0).astype(
        np.int8
    )


def told_apart(classes: WordClasses, pairs: Sequence[Pair], seed: int = 0) -> dict[str, float]:
    """How often a real couplet is likelier than a shuffled one (AUC); which shares pass."""
    draw = random.Random(seed)
    real = [classes.of_lines(*pair)[0] for pair in pairs]
    by_width = {width: [low for _, low in pairs if len(low) == width] for width in (5, 7)}
    other = [classes.of_lines(up, draw.choice(by_width[len(up)]))[0] for up, _ in pairs]
    wins = sum(a > b for a, b in zip(real, draw.sample(other, len(other)), strict=True))
    return {
        "auc": wins / len(real),
        "real_pass": sum(each >= PARALLEL for each in real) / len(real),
        "shuffled_pass": sum(each >= PARALLEL for each in other) / len(other),
        "real_tenth": sorted(real)[len(real) // 10],
    }


def main() -> None:
    """Write the file and print the measures."""
    parser = argparse.ArgumentParser(description="Builds the word classes of studio/verse.")
    for name in ("--data", "--out"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    poems = read_corpus(options.data).poems
    characters = list(zh_lexicon().characters())[:KNOWN]
    rows = directions(pairs_of(poems, "train"), characters)
    (options.out / "zh_opposites.bin").write_bytes(rows.tobytes())
    classes = WordClasses.parse(rows.tobytes(), characters)
    print(told_apart(classes, pairs_of(poems, "val")))


if __name__ == "__main__":
    main()
