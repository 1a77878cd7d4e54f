"""Freed memory is given back, now and then."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studio.heap import EVERY_S, Heap

FILL_AND_FREE = """
import psutil
from studio.heap import Heap
held = [bytearray(60_000) for _ in range(4_000)]
kept = held[::50]
del held
full = psutil.Process().memory_info().rss
assert Heap().settle()
print(full - psutil.Process().memory_info().rss)
"""


def test_it_is_done_once_in_a_while() -> None:
    now, done = [100.0], list[float]()
    heap = Heap(lambda: done.append(now[0]), lambda: now[0])
    answers = []
    for step in (0, EVERY_S / 2, EVERY_S, EVERY_S / 2):
        now[0] += step
        answers.append(heap.settle())
    assert answers == [True, False, True, False]
    assert len(done) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
def test_what_lies_between_things_that_stay_is_given_back() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FILL_AND_FREE], capture_output=True, text=True, check=True
    )
    assert int(ran.stdout) > 100e6


def test_the_lasting_is_spared_in_a_process_of_its_own() -> None:
    told = "import gc, studio.heap as h; h.spare_the_lasting(); print(gc.get_freeze_count())"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 1000
