"""Trains the two baselines that gan/abstract is measured against, once, on the same pictures.

    python -m studio.training.gan_baselines fc --data DATA --minutes 25 --out runs/fc
    python -m studio.training.gan_baselines fastgan --data DATA --minutes 25 --out runs/fast

Minutes are processor minutes of one thread, so that neighbours on the machine change nothing.
A second run with the same folder goes on; `samples.png` there shows 64 unselected pictures.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from studio.families.layouts import CELLS
from studio.training.fast_gan import FastGan
from studio.training.fully_connected_gan import FullyConnectedGan
from studio.training.picture_batches import PictureBatches
from studio.training.picture_card import tiled
from studio.training.picture_corpus import PictureCorpus

_PICTURES = 2000
_AT_ONCE = 20
_SAVE_MINUTES = 2.0


class Baseline(Protocol):
    """What a baseline offers."""

    edge: int
    batch: int

    @property
    def parameters(self) -> int: ...
    def trained(self, pictures: Tensor) -> dict[str, float]: ...
    def made(self, count: int, seed: int) -> Tensor: ...
    def state(self) -> dict[str, Any]: ...
    def restore(self, state: Mapping[str, Any]) -> None: ...


BASELINES: Mapping[str, Callable[[], Baseline]] = MappingProxyType(
    {"fc": FullyConnectedGan, "fastgan": FastGan}
)


@dataclass(frozen=True, slots=True)
class Trained:
    """A baseline and how long it has learnt."""

    network: Baseline
    minutes: float
    """Processor minutes."""
    seen: int
    """Pictures."""

    @classmethod
    def load(cls, name: str, out: Path) -> Trained:
        """The baseline `name` as the folder `out` has it; fresh where there is none."""
        network = BASELINES[name]()
        path = out / "checkpoint.pt"
        if not path.exists():
            return cls(network, 0.0, 0)
        state = torch.load(path, map_location="cpu", weights_only=True)
        network.restore(state)
        return cls(network, float(state["minutes"]), int(state["seen"]))

    def save(self, out: Path) -> None:
        """`checkpoint.pt` by one rename, and the sheet."""
        told = {"minutes": self.minutes, "seen": self.seen}
        torch.save(self.network.state() | told, out / "checkpoint.young")
        os.replace(out / "checkpoint.young", out / "checkpoint.pt")
        tiled(self.network.made(64, 1), 8).save(out / "samples.png")


def train(name: str, data: Path, out: Path, minutes: float, cache: Path | None = None) -> Trained:
    """Train or resume until `minutes` are spent in all. `cache`: a corpus gathered before."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    out.mkdir(parents=True, exist_ok=True)
    begun = Trained.load(name, out)
    network, seen = begun.network, begun.seen
    pictures = _prepared(PictureCorpus.load(data, cache or out / "corpus"), network.edge, out)
    chance = np.random.default_rng(seen)
    started = saved = time.process_time()
    spent = begun.minutes
    while spent < minutes:
        told = network.trained(_chosen(pictures, network.batch, chance))
        seen += network.batch
        spent = begun.minutes + (time.process_time() - started) / 60
        if (seen // network.batch) % 100 == 0:
            shown = " ".join(f"{key} {value:.3f}" for key, value in told.items())
            print(f"{spent:.1f} min, {seen} pictures, {shown}", flush=True)
        if time.process_time() - saved > 60 * _SAVE_MINUTES:
            Trained(network, spent, seen).save(out)
            saved = time.process_time()
    done = Trained(network, spent, seen)
    done.save(out)
    return done


def _prepared(corpus: PictureCorpus, edge: int, out: Path) -> NDArray[np.uint8]:
    """[2000, 3, edge, edge] whole training pictures, repainted as ours are; kept in `out`."""
    path = out / f"pictures-{edge}.npy"
    if not path.exists():
        batches = PictureBatches(corpus, 1)
        chunks = []
        for _ in range(_PICTURES // _AT_ONCE):
            whole = batches.drawn(_AT_ONCE, CELLS).pictures
            small = F.interpolate(whole, size=(edge, edge), mode="area")
            chunks.append(((small + 1) * 127.5).round().byte().numpy())
        np.save(path, np.concatenate(chunks))
    return np.asarray(np.load(path))


def _chosen(pictures: NDArray[np.uint8], count: int, chance: np.random.Generator) -> Tensor:
    """[count, 3, edge, edge] in -1..1, half of them mirrored."""
    rows = torch.from_numpy(pictures[chance.integers(0, len(pictures), count)]).float() / 127.5 - 1
    mirrored = torch.from_numpy(chance.random(count) < 0.5)[:, None, None, None]
    return torch.where(mirrored, rows.flip(3), rows)


def main() -> None:
    """The command above."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(BASELINES))
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="working folder; resumes from it")
    parser.add_argument("--minutes", type=float, default=25.0, help="processor minutes in all")
    parser.add_argument("--corpus", type=Path, help="a corpus folder of an earlier training")
    asked = parser.parse_args()
    done = train(asked.name, asked.data, asked.out, asked.minutes, asked.corpus)
    print(f"{done.minutes:.1f} minutes, {done.seen} pictures, {done.network.parameters} numbers")


if __name__ == "__main__":
    main()
