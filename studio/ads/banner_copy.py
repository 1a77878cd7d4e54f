"""The few words that stand on a banner."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

LIMITS = MappingProxyType({"headline": 40, "short_headline": 24, "subline": 70, "cta": 14})
"""Widths, full-width characters counted twice: what the smallest sizes can set legibly."""


@dataclass(frozen=True, slots=True)
class BannerCopy:
    """One thought at two lengths, what supports it, and what to do."""

    headline: str
    short_headline: str
    subline: str
    cta: str
