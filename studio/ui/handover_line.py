"""What a form was made from: a line over it that says what was passed on, and lets it go."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import gradio as gr
from markupsafe import Markup

from studio.crafts.handover_view import Passed
from studio.crafts.origin import FIELD, Origin, Source
from studio.errors import StudioError
from studio.ui.controls import Form
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.outputs import plan_value
from studio.ui.shell import QUIET, Shell
from studio.ui.strings import Tongue
from studio.works import Work

DROP_JS = """
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-do="drop-origin"]')) trigger('click', { action: 'drop' });
});
"""
LONGEST_TITLE = 70
Found = tuple[Source, Work | None, Passed | None]


def origin_line(craft: str) -> gr.HTML:
    """The place of the line, over the form."""
    return gr.HTML(js_on_load=DROP_JS, elem_id=f"origin-{craft}", elem_classes="origin-place")


def wire_origin_line(shell: Shell, form: Form, line: gr.HTML) -> None:
    """Tell what the form's origin says, whenever it changes; forget it when it is dropped."""
    names = [each.name for each in form.fields]
    origin: Any = form.controls[names.index(FIELD)]

    async def told(person: str, lang: str, text: str) -> Markup:
        """The works that the form was made from, and what they passed on."""
        return await origin_markup(shell, form.craft.name, person, lang, text)

    origin.change(
        told,
        [shell.person, shell.language, origin],
        [line],
        api_name=f"{form.craft.name}_origin",
        trigger_mode="always_last",
        **QUIET,
    )
    line.click(None, None, [origin], js="() => ''", **QUIET)


async def origin_markup(shell: Shell, craft: str, person: str, lang: str, text: str) -> Markup:
    """The line of an origin; nothing for none, or for one that can not be read."""
    try:
        origin = Origin.read(text or "")
    except StudioError:
        return NOTHING
    if not origin.works:
        return NOTHING
    tongue = shell.words.tongue(lang)
    found = [await _found(shell, person, each) for each in origin.works]
    return await asyncio.to_thread(_markup, craft, found, len(origin.recipes), tongue)


async def _found(shell: Shell, person: str, source: Source) -> Found:
    try:
        work = await shell.studio.work(source.work, user=person)
    except StudioError:
        return source, None, None
    try:
        passed = await shell.studio.hand_over(
            source.work, source.version, source.relation, user=person
        )
    except StudioError:
        return source, work, None
    return source, work, passed


def _markup(craft: str, found: Sequence[Found], chain: int, tongue: Tongue) -> Markup:
    rows = [row for _, _, passed in found if passed for row in passed.said]
    known = any(work for _, work, _ in found)
    return fragment(
        '<aside class="origin" aria-label="{title}"><p class="from"><span class="lead">{title}'
        "</span> {works} {chain}</p>{passed}"
        '<button type="button" class="tool" data-do="drop-origin">{drop}</button></aside>',
        title=tongue("handover.from"),
        works=joined(_source(source, work, tongue) for source, work, _ in found),
        chain=NOTHING if known or not chain else tongue("handover.chain", count=chain),
        passed=_passed(craft, rows, tongue),
        drop=tongue("handover.drop"),
    )


def _source(source: Source, work: Work | None, tongue: Tongue) -> Markup:
    if work is None:
        return fragment("<em>{gone}</em> ", gone=tongue("handover.gone"))
    return fragment(
        "<b>{craft}</b> <cite>{title}</cite>{version} ",
        craft=tongue.name("craft", work.craft),
        title=called(work),
        version=fragment(" <small>{text}</small>", text=_version(source, tongue))
        if len(work.outputs) > 1 and source.version
        else NOTHING,
    )


def _version(source: Source, tongue: Tongue) -> str:
    return tongue("handover.version", number=source.version)


def _passed(craft: str, rows: Sequence[tuple[str, str]], tongue: Tongue) -> Markup:
    if not rows:
        return NOTHING
    return fragment(
        '<details open><summary>{hint}</summary><dl class="passed">{rows}</dl></details>',
        hint=tongue("handover.passed"),
        rows=joined(
            fragment(
                "<div><dt>{name}</dt><dd>{value}</dd></div>",
                name=tongue.known(f"handover.said.{name}") or tongue.name("field", name, craft),
                value=plan_value(craft, name, text, tongue),
            )
            for name, text in rows
        ),
    )


def called(work: Work) -> str:
    """A work's name in a line: its title, else what was asked for."""
    text = " ".join((work.title or work.text).split())
    return text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rstrip() + "…"
