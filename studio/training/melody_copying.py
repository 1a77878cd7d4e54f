"""How much of made tunes stands in the training tunes, note by note, in any key.

python -m studio.training.melody_copying DATA studio/music/copies.bin
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.copies import WINDOW, CopyIndex, runs_of, struck_notes
from studio.music.tune import Tune
from studio.training.melody_corpus import CORPUS, Melody, read_melodies
from studio.training.melody_heldout import tune_of


def known_runs(data: Path, melodies: Iterable[Melody]) -> frozenset[bytes]:
    """Every run of nine notes of the training tunes: whole as they are printed, in whatever
    meter, and the rows a model reads. Raises FileNotFoundError."""
    rows = (tune_of(each.symbols) for each in melodies if each.split == "train")
    return frozenset(
        run for tune in chain(_printed(data), rows) for run in runs_of(struck_notes(tune.notes()))
    )


def copying(tunes: Sequence[Tune], known: frozenset[bytes] | CopyIndex) -> Mapping[str, float]:
    """Share of the tunes that hold a known run of nine notes, and the longest run of all."""
    longest = [longest_run(tune, known) for tune in tunes]
    return {
        "copied": sum(run >= WINDOW for run in longest) / max(1, len(longest)),
        "copied_12": sum(run >= 12 for run in longest) / max(1, len(longest)),
        "copied_16": sum(run >= 16 for run in longest) / max(1, len(longest)),
        "copied_longest": float(max(longest, default=0)),
    }


def longest_run(tune: Tune, known: frozenset[bytes] | CopyIndex) -> int:
    """As `CopyIndex.longest_run`, of an index or of the runs themselves."""
    if isinstance(known, CopyIndex):
        return known.longest_run(tune.notes())
    longest = current = 0
    for run in runs_of(struck_notes(tune.notes())):
        current = current + 1 if run in known else 0
        longest = max(longest, current)
    return longest + WINDOW - 1 if longest else 0


def _printed(data: Path) -> Iterator[Tune]:
    with gzip.open(data / CORPUS, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if row["split"] == "train":
                try:
                    yield read_abc(row["abc"])
                except InvalidInput:
                    continue


def write_copies(data: Path, out: Path) -> CopyIndex:
    """Write `copies.bin`, the index that the studio reads. Raises FileNotFoundError."""
    index = CopyIndex.of(known_runs(data, read_melodies(data)))
    out.write_bytes(index.to_bytes())
    return index


if __name__ == "__main__":
    write_copies(Path(sys.argv[1]), Path(sys.argv[2]))
