"""Everything the studio can say no with.

    StudioError                 shown to the person, in their language
    ├── InvalidInput(field)     a field of the form is wrong; names the field
    ├── NotReady(card)          the model that is needed is not here; the hint says how to get it
    ├── Busy(position)          the queue is full
    ├── OutOfMemory(need, have) a card does not fit the device's budget (bytes)
    ├── ModelFailed(request_id) the model failed on this request; others go on
    └── Refused(rule)           a safety rule was met; names the rule
    Cancelled                   control flow, never shown: the person stopped it
    DeadlineExceeded            a StudioError: the request waited longer than it was allowed to

`code` and `facts` let the edge say it in the person's language: `error.<code>` in the locale
files is a sentence with the facts as placeholders. `message` is that sentence in English.
"""

from __future__ import annotations


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
    """The queue is full; `position` is the place the request would have had."""

    code = "busy"

    def __init__(self, position: int) -> None:
        super().__init__(
            f"The studio is busy: {position} requests are waiting.",
            "Try again in a moment.",
            position=position,
        )
        self.position = position


class OutOfMemory(StudioError):
    """`need` bytes do not fit the `have` bytes of the budget."""

    code = "out_of_memory"

    def __init__(self, need: int, have: int) -> None:
        super().__init__(
            f"This needs {need / 1e6:.0f} MB and {have / 1e6:.0f} MB are free.",
            "Ask for less at once, or raise STUDIO_BUDGET_MB.",
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
        )
        self.request_id = request_id


class Refused(StudioError):
    """A safety rule was met."""

    code = "refused"

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint, rule=rule)
        self.rule = rule


class DeadlineExceeded(StudioError):
    """The request waited longer than its deadline."""

    code = "deadline"

    def __init__(self, waited_s: float) -> None:
        super().__init__(
            f"This waited {waited_s:.0f} s, longer than allowed.",
            "Try again.",
            waited_s=round(waited_s),
        )


class Cancelled(Exception):
    """The person stopped it. Never shown."""
