"""Everything the studio can say no with.

    StudioError                 shown to the person, in their language
    ├── InvalidInput(field)     a field of the form is wrong; names the field
    ├── NotReady(card)          the model that is needed is not here; the hint says how to get it
    ├── Busy(position)          the queue is full, or a person's share of it
    ├── OutOfMemory(need, have) a card does not fit the device's budget (bytes)
    ├── ModelFailed(request_id) the model failed on this request; others go on
    ├── StorageFailed           the disk does not take it; what was made stays on the page
    └── Refused(rule)           a safety rule was met; names the rule
    Cancelled                   control flow, never shown: the person stopped it
    DeadlineExceeded            a StudioError: the request waited longer than it was allowed to

`code` and `facts` let the edge say it in the person's language: `error.<code>` in the locale
files is a sentence with the facts as placeholders. `message` is that sentence in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class StudioError(Exception):
    """A sentence for the person and a hint what to do about it."""

    code = "studio"

    def __init__(self, message: str, hint: str = "", *, code: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or type(self).code
        self.facts = facts


class InvalidInput(StudioError):
    """A field of the form can not be used as it is."""

    code = "invalid_input"

    def __init__(
        self, field: str, message: str, hint: str = "", *, code: str = "", **facts: object
    ) -> None:
        super().__init__(message, hint, code=code, field=field, **facts)
        self.field = field


class NotReady(StudioError):
    """The card that is needed is not installed or not loaded."""

    code = "not_ready"

    def __init__(
        self, card: str, message: str, hint: str = "", *, code: str = "", **facts: object
    ) -> None:
        super().__init__(message, hint, code=code, card=card, **facts)
        self.card = card


class Busy(StudioError):
    """The queue is full (code "busy"), or full of this person's own requests ("busy_user");
    `position` is how many wait, `retry_s` after how many seconds there is room, about."""

    code = "busy"

    def __init__(self, position: int, *, code: str = "busy", retry_s: float = 5.0) -> None:
        retry_s = max(1.0, retry_s)
        super().__init__(
            _BUSY[code].format(position=position),
            "Try again in a moment.",
            code=code,
            position=position,
            retry_s=round(retry_s),
        )
        self.position = position
        self.retry_s = retry_s


_BUSY: Mapping[str, str] = MappingProxyType(
    {
        "busy": "The studio is busy: {position} requests are waiting.",
        "busy_user": "You have {position} requests waiting. Let some of them finish first.",
    }
)


class OutOfMemory(StudioError):
    """`need` bytes do not fit the `have` bytes of the budget."""

    code = "out_of_memory"

    def __init__(self, need: int, have: int) -> None:
        super().__init__(
            f"This needs {need / 1e6:.0f} MB and {have / 1e6:.0f} MB are free.",
            "Ask for less at once, or raise STUDIO_MEMORY_BUDGET.",
            need_mb=round(need / 1e6),
            have_mb=round(have / 1e6),
        )
        self.need = need
        self.have = have


class ModelFailed(StudioError):
    """The model failed on this one request."""

    code = "model_failed"

    def __init__(self, request_id: str, reason: str = "") -> None:
        super().__init__(
            f"The model failed on this request. {reason}".strip(),
            "Try another seed.",
            reason=reason,
            request_id=request_id,
        )
        self.request_id = request_id


class StorageFailed(StudioError):
    """The disk does not take or give what the studio keeps; `code` is one of "disk_full",
    "disk_read_only", "disk_failed" and "history_damaged"."""

    code = "disk_failed"

    def __init__(self, code: str = "disk_failed") -> None:
        message, hint = _STORAGE[code]
        super().__init__(message, hint, code=code)


_STORAGE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "disk_full": (
            "The disk is full: this could not be kept.",
            "What was made is still on the page: copy it, make room on the disk, and try again.",
        ),
        "disk_read_only": (
            "The studio's data folder can not be written.",
            "What was just made is still on the page: copy it. STUDIO_DATA_DIR names the folder.",
        ),
        "disk_failed": (
            "The disk did not take this, and it could not be kept.",
            "What was made is still on the page: copy it, and see that the disk is well.",
        ),
        "history_damaged": (
            "The file of the history is damaged and can not be read.",
            "Put a copy of it back, or move it away to begin a new history.",
        ),
    }
)


class Refused(StudioError):
    """A safety rule was met."""

    code = "refused"

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint, rule=rule)
        self.rule = rule


class DeadlineExceeded(StudioError):
    """The request waited longer than its deadline (code "deadline"), or ran longer without
    anything that could be kept ("run_deadline")."""

    code = "deadline"

    def __init__(self, waited_s: float, *, code: str = "deadline") -> None:
        verb = "waited" if code == "deadline" else "ran for"
        hint = "Try again." if code == "deadline" else "Ask for less at once."
        super().__init__(
            f"This {verb} {waited_s:.0f} s, longer than allowed.",
            hint,
            code=code,
            waited_s=round(waited_s),
        )


class Cancelled(Exception):
    """The person stopped it. Never shown."""
