"""Tunes become rows: whole and in sections, with a plan measured on their notes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from studio.training.melody_corpus import (
    CORPUS,
    END,
    PAD,
    Melody,
    melody_rows,
    melody_tokenizer,
    read_melodies,
)
from studio.training.melody_playing import playable

JIG = (
    "X:1\nM:6/8\nL:1/8\nK:G\nD | GBd g2d | edc d2B | cBA BAG | ABA A2D |"
    "GBd g2d | edc d2B | cBA AFA | G3 G2 z :|"
)
DORIAN = "X:1\nM:4/4\nL:1/8\nK:G\nA2 AB c2 BA | GABG E2 D2 | A2 AB c2 d2 | e2 dB A4 |]"
BROKEN = "X:1\nM:4/4\nL:1/8\nK:C\nC4 | C4 D4 | C6 |C6 | C8 |]"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        {"abc": JIG, "rhythm": "jig", "tempo": None, "split": "train"},
        {"abc": DORIAN, "rhythm": "reel", "tempo": None, "split": "val"},
        {"abc": BROKEN, "rhythm": "air", "tempo": None, "split": "train"},
        {"abc": "no tune at all", "rhythm": "air", "tempo": None, "split": "train"},
    ]
    with gzip.open(tmp_path / CORPUS, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def plan(melody: Melody) -> dict[str, str]:
    return dict(word.split("=") for word in melody.symbols if "=" in word)


def test_only_tunes_that_add_up_are_taken(corpus: Path) -> None:
    meters = {(plan(each)["meter"], plan(each)["style"]) for each in read_melodies(corpus)}
    assert meters == {("6/8", "jig"), ("4/4", "reel")}


def test_sections_that_close_on_the_tonic_are_rows_of_their_own(corpus: Path) -> None:
    jigs = [each for each in read_melodies(corpus) if plan(each)["style"] == "jig"]
    assert {plan(each)["bars"] for each in jigs} == {"4", "8"}
    whole = next(each for each in jigs if plan(each)["bars"] == "8")
    assert whole.symbols[8:10] == ("^", "n-5d12")


def test_a_tune_printed_in_g_that_rests_on_a_is_dorian(corpus: Path) -> None:
    (reel,) = [each for each in read_melodies(corpus) if each.split == "val"]
    assert plan(reel)["mode"] == "dorian"
    assert reel.symbols[-1].startswith("n0d") or reel.symbols[-1].startswith("n12d")


def test_rows_end_and_are_padded_and_the_same_draw_is_the_same(corpus: Path) -> None:
    melodies = read_melodies(corpus)
    ids = melody_tokenizer().get_vocab()
    rows = melody_rows(melodies, ids, -1)
    assert len(rows) == len(melodies)
    for row, melody in zip(rows.tolist(), melodies, strict=True):
        used = [token for token in row if token != ids[PAD]]
        assert len(used) == len(melody.symbols) + 2
        assert used[-1] == ids[END]
    assert melody_rows(melodies, ids, 3).equal(melody_rows(melodies, ids, 3))


def test_playable_means_bars_count_and_close() -> None:
    asked = ("meter=2/4", "bars=2")
    assert playable("|2 n0d24 n2d24 |1 n0d48 <eos> |9", asked)
    assert not playable("|2 n0d24 n2d24 |1 n2d48 <eos>", asked)
    assert not playable("|2 n0d24 |1 n0d48 <eos>", asked)
    assert not playable("|1 n0d48 <eos>", asked)
    assert not playable("", asked)
