"""One key at a time from a terminal, without waiting for the return key."""

from __future__ import annotations

import os
import select
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Wait = Callable[[float], bool]
"""Waits so many seconds; True as soon as the person wants to leave."""
LEAVE = frozenset({b"q", b"Q", b"\x1b"})


@contextmanager
def leaving_keys() -> Iterator[Wait]:
    """While inside, q or Escape ends a wait. Without a terminal it is a plain wait."""
    if not sys.stdin.isatty():
        yield _plain
        return
    place = sys.stdin.fileno()
    before = termios.tcgetattr(place)
    try:
        tty.setcbreak(place)
        yield _pressed
    finally:
        termios.tcsetattr(place, termios.TCSADRAIN, before)


def _plain(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _pressed(seconds: float) -> bool:
    place = sys.stdin.fileno()
    ready, _, _ = select.select([place], [], [], seconds)
    return bool(ready) and os.read(place, 1) in LEAVE
