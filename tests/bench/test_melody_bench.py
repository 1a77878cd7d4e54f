"""The melodies' benchmark: it runs on any family and gives every number it promises."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from studio.bench import melody_numbers
from studio.crafts.craft import Output
from studio.families.answers import answers
from studio.families.fake import FAIL, Fake
from studio.families.fake_vocabulary import FakeVocabulary
from studio.families.melody_bench import MelodyBench
from studio.music.key import SCALES
from studio.music.melody_form import MelodyForm
from studio.music.meter import read_meter
from studio.music.symbols import music_symbols, plan_symbols
from studio.requests import Request, Sampling

WORDS = FakeVocabulary(("<bos>", *plan_symbols(), *music_symbols()), joiner=" ")


def test_every_number_is_there() -> None:
    rendered: list[int] = []

    def files(takes: Sequence[Output]) -> None:
        rendered.append(len(takes))
        time.sleep(0.01)

    parts = {"score": lambda _: time.sleep(0.001), "sound": lambda _: time.sleep(0.002)}
    bench = MelodyBench("lm/fake", Fake("melody", vocabulary=WORDS), files, parts, bars=4)
    numbers = melody_numbers(bench, rounds=1)
    assert rendered == [1, 4, 1, 1, 1, 1]
    assert (numbers["takes"], numbers["bars"]) == (4, 4)
    for name in ("batch_s", "one_by_one_s", "batch_x", "length_share"):
        assert 0 < numbers[name]["low"] <= numbers[name]["median"] <= numbers[name]["high"]
    assert numbers["music_s"] > 10
    assert set(numbers["shares"]) == {"model", "score", "sound", "rest"}
    assert sum(each["median"] for each in numbers["shares"].values()) == pytest.approx(1, abs=0.01)
    goals = {each["name"]: each for each in numbers["goals"]}
    assert set(goals) == {"batch_x", "length_share"}
    assert all(isinstance(each["met"], bool) for each in goals.values())


def request(seed: int, prompt: str = "<bos>") -> Request:
    form = MelodyForm(read_meter("4/4"), 1, frozenset(SCALES["major"]))
    sampling = Sampling(max_tokens=100)
    return Request(card="lm/fake", seed=seed, prompt=prompt, sampling=sampling, constraint=form)


def test_answers_come_in_the_order_of_their_requests_however_many_fit() -> None:
    asked = [request(seed) for seed in range(6)]
    together = answers(Fake("melody", vocabulary=WORDS, capacity=4), asked)
    alone = Fake("melody", vocabulary=WORDS)
    assert together == [answers(alone, [each])[0] for each in asked]
    assert all(each.strip() for each in together)


def test_a_row_that_fails_says_so() -> None:
    with pytest.raises(ValueError, match="failed"):
        answers(Fake("melody", vocabulary=WORDS), [request(1), request(2, FAIL)])
