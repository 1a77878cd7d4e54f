"""Processes that tests start, listen to and kill. They are forked from one that has imported the
studio already: an import takes seconds, a fork none."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

Say = Callable[[object], None]
Task = Callable[[Path, Say], None]
"""(data folder, a way to tell the test something)."""

TIMEOUT_S = 120.0
NEWNS, NEWUSER = 0x00020000, 0x10000000
"""linux/sched.h: mounts of one's own, and the right to make them."""


class Child:
    """A process that runs a task; what it says can be waited for."""

    def __init__(self, task: Task, data: Path, *, small_disk: bool = False) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.faults.studio_tasks"])
        self._ear, mouth = context.Pipe(duplex=False)
        self._process = context.Process(target=_child, args=(task, data, small_disk, mouth))
        self._process.start()
        mouth.close()

    def hears(self) -> object:
        """The next thing that it says. Fails when it ends without a word."""
        assert self._ear.poll(TIMEOUT_S), "it says nothing"
        try:
            return self._ear.recv()
        except EOFError:
            raise AssertionError("it ended without a word") from None

    def kill(self) -> None:
        """SIGKILL: it can not do anything any more."""
        self._process.kill()
        self._process.join(TIMEOUT_S)


@contextmanager
def child(task: Task, data: Path, *, small_disk: bool = False) -> Iterator[Child]:
    """The process, gone at the end. `small_disk`: it alone sees 8 MB of its own at `data`; skips
    where that is not allowed."""
    started = Child(task, data, small_disk=small_disk)
    try:
        if small_disk and started.hears() == "not allowed":
            pytest.skip("no mounts of one's own here")
        yield started
    finally:
        started.kill()


def _child(task: Task, data: Path, small_disk: bool, mouth: Connection) -> None:
    if small_disk:
        mouth.send("mounted" if _mounted(data) else "not allowed")
    task(data, mouth.send)


def _mounted(data: Path) -> bool:
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(NEWNS | NEWUSER) != 0:
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny", "ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", "ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", "ascii")
    except OSError:
        return False
    return mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(data))


def mount(*words: str) -> bool:
    """Whether the mount succeeded."""
    return subprocess.run(("mount", *words), capture_output=True, check=False).returncode == 0
