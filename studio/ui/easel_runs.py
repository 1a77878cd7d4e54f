"""What every button of an easel does: the browser tells what is chosen, a run of the craft makes
something of it, and the work goes on the trail."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component

from studio.ui.controls import Form
from studio.ui.painting import Asker, Bench, Paint, run_painted
from studio.ui.shell import QUIET, Shell
from studio.ui.work_trail import WorkTrail

Given = Mapping[str, object]
Inputs = Callable[[str, str, Given, Given], Awaitable[Given]]
"""(person, what the browser told, what the tool asks, the form as it is) -> the craft's inputs.
Its errors become sentences."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the browser tells: the script that says it, and the field that holds it."""

    js: str
    told: gr.Textbox


class EaselRuns:
    """The runs of one easel."""

    def __init__(self, shell: Shell, form: Form, bench: Bench, trail: WorkTrail) -> None:
        self._shell = shell
        self._form = form
        self._bench = bench
        self._trail = trail

    def wire(
        self,
        name: str,
        go: gr.Button,
        gathered: Gathered,
        asked: Mapping[str, Component],
        inputs: Inputs,
    ) -> None:
        """Connect a button: what it makes lies on the easel in the end."""
        told = go.click(None, None, [gathered.told], js=gathered.js, **QUIET)
        shell = self._shell
        given: list[Any] = [shell.person, shell.language, gathered.told]
        made = told.then(
            self._runner(tuple(asked), inputs),
            [*given, *asked.values(), *self._form.controls],
            self._bench.all(),
            concurrency_limit=None,
            api_name=f"{self._form.craft.name}_{name}",
            **QUIET,
        )
        self._trail.after(made)

    def _runner(self, names: tuple[str, ...], ask: Inputs) -> Callable[..., AsyncIterator[Paint]]:
        async def run(
            request: gr.Request, person: str, lang: str, told: str, *values: object
        ) -> AsyncIterator[Paint]:
            """Make what the tool makes of what is chosen."""
            asked = dict(zip(names, values[: len(names)], strict=True))
            form = self._form.inputs(values[len(names) :])

            async def inputs() -> Given:
                return await ask(person, told, asked, form)

            asker = Asker(str(request.session_hash), person, lang)
            painted = run_painted(self._shell, self._form.craft, asker, inputs)
            async with aclosing(painted) as paints:
                async for paint, _ in paints:
                    yield paint

        return run
