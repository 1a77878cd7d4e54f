"""The API of the page: typed, documented, with sentences for errors."""

from __future__ import annotations

import inspect
from typing import Literal, get_args, get_origin

import gradio as gr
import pytest

from studio.crafts import CRAFTS
from studio.locales import Locales
from studio.service import Studio
from studio.ui.endpoints import craft_endpoint
from studio.ui.page import build_page
from studio.ui.shell import Shell
from studio.ui.strings import Words


@pytest.fixture
def shell(studio: Studio, locales: Locales) -> Shell:
    with gr.Blocks():
        return Shell(studio, Words(locales), gr.Radio(["en"]), gr.BrowserState(""))


def test_every_craft_has_an_endpoint_and_the_plumbing_has_none(
    studio: Studio, locales: Locales
) -> None:
    info = build_page(studio, locales).get_api_info()
    assert set(info["named_endpoints"]) == {*(f"/{n}" for n in CRAFTS), "/standings", "/status"}


@pytest.mark.parametrize("name", CRAFTS)
def test_an_endpoint_declares_its_fields(shell: Shell, name: str) -> None:
    endpoint = craft_endpoint(shell, CRAFTS[name])
    parameters = inspect.signature(endpoint).parameters
    assert {each.name for each in CRAFTS[name].fields} <= set(parameters)
    for field in CRAFTS[name].fields:
        assert field.name in (endpoint.__doc__ or "")
        annotation = parameters[field.name].annotation
        if field.kind == "choice":
            assert get_origin(annotation) is Literal
            assert get_args(annotation) == field.choices


async def test_an_endpoint_gives_the_work(shell: Shell) -> None:
    made = await craft_endpoint(shell, CRAFTS["writing"])(text="A fox at the tram stop", seed=3)
    assert made["outputs"][0]["text"]
    assert made["outputs"][0]["files"]
    assert made["recipe"]["inputs"]["seed"] == 3


async def test_an_error_reaches_the_caller_as_a_sentence(shell: Shell) -> None:
    with pytest.raises(gr.Error, match="Please fill in: Your idea"):
        await craft_endpoint(shell, CRAFTS["writing"])(text="")
