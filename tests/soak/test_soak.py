"""Simulated people at the studio's own server: what was promised is kept, what is not is told."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from studio.api import create_app
from studio.crafts import CRAFTS
from studio.errors import InvalidInput
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.soak.briefs import a_form
from studio.soak.command import bench_soak
from studio.soak.exchange import Exchange, Failed
from studio.soak.marks import mark_of, marks_in
from studio.soak.options import SoakOptions
from studio.soak.report import judged
from studio.soak.run import soaked
from studio.soak.tally import Tally
from studio.soak.watch import Sample
from tests.loopback import served


def test_eight_people_get_their_own_and_all_of_it(studio: Studio, locales: Locales) -> None:
    with served(create_app(studio, locales)) as address:
        options = SoakOptions(people=8, seconds=6, seed=11, url=address)
        report = asyncio.run(soaked(address, options, "fake"))
    told = report.as_json()
    assert report.kept, json.dumps([told["promises"], told["notes"]], indent=1)
    assert told["requests"]["served"] > 20
    assert told["total_s"]["all"]["p50"] > 0
    assert "| nothing is crossed | yes |" in report.markdown()


@pytest.mark.soak
def test_sixty_four_people_for_ten_minutes(tmp_path: Path) -> None:
    settings = Settings.from_environ({"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(tmp_path)})
    asked = {"people": 64, "minutes": 10.0, "seed": 1, "url": "", "fake": True, "json": False}
    assert bench_soak(argparse.Namespace(**asked, out=tmp_path / "report"), settings) == 0


def sample(at: float, mb: float, running: float = 0) -> Sample:
    return Sample(at, mb * 1e6, 20, 60, 0, running, running)


def promises(tally: Tally, samples: list[Sample]) -> dict[str, bool | None]:
    return {each.name: each.kept for each in judged(tally, samples, True)}


def test_a_leak_is_seen_and_a_wobble_is_not() -> None:
    times = range(0, 300, 5)
    flat = "memory stays flat"
    leaking = [sample(at, 300 + at / 2 + 150 * (at % 3)) for at in times]
    filling = [sample(at, 300 + 4 * min(at, 90)) for at in times]
    working = [sample(at, 300 + 150 * (at % 3)) for at in times]
    assert promises(Tally(), leaking)[flat] is False
    assert promises(Tally(), filling)[flat] is True
    assert promises(Tally(), working)[flat] is True
    assert promises(Tally(), working[:4])[flat] is None


def test_a_request_that_never_ended_is_lost() -> None:
    tally = Tally()
    tally.begun["writing"] += 2
    tally.served["writing"] += 1
    assert promises(tally, [])["nothing is lost"] is False


def test_marks_are_their_persons_own() -> None:
    marks = {mark_of(1, number) for number in range(200)}
    assert len(marks) == 200
    one, other = mark_of(1, 0), mark_of(1, 1)
    assert marks_in(f"a {one}'s 月{other}。".encode()) == {one, other}


def test_people_ask_for_what_there_is() -> None:
    draw = random.Random(5)
    forms = [a_form(draw, mark_of(1, 0)) for _ in range(300)]
    assert {name for name, _ in forms} == {"writing", "poetry", "melody", "image", "ad_copy"}
    for name, inputs in forms:
        for each in CRAFTS[name].fields:
            given = inputs.get(each.name)
            said = given if isinstance(given, list) else [given] * (given is not None)
            assert not each.choices or {str(one) for one in said} <= set(each.choices), each.name


def test_what_a_model_makes_of_a_mark_is_nobodys() -> None:
    mark = mark_of(1, 0)
    garbled = {f"{mark[:at]}{letter}{mark[at + 1 :]}" for at in range(3, 12) for letter in "aei"}
    assert marks_in(" ".join(garbled - {mark})) == frozenset()


@pytest.mark.parametrize(
    ("status", "content", "broken"),
    [
        (200, {"text": mark_of(1, 1)}, "crossed"),
        (500, {"error": {"code": "unexpected", "message": "Something went wrong."}}, "failed"),
        (404, {"detail": "Not Found"}, "unclear"),
        (503, {"error": {"code": "busy", "message": "Busy."}}, ""),
    ],
)
def test_what_an_answer_breaks_is_counted(status: int, content: Any, broken: str) -> None:
    async def ask() -> Tally:
        tally = Tally()
        answer = httpx.MockTransport(lambda _: httpx.Response(status, json=content))
        async with httpx.AsyncClient(transport=answer, base_url="http://127.0.0.1") as client:
            try:
                await Exchange(client, mark_of(1, 0), tally).json("note", "GET", "/x")
            except Failed:
                assert status >= 400
        return tally

    tally = asyncio.run(ask())
    assert dict(tally.broken) == ({broken: 1} if broken else {})
    assert tally.ended == 1


def test_a_stream_without_an_end_is_lost() -> None:
    async def ask() -> Tally:
        tally = Tally()
        half = 'event: progress\ndata: {"stage": "running"}\n\n'
        headers = {"content-type": "text/event-stream"}
        answer = httpx.MockTransport(lambda _: httpx.Response(200, text=half, headers=headers))
        async with httpx.AsyncClient(transport=answer, base_url="http://127.0.0.1") as client:
            with pytest.raises(Failed):
                await Exchange(client, "", tally).streamed("note", "/x", {}, lambda _: False)
        return tally

    assert asyncio.run(ask()).broken["lost"] == 1


@pytest.mark.parametrize(
    "wrong", [{"people": 0}, {"seconds": 1e9}, {"url": "http://example.org"}, {"people": 10**6}]
)
def test_a_soak_is_bounded_and_stays_here(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        SoakOptions(**wrong)


def test_the_command_ends_with_one_when_a_promise_is_broken(
    fake_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    report = SimpleNamespace(kept=False, as_json=dict, markdown=lambda: "| x |")
    monkeypatch.setattr("studio.soak.command.soak", lambda *_: report)
    asked = {"people": 2, "minutes": 0.1, "seed": 1, "url": "", "fake": True, "json": True}
    assert bench_soak(argparse.Namespace(**asked, out=tmp_path / "out"), fake_settings) == 1
    assert json.loads(capsys.readouterr().out) == {}
    assert (tmp_path / "out" / "soak.md").read_text() == "| x |\n"
