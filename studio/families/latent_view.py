"""A look at latents without the decoder: colours by a linear map that is fitted to it once.

Latents of a picture autoencoder are nearly a small picture. A few coloured patches go through the
encoder, and least squares finds the colours again; so it fits any autoencoder, with no table of
numbers per model.
"""

from __future__ import annotations

import logging
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from studio.requests import Picture

logger = logging.getLogger(__name__)

_CELLS = 24
"""Latent cells per edge of the test card."""
_RIDGE = 1e-3
_SHOWN_EDGE = 256
"""Pixels of a preview's longer edge, at least."""


class LatentView:
    """Previews for one pipeline; None for latents that it can not read."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._map: Tensor | None = None
        self._fitted = False

    @torch.no_grad()
    def pictures(self, latents: Tensor, width: int, height: int) -> list[Picture | None]:
        """One preview a row. Latents [n, C, h, w], or packed as FLUX does."""
        cells = self._unpacked(latents, width, height).float().cpu()
        colours = self._colours()
        if colours is None or cells.ndim != 4 or cells.shape[1] + 1 != len(colours):
            return [None] * len(latents)
        rgb = torch.einsum("nchw,ck->nkhw", cells, colours[:-1]) + colours[-1][:, None, None]
        scale = max(1, -(-_SHOWN_EDGE // max(rgb.shape[-2:])))
        shown = F.interpolate(rgb, scale_factor=scale, mode="bicubic", antialias=False)
        return [_picture(each) for each in shown.clamp(0, 1)]

    def _unpacked(self, latents: Tensor, width: int, height: int) -> Tensor:
        unpack = getattr(self._pipeline, "_unpack_latents", None)
        if latents.ndim != 3 or unpack is None:
            return latents
        unpacked: Tensor = unpack(latents, height, width, self._pipeline.vae_scale_factor)
        return unpacked

    def _colours(self) -> Tensor | None:
        """[C + 1, 3]: latents, and a one, to red, green and blue from 0 to 1."""
        if not self._fitted:
            self._fitted = True
            try:
                self._map = _fit(self._pipeline)
            except (AttributeError, TypeError, ValueError, RuntimeError):
                logger.warning("No previews: the autoencoder could not be read", exc_info=True)
        return self._map


def _fit(pipeline: Any) -> Tensor:
    vae, factor = pipeline.vae, int(pipeline.vae_scale_factor)
    card = _test_card(factor * _CELLS)
    given = (2 * card - 1).to(pipeline._execution_device, vae.dtype)
    encoded = vae.encode(given)
    latents = encoded.latent if hasattr(encoded, "latent") else encoded.latent_dist.mode()
    told = vae.config
    shift = getattr(told, "shift_factor", None) or 0.0
    latents = (latents.float().cpu() - shift) * getattr(told, "scaling_factor", 1.0)
    seen = F.adaptive_avg_pool2d(card, latents.shape[-2:])
    cells = latents[0].flatten(1).T
    rows = torch.cat([cells, torch.ones(len(cells), 1)], 1).double()
    square = rows.T @ rows + _RIDGE * torch.eye(rows.shape[1], dtype=torch.double)
    fitted: Tensor = torch.linalg.solve(square, rows.T @ seen[0].flatten(1).T.double())
    return fitted.float()


def _test_card(edge: int) -> Tensor:
    """[1, 3, edge, edge]: soft patches of many colours, drawn from a fixed seed."""
    draw = torch.Generator().manual_seed(0)
    coarse = torch.rand(1, 3, _CELLS // 4, _CELLS // 4, generator=draw)
    fine = torch.rand(1, 3, _CELLS, _CELLS, generator=draw)
    patches = [F.interpolate(each, (edge, edge), mode="nearest") for each in (coarse, fine)]
    return (0.75 * patches[0] + 0.25 * patches[1]).clamp(0, 1)


def _picture(rgb: Tensor) -> Picture:
    levels = (rgb * 255).round().to(torch.uint8).permute(1, 2, 0).contiguous()
    return Picture(levels.shape[1], levels.shape[0], levels.numpy().tobytes())
