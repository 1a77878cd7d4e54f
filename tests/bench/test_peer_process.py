"""A peer's process: it answers, and one that dies, hangs or complains is reported and gone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.families.peers.peer import Timed
from studio.families.peers.peer_process import PeerFailed, PeerProcess

COMMAND = (sys.executable, "-m", "tests.bench.canned_peer")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[PeerProcess]]:
    found: list[PeerProcess] = []
    yield found
    for each in found:
        each.close()


def peer(started: list[PeerProcess], tmp_path: Path, mood: str = "", **more: float) -> PeerProcess:
    process = PeerProcess(COMMAND, tmp_path / "errors.log", **more)
    started.append(process)
    assert process.open({"mood": mood}) >= 0
    return process


def test_answers_come_back_whatever_libraries_print(
    started: list[PeerProcess], tmp_path: Path
) -> None:
    process = peer(started, tmp_path)
    for rows in (1, 3):
        assert process.batch([[1, 2]] * rows, 5, []) == Timed(0.25, 0.5, rows * 4)
    process.close()
    assert "a library that talks" in (tmp_path / "errors.log").read_text("utf-8")


def test_what_a_peer_can_not_do_is_told_apart(started: list[PeerProcess], tmp_path: Path) -> None:
    process = peer(started, tmp_path)
    with pytest.raises(NotImplementedError):
        process.joining([[1]], [2], 4)
    assert process.batch([[1]], 2, []).rest_tokens == 1  # it goes on


@pytest.mark.parametrize(
    ("mood", "why"),
    [("dies", "the model is too large"), ("hangs", "no answer within"), ("complains", "no such")],
)
def test_a_peer_that_fails_says_why_and_is_gone(
    started: list[PeerProcess], tmp_path: Path, mood: str, why: str
) -> None:
    process = peer(started, tmp_path, mood, timeout_s=0.5)
    begun = time.monotonic()
    with pytest.raises(PeerFailed, match=why):
        process.batch([[1]], 2, [])
    assert time.monotonic() - begun < 10
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_program_that_is_no_peer_is_reported(tmp_path: Path) -> None:
    process = PeerProcess(
        [sys.executable, "-c", "raise SystemExit('no torch here')"], tmp_path / "e"
    )
    with pytest.raises(PeerFailed, match="no torch here"):
        process.open({})
