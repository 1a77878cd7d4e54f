"""A piece of a manuscript that is worked on, and how a result is put back into its place."""

from __future__ import annotations

from dataclasses import dataclass

_TAIL = 24
"""Characters at the end of a source by which a continuation of it is found again."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands before the piece, the piece, what stands after it."""

    before: str
    text: str
    after: str

    @property
    def whole(self) -> str:
        return self.before + self.text + self.after

    def trimmed(self) -> Passage:
        """White space at the piece's ends belongs to what stands around it."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip()) if self.text.strip() else left
        return Passage(
            self.before + self.text[:left],
            self.text[left:right],
            self.text[right:] + self.after,
        )

    def within_reach(self, most: int) -> Passage:
        """The piece's last `most` characters at most, cut where a sentence or a line begins."""
        if len(self.text) <= most:
            return self
        cut = len(self.text) - most
        starts = (self.text.find(mark, cut) for mark in ("\n", "。", "！", "？", ". ", "! ", "? "))
        start = min((each for each in starts if each != -1), default=cut - 1) + 1
        if not self.text[start:].strip():
            start = cut
        return Passage(self.before + self.text[:start], self.text[start:], self.after)

    def replaced(self, piece: str) -> Passage:
        """The same place with another piece; a space where two words would touch."""
        touching = bool(piece) and bool(self.after)
        if touching and _needs_space(piece[-1], self.after[0]):
            return Passage(self.before, piece, " " + self.after)
        return Passage(self.before, piece, self.after)


def continuation(source: str, text: str) -> str:
    """What `text` adds after `source`, which it begins with (but for white space); "" for nothing.

    A model's answer is tidied on its way; the person's own words must stay as they are. So only
    what comes after them is taken.
    """
    at = _end_of(source, text)
    if at is None:
        tail = source.strip()[-_TAIL:]
        found = text.rfind(tail)
        at = found + len(tail) if tail and found != -1 else 0
    added = text[at:]
    if not added.strip():
        return ""
    return added if _opens_well(source, added) else " " + added


def _end_of(source: str, text: str) -> int | None:
    """Where in `text` the letters of `source` end, white space left aside; None if they differ."""
    at = 0
    for letter in source:
        if letter.isspace():
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != letter:
            return None
        at += 1
    return at


def _opens_well(source: str, added: str) -> bool:
    return not source or not _needs_space(source[-1], added[0])


def _needs_space(left: str, right: str) -> bool:
    """Between a letter or a closing mark and a letter of an alphabet."""
    if left.isspace() or right.isspace() or _is_han(left) or _is_han(right):
        return False
    return (left.isalnum() or left in '.,;:!?”"’)…') and (right.isalnum() or right in '“"‘(')


def _is_han(letter: str) -> bool:
    return "\u2e80" <= letter <= "\u9fff" or "\u3000" <= letter <= "\u303f" or letter >= "\uff00"
