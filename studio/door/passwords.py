"""Passwords as they may stand in a file: scrypt, RFC 7914."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

COST, BLOCK, PARALLEL = 2**14, 8, 5
"""16 MB and about a fifth of a second: one of the equal settings of OWASP's cheat sheet."""
LENGTH, SALT_BYTES = 32, 16
MARK = "scrypt$"
_MOST_COST, _MOST_BLOCK, _MOST_PARALLEL = 2**17, 16, 16


def hashed(password: str) -> str:
    """`scrypt$cost$block$parallel$salt$hash`, with a salt of its own."""
    salt = os.urandom(SALT_BYTES)
    found = _scrypt(password, salt, COST, BLOCK, PARALLEL)
    return f"{MARK}{COST}${BLOCK}${PARALLEL}${_text(salt)}${_text(found)}"


def fits(stored: str, given: str) -> bool:
    """Whether the password is the stored one, hashed or plain; compared in constant time."""
    if not stored.startswith(MARK):
        return hmac.compare_digest(_digest(stored), _digest(given))
    cost, block, parallel, salt, wanted = _parts(stored)
    return hmac.compare_digest(_scrypt(given, salt, cost, block, parallel), wanted)


def readable(stored: str) -> bool:
    """Whether a stored password is plain, or a hash that `fits` can read."""
    try:
        if stored.startswith(MARK):
            _parts(stored)
    except ValueError:
        return False
    return bool(stored)


def _parts(stored: str) -> tuple[int, int, int, bytes, bytes]:
    """Raises ValueError for what is none of ours."""
    cost, block, parallel, salt, wanted = stored.removeprefix(MARK).split("$")
    numbers = int(cost), int(block), int(parallel)
    bounds = zip(numbers, (_MOST_COST, _MOST_BLOCK, _MOST_PARALLEL), strict=True)
    if not all(0 < number <= most for number, most in bounds) or numbers[0] & (numbers[0] - 1):
        raise ValueError(stored)
    return *numbers, base64.b64decode(salt), base64.b64decode(wanted)


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    memory = 256 * cost * block
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=memory, dklen=LENGTH
    )


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode()).digest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
