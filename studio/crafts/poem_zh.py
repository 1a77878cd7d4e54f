"""A Chinese poem to be written: its prompt, its constraint, its verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.errors import InvalidInput
from studio.requests import Constraint, Message, Sampling
from studio.verse.known_lines import known_lines
from studio.verse.merit import chinese_merit
from studio.verse.prefix import verse_prefix
from studio.verse.verdict import Verdict
from studio.verse.zh_check import check_regular, verse_lines
from studio.verse.zh_form import ZhForm, hidden_head_form, zh_form
from studio.verse.zh_lexicon import Book, zh_lexicon
from studio.verse.zh_rule import RegularVerse
from studio.verse.zh_theme import ThemeReader, verse_images, verse_words

HIDDEN_HEAD = "藏头诗"
FORMS = ("五言绝句", "七言绝句", "五言律诗", "七言律诗", "词·浣溪沙", HIDDEN_HEAD)
MOST_HEADS = 8
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
        """The poem for a form of `FORMS` (浣溪沙 without 词· too) and an idea.

        Raises InvalidInput: no such form, or a 藏头诗 without 2 to 8 characters.
        """
        reader = ThemeReader(zh_lexicon(), verse_words(), verse_images())
        if name == HIDDEN_HEAD:
            heads = hidden_heads(idea)
            return cls(hidden_head_form(len(heads)), heads, reader.theme(heads), book, heads)
        return cls(zh_form(name.removeprefix("词·")), idea, reader.theme(idea), book)

    @property
    def prompt(self) -> str:
        return verse_prefix(self.form.symbol, self.theme)

    @property
    def messages(self) -> tuple[Message, ...]:
        return ()

    @property
    def constraint(self) -> Constraint | None:
        spoken = tuple(word for word in self.theme if len(word) == 2)[: self.form.lines // 2]
        return RegularVerse(self.form, self.openings, self.book, spoken)

    def sampling(self, temperature: float) -> Sampling:
        """Enough tokens for every character, mark and the end."""
        length = self.form.lines * (self.form.width + 1) + 2
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
        """One line of verse a line, with its mark; 浣溪沙 in two stanzas."""
        marks = "。。。，。。" if self.form.name == "浣溪沙" else self.form.marks
        shown = [line + mark for line, mark in zip(lines, marks, strict=False)]
        if self.form.name == "浣溪沙" and len(shown) > 3:
            shown.insert(3, "")
        return "\n".join(shown)

    def verdicts(self, lines: Sequence[str]) -> tuple[Verdict, ...]:
        """The form line by line; then whether a line is word for word one the model learned."""
        held = check_regular(lines, self.form, zh_lexicon(), self.book, self.openings)
        learned = [str(number) for number, line in enumerate(lines, 1) if line in known_lines()]
        return (*held, Verdict("own_lines", not learned, 0, ", ".join(learned)))

    def merit(self, lines: Sequence[str]) -> float:
        return chinese_merit(lines, self.theme, verse_words())

    def title(self) -> str:
        """The heads, the first clause of the idea when short, else its theme words."""
        if self.openings:
            return self.openings
        clause = re.split(r"[，。！？；、,.!?;\s]", self.idea.strip())[0]
        return clause if 0 < len(clause) <= 8 else "".join(self.theme[:2]) or self.form.name

    def plan(self) -> Mapping[str, object]:
        """What was made of the idea, for the person to see."""
        return {"form": self.form.name, "theme": list(self.theme), "rhyme_book": self.book}


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
