"""The folder of the works' files: a work is there whole, or not at all.

    young/<id>  --files written-->  row committed  --one rename-->  <id>

Whatever kills the process leaves either a young folder without a row, which the next start throws
away, or one with a row, which it moves in place. Nothing else is ever removed here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from studio.storage import storing

try:
    import fcntl
except ImportError:  # Windows: one studio a data folder, then
    fcntl = None  # type: ignore[assignment]

YOUNG = ".young"
_LOCK = "lock"


class WorksFolder:
    """Safe from any number of threads and of processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._young = folder / YOUNG

    def place(self, name: str) -> Path:
        """Where a file of a work lies: `name` is "<id>/<version>/<file>"."""
        return self._folder / name

    @contextmanager
    def young(self, work_id: str) -> Iterator[Path]:
        """A folder to write a new work's files in; when the block ends they are in place, when it
        raises they are gone. Raises StorageFailed."""
        with storing(), self._locked(shared=True):
            made = self._young / work_id
            try:
                made.mkdir(parents=True)
                yield made
                made.rename(self._folder / work_id)
            except BaseException:
                shutil.rmtree(made, ignore_errors=True)
                raise

    def tidy(self, has_row: Callable[[str], bool]) -> int:
        """Finish or throw away what a killed process has left; how many works that were.

        Does nothing while another process writes, or where nothing can be written.
        """
        if not self._young.is_dir():
            return 0
        with suppress(OSError), self._locked(shared=False):
            left = [each for each in self._young.iterdir() if each.is_dir()]
            for each in left:
                if has_row(each.name):
                    each.rename(self._folder / each.name)
                else:
                    shutil.rmtree(each, ignore_errors=True)
            return len(left)
        return 0

    @contextmanager
    def _locked(self, *, shared: bool) -> Iterator[None]:
        """Writers share it; who tidies has it alone, or OSError at once."""
        self._young.mkdir(parents=True, exist_ok=True)
        with (self._young / _LOCK).open("ab") as file:
            _lock(file, shared=shared)
            yield


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that outlasts the machine, too, once this returns. Raises OSError."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _lock(file: IO[bytes], *, shared: bool) -> None:
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX | fcntl.LOCK_NB)
