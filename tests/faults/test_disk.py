"""A disk that is full, read-only or broken: a sentence, no half files, and the text stays."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from studio import archive
from studio.errors import StorageFailed
from studio.history.store import Store
from studio.service import Studio
from studio.settings import Settings
from studio.storage import storing
from studio.uploads import Uploads, brought
from tests.faults.processes import child
from tests.faults.studio_tasks import USER, full_disk, made, read_only_disk


def test_a_full_disk_costs_no_text_and_leaves_no_half_work(tmp_path: Path) -> None:
    with child(full_disk, tmp_path, small_disk=True) as running:
        found: Any = running.hears()
    assert found["told"] == "disk_full"
    assert found["preview"], "what was written stays on the page"
    assert found["left"] == []
    assert found["again"], "with room again the studio goes on"


def test_a_folder_that_becomes_read_only_is_told(tmp_path: Path) -> None:
    with child(read_only_disk, tmp_path, small_disk=True) as running:
        found: Any = running.hears()
    assert found["became"]
    assert found["told"] == "disk_read_only"
    status, words = found["opens"]
    assert status == 1
    assert "can not be written" in words
    assert "Traceback" not in words
    assert str(tmp_path) not in words


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EROFS, "disk_read_only"), (errno.EIO, "disk_failed")],
)
def test_files_that_can_not_be_written_fail_their_work_alone(
    fake_settings: Settings, number: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = Studio.open(fake_settings)

    def refused(path: Path, content: bytes) -> None:
        raise OSError(number, os.strerror(number), str(path))

    with monkeypatch.context() as patched:
        patched.setattr(archive, "write_durably", refused)
        with pytest.raises(StorageFailed) as failed:
            asyncio.run(made(studio))
        assert failed.value.code == code
        assert not asyncio.run(studio.search(user=USER))
        assert not [each for each in fake_settings.works_dir.rglob("*.*") if each.is_file()]
    assert asyncio.run(made(studio)).outputs
    assert len(asyncio.run(studio.search(user=USER))) == 1
    studio.close()


def test_what_is_no_trouble_of_a_disk_passes() -> None:
    with pytest.raises(FileNotFoundError), storing():
        raise FileNotFoundError(errno.ENOENT, "no such file")


def test_a_full_database_is_told_and_nothing_of_the_work_stays(
    fake_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = Studio.open(fake_settings)
    asyncio.run(made(studio))
    with sqlite3.connect(fake_settings.database) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connect = sqlite3.connect

    def small(*given: object, **named: object) -> sqlite3.Connection:
        opened = connect(*given, **named)  # type: ignore[call-overload]
        opened.execute(f"PRAGMA max_page_count = {pages}")
        return opened  # type: ignore[no-any-return]

    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", small)
        codes = set()
        for _ in range(40):  # until the free pages are used up
            try:
                asyncio.run(made(studio))
            except StorageFailed as error:
                codes.add(error.code)
                break
        assert codes == {"disk_full"}
    works = asyncio.run(studio.search(user=USER, limit=100))
    folders = [each for each in fake_settings.works_dir.iterdir() if len(each.name) == 32]
    assert len(folders) == len(works)
    assert asyncio.run(made(studio)).outputs
    studio.close()


def test_a_broken_history_is_named(tmp_path: Path) -> None:
    Store(tmp_path / "studio.sqlite3")
    for suffix in ("-wal", "-shm"):
        (tmp_path / f"studio.sqlite3{suffix}").unlink(missing_ok=True)
    (tmp_path / "studio.sqlite3").write_bytes(b"no database at all " * 400)
    with pytest.raises(StorageFailed) as failed:
        Store(tmp_path / "studio.sqlite3")
    assert failed.value.code == "history_damaged"


def test_a_picture_that_finds_no_room_is_told(
    tmp_path: Path, a_logo_file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", refused)
    with pytest.raises(StorageFailed):
        Uploads(tmp_path).keep(brought(a_logo_file), USER)
