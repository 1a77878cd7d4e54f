"""A film of pictures that melt into each other in the time of a melody: H.264 and AAC in MP4.

Frames are painted, blended and encoded one after the other, so that a film takes no more memory
than a few pictures. Between two frames of the picture model lies a blend of both; a slow camera
moves over all of them, so that a picture that rests is not a still.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import av
import numpy as np
import torch
from PIL import Image

from studio.music.abc_reader import read_abc
from studio.render.camera import Camera
from studio.render.performance import TAIL_S, Performance, Struck, perform
from studio.render.picture_encoding import encoded
from studio.render.recipe import KEY, recipe_text
from studio.render.rendered_file import RenderedFile
from studio.render.synth import RATE, Play

AAC_BITS_A_SECOND = 192_000
AAC_SAMPLES = 1024
"""Of one frame of sound."""
_QUALITY: Mapping[str, str] = MappingProxyType(
    {"crf": "19", "preset": "veryfast", "maxrate": "12M", "bufsize": "24M"}
)
_COLOURS = "colorprim=bt709:transfer=bt709:colormatrix=bt709"
_FADE_S = 2.0
"""Of a melody that is cut before its end."""

PaintKey = Callable[[int, tuple[int, int]], Image.Image]
"""(number of a frame of the picture model, smallest width and height) -> the painted frame."""


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """A film as `studio.crafts.image_film` plans it, read from an output's data."""

    width: int
    height: int
    fps: int
    seconds: float
    repeats: int
    heard_s: float
    turns: tuple[tuple[float, float], ...]
    """(left, reached) in seconds for each passage from a picture to the next."""
    between: int
    melody: Mapping[str, Any]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> FilmPlan:
        """From `Output.data["film"]`."""
        turns = tuple((float(e["leave_s"]), float(e["arrive_s"])) for e in told["turns"])
        numbers = {name: int(told[name]) for name in ("width", "height", "fps", "repeats")}
        return cls(
            **numbers,
            seconds=float(told["seconds"]),
            heard_s=float(told["heard_s"]),
            turns=turns,
            between=int(told["between"]),
            melody=told["melody"],
        )

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return round(self.seconds * self.fps)

    def place(self, at_s: float) -> float:
        """Which frame of the picture model is seen then; between two of them a fraction."""
        reached = 0.0
        for leave_s, arrive_s in self.turns:
            along = (at_s - leave_s) / max(1e-6, arrive_s - leave_s)
            along = min(1.0, max(0.0, along))
            reached += along * along * (3 - 2 * along)
        return reached * (self.between + 1)


def film_files(
    told: Mapping[str, Any], paint: PaintKey, recipe: Mapping[str, object], play: Play
) -> tuple[RenderedFile, ...]:
    """`film.mp4` with its sound, and `poster.png`, its first frame; the recipe in both.

    Raises InvalidInput for a melody that does not read."""
    plan = FilmPlan.read(told)
    sound, images = film_sound(plan, play), _Images(plan, paint)
    poster = encoded(images.at(0), "png", recipe, None)
    return (
        RenderedFile("film.mp4", "video/mp4", _mp4(plan, images, sound, recipe)),
        RenderedFile("poster.png", "image/png", poster),
    )


def film_sound(plan: FilmPlan, play: Play) -> torch.Tensor:
    """The melody as often as it is heard, as long as the film [2, n]: -16 LUFS as every melody."""
    melody = plan.melody
    style, under = (str(melody.get(name, "")) for name in ("style", "accompaniment"))
    once = perform(read_abc(str(melody["abc"])), style, under or "auto")
    whole = repeated(once, plan.repeats) if plan.repeats > 1 else once
    (sound,) = play([_until(whole, plan.heard_s)], [str(melody.get("instrument", "piano"))])
    samples = round(plan.seconds * RATE)
    sound = torch.nn.functional.pad(sound, (0, max(0, samples - sound.shape[1])))[:, :samples]
    return _faded(sound) if whole.written_s > plan.heard_s + 0.01 else sound


def repeated(once: Performance, times: int) -> Performance:
    """A performance again and again without a pause."""
    period = once.written_s

    def again(notes: Sequence[Struck]) -> tuple[Struck, ...]:
        return tuple(
            replace(note, start_s=note.start_s + turn * period)
            for turn in range(times)
            for note in notes
        )

    return replace(
        once,
        tune=again(once.tune),
        chords=again(once.chords),
        bass=again(once.bass),
        drums=again(once.drums),
        seconds=times * period + TAIL_S,
    )


def _until(whole: Performance, end_s: float) -> Performance:
    """What is heard of it up to a moment; its last notes ring out."""

    def kept(notes: Sequence[Struck]) -> tuple[Struck, ...]:
        return tuple(
            replace(each, duration_s=min(each.duration_s, end_s - each.start_s))
            for each in notes
            if each.start_s < end_s - 0.02
        )

    return replace(
        whole,
        tune=kept(whole.tune),
        chords=kept(whole.chords),
        bass=kept(whole.bass),
        drums=kept(whole.drums),
        seconds=min(whole.seconds, end_s + TAIL_S),
    )


def _faded(sound: torch.Tensor) -> torch.Tensor:
    fade = min(round(_FADE_S * RATE), sound.shape[1])
    slope = torch.linspace(1, 0, fade)
    return torch.cat([sound[:, :-fade], sound[:, -fade:] * slope], 1)


class _Images:
    """The frames of a film, asked for in order; of the painted ones only two are kept."""

    def __init__(self, plan: FilmPlan, paint: PaintKey) -> None:
        self._plan, self._paint = plan, paint
        self._camera = Camera(plan.width, plan.height, plan.seconds, len(plan.turns) + 1)
        self._keys: dict[int, Image.Image] = {}

    def at(self, frame: int) -> Image.Image:
        """One frame, RGB."""
        at_s = frame / self._plan.fps
        place = self._plan.place(at_s)
        key, share = math.floor(place + 1e-6), max(0.0, place - math.floor(place + 1e-6))
        seen = self._camera.view(self._key(key), at_s)
        if share < 1 / 255:
            return seen
        return Image.blend(seen, self._camera.view(self._key(key + 1), at_s), share)

    def _key(self, number: int) -> Image.Image:
        if number not in self._keys:
            self._keys = {each: self._keys[each] for each in self._keys if each >= number - 1}
            rests = number % (self._plan.between + 1) == 0
            self._keys[number] = self._paint(number, self._camera.least(moving=not rests))
        return self._keys[number]


def _mp4(
    plan: FilmPlan, images: _Images, sound: torch.Tensor, recipe: Mapping[str, object]
) -> bytes:
    """Sound and picture laid beside each other as they come; its index comes first, so that it
    plays while it loads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
            container.metadata["comment"] = f"{KEY}:{recipe_text(recipe)}"
            video, audio = _video(container, plan), _audio(container)
            heard = _Heard(sound)
            for number in range(plan.frames):
                container.mux(video.encode(_video_frame(images.at(number))))
                for samples in heard.until((number + 1) / plan.fps):
                    container.mux(audio.encode(samples))
            for stream in (video, audio):
                container.mux(stream.encode(None))
        return path.read_bytes()


def _video(container: Any, plan: FilmPlan) -> Any:
    stream = container.add_stream("libx264", rate=Fraction(plan.fps))
    stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, "yuv420p"
    stream.options = {**_QUALITY, "x264-params": _COLOURS}
    stream.codec_context.thread_count = 1
    return stream


def _audio(container: Any) -> Any:
    stream = container.add_stream("aac", rate=RATE, layout="stereo")
    stream.bit_rate = AAC_BITS_A_SECOND
    return stream


def _video_frame(image: Image.Image) -> av.VideoFrame:
    """In the colours of television (BT.709), as players take anything of this size to be."""
    frame = av.VideoFrame.from_ndarray(np.asarray(image), "rgb24")
    return frame.reformat(format="yuv420p", dst_colorspace="ITU709")


class _Heard:
    """A sound as the encoder takes it, piece by piece."""

    def __init__(self, sound: torch.Tensor) -> None:
        self._samples = sound.numpy().astype(np.float32)
        self._at = 0

    def until(self, end_s: float) -> Iterator[av.AudioFrame]:
        """What has not been given yet of the sound up to a moment, in whole pieces; all that is
        left at its end."""
        end = min(round(end_s * RATE), self._samples.shape[1])
        last = end == self._samples.shape[1]
        while self._at < end and (last or self._at + AAC_SAMPLES <= end):
            piece = self._samples[:, self._at : self._at + AAC_SAMPLES]
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece), "fltp", "stereo")
            frame.sample_rate, frame.pts = RATE, self._at
            frame.time_base = Fraction(1, RATE)
            self._at += piece.shape[1]
            yield frame
