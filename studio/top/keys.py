"""One key at a time from a terminal, without waiting for the return key."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

Wait = Callable[[float], bool]
"""Waits so many seconds; True as soon as the person wants to leave."""
LEAVE = frozenset({b"q", b"Q", b"\x1b"})


@contextmanager
def leaving_keys() -> Iterator[Wait]:
    """While inside, q or Escape ends a wait, and so does Ctrl-C, with KeyboardInterrupt. Without a
    terminal it is a plain wait."""
    if not sys.stdin.isatty():
        yield _plain
        return
    place = sys.stdin.fileno()
    before = termios.tcgetattr(place)
    try:
        tty.setcbreak(place)
        with _interrupts() as interrupt:
            yield partial(_pressed, place, interrupt)
    finally:
        termios.tcsetattr(place, termios.TCSADRAIN, before)


@contextmanager
def _interrupts() -> Iterator[int]:
    """A descriptor that can be read from once Ctrl-C was pressed. Raised wherever the program
    happens to be, it would be lost in a finalizer, whose errors Python ignores."""
    heard, told = os.pipe()
    before = signal.signal(signal.SIGINT, lambda *_: os.write(told, b"c"))
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, before)
        os.close(heard)
        os.close(told)


def _plain(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _pressed(place: int, interrupt: int, seconds: float) -> bool:
    ready, _, _ = select.select([place, interrupt], [], [], seconds)
    if interrupt in ready:
        raise KeyboardInterrupt
    return bool(ready) and os.read(place, 1) in LEAVE
