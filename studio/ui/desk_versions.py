"""The versions on a desk: kept as works before anything takes their place, and laid back on it."""

from __future__ import annotations

import gradio as gr

from studio.errors import InvalidInput
from studio.ui.manuscript import version_line
from studio.ui.shell import Shell
from studio.ui.trail import Trail, steps_of, version_of
from studio.works import Work, WorkOutput

Laid = tuple[object, ...]
"""Updates for (manuscript, trail, version line, back, forward, work id, actions, star)."""
STILL: Laid = (gr.skip(),) * 8


class Versions:
    """What one craft's desk does with the history."""

    def __init__(self, shell: Shell, craft: str) -> None:
        self._shell = shell
        self._craft = craft

    async def kept(self, person: str, text: str, trail: Trail) -> Trail:
        """The trail with the text on the desk as its present step: a new work if it is new."""
        before = await self.version(person, trail)
        if not text.strip() or (before is not None and before.text == text):
            return trail
        parent = trail.now.work if trail.now is not None and before is not None else ""
        work = await self._shell.studio.keep(self._craft, text, user=person, parent=parent)
        return trail.with_steps(steps_of(work))

    async def with_work(self, person: str, work_id: str, trail: Trail) -> Trail:
        """The trail at that work, which is put on it if it is not there."""
        known = trail.at_work(work_id)
        if known is not None:
            return known
        work = await self._shell.studio.work(work_id, user=person)
        return trail.with_steps(steps_of(work))

    async def version(self, person: str, trail: Trail) -> WorkOutput | None:
        """What the trail's present step holds; None when it is not in the history any more."""
        work = await self.work(person, trail)
        return version_of(work, trail.now) if work is not None and trail.now else None

    async def work(self, person: str, trail: Trail) -> Work | None:
        """The work of the trail's present step, if it is still in the history."""
        if trail.now is None:
            return None
        try:
            return await self._shell.studio.work(trail.now.work, user=person)
        except InvalidInput:
            return None

    async def lay(self, person: str, lang: str, trail: Trail, *, text: bool = True) -> Laid:
        """Updates that put the trail's present version on the desk (without `text`: but for it)."""
        work = await self.work(person, trail)
        words = self._shell.words
        shown = version_of(work, trail.now).text if work and trail.now and text else gr.skip()
        starred = work is not None and work.starred
        return (
            shown,
            trail.json(),
            version_line(trail, words.tongue(lang)),
            gr.Button(interactive=trail.at > 0),
            gr.Button(interactive=trail.at < len(trail.steps) - 1),
            work.id if work else "",
            gr.Row(visible=work is not None),
            gr.Button(words("page.starred" if starred else "page.star")),
        )
