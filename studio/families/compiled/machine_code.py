"""What is compiled, kept on disk so that it is compiled once, not at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from numba import njit
from numba.core import config

from studio.families.compiled.picking import pick_tokens, tell_opinions
from studio.families.compiled.step import run_step

HERE = Path(__file__).parent


@cache
def compiled_step() -> Callable[..., None]:
    """`run_step` as machine code. The first call compiles, which takes some fifteen seconds."""
    return _kept(run_step)


@cache
def compiled_pick() -> Callable[..., None]:
    """`pick_tokens` as machine code."""
    return _kept(pick_tokens)


@cache
def compiled_opinions() -> Callable[..., None]:
    """`tell_opinions` as machine code."""
    return _kept(tell_opinions)


def _kept(function: Any) -> Callable[..., None]:
    """Compiled for whatever it is called with, and kept beside Python's own compiled files, or in
    the user's cache where these can not be written, or not at all."""
    for folder in (HERE / "__pycache__", Path.home() / ".cache" / "atelier"):
        try:
            place = folder / f"step-{_version()}"
            place.mkdir(parents=True, exist_ok=True)
            with _kept_in(place):
                return _compiled(function, kept=True)
        except (OSError, RuntimeError):  # read-only
            continue
    return _compiled(function, kept=False)


def _compiled(function: Any, kept: bool) -> Callable[..., None]:
    machine_code: Callable[..., None] = njit(nogil=True, error_model="numpy", cache=kept)(
        function.py_func
    )
    return machine_code


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
