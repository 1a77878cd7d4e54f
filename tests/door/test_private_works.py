"""Two people try to reach each other's things, by every road there is."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import httpx
import pytest
from PIL import Image

from studio.asker import SIGNED_IN
from studio.door.file_gate import OWNERS
from studio.door.file_owners import FileOwners
from studio.ui.signed_page import SignedPage, is_person
from tests.door.conftest import House
from tests.door.test_sign_in import routes

MARK = "zirkonwald"
"""A word of ann's that nobody else would ever be shown."""


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((320, 320), 80).convert("RGB").save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def things(house: House) -> dict[str, Any]:
    """Everything ann can own: a work with files, a brand, an upload, a duel."""
    with house.person("ann:Linden-Allee-7") as ann:
        form = {"text": f"{MARK} in fog", "seed": 3}
        work = ann.post("/api/generate/writing", json=form).json()
        brand = ann.post("/api/brands", json={"name": MARK}).json()
        upload = ann.post("/api/uploads", content=a_picture()).json()
        arms = [{"settings": {"seed": 4}}, {"settings": {"seed": 5}}]
        duel = ann.post("/api/duels", json={"craft": "writing", "inputs": form, "arms": arms})
    assert duel.status_code == 200, duel.text
    return {"work": work, "brand": brand, "upload": upload, "duel": duel.json()}


def files_of(work: dict[str, Any]) -> list[str]:
    return [place for output in work["outputs"] for place in output["files"].values()]


def test_ann_has_what_is_hers(ann: httpx.Client, things: dict[str, Any]) -> None:
    work = things["work"]
    assert MARK in ann.get(f"/api/works/{work['id']}").text
    assert all(ann.get(place).status_code == 200 for place in files_of(work))
    assert MARK in ann.get("/api/brands").text


def test_every_route_of_the_api_keeps_it_from_bob(
    bob: httpx.Client, house: House, things: dict[str, Any]
) -> None:
    work, brand, duel = (things[name]["id"] for name in ("work", "brand", "duel"))
    filled = {"work_id": work, "card": brand, "duel_id": duel, "craft": "writing"}
    filled |= {"version": "1", "name": "text.txt", "side": "a"}
    tried = 0
    for method, path in sorted(set(routes(house.app))):
        if not path.startswith("/api/") or "standings" in path or "openapi" in path:
            continue
        for hole, value in filled.items():
            path = path.replace(f"/{hole}", f"/{value}") if hole in path else path
        body = {"choice": "a", "version": 1, "name": "poem_picture", "upload": "x"}
        answer = bob.request(method, path, json=None if method == "GET" else body)
        assert MARK not in answer.text, (method, path)
        if work in path or brand in path or duel in path:
            tried += 1
            assert answer.status_code in (404, 422), (method, path, answer.status_code)
    assert tried >= 12
    assert all(bob.get(place).status_code == 404 for place in files_of(things["work"]))


def test_bob_can_not_work_with_anns_upload_or_from_her_work(
    bob: httpx.Client, things: dict[str, Any]
) -> None:
    form = {"text": "a lake", "upload": things["upload"]["upload"], "seed": 1}
    refused = bob.post("/api/generate/image", json=form)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "no_upload")
    saved = bob.post("/api/brands", json={"name": "mine", "id": things["brand"]["id"]})
    assert MARK not in bob.get("/api/brands").text
    assert saved.status_code != 200 or saved.json()["version"] == 1


def test_the_pages_file_route_knows_whose_a_work_is(
    ann: httpx.Client, bob: httpx.Client, house: House, things: dict[str, Any]
) -> None:
    folder = house.studio.settings.works_dir / things["work"]["id"]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        for road in (f"/gradio_api/file={path}", f"/gradio_api/file/{path}"):
            assert bob.get(road).status_code == 403
        assert ann.get(f"/gradio_api/file={path}").status_code == 200
    twisted = f"/gradio_api/file={folder.parent}/x/../{folder.name}/{files[0].relative_to(folder)}"
    assert bob.get(twisted).status_code == 403


def test_what_was_brought_to_the_page_stays_with_who_brought_it(
    ann: httpx.Client, bob: httpx.Client
) -> None:
    sent = {"files": ("mine.png", a_picture(), "image/png")}
    (path,) = ann.post("/gradio_api/upload", files=sent).json()
    assert ann.get(f"/gradio_api/file={path}").status_code == 200
    assert bob.get(f"/gradio_api/file={path}").status_code == 403


def test_a_pages_session_is_its_own(ann: httpx.Client, bob: httpx.Client, house: House) -> None:
    asked = house.call(ann, "person", [""], "anns-session")
    assert "process_completed" in asked
    told = bob.get("/gradio_api/queue/data", params={"session_hash": "anns-session"})
    assert told.status_code == 403
    assert bob.get("/gradio_api/heartbeat/anns-session").status_code == 403


def test_the_page_tells_bob_that_he_is_bob(
    bob: httpx.Client, ann: httpx.Client, house: House
) -> None:
    of_ann, of_bob = (each.get("/api/history").json()["user"] for each in (ann, bob))
    told = house.call(bob, "person", [of_ann])
    assert of_bob in told
    assert of_ann not in told


async def test_no_event_of_the_page_believes_who_it_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every function of the page that takes a person gets the one who is signed in."""
    got: list[list[Any]] = []

    async def caught(self: Any, block_fn: Any, inputs: list[Any], *_: Any, **__: Any) -> Any:
        got.append(inputs)
        return {"data": []}

    monkeypatch.setattr(gr.Blocks, "process_api", caught)
    asked = SimpleNamespace(scope={SIGNED_IN: "bob", OWNERS: FileOwners()})
    request = SimpleNamespace(request=asked, session_hash="s")
    tried = 0
    for fn in house.page.fns.values():
        places = [n for n, each in enumerate(fn.inputs) if is_person(each)]
        await house.page.process_api(fn, ["ann"] * len(fn.inputs), None, request)
        assert all(got[-1][place] == "bob" for place in places), fn.api_name
        tried += bool(places)
    assert isinstance(house.page, SignedPage)
    assert tried > 30


async def test_an_event_can_not_name_somebody_elses_file(house: House, tmp_path: Path) -> None:
    owners = FileOwners()
    owners.show("ann", str((tmp_path / "hers.png").resolve()))
    asked = SimpleNamespace(scope={SIGNED_IN: "bob", OWNERS: owners})
    request = SimpleNamespace(request=asked, session_hash="s")
    fn = next(iter(house.page.fns.values()))
    for path in (str(tmp_path / "hers.png"), "http://127.0.0.1:9/x.png", "https://x.example/y"):
        given = [{"path": path, "meta": {"_type": "gradio.FileData"}}]
        with pytest.raises(gr.Error):
            await house.page.process_api(fn, given, None, request)


def test_works_made_by_the_pages_api_are_their_makers(ann: httpx.Client, bob: httpx.Client) -> None:
    joined = ann.post("/gradio_api/call/v2/poetry", json={"text": MARK})
    assert joined.status_code == 200, joined.text
    event = joined.json()["event_id"]
    told = ann.get(f"/gradio_api/call/v2/poetry/{event}").text
    assert "event: complete" in told, told[:500]
    assert MARK in ann.get("/api/history", params={"craft": "poetry"}).text
    assert MARK not in bob.get("/api/history").text
