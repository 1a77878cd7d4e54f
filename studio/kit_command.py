"""`studio kit BRIEF.json --out DIR`: one brief becomes a finished ad kit."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Mapping
from contextlib import aclosing
from pathlib import Path

from studio.batch import copy_work, inputs_of_brief
from studio.errors import InvalidInput, StudioError
from studio.service import Studio
from studio.settings import Settings
from studio.works import Progress, Work

USER = "local"
MOST_PICTURE_BYTES = 40_000_000


def kit(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the kit, telling each part as it is ready; 0 when every check passed, else 1."""
    brief = read_brief(arguments.brief)
    studio = Studio.open(settings)
    try:
        work = asyncio.run(_made(studio, brief, arguments))
    finally:
        studio.close()
    copied = copy_work(work, arguments.out)
    failed = [each for output in work.outputs for each in output.checks if not each.passed]
    if arguments.json:
        print(json.dumps(_report(work, copied), ensure_ascii=False, indent=2))
    else:
        print(f"{work.title}: {len(copied)} files in {arguments.out}")
        for each in failed:
            print(f"  {each.name}: {each.detail}")
    return 1 if failed else 0


def read_brief(path: Path) -> Mapping[str, object]:
    """The brief of a JSON file. Raises InvalidInput("brief") for what is none."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput("brief", f"{path} is no brief: {error}", code="set") from error
    if not isinstance(found, dict):
        raise InvalidInput("brief", f"{path} holds no JSON object.", code="set")
    return found


async def _made(studio: Studio, brief: Mapping[str, object], arguments: argparse.Namespace) -> Work:
    given = {"seed": arguments.seed, **inputs_of_brief(studio.crafts["kit"], brief)}
    if not arguments.only_channel:
        given.pop("channel", None)
    if arguments.print:
        given["print"] = True
    if arguments.brand:
        given["brand_card"] = read_brief(arguments.brand)
    if arguments.picture:
        given["upload"] = await studio.keep_upload(_picture(arguments.picture), user=USER)
    work: Work | None = None
    told: set[str] = set()
    async with aclosing(studio.kit(given, user=USER)) as progress:
        async for each in progress:
            if not arguments.json:
                _tell(each, told)
            work = each.work or work
    if work is None:
        raise StudioError("The studio gave no work.", "Try again.")
    return work


def _tell(progress: Progress, told: set[str]) -> None:
    """Each part once, when it is done."""
    for part in progress.parts:
        if part.state == "done" and part.name not in told:
            told.add(part.name)
            print(f"  {part.name}", flush=True)


def _picture(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput("picture", f"{path} can not be read: {error}", code="set") from error
    if len(content) > MOST_PICTURE_BYTES:
        raise InvalidInput("picture", "This picture is too large.", code="picture_too_large")
    return content


def _report(work: Work, copied: list[Path]) -> dict[str, object]:
    return {
        "id": work.id,
        "title": work.title,
        "recipe": dict(work.recipe),
        "kits": [
            {
                "data": {name: each.data[name] for name in each.data if name != "kept"},
                "checks": [[c.name, c.passed, c.detail] for c in each.checks],
                "seed": each.seed,
            }
            for each in work.outputs
        ],
        "files": [str(path) for path in copied],
    }
