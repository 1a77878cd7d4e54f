"""How a fetch tells what it is doing."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int | None, str], None]
"""`progress(done_bytes, total_bytes or None, stage)`; stage: download | check | convert."""
