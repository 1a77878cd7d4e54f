"""One form for every line of the log, `text` or `json`, the server's own lines too.

A line says what happened (`http`, `request`, `load`, ...) and facts about it. Facts are names,
numbers and ids: never what a person wrote, a key or the body of a request.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import IO

from studio.telemetry.request_id import current_request_id

TOLD = ("studio", "uvicorn")
"""Whose lines are shown from the level that was asked for; of all others, warnings."""

SERVERS_OWN = ("uvicorn", "uvicorn.error", "uvicorn.access")
"""Loggers that the server would give handlers of their own."""


def tell(
    logger: logging.Logger, happened: str, facts: Mapping[str, object], level: int = logging.INFO
) -> None:
    """Write one line about what happened."""
    if logger.isEnabledFor(level):
        logger.log(level, happened, extra={"facts": facts})


def open_log(form: str, level: str, stream: IO[str] | None = None) -> None:
    """Send every line to `stream` (standard error) in this form, from this level on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in SERVERS_OWN:
        own = logging.getLogger(name)
        own.handlers.clear()
        own.propagate = True
        own.setLevel(logging.NOTSET)
    for name in TOLD:
        logging.getLogger(name).setLevel(level.upper())


class TextLines(logging.Formatter):
    """`2026-11-23T09:15:02.118Z INFO studio.engine request card=lm/verse total_ms=812`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback when there is one."""
        facts = (f"{name}={_bare(value)}" for name, value in _facts(record).items())
        head = (_moment(record), record.levelname, record.name, _one_line(record.getMessage()))
        line = " ".join((*head, *facts))
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, event, the facts, and `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told: dict[str, object] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def _facts(record: logging.LogRecord) -> Mapping[str, object]:
    """The facts of the line; the request's id among them, when there is one."""
    facts: Mapping[str, object] = getattr(record, "facts", {})
    known = current_request_id()
    if known and "request_id" not in facts:
        facts = {"request_id": known, **facts}
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _bare(value: object) -> str:
    """As it is when it is one plain word, else quoted: a value can not end its line."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    plain = text.isprintable() and not any(each in text for each in ' "=')
    return text if plain else json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return text if text.isprintable() else json.dumps(text, ensure_ascii=False)[1:-1]
