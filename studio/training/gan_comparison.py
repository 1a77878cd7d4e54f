"""Measures the trained baselines once, the way gan/abstract is measured: `baselines.json`.

    python -m studio.training.gan_comparison --data DATA --fc runs/fc --fastgan runs/fast \\
        --card models/gan/abstract

Trained by `gan_baselines`; evaluations of the card read the file and need no baseline again.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from studio.training.gan_baselines import BASELINES, Trained
from studio.training.picture_corpus import PictureCorpus
from studio.training.picture_evaluation import BASELINES as FILE
from studio.training.picture_evaluation import Material
from studio.training.picture_references import shrunk
from studio.training.provenance import replaced

_COUNT, _SEED = 180, 5
_A_KIND = 90


def compared(material: Material, folders: dict[str, Path]) -> dict[str, dict[str, object]]:
    """For each baseline: processor minutes, pictures seen, parameters and what was measured."""
    found: dict[str, dict[str, object]] = {}
    for name, folder in folders.items():
        trained = Trained.load(name, folder)
        made = shrunk(trained.network.made(_COUNT, _SEED))
        found[name] = {
            "minutes": round(trained.minutes, 1),
            "pictures_seen": trained.seen,
            "parameters": trained.network.parameters,
            "count": _COUNT,
            "measured": material.apart(
                {"paintings": made[:_A_KIND], "drawings": made[_A_KIND:], "both": made}
            ),
        }
    return found


def main() -> None:
    """The command above."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--card", type=Path, required=True, help="folder that keeps the result")
    parser.add_argument("--corpus", type=Path, help="a corpus folder of an earlier training")
    for name in BASELINES:
        parser.add_argument(f"--{name}", type=Path, required=True, help="its working folder")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    gathered = asked.corpus
    corpus = PictureCorpus.load(asked.data, gathered) if gathered else PictureCorpus.of(asked.data)
    folders = {name: getattr(asked, name) for name in BASELINES}
    found = compared(Material.of(corpus, asked.data), folders)
    replaced(asked.card / FILE, json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
