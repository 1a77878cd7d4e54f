"""`studio batch`: every brief of a JSONL file, one folder each, and a table."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from studio.crafts.craft import Craft
from studio.errors import InvalidInput, NotReady, StudioError
from studio.requests import Priority
from studio.service import Studio
from studio.works import Work


@dataclass(frozen=True, slots=True)
class BriefResult:
    """What became of one brief."""

    name: str
    state: str
    """"ok", "not ready" or "failed"."""
    detail: str
    checks_passed: int = 0
    checks: int = 0


def read_briefs(path: Path) -> list[Mapping[str, object]]:
    """The briefs of a JSONL file. Raises InvalidInput naming the line that is no JSON object."""
    briefs: list[Mapping[str, object]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            brief = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidInput("briefs", f"Line {number} of {path.name}: {error}") from error
        if not isinstance(brief, dict) or "craft" not in brief:
            raise InvalidInput("briefs", f"Line {number} of {path.name} names no craft.")
        briefs.append(brief)
    return briefs


def inputs_of_brief(craft: Craft, brief: Mapping[str, object]) -> dict[str, object]:
    """The brief's entries that are fields of the craft; notes to the reader are left out."""
    known = {each.name for each in craft.fields} | {"lang"}
    return {name: value for name, value in brief.items() if name in known}


async def run_batch(
    studio: Studio, briefs: list[Mapping[str, object]], out: Path, seed: int
) -> AsyncIterator[BriefResult]:
    """Make every brief; one that fails does not stop the others. The same seed, the same files."""
    for number, brief in enumerate(briefs, 1):
        name = f"{number:02d}-{brief['craft']}"
        yield await _one(studio, brief, out / name, seed)


async def _one(studio: Studio, brief: Mapping[str, object], folder: Path, seed: int) -> BriefResult:
    try:
        craft = str(brief["craft"])
        if craft not in studio.crafts:
            raise InvalidInput("craft", f"There is no craft {craft}.", code="no_craft")
        inputs = {"seed": seed, **inputs_of_brief(studio.crafts[craft], brief)}
        work = await finished(studio, craft, inputs, priority="bulk")
    except NotReady as error:
        return BriefResult(folder.name, "not ready", f"{error.message} {error.hint}")
    except StudioError as error:
        return BriefResult(folder.name, "failed", f"{error.message} {error.hint}")
    copy_work(work, folder)
    checks = [check for output in work.outputs for check in output.checks]
    passed = sum(check.passed for check in checks)
    return BriefResult(folder.name, "ok", work.title, passed, len(checks))


async def finished(
    studio: Studio,
    craft: str,
    inputs: Mapping[str, object],
    user: str = "local",
    priority: Priority = "interactive",
) -> Work:
    """Drain a generation to its work."""
    work: Work | None = None
    generation = studio.generate(craft, inputs, user=user, priority=priority)
    async with aclosing(generation) as progress:
        async for each in progress:
            work = each.work
    if work is None:
        raise StudioError("The studio gave no work.", "Try again.")
    return work


def copy_work(work: Work, folder: Path) -> list[Path]:
    """Copy a work's files into `folder` (one sub-folder a version when there are several)."""
    copied = []
    for number, output in enumerate(work.outputs, 1):
        place = folder if len(work.outputs) == 1 else folder / f"{number:02d}"
        place.mkdir(parents=True, exist_ok=True)
        copied += [Path(shutil.copy(path, place / name)) for name, path in output.files.items()]
    recipe = folder / "recipe.json"
    recipe.write_text(json.dumps(work.recipe, ensure_ascii=False, indent=2), "utf-8")
    return [*copied, recipe]
