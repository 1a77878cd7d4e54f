"""Where ads are worked on: what happens when a line is typed or a button in the work is pressed.

Every verb fills the craft's own form with what it starts from, so whatever it makes is an ordinary
work with an ordinary recipe. The browser keeps what is typed and locked, and the trail of works.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.events import Dependency

from studio.ui.ad_judging import judged_rows
from studio.ui.ad_parts import AdParts
from studio.ui.ad_picks import Told, ad_start, told_work
from studio.ui.ad_rows import rows_of
from studio.ui.ad_table import complaints
from studio.ui.controls import Form
from studio.ui.drafts import Draft
from studio.ui.easel_runs import EaselRuns, Gathered, Given
from studio.ui.edge import failure_line
from studio.ui.painting import Bench
from studio.ui.shell import QUIET, Shell
from studio.ui.work_trail import VersionRow, WorkTrail
from studio.works import Work, WorkOutput

FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class DeskOfAds:
    """Everything of the tab that the events read and write."""

    row: VersionRow
    parts: AdParts
    bench: Bench


class AdDesk:
    """The events of one tab."""

    def __init__(self, shell: Shell, form: Form, desk: DeskOfAds) -> None:
        self._shell = shell
        self._form = form
        self._name = form.craft.name
        self._desk = desk
        self._trail = WorkTrail(shell, form, desk.row, desk.bench, _how)
        self._runs = EaselRuns(shell, form, desk.bench, self._trail)

    def wire(self) -> None:
        """Connect everything but the arrival of works (see `after`)."""
        self._trail.wire()
        gathered = Gathered(
            f"() => window.atelier.ads.gathered({json.dumps(self._name)})", self._desk.parts.told
        )
        for verb, go in self._desk.parts.verbs.items():
            self._runs.wire(verb, go, gathered, {}, self._asker(verb))
        self._wire_judging()

    def after(self, event: Dependency) -> None:
        """Put the work that this event brought on the trail, or lay the trail's own again."""
        self._trail.after(event)

    def draft(self) -> Draft:
        """The trail, for the browser to keep."""
        return self._trail.draft()

    def asked(
        self, verb: str, work: Work, output: WorkOutput, told: Told, form: Given
    ) -> dict[str, object]:
        """The craft's inputs for a verb."""
        return ad_start(verb, work, output, told, form, self._form.craft)

    def _asker(self, verb: str) -> Any:
        async def inputs(person: str, text: str, _asked: Given, form: Given) -> Given:
            told = Told.read(text)
            work, output = await told_work(self._shell, told, person)
            return self.asked(verb, work, output, told, form)

        return inputs

    def _wire_judging(self) -> None:
        """Lines that are typed are read by the rules again; the answer is put under them."""
        judged, bench = self._desk.parts.judged, self._desk.bench
        acted = bench.result.click(
            self._act,
            [self._shell.person, self._shell.language],
            [judged, bench.status],
            trigger_mode="always_last",
            api_name=f"{self._name}_judge",
            **QUIET,
        )
        told = "(answer) => window.atelier.ads.judged(answer)"
        acted.then(None, [judged], None, js=told, **QUIET)

    async def _act(
        self, event: gr.EventData, person: str, lang: str
    ) -> AsyncIterator[dict[Block, object]]:
        """What is held against the lines of a channel as they are now."""
        shown: dict[Block, object] = {}
        if str(getattr(event, "action", "")) == "judge":
            try:
                shown = {self._desk.parts.judged: await self._judged(str(event.id), person, lang)}
            except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
                line = failure_line(error, self._shell.words.tongue(lang))
                shown = {self._desk.bench.status: line}
        yield {self._desk.parts.judged: gr.skip()} | shown

    async def _judged(self, text: str, person: str, lang: str) -> str:
        given = json.loads(text)
        work = await self._shell.studio.work(str(given["work"]), user=person)
        channel, tongue = str(given["channel"]), self._shell.words.tongue(lang)
        rows = rows_of({"fields": given["rows"]}, channel)
        held = judged_rows(channel, rows, work.inputs, work.lang)
        told = [
            [row.text, str(complaints(each, self._name, tongue))]
            for row, each in zip(rows, held, strict=True)
        ]
        return json.dumps({**{k: given[k] for k in ("work", "version", "channel")}, "rows": told})


def _how(work: Work) -> str:
    """The verb that made a work, or that it is fresh."""
    start = work.inputs.get("start")
    try:
        verb = json.loads(str(start))["verb"] if start else FRESH
    except (ValueError, TypeError, KeyError):
        verb = FRESH
    return str(verb)
