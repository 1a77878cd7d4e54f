"""Killed without warning and started again: the history opens, every work in it is whole, and
nothing else is left. (A training that was killed: tests/training/test_tuning.py.)"""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from studio.service import Studio
from studio.works_folder import YOUNG, WorksFolder
from tests.faults.processes import Task, child
from tests.faults.studio_tasks import (
    USER,
    killed_after_the_row,
    killed_between_files,
    killed_while_it_writes,
    made,
    opened,
)


def assert_whole(studio: Studio, data: Path, works: int) -> None:
    """So many works are listed, with all their files; no file belongs to nobody."""
    found = asyncio.run(studio.search(user=USER))
    assert len(found) == works
    named = {path for work in found for each in work.outputs for path in each.files.values()}
    assert all(path.stat().st_size > 0 for path in named)
    there = {path for path in (data / "works").rglob("*.*") if path.is_file()}
    assert there == named
    assert not [each for each in (data / "works" / YOUNG).glob("*") if each.is_dir()]


@pytest.mark.parametrize(
    ("task", "works"),
    [(killed_while_it_writes, 0), (killed_between_files, 0), (killed_after_the_row, 1)],
)
def test_a_studio_that_was_killed_opens_whole(tmp_path: Path, task: Task, works: int) -> None:
    with child(task, tmp_path) as running:
        assert running.hears() == "now"
        running.kill()
    with closing(opened(tmp_path)) as studio:
        assert_whole(studio, tmp_path, works)
        asyncio.run(made(studio))
        assert_whole(studio, tmp_path, works + 1)


def test_tidying_leaves_alone_what_another_process_writes(tmp_path: Path) -> None:
    folder, other = WorksFolder(tmp_path), WorksFolder(tmp_path)
    with folder.young("a" * 32) as young:
        (young / "poem.txt").write_text("the sea")
        assert other.tidy(lambda _: False) == 0
    assert (tmp_path / ("a" * 32) / "poem.txt").read_text() == "the sea"
    assert other.tidy(lambda _: False) == 0


def test_nothing_but_unfinished_works_is_ever_thrown_away(tmp_path: Path) -> None:
    """A history that was put back from an older copy does not know every work."""
    with closing(opened(tmp_path)) as studio:
        work = asyncio.run(made(studio))
    (tmp_path / "studio.sqlite3").unlink()
    with closing(opened(tmp_path)):
        assert all(path.exists() for path in work.outputs[0].files.values())
