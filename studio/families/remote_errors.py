"""What can go wrong with an endpoint, in plain words: never its address, never its key."""

from __future__ import annotations

from typing import Protocol

import httpx

from studio.errors import NotReady, StudioError

LONGEST_REASON = 240


class Refusal(Exception):
    """The endpoint answered with an error; `retry_after_s` when it said when to come back."""

    def __init__(self, status: int, reason: str = "", retry_after_s: float = 0.0) -> None:
        super().__init__(f"HTTP {status} {reason}".strip())
        self.status = status
        self.reason = reason
        self.retry_after_s = retry_after_s


class BrokenOff(Exception):
    """The endpoint stopped in the middle, or did not speak its language."""


class Named(Protocol):
    """An endpoint as a person knows it."""

    @property
    def card(self) -> str: ...

    @property
    def silence_s(self) -> float: ...

    def hidden(self, text: str) -> str:
        """The text without the key."""


def constraint_remote(card: str) -> StudioError:
    """A form that only constrained decoding keeps was asked of an endpoint."""
    return StudioError(
        f"{card} runs elsewhere, where the studio can not hold a form while it is written.",
        "Choose a writer on this machine for this form, or ask for free verse.",
        code="constraint_remote",
        card=card,
    )


def explained(error: Exception, endpoint: Named) -> StudioError:
    """The error as a sentence for the person."""
    card = endpoint.card
    match error:
        case StudioError():
            return error
        case Refusal():
            return _refused(error, card, endpoint.hidden(error.reason)[:LONGEST_REASON])
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return _down(card)
        case httpx.TimeoutException() | TimeoutError():
            return _silent(card, endpoint.silence_s)
        case _:
            return _broken(card)


def _refused(error: Refusal, card: str, reason: str) -> StudioError:
    if error.status in (401, 403):
        return NotReady(
            card,
            f"{card} does not accept the studio's key.",
            "Set STUDIO_ENDPOINT_KEY.",
            code="endpoint_key",
        )
    if error.status == 429:
        return StudioError(
            f"{card} is busy.", "Try again in a moment.", code="endpoint_busy", card=card
        )
    if 400 <= error.status < 500:
        return StudioError(
            f"{card} does not accept this request: {reason or error.status}.",
            code="endpoint_rejected",
            card=card,
            reason=reason or error.status,
        )
    return _failed(card, f"HTTP {error.status}")


def _down(card: str) -> NotReady:
    return NotReady(
        card,
        f"{card} can not be reached.",
        "See that its server runs and that STUDIO_ENDPOINT is right.",
        code="endpoint_down",
    )


def _silent(card: str, seconds: float) -> StudioError:
    return StudioError(
        f"{card} did not answer for {seconds:.0f} s.",
        "Try again, or raise STUDIO_ENDPOINT_TIMEOUT_S.",
        code="endpoint_timeout",
        card=card,
        seconds=round(seconds),
    )


def _broken(card: str) -> StudioError:
    return StudioError(
        f"{card} broke off in the middle of this request.",
        "Try again.",
        code="endpoint_broken",
        card=card,
    )


def _failed(card: str, reason: str) -> StudioError:
    return StudioError(
        f"{card} failed on this request ({reason}).",
        "Try again.",
        code="endpoint_failed",
        card=card,
        reason=reason,
    )
