"""Responsive search ads as rows that Google Ads Editor imports.

Column names: support.google.com/google-ads/editor/answer/57747 ("CSV file columns").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Row(Protocol):
    """A text and the field it is for."""

    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...


def google_ads_rows(
    texts: Sequence[Row],
    *,
    campaign: str,
    ad_group: str,
    final_url: str = "",
    positions: Mapping[str, int] | None = None,
) -> list[dict[str, str]]:
    """One row: one ad with all its assets. `final_url` is left open for the person to fill in.
    `positions`: text -> where it is pinned (headlines 1 to 3, descriptions 1 or 2); an open cell
    leaves it to Google."""
    pinned = positions or {}
    row = {"Campaign": campaign, "Ad Group": ad_group, "Ad type": "Responsive search ad"}
    for name, most in (("headline", 15), ("description", 4), ("path", 2)):
        found = [each.text for each in texts if each.name == name][:most]
        for at in range(most):
            text = found[at] if at < len(found) else ""
            row[f"{name.capitalize()} {at + 1}"] = text
            if name != "path":
                row[f"{name.capitalize()} {at + 1} position"] = str(pinned.get(text, ""))
    return [row | {"Final URL": final_url}]
