"""A run on disk: parameters, optimizer, chance and counts, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from studio.errors import InvalidInput
from studio.training.tuning.progress import TuningProgress
from studio.training.tuning.tuning import Tuning

FORMAT = 1
FREE = ("epochs", "steps", "patience", "val_rows", "score_steps", "score_minutes")
"""What of a recipe may change when a run goes on."""


class Checkpoint:
    """The checkpoint file of one run's folder."""

    def __init__(self, path: Path, identity: Mapping[str, Any]) -> None:
        """`identity`: what must be the same for a run to go on (recipe, base, data)."""
        self.path = path
        self._identity = {name: value for name, value in identity.items() if name not in FREE}

    def save(
        self, tuning: Tuning, optimizer: torch.optim.Optimizer, progress: TuningProgress
    ) -> None:
        """Written beside and moved over: a killed run never leaves half a checkpoint."""
        state = {
            "format": FORMAT,
            "identity": self._identity,
            "learnt": {name: each.detach() for name, each in tuning.learnt().items()},
            "optimizer": optimizer.state_dict(),
            "tuning": tuning.state(),
            "progress": asdict(progress),
            "random": torch.get_rng_state(),
            "device_random": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
        }
        young = self.path.with_suffix(".young")
        torch.save(state, young)
        os.replace(young, self.path)

    def load(
        self, tuning: Tuning, optimizer: torch.optim.Optimizer, device: str
    ) -> TuningProgress | None:
        """Take the run back; None when there is none.

        Raises InvalidInput `other_run` when the folder holds a run of another recipe or data.
        """
        if not self.path.exists():
            return None
        state = torch.load(self.path, map_location="cpu", weights_only=True)
        if "format" not in state:
            state = self._of_first_format(state)
        if state["format"] != FORMAT or state["identity"] != self._identity:
            raise InvalidInput(
                "out",
                f"{self.path.parent} holds another run: {_difference(state, self._identity)}.",
                "Give another --out, or --fresh to begin anew.",
                code="other_run",
                folder=self.path.parent.name,
            )
        with torch.no_grad():
            for name, each in tuning.learnt().items():
                each.copy_(state["learnt"][name])
        optimizer.load_state_dict(state["optimizer"])
        tuning.restore(_moved(state["tuning"], device))
        torch.set_rng_state(state["random"])
        if state["device_random"] and torch.cuda.is_available():
            torch.cuda.set_rng_state_all(state["device_random"])
        return TuningProgress(**state["progress"])

    def _of_first_format(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """A checkpoint of the first adapters' runs: no identity, no chance, fewer counts."""
        return {
            "format": FORMAT,
            "identity": self._identity,
            "learnt": state["adapter"],
            "optimizer": state["optimizer"],
            "tuning": {},
            "progress": state["progress"] | {"best_step": state["progress"]["step"]},
            "random": torch.get_rng_state(),
            "device_random": [],
        }


def _difference(state: Mapping[str, Any], identity: Mapping[str, Any]) -> str:
    then = state.get("identity", {})
    names = sorted(name for name in {**then, **identity} if then.get(name) != identity.get(name))
    return ", ".join(names) or "an older format"


def _moved(state: Any, device: str) -> Any:
    if isinstance(state, torch.Tensor):
        return state.to(device)
    if isinstance(state, dict):
        return {name: _moved(each, device) for name, each in state.items()}
    return state
