"""对下联: a person's first line of a couplet is answered with the second."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.crafts.poem_zh import HAN, own_lines, theme_reader
from studio.errors import InvalidInput
from studio.requests import Constraint, Message, Sampling
from studio.verse.merit import chinese_merit
from studio.verse.parallel import parallel_verdicts, word_classes
from studio.verse.prefix import COUPLET, verse_prefix
from studio.verse.verdict import Verdict
from studio.verse.zh_check import check_regular, tone_text, verse_lines
from studio.verse.zh_form import answer_form
from studio.verse.zh_lexicon import Book, zh_lexicon
from studio.verse.zh_rule import RegularVerse
from studio.verse.zh_theme import verse_words

ANSWER = "对下联"
SHORTEST, LONGEST = 4, 14
"""Characters of a first line."""
_LABEL = re.compile(r"^\s*(?:上联|对联|出句)\s*[：:]?\s*")


@dataclass(frozen=True, slots=True)
class CoupletAnswer:
    """A first line, clause by clause, and what is asked of the second."""

    upper: tuple[str, ...]
    book: Book
    role: str = "verse"
    lang: str = "zh"

    @classmethod
    def of(cls, idea: str, book: Book) -> CoupletAnswer:
        """The answer to a first line ("上联：" before it is dropped).

        Raises InvalidInput unless the line has 4 to 14 Chinese characters.
        """
        clauses = verse_lines(_LABEL.sub("", idea))
        upper = tuple(han for clause in clauses if (han := "".join(HAN.findall(clause))))
        found = sum(map(len, upper))
        if not SHORTEST <= found <= LONGEST:
            raise InvalidInput(
                "text",
                f"A first line (上联) has {SHORTEST} to {LONGEST} Chinese characters; got {found}.",
                "Give just the line, for example 海阔凭鱼跃.",
                code="upper_line",
                least=SHORTEST,
                most=LONGEST,
                found=found,
            )
        return cls(upper, book)

    @property
    def prompt(self) -> str:
        theme = theme_reader().theme("".join(self.upper))
        return verse_prefix(COUPLET, theme) + "，".join(self.upper) + "，"

    @property
    def is_long(self) -> bool:
        """Whether fewer candidates are drawn of it."""
        return False

    def messages(self, *, tuned: bool) -> tuple[Message, ...]:  # noqa: ARG002
        """None: the verse model reads a prefix."""
        return ()

    @property
    def constraint(self) -> Constraint | None:
        form = answer_form(self._tones())
        return RegularVerse(form, book=self.book, said="".join(self.upper))

    def sampling(self, temperature: float) -> Sampling:
        length = sum(len(clause) + 1 for clause in self.upper) + 2
        return Sampling(temperature=temperature, top_p=0.92, max_tokens=length)

    def lines(self, text: str) -> tuple[str, ...]:
        """Both lines of the couplet, clause by clause."""
        return (*self.upper, *verse_lines(text))

    def text(self, lines: Sequence[str]) -> str:
        """The person's line, then the answer; clauses of a line on lines of their own."""
        count = len(self.upper)
        half = "，" * (count - 1)
        marks = half + ("；" if count > 1 else "，") + half + "。"
        return "\n".join(line + mark for line, mark in zip(lines, marks, strict=False))

    def verdicts(self, lines: Sequence[str]) -> tuple[Verdict, ...]:
        """The answer against the tones of the first line; its words against the first line's."""
        count = len(self.upper)
        answer = tuple(lines[count:])
        held = check_regular(answer, answer_form(self._tones()), zh_lexicon(), self.book)
        moved = tuple(_moved(each, count) for each in held)
        pairs = [(at, count + at) for at in range(min(count, len(answer)))]
        return (*moved, *parallel_verdicts(lines, pairs, word_classes()), own_lines(answer))

    def merit(self, lines: Sequence[str]) -> float:
        count = len(self.upper)
        answer = lines[count:]
        pairs = [(at, count + at) for at in range(min(count, len(answer)))]
        likeness = word_classes().mean_likeness(lines, pairs)
        return chinese_merit(answer, (), verse_words()) + 2 * likeness

    def title(self) -> str:
        return self.upper[0]

    def plan(self) -> Mapping[str, object]:
        return {"form": ANSWER, "upper": "，".join(self.upper), "rhyme_book": self.book}

    def _tones(self) -> tuple[str, ...]:
        lexicon = zh_lexicon()
        return tuple(tone_text(clause, lexicon, self.book) for clause in self.upper)


def _moved(verdict: Verdict, lines: int) -> Verdict:
    """A verdict on a line of the answer, numbered in the whole couplet."""
    at = verdict.line + lines if verdict.line else 0
    return Verdict(verdict.name, verdict.passed, at, verdict.facts)
