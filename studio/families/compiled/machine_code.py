"""The compiled step, kept on disk so that it is compiled once, not at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from numba import njit
from numba.core import config

from studio.families.compiled.step import run_step

HERE = Path(__file__).parent


@cache
def compiled_step() -> Callable[..., None]:
    """`run_step` as machine code for whatever it is called with.

    It is kept beside Python's own compiled files, or in the user's cache where these can not be
    written, or not at all. The first call compiles, which takes some fifteen seconds.
    """
    for folder in (HERE / "__pycache__", Path.home() / ".cache" / "atelier"):
        try:
            kept = folder / f"step-{_version()}"
            kept.mkdir(parents=True, exist_ok=True)
            with _kept_in(kept):
                return _compiled(kept=True)
        except (OSError, RuntimeError):  # read-only
            continue
    return _compiled(kept=False)


def _compiled(kept: bool) -> Callable[..., None]:
    return njit(nogil=True, error_model="numpy", cache=kept)(run_step.py_func)


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    before = config.CACHE_DIR  # type: ignore[attr-defined]
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        config.CACHE_DIR = before  # type: ignore[attr-defined]


def _version() -> str:
    """Of all files that the step is made of: numba looks only at the one with the function."""
    whole: Any = hashlib.sha256()
    for path in sorted(HERE.glob("*.py")):
        whole.update(path.read_bytes())
    return str(whole.hexdigest()[:16])
