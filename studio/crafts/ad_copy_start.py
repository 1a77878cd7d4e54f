"""What ad copy starts from: nothing, or an ad that is there and what shall become of it.

The form's hidden field `start` is JSON: {"verb": "rewrite" | "edit", "of": {"channel", "fields"}}.
It is part of the recipe, so every ad that was worked on can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.ads.channel import Channel
from studio.crafts.ad_kit import AdText
from studio.crafts.ad_start import rows_of
from studio.crafts.start_json import start_object, wrong_in_start
from studio.errors import InvalidInput

VERBS = ("rewrite", "edit")
"""`rewrite` keeps the locked texts and asks for the others; `edit` takes all as they are typed."""


@dataclass(frozen=True, slots=True)
class AdCopyStart:
    """The verb, "" for a fresh ad, and the texts of the ad it is about."""

    verb: str = ""
    rows: tuple[AdText, ...] = ()

    @property
    def kept(self) -> tuple[AdText, ...]:
        """The texts that stay: of an edit all, of a rewrite the locked ones."""
        return tuple(each for each in self.rows if each.locked or not self.writes)

    @property
    def writes(self) -> bool:
        """Whether the writer is asked."""
        return self.verb != "edit"

    @classmethod
    def read(cls, text: str, channel: Channel) -> AdCopyStart:
        """The start of a form; an empty one for "". Raises InvalidInput("start"): for a text over
        its limit with its `name`, `used` and `limit`."""
        if not text.strip():
            return cls()
        given = start_object(text, code="ad_start")
        verb, of = given.get("verb"), given.get("of")
        if verb not in VERBS:
            raise wrong_in_start("verb", verb, ", ".join(VERBS))
        if set(given) != {"verb", "of"} or not isinstance(of, Mapping):
            raise wrong_in_start("start", ", ".join(map(str, given)), "verb, of")
        if of.get("channel") != channel.name:
            raise wrong_in_start("channel", of.get("channel"), channel.name)
        fields = of.get("fields")
        if verb == "rewrite" and isinstance(fields, list):
            # What is written anew may be too long now; only what stays must fit.
            fields = [row for row in fields if not isinstance(row, Mapping) or row.get("locked")]
        return cls(str(verb), _within_count(channel, rows_of(channel, fields)))


def _within_count(channel: Channel, rows: tuple[AdText, ...]) -> tuple[AdText, ...]:
    for field in channel.fields:
        count = sum(each.name == field.name for each in rows)
        if count > field.most:
            raise InvalidInput(
                "start",
                f"There are {count} of {field.name}; the channel takes {field.most}.",
                "Leave some out.",
                code="ad_too_many",
                name=field.name,
                used=count,
                limit=field.most,
            )
    return rows
