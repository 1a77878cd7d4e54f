"""Memory that this process could still take: of the machine, and of every cgroup it lives in.

https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.max, memory.current, memory.stat) and
https://docs.kernel.org/admin-guide/cgroup-v1/memory.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FALLBACK_BYTES = 4 * 10**9
"""Where nothing tells (not Linux)."""
CGROUPS = Path("/sys/fs/cgroup")
_NAMES = (
    ("memory.max", "memory.current", "inactive_file"),
    ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)
"""Limit, use, and the line of memory.stat with what the kernel would give back: v2, v1."""


def available_bytes(proc: Path = Path("/proc"), cgroups: Path = CGROUPS) -> int:
    """The least that any of them leaves."""
    groups = (_left(folder) for folder in _folders(proc, cgroups))
    return min([_of_machine(proc), *(left for left in groups if left is not None)])


def _of_machine(proc: Path) -> int:
    """What the kernel would give, page cache included."""
    for line in _lines(proc / "meminfo"):
        if line.startswith("MemAvailable:"):
            return 1024 * int(line.split()[1])
    return FALLBACK_BYTES


def _folders(proc: Path, cgroups: Path) -> Iterator[Path]:
    """The process's own cgroups and all above them. Inside a container the root is its own."""
    for line in _lines(proc / "self" / "cgroup"):
        _, controllers, path = line.split(":", 2)
        if controllers in ("", "memory") or "memory" in controllers.split(","):
            top = cgroups / "memory" if controllers else cgroups
            folder = top / path.lstrip("/")
            yield from (folder, *(each for each in folder.parents if each.is_relative_to(top)))
    yield from (cgroups, cgroups / "memory")


def _left(folder: Path) -> int | None:
    """What the group's limit leaves, None without a limit."""
    for limit_name, use_name, given_back in _NAMES:
        limit, use = _number(folder / limit_name), _number(folder / use_name)
        if limit is not None and use is not None:
            stat = [line.split() for line in _lines(folder / "memory.stat")]
            back = sum(int(value) for name, value in stat if name == given_back)
            return max(0, limit - use + back)
    return None


def _number(path: Path) -> int | None:
    text = "".join(_lines(path)).strip()
    return int(text) if text.isdigit() else None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("ascii").splitlines()
    except (OSError, ValueError):
        return []
