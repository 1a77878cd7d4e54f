"""What the cards of both picture models share: CARD.md, model.toml's tables, sheets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from studio.sources.stamp import sha256_of
from studio.training.manifest import file_tables, table
from studio.training.options import TrainOptions
from studio.training.paintings import PAINTINGS
from studio.training.picture_corpus import PLANS
from studio.training.provenance import commit_of_code

VERSION = "1"


def tiled(pictures: Tensor, columns: int) -> Image.Image:
    """[n, 3, h, w] in -1..1 -> one picture; n is cut to whole rows."""
    rows = len(pictures) // columns
    kept = pictures[: rows * columns]
    _, _, height, width = kept.shape
    bytes_ = ((kept + 1) * 127.5).clamp(0, 255).round().byte()
    grid = bytes_.reshape(rows, columns, 3, height, width).permute(0, 3, 1, 4, 2)
    return Image.fromarray(grid.reshape(rows * height, columns * width, 3).contiguous().numpy())


def write_weights(network: nn.Module, folder: Path) -> None:
    """`model.safetensors` in float16, put in place by one rename."""
    weights = {
        name: value.detach().to("cpu", torch.float16).contiguous()
        for name, value in network.state_dict().items()
    }
    young = folder / "model.young"
    save_file(weights, young)
    young.chmod(0o644)
    os.replace(young, folder / "model.safetensors")


def card_text(
    options: TrainOptions, about: str, parameters: int, seen: int, measured: Mapping[str, float]
) -> str:
    """CARD.md."""
    numbers = "".join(f"- {name}: {value:.4g}\n" for name, value in measured.items())
    return (
        f"# {options.card} {VERSION}\n\n{about}\n\nLicence: Apache-2.0.\n\n## Commands\n\n"
        f"    studio train {options.card} --data DATA --minutes 60\n"
        f"    studio evaluate {options.card} --json\n\n## Numbers\n\n"
        f"- parameters: {parameters:,}\n- pictures seen (several resumed runs): {seen:,}\n{numbers}"
    )


def manifest(folder: Path, options: TrainOptions, seen: int, measured: Mapping[str, float]) -> str:
    """The tables of model.toml: files, training, measured."""
    names = [path.name for path in sorted(folder.glob("*.safetensors"))]
    corpora = [options.data / name for name in (PAINTINGS, PLANS)]
    training = {
        "command": f"studio train {options.card} --data DATA --minutes 60",
        "data": [{"file": path.name, "sha256": sha256_of(path)} for path in corpora],
        "steps": seen,
        "seed": options.seed,
        "commit": commit_of_code(),
    }
    found = {name: float(value) for name, value in measured.items()}
    command = f"studio evaluate {options.card} --json"
    lines = [
        *file_tables(folder, [*names, "config.json"]),
        *table("training", training),
        *table("measured", {"command": command, **found}),
    ]
    return "\n".join(lines) + "\n"
