"""Whether a password is right, asked not too often."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
from collections import OrderedDict

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from studio.door.accounts import LONGEST_NAME, Accounts
from studio.errors import StudioError

FOR_A_NAME = "10/5minutes"
FOR_AN_ADDRESS = "200/5minutes"
"""A whole workshop may sit behind one address."""
WAIT_S = 300
MOST_REMEMBERED = 1000


class PasswordCheck:
    """Counts every try before it is looked at, by name with address and by address."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._of_name, self._of_address = parse(FOR_A_NAME), parse(FOR_AN_ADDRESS)
        self._right: OrderedDict[bytes, str] = OrderedDict()

    async def lets_in(self, name: str, password: str, host: str) -> bool:
        """Whether the password is the name's. Raises StudioError `too_many_attempts`."""
        known = name if self._accounts.knows(name) else "nobody"
        free = self._limiter.hit(self._of_address, "address", host)
        if not free or not self._limiter.hit(self._of_name, known[:LONGEST_NAME], host):
            raise StudioError(
                "Too many passwords were tried.", "Wait five minutes.", code="too_many_attempts"
            )
        return await asyncio.to_thread(self._accounts.lets_in, name, password)

    async def of_basic(self, word: str, host: str) -> str | None:
        """The name in the word of Basic auth (RFC 7617), when its password is right.

        What was right is remembered as a hash, since a program sends it with every request.
        """
        mark = hashlib.sha256(word.encode()).digest()
        if mark in self._right:
            return self._right[mark]
        try:
            name, _, password = base64.b64decode(word, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        if not await self.lets_in(name, password, host):
            return None
        self._right[mark] = name
        if len(self._right) > MOST_REMEMBERED:
            self._right.popitem(last=False)
        return name
