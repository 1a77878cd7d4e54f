"""A film plays everywhere: picture and sound end together, it is as loud as every melody, and it
carries its recipe."""

from __future__ import annotations

import io
import math
from itertools import pairwise
from typing import Any

import av
import numpy as np
import pytest
import torch
from PIL import Image

from studio.crafts.craft import Output
from studio.loops import moving_picture_files
from studio.music.abc_reader import read_abc
from studio.render.camera import Camera
from studio.render.film import FilmPlan, film_sound, repeated
from studio.render.loudness import integrated_lufs
from studio.render.performance import Performance, perform
from studio.render.recipe import recipe_of
from studio.render.synth import RATE, sounds_of
from studio.requests import Picture

RECIPE = {"craft": "image", "inputs": {"text": "湖边的一天 <&>" * 40, "seed": 7}}
_MUSIC = "CEGE | cGEG | FAcA | GBdB |\nCEGE | cGEG | FGAB | c4 |]\n"
ABC = f"X:1\nT:Day\nM:4/4\nL:1/4\nQ:1/4=120\nK:C\n{_MUSIC}"
"""Sixteen seconds."""
COLOURS = ((200, 40, 40), (40, 160, 60), (40, 60, 200))


def told(seconds: float = 4.0, **changes: Any) -> dict[str, Any]:
    """A short film of three pictures with two frames between each."""
    return {
        "shape": "square",
        "width": 96,
        "height": 96,
        "fps": 24,
        "seconds": seconds,
        "repeats": 1,
        "heard_s": seconds - 1,
        "turns": [{"leave_s": 0.5, "arrive_s": 1.0}, {"leave_s": 1.5, "arrive_s": 2.0}],
        "between": 2,
        "melody": {"abc": ABC, "instrument": "piano", "style": "", "accompaniment": "block"},
        **changes,
    }


def flat(colour: tuple[int, ...]) -> Picture:
    return Picture(64, 64, bytes(colour) * 64 * 64)


def output(**changes: Any) -> Output:
    frames = []
    for place, after in pairwise(COLOURS):
        for step in range(3):
            mixed = [(a * (3 - step) + b * step) // 3 for a, b in zip(place, after, strict=True)]
            frames.append(flat(tuple(mixed)))
    frames.append(flat(COLOURS[-1]))
    data = {"film": told(**changes), "finish": "none", "size": [96, 96]}
    return Output(picture=frames[0], frames=tuple(frames), data=data, seed=3)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {each.name: each.content for each in moving_picture_files(output(), RECIPE)}


def shown(content: bytes) -> list[np.ndarray]:
    with av.open(io.BytesIO(content)) as video:
        return [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]


def heard(content: bytes) -> torch.Tensor:
    with av.open(io.BytesIO(content)) as video:
        pieces = [frame.to_ndarray() for frame in video.decode(audio=0)]
    return torch.from_numpy(np.concatenate(pieces, 1))


def test_a_film_is_one_video_with_its_poster(files: dict[str, bytes]) -> None:
    assert list(files) == ["film.mp4", "poster.png"]
    with av.open(io.BytesIO(files["film.mp4"])) as video:
        kinds = {stream.type: stream.codec_context.name for stream in video.streams}
    assert kinds["video"].startswith("h264") or kinds["video"] == "libx264"
    assert kinds["audio"] == "aac"
    poster = Image.open(io.BytesIO(files["poster.png"]))
    assert poster.size == (96, 96)


def test_sound_and_picture_last_equally_long(files: dict[str, bytes]) -> None:
    with av.open(io.BytesIO(files["film.mp4"])) as video:
        lengths = {s.type: float(s.duration * s.time_base) for s in video.streams}
    assert len(shown(files["film.mp4"])) == 96
    assert abs(lengths["video"] - 4) < 0.001
    assert abs(lengths["audio"] - lengths["video"]) < 1 / 24


def test_each_picture_is_seen_when_its_bar_begins_and_between_them_a_blend(
    files: dict[str, bytes],
) -> None:
    frames = shown(files["film.mp4"])
    for at_s, colour in (
        (0.2, COLOURS[0]),
        (1.1, COLOURS[1]),
        (2.1, COLOURS[2]),
        (3.9, COLOURS[2]),
    ):
        seen = frames[round(at_s * 24)].mean((0, 1))
        assert np.abs(seen - colour).max() < 12, at_s
    halfway = frames[18].mean((0, 1))
    assert np.abs(halfway - np.mean(COLOURS[:2], 0)).max() < 25
    steps = [np.abs(a.astype(int) - b).mean() for a, b in pairwise(frames)]
    assert max(steps) < 30, "no cut anywhere"


def test_both_files_carry_the_recipe(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        assert recipe_of(name, content) == RECIPE, name


def test_the_index_comes_first_so_that_it_plays_while_it_loads(files: dict[str, bytes]) -> None:
    content = files["film.mp4"]
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_sound_is_as_loud_as_every_melody() -> None:
    whole = output(seconds=17.0, heard_s=16.0)
    content = moving_picture_files(whole, RECIPE)[0].content
    sound = heard(content)
    assert abs(integrated_lufs(sound) + 16) < 0.5
    assert float(sound.abs().max()) < 10 ** (-0.5 / 20)


def test_a_melody_is_repeated_without_a_pause_and_cut_with_a_fade() -> None:
    plan = FilmPlan.read(told(seconds=33.0, repeats=2, heard_s=32.0))
    once = perform(read_abc(ABC))
    twice = repeated(once, 2)
    assert len(twice.tune) == 2 * len(once.tune)
    assert twice.tune[len(once.tune)].start_s == pytest.approx(16)
    assert film_sound(plan, sounds_of).shape[1] == 33 * RATE
    cut = film_sound(FilmPlan.read(told(seconds=9.0, heard_s=8.0)), sounds_of)
    assert cut.shape[1] == 9 * RATE
    last, before = cut[:, -RATE // 4 :].abs().max(), cut[:, -3 * RATE : -2 * RATE].abs().max()
    assert float(last) < 0.2 * float(before)


def test_the_melody_is_played_by_whoever_plays_melodies() -> None:
    asked: list[tuple[Performance, str]] = []

    def play(performances: Any, instruments: Any) -> list[torch.Tensor]:
        asked.extend(zip(performances, instruments, strict=True))
        return [torch.zeros(2, math.ceil(each.seconds * RATE)) for each in performances]

    moving_picture_files(output(seconds=2.0), RECIPE, play)
    assert [instrument for _, instrument in asked] == ["piano"]


def test_the_camera_never_leaves_the_picture() -> None:
    image = Image.new("RGB", (130, 96), (240, 240, 240))
    camera = Camera(54, 96, 10.0, 3)
    for frame in range(240):
        assert np.asarray(camera.view(image, frame / 24)).min() > 200


def test_a_picture_without_a_film_is_as_before() -> None:
    picture = Output(picture=flat(COLOURS[0]), data={"finish": "none", "size": 256}, seed=1)
    assert [each.name for each in moving_picture_files(picture, RECIPE)] == ["picture.png"]
