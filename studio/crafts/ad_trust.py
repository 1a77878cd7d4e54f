"""Whether a writer may say things about a product in words of its own."""

from __future__ import annotations

from studio.crafts.craft import Roster

DRAFTS_OF_A_LARGE_WRITER = 2
"""What a roster affords of a writer of more than a billion parameters, or of an endpoint."""


def is_trusted(roster: Roster, card: str) -> bool:
    """A small one contradicts its brief too often: see `studio.ads.plausible`."""
    return roster.drafts(card) <= DRAFTS_OF_A_LARGE_WRITER
