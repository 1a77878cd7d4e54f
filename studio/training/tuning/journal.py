"""What a run tells while it runs: lines on the screen, curves on disk, sheets of samples."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.errors import InvalidInput

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:  # comes with the [train] extra
    SummaryWriter = None  # type: ignore[assignment, misc]

CURVES, SAMPLES = "curves.jsonl", "samples.txt"


class Journal:
    """TensorBoard events and curves.jsonl always; Weights & Biases when asked."""

    def __init__(self, folder: Path, name: str, recipe: Mapping[str, Any], *, wandb: bool) -> None:
        """Raises InvalidInput `no_wandb` when it is asked for and not installed."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._events = SummaryWriter(str(folder)) if SummaryWriter is not None else None
        self._wandb = _wandb(name, folder, recipe) if wandb else None

    def step(self, step: int, numbers: Mapping[str, float]) -> None:
        """Numbers of one step or score, named like "train/loss"."""
        for name, value in numbers.items():
            if self._events is not None:
                self._events.add_scalar(name, value, step)
        if self._wandb is not None:
            self._wandb.log(dict(numbers), step=step)
        line = json.dumps({"step": step, **{name: round(v, 5) for name, v in numbers.items()}})
        with (self._folder / CURVES).open("a", encoding="utf-8") as curves:
            curves.write(line + "\n")

    def say(self, line: str) -> None:
        """A line for whoever looks at the process."""
        print(line, flush=True)

    def samples(self, step: int, texts: Sequence[str]) -> None:
        """What the model makes of the fixed prompts now."""
        if not texts:
            return
        with (self._folder / SAMPLES).open("a", encoding="utf-8") as sheet:
            sheet.write("\n\n".join([f"== step {step}", *texts]) + "\n\n")
        if self._events is not None:
            self._events.add_text("samples", "\n\n---\n\n".join(texts), step)

    def close(self) -> None:
        """Flush what is open."""
        if self._events is not None:
            self._events.close()
        if self._wandb is not None:
            self._wandb.finish()


def _wandb(name: str, folder: Path, recipe: Mapping[str, Any]) -> Any:
    try:
        library: Any = importlib.import_module("wandb")
    except ImportError as error:
        raise InvalidInput(
            "wandb",
            "Weights & Biases is not installed.",
            "pip install wandb, or leave out --wandb.",
            code="no_wandb",
        ) from error
    return library.init(project="atelier", name=name, dir=str(folder), config=dict(recipe))
