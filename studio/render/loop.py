"""A seamless loop of pictures as GIF, WebP and MP4.

The last frame is followed by the first: frames are given so that this is one step like any other.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

import av
import numpy as np
from PIL import Image

from studio.errors import InvalidInput
from studio.render.picture_encoding import xmp
from studio.render.recipe import KEY, recipe_text
from studio.render.rendered_file import RenderedFile
from studio.requests import Picture

MOST_FRAMES = 600
_MOST_FPS = 60.0
_VIDEO_SECONDS = 4.0
"""A video shorter than this is played again until it is not: few players loop by themselves."""
_GIF_COLOURS = 128


def loop_files(
    frames: Sequence[Picture], fps: float, recipe: Mapping[str, object]
) -> tuple[RenderedFile, ...]:
    """`loop.gif`, `loop.webp` and `loop.mp4` (H.264), each with the recipe inside.

    Raises InvalidInput for less than two or too many frames, unequal sizes, or a bad `fps`."""
    _check(frames, fps)
    images = [Image.frombytes("RGB", (each.width, each.height), each.rgb) for each in frames]
    return (
        RenderedFile("loop.gif", "image/gif", _gif(images, fps, recipe)),
        RenderedFile("loop.webp", "image/webp", _webp(images, fps, recipe)),
        RenderedFile("loop.mp4", "video/mp4", _mp4(images, fps, recipe)),
    )


def _check(frames: Sequence[Picture], fps: float) -> None:
    if not 2 <= len(frames) <= MOST_FRAMES:
        raise InvalidInput("frames", f"A loop has 2 to {MOST_FRAMES} frames.", code="bad_loop")
    if len({(each.width, each.height) for each in frames}) > 1:
        raise InvalidInput("frames", "All frames of a loop have one size.", code="bad_loop")
    if not 0 < fps <= _MOST_FPS:
        raise InvalidInput("fps", f"At most {_MOST_FPS:.0f} frames a second.", code="bad_loop")


def _gif(images: Sequence[Image.Image], fps: float, recipe: Mapping[str, object]) -> bytes:
    """One palette for all frames, so that still areas do not flicker."""
    shown = images[:: max(1, len(images) // 8)]
    strip = Image.new("RGB", (shown[0].width, shown[0].height * len(shown)))
    for place, image in enumerate(shown):
        strip.paste(image, (0, place * image.height))
    palette = strip.quantize(_GIF_COLOURS, Image.Quantize.MEDIANCUT)
    few = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in images]
    file = io.BytesIO()
    comment = f"{KEY}:{recipe_text(recipe)}".encode()
    # GIF counts in hundredths of a second; browsers slow anything faster than two.
    few[0].save(
        file,
        "GIF",
        save_all=True,
        append_images=few[1:],
        duration=max(20, round(100 / fps) * 10),
        loop=0,
        comment=comment,
    )
    return file.getvalue()


def _webp(images: Sequence[Image.Image], fps: float, recipe: Mapping[str, object]) -> bytes:
    file = io.BytesIO()
    images[0].save(
        file,
        "WEBP",
        save_all=True,
        append_images=list(images[1:]),
        duration=round(1000 / fps),
        loop=0,
        quality=85,
        method=3,
        xmp=xmp(recipe).encode(),
    )
    return file.getvalue()


def _mp4(images: Sequence[Image.Image], fps: float, recipe: Mapping[str, object]) -> bytes:
    """H.264 in 4:2:0, which every browser plays; edges are cut to even numbers."""
    width, height = (each // 2 * 2 for each in images[0].size)
    rounds = max(1, int(np.ceil(_VIDEO_SECONDS * fps / len(images))))
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        container.metadata["comment"] = f"{KEY}:{recipe_text(recipe)}"
        stream = container.add_stream("libx264", rate=Fraction(fps).limit_denominator(1000))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"crf": "16", "preset": "medium"}
        stream.codec_context.thread_count = 1
        for image in itertools.chain.from_iterable([images] * rounds):
            whole = np.asarray(image)[:height, :width]
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(whole), "rgb24")
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return file.getvalue()
