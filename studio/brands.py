"""A person's brand cards: saved as versions, brought back, exported, started from a picture."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from studio.ads.brand import Brand
from studio.history.brand_rows import BrandRecord, BrandRows
from studio.render.logo import Logo, logo_image, read_logo
from studio.render.picture_encoding import opaque
from studio.requests import Picture


@dataclass(frozen=True, slots=True)
class BrandVersion:
    """One line of a list: a card's version, and when it was saved (ISO 8601, UTC)."""

    brand: Brand
    created: str


class Brands:
    """Cards of each person alone. Safe from any thread; call it through `asyncio.to_thread`."""

    def __init__(self, rows: BrandRows, check: Callable[[Picture], None]) -> None:
        """`check` looks at a logo before it is kept, and raises Refused."""
        self._rows = rows
        self._check = check

    def save(self, given: Brand | Mapping[str, Any] | str, user: str) -> Brand:
        """The next version of the card whose id it has; a card of an unknown id is a new one.

        Raises InvalidInput for what is no card, Refused for a logo that meets the filter's rule.
        """
        brand = Brand.read(given.as_dict() if isinstance(given, Brand) else given)
        if brand.logo:
            self._check(_picture(brand.logo))
        body = replace(brand, id="", version=0).as_dict()
        return _brand(self._rows.save(user, brand.name, body, brand.id))

    def latest(self, user: str) -> tuple[BrandVersion, ...]:
        """The newest version of each card, the last saved first."""
        return tuple(_version(each) for each in self._rows.latest(user))

    def one(self, card: str, user: str, version: int = 0) -> Brand:
        """A version of a card, 0 for the newest. Raises InvalidInput when there is none."""
        return _brand(self._rows.one(user, card, version))

    def versions(self, card: str, user: str) -> tuple[BrandVersion, ...]:
        """Every version of a card, the newest first. Raises InvalidInput for no such card."""
        self._rows.one(user, card)
        return tuple(_version(each) for each in self._rows.versions(user, card))

    def restore(self, card: str, version: int, user: str) -> Brand:
        """An old version as the newest; those between stay. Raises InvalidInput."""
        return self.save(self.one(card, user, version), user)

    def delete(self, card: str, user: str) -> None:
        """Forget a card with all its versions. Raises InvalidInput when there is none."""
        self._rows.delete(user, card)

    def look(self, content: bytes) -> Logo:
        """What an uploaded logo or picture gives to a card: its colours and itself, small.

        Raises InvalidInput("file") for what is no picture, Refused by the filter's rule.
        """
        logo = read_logo(content)
        self._check(_picture(logo.png))
        return logo


def exported(brand: Brand) -> bytes:
    """The card as a JSON file: what `Brand.read` takes, without its place in the studio."""
    body = replace(brand, id="", version=0).as_dict()
    kept = {name: value for name, value in body.items() if name not in ("id", "version")}
    return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode()


def _brand(record: BrandRecord) -> Brand:
    return replace(Brand.read(record.body), id=record.id, version=record.version)


def _version(record: BrandRecord) -> BrandVersion:
    return BrandVersion(_brand(record), record.created)


def _picture(logo: str) -> Picture:
    shown = opaque(logo_image(logo))
    return Picture(shown.width, shown.height, shown.tobytes())
