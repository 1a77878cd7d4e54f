"""A key that shows itself to nobody by accident."""

from __future__ import annotations

import hmac


class Secret:
    """A password or an API key: `repr`, logs, recipes and error reports show three stars."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """The key itself, for the one place that sends it."""
        return self._value

    def matches(self, given: str) -> bool:
        """Whether this is the key, compared in constant time."""
        return hmac.compare_digest(self._value.encode(), given.encode())

    def hidden_in(self, text: str) -> str:
        """The text with the key starred out, should somebody have repeated it."""
        return text.replace(self._value, str(self)) if self._value else text

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "***" if self._value else ""
