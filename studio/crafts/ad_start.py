"""Rows of ad texts that came back from the page, read strictly and counted anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.ads.channel import Channel
from studio.crafts.ad_kit import AdText
from studio.errors import InvalidInput

MOST_ROWS = 120


def rows_of(channel: Channel, given: object) -> tuple[AdText, ...]:
    """The texts of one channel. Raises InvalidInput("start") for what is no row, or one over its
    limit: with `name`, `used` and `limit`."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST_ROWS:
        raise _bad_row(channel.name)
    return tuple(_row(channel, each) for each in given)


def _row(channel: Channel, given: object) -> AdText:
    names = {field.name: field for field in channel.fields}
    if not isinstance(given, Mapping) or given.get("name") not in names:
        raise _bad_row(channel.name)
    text = given.get("text")
    if not isinstance(text, str):
        raise _bad_row(channel.name)
    field = names[str(given["name"])]
    used = field.used(text)
    if not field.fits(text):
        raise InvalidInput(
            "start",
            f"{field.name} takes {used} of {field.limit}.",
            "Shorten it.",
            code="ad_over_limit",
            name=field.name,
            used=used,
            limit=field.limit,
        )
    angle, by = str(given.get("angle", "")), str(given.get("by", "person"))
    return AdText(field.name, text, used, field.limit, angle, by, bool(given.get("locked")))


def _bad_row(channel: str) -> InvalidInput:
    return InvalidInput("start", f"This is no copy for {channel}.", code="ad_row", channel=channel)
