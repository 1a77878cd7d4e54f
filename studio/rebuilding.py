"""A recipe made again with everything it came from: the oldest work first, linked as it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Protocol

from studio.ancestry import origin_of_recipe, plain_recipe
from studio.crafts.craft import Craft
from studio.crafts.desk import Desk
from studio.crafts.origin import FIELD, Origin, Source, Step
from studio.errors import InvalidInput
from studio.handing_over import picture_of, version_of
from studio.manuscripts import ALTERNATIVE, BY_HAND, Place
from studio.prose.passage import Passage
from studio.uploads import FIELD as UPLOAD
from studio.works import Progress, Work

LAST = "last"
"""Stands for the work of the recipe itself, which needs no id."""


class Makers(Protocol):
    """What of a studio makes works."""

    @property
    def crafts(self) -> Mapping[str, Craft]:
        """The crafts by name."""

    def generate(
        self, craft: str, inputs: Mapping[str, object], *, user: str, place: Place | None = None
    ) -> AsyncGenerator[Progress, None]:
        """One work of a form."""

    async def keep(self, craft: str, text: str, *, user: str, parent: str = "") -> Work:
        """One work of a text."""

    async def keep_upload(self, content: bytes, *, user: str) -> str:
        """A picture to be worked with, by its id."""


class Rebuilding:
    """One rebuilding of one recipe."""

    def __init__(self, makers: Makers, recipe: Mapping[str, object], user: str) -> None:
        self._makers = makers
        self._user = user
        self._made: dict[str, Work] = {}
        origin = origin_of_recipe(recipe)
        own = Step(LAST, plain_recipe(recipe), origin.works)
        self._steps: Sequence[Step] = (*origin.recipes, own)

    async def progress(self) -> AsyncGenerator[Progress, None]:
        """Each work as it comes, the last is that of the recipe.

        Raises InvalidInput for a recipe that can not be read, and what a generation does."""
        for step in self._steps:
            if _is_by_hand(step):
                self._made[step.work] = await self._kept(step)
                yield Progress("done", fraction=1.0, work=self._made[step.work])
                continue
            async with aclosing(self._generated(step)) as running:
                async for each in running:
                    if each.work is not None:
                        self._made[step.work] = each.work
                    yield each

    async def _kept(self, step: Step) -> Work:
        if not step.text:
            raise InvalidInput(
                "recipe",
                "This text was written by hand: only its writer can make it again.",
                code="rebuild_by_hand",
            )
        parent = self._now(_desk(step).get("parent"))
        return await self._makers.keep(_craft(step), step.text, user=self._user, parent=parent)

    async def _generated(self, step: Step) -> AsyncGenerator[Progress, None]:
        craft, inputs = _craft(step), self._inputs(step)
        if inputs.get(UPLOAD):
            inputs[UPLOAD] = await self._upload(step, str(inputs[UPLOAD]))
        running = self._makers.generate(craft, inputs, user=self._user, place=self._place(step))
        async with aclosing(running) as progress:
            async for each in progress:
                yield each

    def _inputs(self, step: Step) -> dict[str, Any]:
        """The form with the new works in the place of the old ones."""
        given = step.recipe.get("inputs")
        if not isinstance(given, Mapping):
            raise _no_recipe()
        inputs = {name: self._renamed(value) for name, value in given.items()}
        works = [
            Source(self._now(each.work), each.version, each.relation)
            for each in step.sources
            if each.work in self._made
        ]
        return inputs | ({FIELD: Origin(tuple(works)).text} if works else {})

    def _renamed(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for old, work in self._made.items():
            value = value.replace(f'"{old}"', f'"{work.id}"')
        return value

    def _now(self, work: object) -> str:
        """The new work in the place of an old one; "" when it was not made again."""
        made = self._made.get(str(work))
        return made.id if made is not None else ""

    def _place(self, step: Step) -> Place | None:
        """Where a revision stands in its manuscript."""
        desk, craft = _desk(step), self._makers.crafts.get(_craft(step))
        declared = craft.desk if craft is not None else None
        if not desk or declared is None:
            return None
        return _placed(desk, declared, step, self._now(desk.get("parent")))

    async def _upload(self, step: Step, upload: str) -> str:
        """The picture that went along, of the work that was made again; else as it is named."""
        for source in step.sources:
            work = self._made.get(source.work)
            if work is not None and work.craft == "image":
                path = picture_of(version_of(work, source.version))
                content = await asyncio.to_thread(path.read_bytes)
                return await self._makers.keep_upload(content, user=self._user)
        return upload


def _placed(desk: Mapping[str, Any], declared: Desk, step: Step, parent: str) -> Place:
    inputs: Any = step.recipe.get("inputs")
    passage = Passage(
        str(desk.get("before", "")), str(inputs.get(declared.passage, "")), str(desk.get("after"))
    )
    how = str(desk.get("how", ""))
    goes_on = how in declared.named and declared.named[how].goes_on
    return Place(passage, how, goes_on, parent)


def _desk(step: Step) -> Mapping[str, Any]:
    desk = step.recipe.get("desk")
    return desk if isinstance(desk, Mapping) else {}


def _is_by_hand(step: Step) -> bool:
    return bool(step.text) or _desk(step).get("how") in (BY_HAND, ALTERNATIVE)


def _craft(step: Step) -> str:
    craft = step.recipe.get("craft")
    if not isinstance(craft, str):
        raise _no_recipe()
    return craft


def _no_recipe() -> InvalidInput:
    return InvalidInput("recipe", "This is no recipe of the studio.", code="bad_recipe")
