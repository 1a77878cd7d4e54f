"""The meter falls when texts say the same."""

from __future__ import annotations

from studio.ads.angles import alternating, angle_of
from studio.ads.brand import Claim
from studio.ads.diversity import diversity
from studio.ads.phrases import AdBrief


def test_the_same_text_twice_is_nothing_new():
    assert diversity(["Keeps cold 24 h", "Keeps cold 24 h"]) == 0
    assert diversity(["Keeps cold", "Repairable cap"]) == 1
    assert diversity(["Keeps cold water", "Cold water", "Repairable cap"]) < 1
    assert (diversity([]), diversity(["Keeps cold"])) == (0, 1)


def test_texts_speak_from_different_sides():
    brief = AdBrief(
        "Morrow", "bottle", ("keeps cold 24 h",), "en", claims=(Claim("made in Wales", "deed"),)
    )
    texts = ["Keeps cold 24 h", "Made in Wales", "Why Morrow?", "See Morrow", "Made for hikers"]
    sides = ["benefit", "proof", "question", "call to action", "for whom"]
    assert [angle_of(each, brief) for each in texts] == sides


def test_the_first_of_every_side_comes_before_the_second():
    assert alternating(["a1", "a2", "b1", "a3", "b2"], lambda each: each[0]) == [
        "a1", "b1", "a2", "b2", "a3",
    ]  # fmt: skip
