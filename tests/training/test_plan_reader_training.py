"""A reader card is trained from written plans and says how well it reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from studio.catalog import Catalog
from studio.crafts.image_plan import NUMBERS, STYLES
from studio.families.plan_reader import PlanReader
from studio.training import plan_reader
from studio.training.options import TrainOptions
from studio.training.plan_reader_fit import concept_table
from studio.training.plan_reader_phrases import STYLE_PHRASES, style_phrases

CARD = "reader/image-plan"


class Characters:
    """An encoder of which letters and characters a text holds."""

    width = 32

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        counts = [1.0] * self.width
        for each in text:
            counts[ord(each) % self.width] += 1
        size = sum(count**2 for count in counts) ** 0.5
        return [count / size for count in counts]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows, melodies = [], []
    for number in range(48):
        loud = number % 2 == 0
        rows.append(
            {
                "text": f"xxxx zzzz {number}" if loud else f"mmmm nnnn {number}",
                "style": "drip" if loud else "waves",
                "mood": "angry" if loud else "calm",
                "palette": ["#d62828", "#15131a", "#f3eee3"] if loud else ["#aed0ea", "#16306b"],
                "split": "test" if number >= 40 else "train",
                **dict.fromkeys(NUMBERS, 0.8 if loud else 0.2),
                "warmth": 0.6 if loud else -0.6,
            }
        )
        melodies.append({"text": "bbb", "mood": "sad", "split": "train"})
    for name, lines in (("image", rows), ("melody", melodies)):
        text = "\n".join(json.dumps(line) for line in lines)
        (tmp_path / f"{name}_plans_written.jsonl").write_text(text)
    return tmp_path


@pytest.fixture
def models(data: Path, tmp_path: Path) -> Path:
    options = TrainOptions(
        card=CARD, data=data, out=tmp_path / "run", models=tmp_path / "models", minutes=1
    )
    plan_reader.train(options, Characters())
    return options.models


def test_a_trained_card_reads_new_texts_like_those_it_has_seen(models: Path) -> None:
    reader = PlanReader(Catalog.read(models), Characters)
    loud, quiet = (
        reader.read(CARD, text, frozenset()) for text in ("xxxx zzzz 77", "mmmm nnnn 77")
    )
    assert loud is not None
    assert quiet is not None
    assert loud.numbers["density"] > quiet.numbers["density"]
    assert next(iter(loud.nearest["palette"])) == "#d62828 #15131a #f3eee3"


def test_the_card_holds_its_measures_and_is_small(models: Path, data: Path) -> None:
    card = Catalog.read(models).card(CARD)
    assert card.bytes < 300_000
    assert 0 <= card.measured["all"] <= 1
    assert {"style_top3", "lexicon_style_top3", "palette_distance"} <= set(card.measured)
    again = plan_reader.evaluate(models / CARD, data, Characters())
    assert again["all"] == pytest.approx(card.measured["all"], abs=1e-3)


def test_a_word_that_only_one_text_has_teaches_nothing() -> None:
    found = [
        frozenset({("round", "egg")}),
        frozenset({("round", "arc")}),
        frozenset({("round", "arc")}),
    ]
    assert concept_table(found, ["round"])[:, 0].tolist() == [0, 1, 1]


def test_every_style_has_phrases_of_both_languages_and_none_twice() -> None:
    assert set(STYLE_PHRASES) == set(STYLES)
    phrases = [phrase for phrase, _ in style_phrases()]
    assert all(phrases)
    assert len(set(phrases)) == len(phrases)
