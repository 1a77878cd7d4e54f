"""A report of `studio bench engine` as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def engine_table(numbers: Mapping[str, Any]) -> str:
    """Tables of speed, joining rows, adapters, the machine, and the goals."""
    parts = [
        _speed(numbers),
        _joining(numbers["joining"]),
        _adapters(numbers["adapters"]),
        _machine(numbers["machine"]),
        _media(numbers),
        _goals(numbers["goals"]),
        _absent(numbers["engines"]),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _speed(numbers: Mapping[str, Any]) -> str:
    speed, engines = numbers["speed"], numbers["engines"]
    names = [name for name in engines if any(name in cells for cells in speed.values())]
    head = ["engine", "weights", *(f"batch {rows}" for rows in speed)]
    lines = [
        [name, engines[name]["weights"], *(_cell(cells.get(name)) for cells in speed.values())]
        for name in names
    ]
    said = (
        f"Tokens/s while decoding (times `generate`; share of the roofline; first token), prompts "
        f"of {numbers['prompt_tokens']} tokens, {numbers['tokens']} written, medians of "
        f"{numbers['rounds']} rounds in turns, {numbers['threads']} threads, {numbers['device']}."
    )
    return f"{said}\n\n{_table(head, lines)}"


def _cell(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return "-"
    times = f"{cell['decode_x']['median']:.2g}x" if cell["decode_x"] else "-"
    roof = f"; {cell['roofline']:.0%}" if "roofline" in cell else ""
    return f"{cell['decode_tokens_per_s']['median']:.0f} ({times}{roof}; {_ms(cell['first_s'])})"


def _joining(joining: Mapping[str, Any]) -> str:
    lines = [
        [name, _ms(each["alone_s"]), _ms(each["joined_s"]), f"{each['joined_x']['median']:.2f}"]
        for name, each in joining.items()
    ]
    return _table(["first token", "alone", "joining 8 rows", "x"], lines) if lines else ""


def _adapters(adapters: Mapping[str, Any]) -> str:
    names = list(dict.fromkeys(name for cells in adapters.values() for name in cells))
    lines = [[name, *(_adapted(cells.get(name)) for cells in adapters.values())] for name in names]
    head = ["8 rows over adapters", *adapters]
    return _table(head, lines) if lines else ""


def _adapted(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return "-"
    ours = f" ({cell['ours_x']['median']:.1f}x ours)" if cell["ours_x"] else ""
    return f"{cell['base_x']['median']:.2f}x its base{ours}"


def _machine(machine: Mapping[str, Any]) -> str:
    return "Machine: " + ", ".join(f"{name} {value}" for name, value in machine.items()) + "."


def _media(numbers: Mapping[str, Any]) -> str:
    pictures = [
        f"{number} {edge} px: {cell['pictures_per_s']['median']:.2g}/s"
        for edge, cells in (numbers.get("pictures") or {}).items()
        for number, cell in cells.items()
    ]
    melodies = numbers.get("melodies") or {}
    tunes = (
        [f"melodies {melodies['melodies_per_s']['median']:.2g}/s"]
        if "melodies_per_s" in melodies
        else []
    )
    return "Pictures with their finish: " + ", ".join(pictures + tunes) + "." if pictures else ""


def _goals(goals: Sequence[Mapping[str, Any]]) -> str:
    words = {True: "met", False: "not met", None: "not measured"}
    lines = [
        [each["name"], each["goal"], str(each["measured"]), words[each["met"]]] for each in goals
    ]
    return _table(["goal", "asked", "measured", ""], lines)


def _absent(engines: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [
        f"- {name}: {each['state']}" + (f" ({each['install']})" if each.get("install") else "")
        for name, each in engines.items()
        if each["state"] != "ran"
    ]
    return "\n".join(lines)


def _ms(seconds: Mapping[str, float]) -> str:
    return f"{1000 * seconds['median']:.0f} ms"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
