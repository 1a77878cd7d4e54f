"""Headers on every answer; files as documents run nothing; paths, links and pickles get nowhere."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from studio.catalog import Catalog
from studio.door.security_headers import page_policy, script_hashes
from studio.families.loader import CardLoader
from studio.service import Studio
from studio.settings import Settings
from tests.door.conftest import ANN, API_KEY, SECRET, House, Open

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
CARD = """name = "lm/bad"
kind = "lm"
architecture = "llama"
languages = ["en"]
crafts = ["writing"]
licence = "test"
"""


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/", "/sign-in", "/healthz", "/api/crafts", "/none", "/assets/none.js", "/config"]
    )
    def test_every_answer_has_them(self, ann: httpx.Client, path: str) -> None:
        headers = ann.get(path).headers
        assert {name: headers[name] for name in ALWAYS} == ALWAYS
        assert "microphone=(self)" in headers["permissions-policy"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]

    def test_errors_nobody_foresaw_have_them_too(
        self, open_app: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(_: Studio) -> str:
            raise KeyError

        monkeypatch.setattr(Studio, "metrics", broken)
        answer = TestClient(open_app(), raise_server_exceptions=False).get("/metrics")
        assert answer.status_code == 500
        assert "content-security-policy" in answer.headers

    def test_scripts_of_a_page_run_by_their_hash_only(self, ann: httpx.Client) -> None:
        answer = ann.get("/", headers={"Accept": "text/html", "Accept-Encoding": "br, gzip"})
        policy = answer.headers["content-security-policy"]
        scripts = next(each for each in policy.split("; ") if each.startswith("script-src"))
        assert "unsafe-inline" not in scripts
        assert all(each in scripts for each in script_hashes(answer.content))
        assert "atelierLanguages" in answer.text

    def test_a_space_is_shown_by_the_hub_and_by_nobody_else(self, open_app: Open) -> None:
        headers = TestClient(open_app(SPACE_ID="a/b")).get("/healthz").headers
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'self' https://huggingface.co" in policy
        assert "x-frame-options" not in headers
        assert page_policy().count("https:") == 0

    def test_files_of_works_are_documents_without_script(
        self, ann: httpx.Client, house: House
    ) -> None:
        form = {"text": "a calm tune", "seed": 3, "n": 1, "bars": "4"}
        work = ann.post("/api/generate/melody", json=form).json()
        places = [place for output in work["outputs"] for place in output["files"].values()]
        assert any(place.endswith(".svg") for place in places)
        folder = house.studio.settings.works_dir / work["id"]
        places += [f"/gradio_api/file={each}" for each in folder.rglob("*.svg")]
        for place in places:
            policy = ann.get(place).headers["content-security-policy"]
            assert "sandbox" in policy
            assert "default-src 'none'" in policy


class TestPaths:
    @pytest.fixture
    def secrets(self, house: House) -> list[Path]:
        data = house.studio.settings.data_dir
        (data / "uploads" / "someone").mkdir(parents=True, exist_ok=True)
        (data / "uploads" / "someone" / "private.png").write_bytes(b"private")
        return [
            house.studio.settings.database,
            data / "uploads" / "someone" / "private.png",
            Path("/etc/passwd"),
            house.studio.settings.root / "pyproject.toml",
            Path(__file__),
        ]

    def test_nothing_beside_the_works_is_served(
        self, ann: httpx.Client, house: House, secrets: list[Path]
    ) -> None:
        works = house.studio.settings.works_dir
        for path in secrets:
            assert path.exists()
            for road in (f"{path}", f"{works}/../{os.path.relpath(path, works.parent)}"):
                for written in (road, road.replace("/", "%2f"), road.replace("..", "%2e%2e")):
                    answer = ann.get(f"/gradio_api/file={written}")
                    assert answer.status_code in (403, 404), written

    @pytest.mark.parametrize(
        "where",
        [
            "file=http://127.0.0.1:1/",
            "proxy=http://127.0.0.1:1/",
            "file=https://example.com/x",
            "file=FILE:///etc/passwd",
        ],
    )
    def test_the_studio_fetches_nothing_for_anybody(self, ann: httpx.Client, where: str) -> None:
        assert ann.get(f"/gradio_api/{where}").status_code == 403

    def test_a_link_that_leads_out_is_refused(self, house: House, ann: httpx.Client) -> None:
        made = ann.post("/api/generate/writing", json={"text": "a link", "seed": 3}).json()
        folder = house.studio.settings.works_dir / made["id"]
        (folder / "out.txt").symlink_to("/etc/passwd")
        (folder / "up").symlink_to(house.studio.settings.data_dir)
        for name in ("out.txt", "up/studio.sqlite3"):
            assert ann.get(f"/gradio_api/file={folder / name}").status_code == 403

    @pytest.mark.parametrize(
        "name", ["../../studio.sqlite3", "..%2f..%2fstudio.sqlite3", "/etc/passwd", "%00", "recipe"]
    )
    def test_a_works_file_is_looked_up_not_opened(self, ann: httpx.Client, name: str) -> None:
        work = ann.get("/api/history").json()["works"][0]["id"]
        assert ann.get(f"/api/works/{work}/files/1/{name}").status_code == 404

    @pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a" * 63, "A" * 64, "..%2f" * 4])
    def test_an_uploads_id_is_no_path(self, ann: httpx.Client, name: str) -> None:
        form = {"text": "a lake", "upload": name, "seed": 1}
        answer = ann.post("/api/generate/image", json=form)
        assert answer.json()["error"]["code"] == "no_upload"

    def test_a_name_of_an_upload_stays_inside(self, ann: httpx.Client) -> None:
        for name in ("../../../evil.png", "..\\evil.png", "/etc/cron.d/evil"):
            (path,) = ann.post(
                "/gradio_api/upload", files={"files": (name, b"x", "image/png")}
            ).json()
            assert Path(path).resolve().parent.name != "cron.d"
            assert "gradio" in Path(path).resolve().parts
            assert ".." not in Path(path).parts

    async def test_a_zip_with_roads_out_is_no_recipe(self, house: House) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("../../evil/recipe.json", "{}")
        before = set(house.studio.settings.data_dir.parent.rglob("*evil*"))
        assert not await house.studio.recipe_of("kit.zip", file.getvalue())
        assert set(house.studio.settings.data_dir.parent.rglob("*evil*")) == before


class Bomb:
    """Leaves a mark where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return (os.mkdir, (str(self.mark),))


class TestWeights:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "models" / "lm" / "bad"
        folder.mkdir(parents=True)
        (folder / "model.toml").write_text(CARD)
        (folder / "config.json").write_text('{"model_type": "llama"}')
        return folder

    def load(self, root: Path) -> None:
        settings = Settings.from_environ(
            {"STUDIO_ROOT": str(root), "STUDIO_DATA_DIR": str(root / "data")}
        )
        loader = CardLoader(Catalog.read(settings.models_dir), settings, device="cpu")
        loader.load("lm/bad")

    @pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.safetensors"])
    def test_a_pickle_is_never_opened_whatever_it_is_called(
        self, folder: Path, tmp_path: Path, name: str
    ) -> None:
        mark = tmp_path / "unpickled"
        (folder / name).write_bytes(pickle.dumps(Bomb(mark)))
        with suppress(Exception):
            self.load(tmp_path)
        assert not mark.exists()

    def test_no_code_of_the_studio_unpickles(self) -> None:
        root = Path(__file__).parents[2] / "studio"
        for path in root.rglob("*.py"):
            text = path.read_text("utf-8")
            assert "import pickle" not in text, path
            assert "weights_only=False" not in text, path
            assert "allow_pickle=True" not in text, path
            assert "trust_remote_code=True" not in text, path
            if "torch.load(" in text:
                assert "training" in path.parts, path
                assert text.count("torch.load(") == text.count("weights_only=True"), path


class TestSecrets:
    """No key, password or secret is in anything that is printed, logged, answered or kept."""

    def test_settings_show_none(self, house: House) -> None:
        told = repr(house.studio.settings) + str(house.studio.settings)
        for secret in (SECRET, API_KEY, *ANN.split(":")[1:]):
            assert secret not in told

    def test_nothing_tells_them(
        self, house: House, ann: httpx.Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        ann.post("/sign-in", data={"name": "ann", "password": "a-wrong-one-77"})
        ann.get("/api/history", headers={"Authorization": "Bearer a-wrong-key-88"})
        ann.post("/api/generate/writing", json={"text": ""})
        work = ann.post("/api/generate/writing", json={"text": "a fox", "seed": 3})
        told = [work.text, ann.get("/readyz").text, ann.get("/metrics").text]
        told += [ann.get("/").text, ann.get("/config").text, caplog.text]
        told += [repr(vars(each)) for each in caplog.records]
        _, _, password = ANN.partition(":")
        for secret in (SECRET, API_KEY, password, "a-wrong-one-77", "a-wrong-key-88"):
            assert not any(secret in each for each in told), secret
