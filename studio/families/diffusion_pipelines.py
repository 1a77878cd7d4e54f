"""From a card's folder to the two pipelines of a painter: from words, and from a picture."""

from __future__ import annotations

import inspect
import json
from typing import Any

import torch
from diffusers import AutoPipelineForImage2Image, AutoPipelineForText2Image

from studio.catalog import Card
from studio.errors import NotReady
from studio.families.diffusion_estimate import half_variant
from studio.families.remembered_prompts import RememberedPrompts

_FILTER_PARTS = ("safety_checker", "feature_extractor", "image_encoder")
"""Not loaded: the studio's own filter blurs and says why (`studio/safety/picture_filter.py`)."""


class DiffusionPipelines:
    """Both pipelines on one set of weights; `from_picture` is None where there is no such."""

    def __init__(self, from_words: Any, from_picture: Any | None) -> None:
        self.from_words = from_words
        self.from_picture = from_picture
        self.own_scheduler = from_words.scheduler
        self._prompts = []
        for pipeline in (from_words, from_picture):
            if pipeline is not None:
                pipeline.set_progress_bar_config(disable=True)
                self._prompts.append(RememberedPrompts.on(pipeline))

    @classmethod
    def load(
        cls, card: Card, device: torch.device, dtype: torch.dtype, *, offloaded: bool
    ) -> DiffusionPipelines:
        """Load the folder's safetensors; never pickles, never code.

        `offloaded`: weights wait in the computer's memory and visit the device in turn.
        Raises NotReady (`pipeline_unreadable`) when the folder is no complete pipeline.
        """
        left_out = {name: None for name in _FILTER_PARTS if name in _parts(card)}
        try:
            load: Any = AutoPipelineForText2Image.from_pretrained
            pipeline = load(
                card.folder,
                dtype=dtype,
                variant="fp16" if half_variant(card.folder) else None,
                use_safetensors=True,
                local_files_only=True,
                **left_out,
            )
        except (OSError, ValueError, KeyError) as error:
            raise _unreadable(card, str(error).splitlines()[0]) from error
        _place(pipeline, device, offloaded=offloaded)
        return cls(pipeline, _image_pipeline(pipeline))

    @property
    def modules(self) -> tuple[torch.nn.Module, ...]:
        """Everything with weights."""
        parts = self.from_words.components.values()
        return tuple(each for each in parts if isinstance(each, torch.nn.Module))

    def read_with(self, weights: str) -> None:
        """Another adapter may read the same words in another way."""
        for each in self._prompts:
            each.weights = weights

    def free_offloaded(self) -> None:
        """Before new words are read: nothing else needs to lie on the device."""
        self.from_words.maybe_free_model_hooks()


def _parts(card: Card) -> dict[str, Any]:
    index = card.folder / "model_index.json"
    if not index.is_file():
        raise _unreadable(card, "it has no model_index.json")
    parts: dict[str, Any] = json.loads(index.read_text("utf-8"))
    return parts


def _place(pipeline: Any, device: torch.device, *, offloaded: bool) -> None:
    """One picture at a time through the decoder costs next to nothing and bounds its memory."""
    vae: Any = getattr(pipeline, "vae", None)
    if hasattr(vae, "enable_slicing"):
        vae.enable_slicing()
    if not offloaded:
        pipeline.to(device)
        return
    pipeline.enable_attention_slicing()
    if hasattr(vae, "enable_tiling"):
        vae.enable_tiling()
    pipeline.enable_model_cpu_offload(device=device)


def _image_pipeline(pipeline: Any) -> Any | None:
    """The image-to-image twin; None where it does not take a share of the schedule (editors)."""
    try:
        twin = AutoPipelineForImage2Image.from_pipe(pipeline)
    except ValueError:
        return None
    return twin if "strength" in inspect.signature(twin.__call__).parameters else None


def _unreadable(card: Card, reason: str) -> NotReady:
    return NotReady(
        card.name,
        f"{card.name} is no complete pipeline: {reason}.",
        f"Get it again with: studio models fetch {card.name}",
        code="pipeline_unreadable",
        reason=reason,
    )
