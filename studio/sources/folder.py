"""A model's folder on this machine as a card: what STUDIO_WRITER=/models/mine stands for,
STUDIO_PAINTER=/models/mine for a pipeline, and STUDIO_COMPOSER=/models/mine for a MusicGen."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from huggingface_hub import ModelCard

from studio.catalog import Card
from studio.errors import InvalidInput
from studio.sources.parameters import count_parameters
from studio.sources.pipeline_files import INDEX

UNSAID_LICENCE = "see the model's page"
LANGUAGES = ("en", "zh")
CRAFTS = ("writing", "poetry", "ad_copy")
COMPOSERS = ("musicgen", "musicgen_melody")
"""Model types that compose."""


def is_model_folder(place: str) -> bool:
    """Whether this names a folder rather than a card or a hub id.

    Raises InvalidInput for a path without a model in it.
    """
    folder = Path(place).expanduser()
    if (folder / "config.json").is_file():
        return True
    if folder.is_absolute() or place.startswith((".", "~")):
        raise InvalidInput(
            "STUDIO_WRITER",
            f"{place} holds no model: it has no config.json.",
            "Give the folder that transformers' save_pretrained wrote, a hub id, or a card.",
            code="no_model_folder",
            place=place,
        )
    return False


def folder_card(place: str) -> Card:
    """The folder's card; licence and languages from its README where that says so."""
    folder = Path(place).expanduser().resolve()
    config = json.loads((folder / "config.json").read_text("utf-8"))
    about = _about(folder)
    return Card(
        name=f"folder/{folder.name}",
        version=_version(folder),
        kind="base",
        family="causal_lm",
        licence=str(about.get("license") or UNSAID_LICENCE),
        folder=folder,
        roles=("writer",),
        languages=_languages(about.get("language")),
        crafts=CRAFTS,
        parameters=count_parameters(folder),
        context=int(config.get("max_position_embeddings") or 0),
    )


def is_pipeline_folder(place: str) -> bool:
    """Whether this names a diffusers folder rather than a card or a hub id.

    Raises InvalidInput for a path without a pipeline in it.
    """
    folder = Path(place).expanduser()
    if (folder / INDEX).is_file():
        return True
    if folder.is_absolute() or place.startswith((".", "~")):
        raise InvalidInput(
            "STUDIO_PAINTER",
            f"{place} holds no pipeline: it has no {INDEX}.",
            "Give the folder that diffusers' save_pretrained wrote, a hub id, or a card.",
            code="no_pipeline_folder",
            place=place,
        )
    return False


def pipeline_folder_card(place: str) -> Card:
    """The folder's card; licence from its README where that says so."""
    folder = Path(place).expanduser().resolve()
    return Card(
        name=f"folder/{folder.name}",
        version=_version(folder, INDEX),
        kind="base",
        family="diffusion",
        licence=str(_about(folder).get("license") or UNSAID_LICENCE),
        folder=folder,
        roles=("picture",),
        crafts=("image",),
        extra=MappingProxyType({"automatic": False}),
    )


def is_composer_folder(place: str) -> bool:
    """Whether this names a folder with a MusicGen rather than a card or a hub id.

    Raises InvalidInput for a path without one in it.
    """
    folder = Path(place).expanduser()
    config = folder / "config.json"
    if config.is_file() and _model_type(config) in COMPOSERS:
        return True
    if config.is_file() or folder.is_absolute() or place.startswith((".", "~")):
        raise InvalidInput(
            "STUDIO_COMPOSER",
            f"{place} holds no MusicGen: no config.json says so.",
            "Give the folder that transformers' save_pretrained wrote, a hub id, or a card.",
            code="no_composer_folder",
            place=place,
        )
    return False


def composer_folder_card(place: str) -> Card:
    """The folder's card; licence from its README where that says so."""
    folder = Path(place).expanduser().resolve()
    return Card(
        name=f"folder/{folder.name}",
        version=_version(folder),
        kind="base",
        family="music_gen",
        licence=str(_about(folder).get("license") or UNSAID_LICENCE),
        folder=folder,
        roles=("melody",),
        crafts=("melody",),
        parameters=count_parameters(folder),
        extra=MappingProxyType({"automatic": False}),
    )


def _model_type(config: Path) -> str:
    try:
        told = json.loads(config.read_text("utf-8"))
    except ValueError:
        return ""
    return str(told.get("model_type", "")) if isinstance(told, dict) else ""


def _about(folder: Path) -> dict[str, Any]:
    """The metadata of a README as the hub writes them."""
    readme = folder / "README.md"
    if not readme.is_file():
        return {}
    try:
        return dict(ModelCard.load(readme).data.to_dict())
    except (ValueError, OSError):  # a README without metadata, or with broken ones
        return {}


def _languages(said: object) -> tuple[str, ...]:
    codes = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    known = tuple(each for each in LANGUAGES if each in codes)
    return known or LANGUAGES


def _version(folder: Path, config: str = "config.json") -> str:
    """Changes when the config or the size of a weights file does: enough for a recipe."""
    content = hashlib.sha256((folder / config).read_bytes())
    for path in sorted(folder.glob("*/*.safetensors" if config == INDEX else "*.safetensors")):
        content.update(f"{path.relative_to(folder)} {path.stat().st_size}".encode())
    return content.hexdigest()[:12]
