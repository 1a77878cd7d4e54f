"""Which of the page's passing files and sessions belong to whom, while the process lives."""

from __future__ import annotations

import threading
from collections import OrderedDict

MOST_KEPT = 50_000
"""Of both; the oldest are forgotten first, and then belong to nobody."""


class FileOwners:
    """Files that the page was shown or that were brought to it: two people may have the same one,
    as they are named by their content. A session belongs to who used it first."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._sessions: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def show(self, person: str, path: str) -> None:
        """The person may have that file from now on."""
        with self._lock:
            self._files[person, path] = None
            self._files.move_to_end((person, path))
            if len(self._files) > MOST_KEPT:
                self._files.popitem(last=False)

    def may_have(self, person: str, path: str) -> bool:
        """Whether the file was shown to the person, or brought by them."""
        with self._lock:
            return (person, path) in self._files

    def owns(self, person: str, session: str) -> bool:
        """Whether a session is the person's own; one that nobody has becomes theirs."""
        with self._lock:
            owner = self._sessions.setdefault(session, person)
            if len(self._sessions) > MOST_KEPT:
                self._sessions.popitem(last=False)
            return owner == person
