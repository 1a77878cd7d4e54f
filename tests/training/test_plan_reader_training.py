"""A reader card is trained from written plans and says how well it reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from studio.catalog import Catalog
from studio.crafts.image_plan import NUMBERS, STYLES
from studio.families.plan_reader import PlanReader
from studio.music.plan import METERS, MOODS, REGISTERS, TEMPO_BOUNDS
from studio.music.plan import STYLES as MELODY_STYLES
from studio.music.plan_estimate import MODES
from studio.music.plan_shares import LABELS, shares_of
from studio.training import plan_reader
from studio.training.melody_plans import melody_reading, plan_reading, shares
from studio.training.options import TrainOptions
from studio.training.plan_reader_fit import concept_table
from studio.training.plan_reader_melodies import melody_rows
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


MELODY_CARD = "reader/melody-plan"


def _melody(number: int, split: str) -> dict[str, object]:
    loud = number % 2 == 0
    return {
        "lang": "zh" if number % 4 > 1 else "en",
        "text": f"xxxx zzzz {number}" if loud else f"mmmm nnnn {number}",
        "mood": "angry" if loud else "calm",
        "style": "march" if loud else "lullaby",
        "mode": "minor" if loud else "pentatonic",
        "meter": "2/4" if loud else "6/8",
        "register": "low" if loud else "high",
        "tempo_bpm": 140 if loud else 60,
        "valence": -0.6 if loud else 0.4,
        "arousal": 0.8 if loud else -0.7,
        "density": 0.8 if loud else 0.2,
        "split": split,
    }


@pytest.fixture
def melodies(tmp_path: Path) -> Path:
    rows = [_melody(number, "test" if number >= 40 else "train") for number in range(48)]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "melody_plans_written.jsonl").write_text(lines)
    picture = json.dumps({"text": "xx zz", "mood": "angry", "split": "train"})
    (tmp_path / "image_plans_written.jsonl").write_text(picture)
    return tmp_path


def test_a_melody_card_is_measured_in_each_language(melodies: Path, tmp_path: Path) -> None:
    options = TrainOptions(
        card=MELODY_CARD,
        data=melodies,
        out=tmp_path / "run",
        models=tmp_path / "models",
        minutes=1,
    )
    plan_reader.train(options, Characters())
    card = Catalog.read(options.models).card(MELODY_CARD)
    assert card.bytes < 400_000
    both = ("mood_accuracy", "tempo_within_20_percent", "tempo_percent_error", "valence_error")
    for name in both:
        assert {name, f"{name}_en", f"{name}_zh", f"lexicon_{name}"} <= set(card.measured)
    assert "mood_accuracy_mood_mean" not in card.measured
    assert "mode_accuracy_mood_mean" in card.measured


def test_a_tempo_counts_as_read_within_a_fifth() -> None:
    row = {**_melody(0, "test"), "text": "100 bpm, angry"}
    near = melody_reading([row], [{**row, "tempo_bpm": 120}], [None])
    far = melody_reading([row], [{**row, "tempo_bpm": 140}], [None])
    assert (near["tempo_within_20_percent"], far["tempo_within_20_percent"]) == (1, 0)
    assert near["tempo_percent_error"] == pytest.approx(100 * 20 / 120)
    assert near["mood_accuracy"] == 1


def test_without_the_written_plans_there_is_nothing_to_measure(tmp_path: Path) -> None:
    assert plan_reading(tmp_path) == {}


def test_own_descriptions_are_whole_plans_of_both_languages() -> None:
    rows = melody_rows()
    assert len({row["text"] for row in rows}) == len(rows) > 600
    for row in rows:
        assert row["mood"] in MOODS
        assert row["style"] in MELODY_STYLES
        assert row["mode"] in MODES
        assert row["meter"] in METERS
        assert row["register"] in REGISTERS
        assert TEMPO_BOUNDS[0] <= row["tempo_bpm"] <= TEMPO_BOUNDS[1]
        assert abs(row["valence"]) <= 1
        assert abs(row["arousal"]) <= 1
    chinese = sum(any("\u4e00" <= each <= "\u9fff" for each in row["text"]) for row in rows)
    assert 0.4 < chinese / len(rows) < 0.6


def test_the_shares_of_moods_and_styles_are_printed_from_the_plans(melodies: Path) -> None:
    printed = shares(melodies).splitlines()
    assert len(printed) == len(LABELS) * (1 + len(MOODS) + len(MELODY_STYLES))
    assert sum(shares_of("mode", "angry").values()) == pytest.approx(1, abs=0.01)
    assert shares_of("meter", "waltz")["3/4"] > 0.8
