"""What a melody's description is read by: the reader card, and the words found beside it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.crafts.reading import Reading
from studio.music import plan_words as words
from studio.music.mood_words import HINTS, NAMES
from studio.music.said_plan import said_plan
from studio.music.wording import found_words as listed_words

CARD = "reader/melody-plan"
WORDS: Mapping[str, str] = MappingProxyType(
    {
        **{f"names_{mood}": listed for mood, listed in NAMES.items()},
        **{f"hints_{mood}": listed for mood, listed in HINTS.items()},
        **{f"style_{style}": listed for style, listed in words.STYLE.items()},
        **{f"register_{register}": listed for register, listed in words.REGISTER.items()},
        "fast": words.FAST,
        "slow": words.SLOW,
        "middling": words.MIDDLING,
        "sparse": words.SPARSE,
        "busy": words.BUSY,
        "light": words.LIGHT,
        "heavy": words.HEAVY,
    }
)
"""Concept -> its words."""
MODES_ALIKE = MappingProxyType(dict.fromkeys(("gong", "yu", "shang", "jue", "zhi"), "pentatonic"))
"""The written plans know one pentatonic."""
CONCEPTS = (
    *WORDS,
    *(f"said_{each}" for each in (*words.SAID_STYLE, "major", "minor", "dorian", "mixolydian")),
    *(f"said_{each}" for each in ("pentatonic", "4/4", "3/4", "2/4", "6/8", "9/8", "fast", "slow")),
)


def found_words(text: str) -> frozenset[tuple[str, str]]:
    """(concept, word of it) for all words of the lists that the text says and does not negate."""
    listed = {(name, word) for name, each in WORDS.items() for word in listed_words(text, each)}
    return frozenset(listed | {(name, name) for name in _said(text) if name in CONCEPTS})


def found_concepts(text: str) -> frozenset[str]:
    """The concepts that a text tells."""
    return frozenset(name for name, _ in found_words(text))


def description_of(inputs: Mapping[str, object]) -> str:
    """The description in a filled form."""
    return str(inputs.get("text", ""))


def _said(text: str) -> set[str]:
    said = said_plan(text)
    names = {*said.styles, MODES_ALIKE.get(said.mode, said.mode), said.meter}
    names |= {"fast"} if said.fast > 0 else set()
    names |= {"slow"} if said.slow > 0 else set()
    return {f"said_{name}" for name in names}


READING = Reading(CARD, description_of, found_concepts)
