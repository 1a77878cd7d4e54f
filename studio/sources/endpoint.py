"""An OpenAI-compatible endpoint as a card: what STUDIO_ENDPOINT stands for."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from studio.catalog import Card
from studio.settings import Settings
from studio.sources.folder import UNSAID_LICENCE

LANGUAGES = ("en", "zh")
CRAFTS = ("writing", "ad_copy")
"""Offered where no form has to be held while it is written."""


def endpoint_card(settings: Settings) -> Card:
    """The configured endpoint's card. Its key shows itself to nobody, its address is in no
    recipe."""
    model = settings.endpoint_model
    return Card(
        name="remote/" + (model or "endpoint").replace("/", "--"),
        version=model or "endpoint",
        kind="remote",
        family="remote",
        licence=UNSAID_LICENCE,
        folder=Path("remote"),
        roles=("writer",),
        languages=LANGUAGES,
        crafts=CRAFTS,
        extra=MappingProxyType(
            {
                "endpoint": settings.endpoint,
                "model": model,
                "key": settings.endpoint_key,
                "timeout_s": settings.endpoint_timeout_s,
            }
        ),
    )
