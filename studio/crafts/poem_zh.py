"""A Chinese poem of a form to be written: its prompt, its constraint, its verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.errors import InvalidInput
from studio.requests import Constraint, Message, Sampling
from studio.verse.known_lines import known_lines
from studio.verse.merit import chinese_merit
from studio.verse.parallel import parallel_verdicts, word_classes
from studio.verse.prefix import REGULAR_FORMS, verse_prefix
from studio.verse.verdict import Verdict
from studio.verse.zh_check import check_regular, verse_lines
from studio.verse.zh_form import ZhForm, couplet_form, hidden_head_form, zh_form
from studio.verse.zh_lexicon import Book, zh_lexicon
from studio.verse.zh_rule import RegularVerse
from studio.verse.zh_theme import ThemeReader, verse_images, verse_words
from studio.verse.zh_tunes import tunes

HIDDEN_HEAD = "藏头诗"
TUNE = "词·"
COUPLETS: Mapping[str, int] = {"五言对联": 5, "七言对联": 7}
FORMS = (*REGULAR_FORMS, *COUPLETS, HIDDEN_HEAD, *(TUNE + name for name in tunes()))
MOST_HEADS = 8
SHORTEST_KNOWN = 5
"""A line as long as this counts as learned word for word; shorter ones are everybody's."""
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class ChinesePoem:
    """What the verse model is asked, and how its answer is read."""

    form: ZhForm
    idea: str
    theme: tuple[str, ...]
    book: Book
    openings: str = ""
    role: str = "verse"
    lang: str = "zh"

    @classmethod
    def of(cls, name: str, idea: str, book: Book) -> ChinesePoem:
        """The poem for a form of `FORMS` (a tune without 词· too) and an idea.

        Raises InvalidInput: no such form, or a 藏头诗 without 2 to 8 characters.
        """
        reader = theme_reader()
        if name == HIDDEN_HEAD:
            heads = hidden_heads(idea)
            return cls(hidden_head_form(len(heads)), heads, reader.theme(heads), book, heads)
        form = couplet_form(COUPLETS[name]) if name in COUPLETS else None
        return cls(form or zh_form(name.removeprefix(TUNE)), idea, reader.theme(idea), book)

    @property
    def prompt(self) -> str:
        return verse_prefix(self.form.symbol, self.theme)

    @property
    def is_long(self) -> bool:
        """Whether fewer candidates are drawn of it."""
        return False

    def messages(self, *, tuned: bool) -> tuple[Message, ...]:  # noqa: ARG002
        """None: the verse model reads a prefix."""
        return ()

    @property
    def constraint(self) -> Constraint | None:
        spoken = tuple(word for word in self.theme if len(word) == 2)[: self.form.lines // 2]
        return RegularVerse(self.form, self.openings, self.book, spoken)

    def sampling(self, temperature: float) -> Sampling:
        """Enough tokens for every character, mark and the end."""
        length = self.form.characters + self.form.lines + 2
        return Sampling(temperature=temperature, top_p=0.92, max_tokens=length)

    def lines(self, text: str) -> tuple[str, ...]:
        """The lines of a model's answer; a head the model does not know is set in its place."""
        lines = verse_lines(text)
        heads = self.openings.ljust(len(lines))
        return tuple(
            head + line[1:] if head.strip() else line
            for head, line in zip(heads, lines, strict=False)
        )

    def text(self, lines: Sequence[str]) -> str:
        """One line of verse a line, with its mark; the stanzas of a tune apart."""
        shown = [line + mark for line, mark in zip(lines, self.form.marks, strict=False)]
        starts = self.form.stanza_starts
        return "\n".join(("\n" if at in starts else "") + line for at, line in enumerate(shown))

    def verdicts(self, lines: Sequence[str]) -> tuple[Verdict, ...]:
        """The form line by line; the pairs; whether a line is word for word one it learned."""
        held = check_regular(lines, self.form, zh_lexicon(), self.book, self.openings)
        paired = parallel_verdicts(lines, self.form.pairs(), word_classes())
        return (*held, *paired, own_lines(lines))

    def merit(self, lines: Sequence[str]) -> float:
        pairs = self.form.pairs()
        likeness = word_classes().mean_likeness(lines, pairs) if pairs else 0.0
        return chinese_merit(lines, self.theme, verse_words()) + likeness

    def title(self) -> str:
        """The heads, the first clause of the idea when short, else its theme words; behind the
        name of a tune."""
        if self.openings:
            return self.openings
        clause = re.split(r"[，。！？；、,.!?;\s]", self.idea.strip())[0]
        named = clause if 0 < len(clause) <= 8 else "".join(self.theme[:2])
        if self.form.is_tune:
            return "·".join(each for each in (self.form.name, named) if each)
        return named or self.form.name

    def plan(self) -> Mapping[str, object]:
        """What was made of the idea, for the person to see."""
        return {"form": self.form.name, "theme": list(self.theme), "rhyme_book": self.book}


def theme_reader() -> ThemeReader:
    """Reads ideas with what the verse model knows."""
    return ThemeReader(zh_lexicon(), verse_words(), verse_images())


def own_lines(lines: Sequence[str]) -> Verdict:
    """Whether no line is word for word one the model learned; which ones are."""
    known = known_lines()
    learned = [
        str(number)
        for number, line in enumerate(lines, 1)
        if len(line) >= SHORTEST_KNOWN and line in known
    ]
    return Verdict("own_lines", not learned, 0, ", ".join(learned))


def hidden_heads(idea: str) -> str:
    """The characters that open the lines. Raises InvalidInput unless they are 2 to 8."""
    heads = "".join(HAN.findall(idea))
    if not 2 <= len(heads) <= MOST_HEADS:
        raise InvalidInput(
            "text",
            f"A 藏头诗 takes 2 to {MOST_HEADS} Chinese characters, one a line; got {len(heads)}.",
            "Give just the characters, for example 创意无限.",
            code="hidden_heads",
            most=MOST_HEADS,
            found=len(heads),
        )
    return heads
