"""Keys have the signatures and spellings a musician expects."""

from __future__ import annotations

import pytest

from studio.errors import InvalidInput
from studio.music.key import SCALES, TONICS, Key, read_key, write_key


@pytest.mark.parametrize(
    ("text", "fifths"),
    [("D", 2), ("Bb", -2), ("F#m", 3), ("Ador", 1), ("D mix", 1), ("Em", 1), ("Gmin", -2)],
)
def test_signatures_of_abc_keys(text: str, fifths: int) -> None:
    assert read_key(text).fifths == fifths


@pytest.mark.parametrize(
    ("key", "pitch", "spelled"),
    [
        (Key("A", "minor"), 68, ("G", 1, 4)),
        (Key("D", "minor"), 70, ("B", -1, 4)),
        (Key("F#", "minor"), 65, ("E", 1, 4)),
        (Key("C"), 66, ("F", 1, 4)),
        (Key("Eb"), 63, ("E", -1, 4)),
    ],
)
def test_notes_are_spelled_as_the_key_reads(
    key: Key, pitch: int, spelled: tuple[str, int, int]
) -> None:
    assert key.spell(pitch) == spelled


@pytest.mark.parametrize("mode", SCALES)
@pytest.mark.parametrize("tonic", TONICS)
def test_every_key_of_the_form_can_be_written_without_accidentals(tonic: str, mode: str) -> None:
    key = write_key(tonic, mode)
    assert abs(key.fifths) <= 6
    for pitch_class in key.scale:
        letter, alteration, _ = key.spell(60 + pitch_class)
        assert alteration == key.signature()[letter]


def test_what_is_no_key_is_named() -> None:
    with pytest.raises(InvalidInput, match="HP"):
        read_key("HP")
