"""The page's API: one typed, documented endpoint for each thing a person can do."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Literal

import gradio as gr
from gradio.context import LocalContext
from gradio.events import api

from studio.crafts.craft import Craft, Field
from studio.errors import ModelFailed, StudioError
from studio.ui.controls import form_fields
from studio.ui.markup import file_url
from studio.ui.shell import Shell
from studio.ui.signed_page import signed_in
from studio.works import Work

Endpoint = Callable[..., Awaitable[dict[str, Any]]]

API_USER = "api"
TYPES: Mapping[str, type] = MappingProxyType(
    {
        "paragraph": str,
        "text": str,
        "lines": str,
        "choice": str,
        "choices": list,
        "number": float,
        "toggle": bool,
        "seed": int,
    }
)


def endpoints(shell: Shell) -> None:
    """`/<craft>` for every craft, `/standings`, `/status`."""
    for craft in shell.studio.crafts.values():
        api(craft_endpoint(shell, craft), api_name=craft.name, concurrency_limit=None)
    api(_standings(shell), api_name="standings")
    api(_status(shell), api_name="status")


def craft_endpoint(shell: Shell, craft: Craft) -> Endpoint:
    """A function with one typed parameter for each field of the craft."""
    fields = form_fields(craft)

    async def make(*values: object, **named: object) -> dict[str, Any]:
        given = dict(zip((each.name for each in fields), values, strict=False)) | named
        return await _made(shell, craft, given)

    make.__name__ = craft.name
    make.__doc__ = _documentation(craft, fields)
    parameters = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=_default(each),
            annotation=_type(each),
        )
        for each in fields
    ]
    make.__signature__ = inspect.Signature(parameters, return_annotation=dict[str, Any])  # type: ignore[attr-defined]
    make.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": dict[str, Any]}
    return make


async def _made(shell: Shell, craft: Craft, given: Mapping[str, object]) -> dict[str, Any]:
    try:
        user = signed_in(LocalContext.request.get(None)) or API_USER
        running = shell.studio.generate(craft.name, given, user=user)
        async with aclosing(running) as progress:
            async for each in progress:
                if each.work is not None:
                    return work_json(each.work)
    except StudioError as error:
        sentence = shell.words.tongue("en").sentence(error)
        raise gr.Error(sentence, print_exception=False) from error
    raise gr.Error(ModelFailed(craft.name).message, print_exception=False)


def work_json(work: Work) -> dict[str, Any]:
    """A work as JSON: its outputs with their checks and the URLs of their files, its recipe."""
    return {
        "id": work.id,
        "craft": work.craft,
        "lang": work.lang,
        "title": work.title,
        "plan": dict(work.plan),
        "recipe": dict(work.recipe),
        "created": work.created,
        "usage": dict(work.usage),
        "outputs": [
            {
                "text": each.text,
                "title": each.title,
                "seed": each.seed,
                "data": dict(each.data),
                "checks": [asdict(check) for check in each.checks],
                "files": {name: "/" + file_url(path) for name, path in each.files.items()},
            }
            for each in work.outputs
        ],
    }


def _documentation(craft: Craft, fields: tuple[Field, ...]) -> str:
    lines = [
        f"Make a work of the craft {craft.name}: outputs, checks, files and recipe.",
        "",
        "Args:",
    ]
    for each in fields:
        allowed = f" One of: {', '.join(each.choices)}." if each.choices else ""
        bounds = f" {each.minimum:g} to {each.maximum:g}." if each.maximum > each.minimum else ""
        lines.append(f"    {each.name}: {each.kind}.{allowed}{bounds}")
    return "\n".join(lines)


def _type(field: Field) -> Any:
    if field.kind == "choice":
        return Literal[field.choices]
    return TYPES[field.kind]


def _default(field: Field) -> object:
    if field.required:
        return inspect.Parameter.empty
    if field.kind == "choices":
        return []
    if field.kind == "lines" and isinstance(field.default, list | tuple):
        return "\n".join(str(each) for each in field.default)
    return field.default


def _standings(shell: Shell) -> Endpoint:
    async def standings(craft: str) -> dict[str, Any]:
        """Bradley-Terry standings of a craft's arms with 95 % intervals.

        Args:
            craft: name of the craft.
        """
        return asdict(await shell.studio.standings(craft))

    return standings


def _status(shell: Shell) -> Endpoint:
    async def status() -> dict[str, Any]:
        """Device, queue and loaded cards."""
        state = shell.studio.status()
        return {
            "ready": state.ready,
            "device": state.device,
            "waiting": state.waiting,
            "running": state.running,
            "resident": dict(state.resident),
            "missing": list(state.missing),
        }

    return status
