"""Which version of an adapter is the newest: one that is trained anew keeps its name."""

from __future__ import annotations

from pathlib import Path

Version = tuple[str, tuple[tuple[str, int, int, int], ...]]
"""An adapter's name, and what tells its files from those before them."""
_FILES = ("adapter_config.json", "adapter_model.safetensors")


class AdapterVersions:
    """The versions that were seen last."""

    def __init__(self) -> None:
        self._seen: dict[str, Version] = {}

    def newest(self, name: str, folder: Path) -> tuple[Version, bool]:
        """The version that lies in the folder, and whether it took the place of another."""
        paths = [folder / each for each in _FILES]
        stats = [(path.name, path.stat()) for path in paths if path.is_file()]
        told = tuple((each, s.st_mtime_ns, s.st_size, s.st_ino) for each, s in stats)
        version = (name, told)
        before = self._seen.get(name, version)
        self._seen[name] = version
        return version, before != version
