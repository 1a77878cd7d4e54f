"""How a run is told to stop: by a signal, or by a file that appears in its folder."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType, TracebackType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Inside `with`, the first SIGINT or SIGTERM only asks; a second one ends the process."""

    def __init__(self, file: Path) -> None:
        """`file`: its appearance asks too. One that is left from an earlier run is removed."""
        self._file = file
        self._asked = False
        self._before: dict[int, object] = {}

    @property
    def asked(self) -> bool:
        """Whether the run should come to its end after this step."""
        return self._asked or self._file.exists()

    def __enter__(self) -> Stop:
        self._file.unlink(missing_ok=True)
        if threading.current_thread() is threading.main_thread():
            self._before = {each: signal.signal(each, self._ask) for each in SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._put_back()
        self._file.unlink(missing_ok=True)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True
        self._put_back()

    def _put_back(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._before = {}
