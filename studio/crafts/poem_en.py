"""An English poem to be written: its chat, its constraint, its verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.crafts.poetry_prompts import poem_messages
from studio.errors import InvalidInput
from studio.requests import Constraint, Message, Sampling
from studio.verse.en_check import check_measured
from studio.verse.en_form import EnForm, acrostic_form, en_form
from studio.verse.en_lexicon import en_lexicon
from studio.verse.en_rule import MeasuredVerse
from studio.verse.merit import english_merit
from studio.verse.verdict import Verdict
from studio.verse.word_pairs import word_pairs

FREE_VERSE = "free_verse"
FORMS = (
    "haiku",
    "couplet",
    "quatrain_abab",
    "quatrain_aabb",
    "limerick",
    "sonnet",
    "acrostic",
    FREE_VERSE,
)
MOST_LETTERS = 14
LONG_FORM_LINES = 12
TITLE_WORDS = 8


@dataclass(frozen=True, slots=True)
class EnglishPoem:
    """What the writer is asked, and how its answer is read."""

    name: str
    idea: str
    form: EnForm | None
    """None: free verse."""
    known_rhymes: bool = True
    """Whether only words of the dictionary may rhyme; else the spelling of others is heard."""
    role: str = "writer"
    lang: str = "en"

    @classmethod
    def of(cls, name: str, idea: str, *, known_rhymes: bool = True) -> EnglishPoem:
        """The poem for a form of `FORMS`. Raises InvalidInput: acrostic of no or many letters."""
        if name == FREE_VERSE:
            return cls(name, idea, None, known_rhymes)
        if name == "acrostic":
            return cls(name, idea, acrostic_form(acrostic_letters(idea)), known_rhymes)
        return cls(name, idea, en_form(name), known_rhymes)

    @property
    def is_long(self) -> bool:
        """Whether fewer candidates are drawn of it."""
        return self.form is not None and len(self.form.lines) > LONG_FORM_LINES

    @property
    def prompt(self) -> str:
        return ""

    def messages(self, *, tuned: bool) -> tuple[Message, ...]:
        """The chat; a writer `tuned` by an adapter is shown no example."""
        return poem_messages(self.name, self.idea, tuned=tuned)

    @property
    def constraint(self) -> Constraint | None:
        return None if self.form is None else MeasuredVerse(self.form)

    def sampling(self, temperature: float) -> Sampling:
        """A form ends itself, so its budget is only a bound; free verse ends at a sentence."""
        if self.form is None:
            return Sampling(
                temperature, top_p=0.95, max_tokens=160, grace_tokens=24, loop_guard=True,
                repetition_penalty=1.1,
            )  # fmt: skip
        syllables = sum(shape.high for shape in self.form.lines)
        bound = 3 * syllables + 4 * len(self.form.lines)
        return Sampling(temperature, top_p=0.95, max_tokens=bound, repetition_penalty=1.05)

    def lines(self, text: str) -> tuple[str, ...]:
        """The lines of a model's answer; free verse keeps its stanza breaks as empty lines."""
        lines = tuple(line.rstrip() for line in text.strip().splitlines())
        return lines if self.form is None else tuple(line for line in lines if line)

    def text(self, lines: Sequence[str]) -> str:
        return "\n".join(lines)

    def verdicts(self, lines: Sequence[str]) -> tuple[Verdict, ...]:
        if self.form is not None:
            return check_measured(lines, self.form, en_lexicon(), known_rhymes=self.known_rhymes)
        count = sum(bool(line) for line in lines)
        return (Verdict("line_count", count >= 3, 0, f"{count}"),)

    def merit(self, lines: Sequence[str]) -> float:
        return english_merit([line for line in lines if line], self.idea, word_pairs())

    def title(self) -> str:
        words = re.split(r"[.!?;\n]", self.idea.strip())[0].split()[:TITLE_WORDS]
        title = " ".join(words)
        return title[:1].upper() + title[1:]

    def plan(self) -> Mapping[str, object]:
        return {"form": self.name}


def acrostic_letters(idea: str) -> str:
    """The letters that open the lines. Raises InvalidInput unless they are 2 to 14."""
    letters = "".join(re.findall(r"[A-Za-z]", idea)).upper()
    if not 2 <= len(letters) <= MOST_LETTERS:
        raise InvalidInput(
            "text",
            f"An acrostic takes 2 to {MOST_LETTERS} letters, one a line; got {len(letters)}.",
            "Give just the word or name, for example STUDIO.",
            code="acrostic_letters",
            most=MOST_LETTERS,
            found=len(letters),
        )
    return letters
