"""Why one source could not be used; the store tries the next."""

from __future__ import annotations


class SourceUnavailable(Exception):
    """A sentence that names the source and what happened. Never shown as it is."""
