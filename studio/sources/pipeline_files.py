"""Which files of a diffusers repository on the hub make its pipeline."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence, Set

INDEX = "model_index.json"
_WANTED = ("*.json", "*.txt", "*.model", "*.jinja", "*.safetensors")
_LEFT_OUT = ("safety_checker", "feature_extractor", "image_encoder")
"""The studio has a picture filter of its own."""


def is_pipeline(names: Sequence[str]) -> bool:
    """Whether the repository holds a pipeline in parts."""
    return INDEX in names


def pipeline_files(names: Sequence[str]) -> list[str]:
    """The index, and each part's configs and safetensors: of two precisions the half one.

    Never the single-file checkpoints beside the parts, pickles, or code.
    """
    inside = [name for name in names if name.count("/") == 1 and _is_wanted(name)]
    halved = {_part(name) for name in inside if ".fp16" in name}
    return [INDEX, *(name for name in inside if _is_lightest(name, halved))]


def _is_lightest(name: str, halved: Set[str]) -> bool:
    return ".safetensors" not in name or ".fp16" in name or _part(name) not in halved


def _part(name: str) -> str:
    return name.partition("/")[0]


def _is_wanted(name: str) -> bool:
    part, _, file = name.partition("/")
    return part not in _LEFT_OUT and any(fnmatch.fnmatch(file, each) for each in _WANTED)
