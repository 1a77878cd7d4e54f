"""One campaign over several channels: a pool of lines is written once, and every channel takes what
fits its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.ads.banner_copy import BannerCopy
from studio.ads.channel import AdField, Channel
from studio.ads.diversity import diversity
from studio.ads.phrases import AdBrief
from studio.crafts.ad_kit import AdText, Candidate, checks_of, kit_of, wanted
from studio.crafts.ad_prompts import LONG_ANGLES, SHORT_ANGLES, Line, is_short, request_of
from studio.crafts.banner_words import banner_words
from studio.crafts.craft import Check
from studio.requests import Completion, Request

POOL: tuple[tuple[AdField, int], ...] = (
    (AdField("headline", 30, "double_width", 0, 15), 10),
    (AdField("slogan", 40, "double_width", 0, 2), 3),
    (AdField("description", 90, "double_width", 0, 8), 6),
    (AdField("primary_text", 125, "plain", 0, 5), 5),
    (AdField("body", 280, "plain", 0, 4), 3),
)
"""What is asked for, and how many lines of each: the narrowest limits of their kind, so that a
line of the pool fits every channel."""
_MIDDLING = 100


@dataclass(frozen=True, slots=True)
class Campaign:
    """A brief, the channels it runs in, and the texts that stay."""

    brief: AdBrief
    channels: tuple[Channel, ...]
    locked: Mapping[str, tuple[AdText, ...]] = field(default_factory=lambda: MappingProxyType({}))
    trusted: bool = False
    """Whether the writer is large enough to say things in words of its own."""

    def lines(self) -> tuple[Line, ...]:
        """What the writer is asked, the same for the same brief; nothing for fields whose texts are
        all locked."""
        found: list[Line] = []
        for kind, count in POOL:
            if not self._is_open(kind):
                continue
            angles = SHORT_ANGLES if is_short(kind) else LONG_ANGLES
            for at in range(count):
                point = self.brief.points[at % len(self.brief.points)]
                found.append(Line(kind, angles[at % len(angles)], point))
        return tuple(found)

    def requests(
        self, card: str, adapter: str | None, seed: int, temperature: float
    ) -> tuple[Request, ...]:
        """One small request a line; all of them share a batch."""
        return tuple(
            request_of(line, self.brief, (card, adapter), seed + number, temperature)
            for number, line in enumerate(self.lines())
        )

    def kits(self, completions: Sequence[Completion]) -> Mapping[str, tuple[AdText, ...]]:
        """Channel -> its texts: the locked ones first, then what the pool holds for each field."""
        pool = [(line, done.text) for line, done in zip(self.lines(), completions, strict=True)]
        return {each.name: self._kit(each, pool) for each in self.channels}

    def checks(self, channel: Channel, texts: Sequence[AdText]) -> tuple[Check, ...]:
        """Every rule of the channel over its texts."""
        return checks_of(channel, self.brief, texts)

    def diversity(self, texts: Sequence[str]) -> float:
        """How different the texts are from each other, 0 to 1."""
        return diversity(texts)

    def preview(self, texts: Sequence[str]) -> str:
        """The lines as they come."""
        return "\n".join(text.strip() for text in texts if text.strip())

    def banner_copy(self, kits: Mapping[str, tuple[AdText, ...]]) -> BannerCopy:
        """The words of a banner."""
        return banner_words(self.brief, kits)

    def _is_open(self, kind: AdField) -> bool:
        """Whether a channel has a field that wants such lines and room for one."""
        return any(
            _suits(kind, each)
            and sum(row.name == each.name for row in self.locked.get(channel.name, ()))
            < wanted(each)
            for channel in self.channels
            for each in channel.fields
        )

    def _kit(self, channel: Channel, pool: Sequence[tuple[Line, str]]) -> tuple[AdText, ...]:
        kept = self.locked.get(channel.name, ())
        candidates = [
            Candidate(each.name, line.angle, text)
            for each in channel.fields
            for line, text in pool
            if _suits(line.field, each)
        ]
        return kit_of(channel, self.brief, candidates, trusted=self.trusted, locked=kept)


def _suits(line: AdField, wanted: AdField) -> bool:
    """Whether lines of a kind are what a field wants."""
    if wanted.name == "slogan" or line.name == "slogan":
        return line.name == wanted.name
    if wanted.name in ("hashtag", "cta", "path", "business_name"):
        return False
    if is_short(wanted):
        return line.name == "headline"
    if wanted.limit <= _MIDDLING:
        return line.name == "description"
    if wanted.name == "body":
        return line.name in ("body", "primary_text")
    return line.name in ("primary_text", "description")
