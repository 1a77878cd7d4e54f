"""`studio compile`: the engine's machine code, made before somebody waits for it."""

from __future__ import annotations

import argparse
import time

from studio.families.compile_ahead import compile_ahead
from studio.settings import Settings


def compile_engine(_arguments: argparse.Namespace, _settings: Settings) -> int:
    """Compile, or read what was compiled before, and say what this processor runs."""
    begun = time.monotonic()
    packed = compile_ahead()
    kind = "8-bit" if packed else "float32 only (this processor has no 8-bit dot products)"
    print(f"compiled in {time.monotonic() - begun:.1f} s: language models run in {kind}")
    return 0
