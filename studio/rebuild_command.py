"""`studio rebuild FILE`: an exported file, or a recipe, made again with all that it came from."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Mapping
from contextlib import aclosing
from pathlib import Path

from studio.batch import copy_work
from studio.errors import InvalidInput
from studio.service import Studio
from studio.settings import Settings
from studio.works import Work

USER = "local"


def rebuild(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the chain again, the oldest work first; its files below `--out`, a folder a work."""
    content = _content(arguments.file)
    studio = Studio.open(settings)
    try:
        works = asyncio.run(_made(studio, arguments.file.name, content, arguments))
    finally:
        studio.close()
    if arguments.json:
        print(json.dumps([_report(each) for each in works], ensure_ascii=False, indent=2))
    return 0


async def _made(
    studio: Studio, name: str, content: bytes, arguments: argparse.Namespace
) -> list[Work]:
    recipe = await studio.recipe_of(name, content)
    if recipe is None:
        raise InvalidInput(
            "file", f"{name} carries no recipe of this studio.", code="no_recipe", name=name
        )
    works: list[Work] = []
    async with aclosing(studio.rebuild(recipe, USER)) as progress:
        async for each in progress:
            if each.work is not None:
                works.append(each.work)
                _keep(each.work, len(works), arguments)
    return works


def _keep(work: Work, number: int, arguments: argparse.Namespace) -> None:
    if arguments.out:
        copy_work(work, arguments.out / f"{number:02d}-{work.craft}")
    if not arguments.json:
        made_from = ", ".join(each.relation for each in work.links)
        print(f"{number}. {work.craft}: {work.title}" + (f" ({made_from})" if made_from else ""))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput("file", f"{path} can not be read: {error}", code="set") from error


def _report(work: Work) -> Mapping[str, object]:
    return {
        "id": work.id,
        "craft": work.craft,
        "title": work.title,
        "links": [[each.work, each.version, each.relation] for each in work.links],
        "files": [str(path) for output in work.outputs for path in output.files.values()],
    }
