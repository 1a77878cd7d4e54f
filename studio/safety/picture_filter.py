"""The picture filter: for what foreign pipelines paint and what people bring, one by one.

A picture that meets the rule is blurred, with the rule and its score beside it, never blackened or
silently dropped. The clear picture is not kept. Whoever thinks it wrong says so, and asks for the
same seed again after the owner has lifted the rule: the recipe makes the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PIL import Image, ImageFilter

from studio.crafts.craft import Check, Output
from studio.errors import Refused
from studio.requests import Picture

RULE = "nudity"
LIMIT = 0.8
"""From here on the score's makers call it pornographic; below 0.2 safe, between undecided."""
_COARSE_EDGE = 12
"""What a blurred picture keeps: colours in so many areas along its longer edge."""


class Scores(Protocol):
    """Whatever can score pictures from 0 to 1."""

    def scores(self, pictures: Sequence[Picture]) -> list[float]:
        """One for each."""


@dataclass(frozen=True, slots=True)
class PictureVerdict:
    """What the filter says of one picture."""

    score: float
    met: bool
    """Whether the score reaches the limit."""
    blurred: bool
    """False for a met rule that the owner has lifted."""

    def told(self, limit: float) -> dict[str, object]:
        """For the output's data: all that a person needs to see why, and to object."""
        return {
            "rule": RULE,
            "score": round(self.score, 3),
            "limit": limit,
            "met": self.met,
            "blurred": self.blurred,
        }


class PictureFilter:
    """Keeps no state and no picture."""

    def __init__(self, scorer: Scores, *, limit: float = LIMIT, lifted: bool = False) -> None:
        """`lifted`: the owner lets pictures through that meet the rule; the verdict stays."""
        self._scorer = scorer
        self._limit = limit
        self._lifted = lifted

    def verdicts(self, pictures: Sequence[Picture]) -> tuple[PictureVerdict, ...]:
        """One for each picture."""
        return tuple(
            PictureVerdict(score, score >= self._limit, score >= self._limit and not self._lifted)
            for score in self._scorer.scores(pictures)
        )

    def judged(self, output: Output) -> Output:
        """The output with its verdict as a check and in `data["filter"]`; blurred if it must be."""
        if output.picture is None:
            return output
        verdict = self.verdicts([output.picture])[0]
        detail = f"{RULE} {verdict.score:.2f}/{self._limit:.2f}"
        check = Check("picture_safety", not verdict.met, detail)
        shown = blurred(output.picture) if verdict.blurred else output.picture
        data = {**output.data, "filter": verdict.told(self._limit)}
        return replace(output, picture=shown, data=data, checks=(*output.checks, check))

    def veiled(self, pictures: Sequence[Picture]) -> tuple[Picture, ...]:
        """Previews on their way, those that meet the rule blurred."""
        verdicts = self.verdicts(pictures)
        return tuple(
            blurred(picture) if verdict.blurred else picture
            for picture, verdict in zip(pictures, verdicts, strict=True)
        )

    def check_upload(self, picture: Picture) -> None:
        """Raises Refused(rule) for a picture that the studio must not work on."""
        verdict = self.verdicts([picture])[0]
        if verdict.blurred:
            raise Refused(
                RULE,
                f"The studio does not work on this picture (rule: {RULE}, "
                f"score {verdict.score:.2f} of {self._limit:.2f}).",
                "If that is wrong, tell whoever runs this studio: they can lift the rule.",
            )


def blurred(picture: Picture) -> Picture:
    """The same size and the same large colours; nothing else can be told or brought back."""
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    scale = _COARSE_EDGE / max(image.size)
    coarse = image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))),
        Image.Resampling.BOX,
    )
    soft = coarse.resize(image.size, Image.Resampling.BICUBIC)
    soft = soft.filter(ImageFilter.GaussianBlur(max(image.size) / (2 * _COARSE_EDGE)))
    return Picture(picture.width, picture.height, soft.tobytes())
