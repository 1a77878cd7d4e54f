"""Puts measured numbers into a finished card: its manifest and, to read, its CARD.md.

Only `studio evaluate` and the trainings write there, so a number in a card is a number that a
command gave.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from studio.training.provenance import replaced

_TABLE = re.compile(r"^\[measured\]\n.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_NUMBERS = re.compile(r"^## Numbers\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_KEPT = ("- parameters:", "- training steps:")


def write_measured(folder: Path, command: str, numbers: Mapping[str, float]) -> None:
    """Replace what the card in `folder` says was measured, and the command that measured it.

    Other tables, and numbers of trainings that the command does not measure, stay.
    """
    manifest = folder / "model.toml"
    text = manifest.read_text("utf-8")
    before = tomllib.loads(text).get("measured", {})
    known = {name: value for name, value in before.items() if name != "command"} | dict(numbers)
    entries = "".join(f"{name} = {float(value)!r}\n" for name, value in sorted(known.items()))
    table = f"[measured]\ncommand = {_quoted(command)}\n{entries}"
    if _TABLE.search(text):
        text = _TABLE.sub(lambda _: table + "\n", text, count=1).rstrip() + "\n"
    else:
        text = f"{text.rstrip()}\n\n{table}"
    _write_readable(folder / "CARD.md", known)
    replaced(manifest, text)


def _write_readable(page: Path, numbers: Mapping[str, float]) -> None:
    text = page.read_text("utf-8") if page.is_file() else ""
    found = _NUMBERS.search(text)
    if found is None:
        return
    kept = [line for line in found.group().splitlines() if line.startswith(_KEPT)]
    lines = [*kept, *(f"- {name}: {value:.4g}" for name, value in sorted(numbers.items()))]
    section = "## Numbers\n" + "\n".join(lines) + "\n"
    replaced(page, text.replace(found.group(), section + "\n").rstrip() + "\n")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
