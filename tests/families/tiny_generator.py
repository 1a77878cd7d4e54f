"""A tiny random generator with its prior, made in a temporary folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from studio.families.composition import NUMBERS, STYLES, Composition
from studio.families.gan import Gan
from studio.families.layout_prior import PLAN_NUMBERS, LayoutPrior


def tiny_generator(folder: Path) -> Gan:
    """The picture family on random weights, on the CPU."""
    torch.manual_seed(3)
    widths, style = (24, 16, 8), 16
    generator, prior = Composition(widths, style), LayoutPrior(16, 32)
    told = {"widths": widths, "style": style, "numbers": NUMBERS}
    _write(folder / "gan", generator, told)
    _write(folder / "prior", prior, {"width": 16, "told": 32, "numbers": PLAN_NUMBERS})
    return Gan(folder / "gan", folder / "prior", "cpu", torch.float32)


def _write(folder: Path, network: torch.nn.Module, config: dict[str, Any]) -> None:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({**config, "styles": STYLES}))
    state = {name: each.contiguous() for name, each in network.state_dict().items()}
    save_file(state, folder / "model.safetensors")
