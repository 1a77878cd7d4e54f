"""What a banner takes from the brand."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True, slots=True)
class BannerLook:
    """Hex colours (the first is the main one), the type's family, and who speaks."""

    colours: tuple[str, ...] = ()
    family: str = "sans"
    """sans or serif."""
    brand_name: str = ""
    logo: Image.Image | None = None
    """Shown instead of the name; transparency is kept."""
