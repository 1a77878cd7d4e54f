"""What a disk can refuse, as sentences for the person.

A full disk and a read-only folder are told apart; any other trouble of a disk is one sentence.
Errors that are no trouble of a disk (a missing file, a lost connection) pass as they are.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from studio.errors import StorageFailed

_CODES: Mapping[int, str] = MappingProxyType(
    dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "disk_full")
    | dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "disk_read_only")
    | dict.fromkeys((errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENODEV), "disk_failed")
)


@contextmanager
def storing() -> Iterator[None]:
    """Inside, an OSError of a disk that can not be written ends in StorageFailed."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0)
        if code is None:
            raise
        raise StorageFailed(code) from error
