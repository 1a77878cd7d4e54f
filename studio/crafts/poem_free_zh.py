"""Free Chinese verse (现代诗): written by the bilingual writer, not by the verse model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.crafts.poetry_prompts import chinese_poem_messages
from studio.requests import Constraint, Message, Sampling
from studio.verse.verdict import Verdict

MODERN = "现代诗"
FORMS = (MODERN,)
FEWEST_LINES = 3
LONGEST_LINE = 30
"""Characters: what is longer is prose."""


@dataclass(frozen=True, slots=True)
class FreeChinesePoem:
    """What the writer is asked, and how its answer is read."""

    idea: str
    name: str = MODERN
    role: str = "writer"
    lang: str = "zh"

    @property
    def prompt(self) -> str:
        return ""

    @property
    def is_long(self) -> bool:
        """Whether fewer candidates are drawn of it."""
        return False

    def messages(self, *, tuned: bool) -> tuple[Message, ...]:  # noqa: ARG002
        """The chat; it shows no example either way."""
        return chinese_poem_messages(self.name, self.idea)

    @property
    def constraint(self) -> Constraint | None:
        return None

    def sampling(self, temperature: float) -> Sampling:
        return Sampling(
            temperature, top_p=0.92, max_tokens=160, grace_tokens=32, loop_guard=True,
            repetition_penalty=1.1,
        )  # fmt: skip

    def lines(self, text: str) -> tuple[str, ...]:
        """The lines of the answer; stanza breaks stay as empty lines."""
        return tuple(line.strip() for line in text.strip().splitlines())

    def text(self, lines: Sequence[str]) -> str:
        return "\n".join(lines)

    def verdicts(self, lines: Sequence[str]) -> tuple[Verdict, ...]:
        """Whether it has lines of verse, and none as long as prose."""
        said = [line for line in lines if line]
        longest = max(map(len, said), default=0)
        return (
            Verdict("line_count", len(said) >= FEWEST_LINES, 0, f"{len(said)}"),
            Verdict("verse_lines", longest <= LONGEST_LINE, 0, f"{longest}/{LONGEST_LINE}"),
        )

    def merit(self, lines: Sequence[str]) -> float:
        """The idea's characters met, less lines said twice."""
        said = [line for line in lines if line]
        whole = "".join(said)
        wanted = {each for each in self.idea if each.isalnum()}
        met = len(wanted & set(whole)) / max(1, len(wanted))
        return met - (len(said) - len(set(said))) / max(1, len(said))

    def title(self) -> str:
        return self.idea.strip()[:12]

    def plan(self) -> Mapping[str, object]:
        return {"form": self.name}
