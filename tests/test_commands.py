"""The command line, as a script relies on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.__main__ import main
from studio.crafts.image_kept import kept_picture
from studio.crafts.image_start import start_text


@pytest.fixture(autouse=True)
def fake_studio(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDIO_FAKE", "1")
    monkeypatch.setenv("STUDIO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("STUDIO_CORPORA", raising=False)
    monkeypatch.delenv("STUDIO_ACCEPT", raising=False)


def test_generate_prints_one_json_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    asked = ["generate", "poetry", "江上夜雨，客舟孤灯", "--form", "五言绝句", "--lang", "zh"]
    code = main([*asked, "--n", "2", "--seed", "5", "--out", str(out), "--json"])
    report = json.loads(capsys.readouterr().out)
    assert code == 0
    assert len(report["outputs"]) == 2
    assert {"name", "passed", "detail"} <= set(report["checks"][0])
    assert report["recipe"]["inputs"]["form"] == "五言绝句"
    assert report["timings"]["output_tokens"] > 0
    assert all(Path(path).is_file() for path in report["files"])
    assert json.loads((out / "recipe.json").read_text())["craft"] == "poetry"


def test_set_fills_any_field(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["generate", "melody", "HAPPY", "--set", "key=D", "--set", "bars=8", "--json"]
    assert main(arguments) == 0
    plan = json.loads(capsys.readouterr().out)["plan"]
    assert (plan["key"], plan["bars"]) == ("D", 8)


def test_a_picture_is_made_with_flags_and_worked_on_from_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["generate", "image", "calm", "--finish", "ink", "--size", "256", "--json"]
    assert main([*asked, "--n", "1", "--set", "density=0.2"]) == 0
    first = json.loads(capsys.readouterr().out)
    inputs = first["recipe"]["inputs"]
    assert (inputs["finish"], inputs["size"], inputs["density"]) == ("ink", "256", 0.2)
    start = tmp_path / "start.json"
    kept = kept_picture(first["outputs"][0]["data"], first["id"], 1)
    start.write_text(start_text("vary", [kept], reach="near"), "utf-8")
    assert main([*asked, "--n", "2", "--start", str(start)]) == 0
    second = json.loads(capsys.readouterr().out)
    assert [each["data"]["verb"] for each in second["outputs"]] == ["vary", "vary"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["generate", "sculpture", "x"], "no craft sculpture"),
        (["generate", "poetry", "x", "--form", "ode"], "ode is no choice"),
        (["generate", "poetry", "x", "--set", "form"], "NAME=VALUE"),
        (["generate", "image", "x", "--start", "no/where.json"], "no/where.json can not be read"),
        (["generate", "melody", "x", "--finish", "ink"], "no field finish"),
        (["generate", "writing", "雨夜的修表匠"], "--accept gemma"),
        (["train", "lm/none", "--minutes", "1"], "--data"),
        (["models", "verify", "lm/none"], "no card lm/none"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_1(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert says in error
    assert "Traceback" not in error


def test_batch_makes_a_folder_a_brief_and_fails_when_one_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    briefs = [
        {"craft": "poetry", "lang": "en", "form": "haiku", "text": "first frost"},
        {"craft": "writing", "lang": "zh", "kind": "story", "text": "雨夜，一位修表匠。"},
        {"craft": "image", "text": "calm", "size": "256", "n": 1, "note": "not a field"},
    ]
    path = tmp_path / "briefs.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in briefs), "utf-8")
    out = tmp_path / "out"
    assert main(["batch", str(path), "--out", str(out)]) == 1
    table = capsys.readouterr().out
    assert "02-writing     not ready" in table
    assert "2 of 3 briefs made" in table
    assert json.loads((out / "01-poetry" / "recipe.json").read_text())["craft"] == "poetry"
    path.write_text(json.dumps(briefs[0]), "utf-8")
    assert main(["batch", str(path), "--out", str(out)]) == 0


def test_a_broken_brief_is_named_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text('{"craft": "poetry"}\n{"craft": \n', "utf-8")
    assert main(["batch", str(path), "--out", str(tmp_path)]) == 1
    assert "Line 2" in capsys.readouterr().err


def test_models_lists_every_card_with_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--json"]) == 0
    rows = {row["card"]: row for row in json.loads(capsys.readouterr().out)}
    assert {"base/smollm2-135m-instruct", "lm/verse-zh", "lm/melody", "gan/abstract"} <= set(rows)
    assert rows["lm/verse-zh"]["measured"]


def test_history_lists_and_exports_what_was_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate", "poetry", "first frost", "--form", "haiku", "--json"])
    made = json.loads(capsys.readouterr().out)["id"]
    main(["history", "list", "--json"])
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == [made]
    archive = tmp_path / "history.zip"
    assert main(["history", "export", "--out", str(archive)]) == 0
    assert archive.stat().st_size > 100
