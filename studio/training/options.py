"""What every training command takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """One training run: where the corpora are, where it works, how long it may take."""

    card: str
    """Name of the card to train, for example "lm/verse-zh"."""
    data: Path
    """Folder of the corpora (`--data` or STUDIO_CORPORA)."""
    out: Path
    """Working folder: checkpoint, TensorBoard events, samples. A second run resumes from it."""
    models: Path
    """The models folder that the finished card is written into."""
    minutes: float
    """Wall-clock budget of this run; it saves and stops within it."""
    threads: int = 2
    seed: int = 0
    device: str = "cpu"
