"""The log as whoever reads it finds it: a line for each thing, one id for what belongs together."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from studio.telemetry.logs import open_log, tell
from studio.telemetry.request_id import (
    carried,
    current_request_id,
    some_request,
    taken_request_id,
)

logger = logging.getLogger("studio.test")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What would be on standard error; the loggers are as before afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    before = (root.handlers[:], root.level)
    levels = {name: logging.getLogger(name).level for name in ("studio", "uvicorn")}
    yield stream
    root.handlers[:], _ = before
    root.setLevel(before[1])
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_line_of_json_is_one_object(log: io.StringIO) -> None:
    open_log("json", "info", log)
    with carried("abc-12345678"):
        tell(logger, "load", {"card": "lm/verse", "load_ms": 12.5, "adapter": ""})
    told = json.loads(log.getvalue())
    assert told["event"] == "load"
    assert (told["request_id"], told["card"], told["load_ms"]) == ("abc-12345678", "lm/verse", 12.5)
    assert told["time"].endswith("Z")
    assert "adapter" not in told


def test_a_line_of_text_can_not_be_forged(log: io.StringIO) -> None:
    open_log("text", "info", log)
    tell(logger, "load", {"card": "a b\n2026 ERROR forged"})
    logger.warning("two\nlines")
    first, second = log.getvalue().splitlines()
    assert first.endswith('card="a b\\n2026 ERROR forged"')
    assert second.endswith("two\\nlines")


def test_the_servers_lines_have_the_same_form_and_libraries_are_quiet(log: io.StringIO) -> None:
    open_log("json", "info", log)
    logging.getLogger("uvicorn.error").info("started")
    logging.getLogger("httpx").info("GET http://127.0.0.1/secret")
    tell(logger, "detail", {}, logging.DEBUG)
    (line,) = log.getvalue().splitlines()
    assert json.loads(line)["logger"] == "uvicorn.error"


def test_a_failure_keeps_its_traceback_in_one_json_line(log: io.StringIO) -> None:
    open_log("json", "error", log)
    try:
        raise ValueError("bad weights")
    except ValueError:
        logger.exception("failed")
    assert "ValueError: bad weights" in json.loads(log.getvalue())["exception"]


@pytest.mark.parametrize(
    "sent", [None, "", "short", "with space 1", "a" * 65, "-leading-dash", "é" * 9]
)
def test_an_id_that_is_not_well_formed_is_replaced(sent: str | None) -> None:
    taken = taken_request_id(sent)
    assert taken != sent
    assert len(taken) == 12


def test_an_id_is_carried_and_given_back() -> None:
    assert taken_request_id("trace.01-abc_DEF") == "trace.01-abc_DEF"
    with carried("outer-id-1"), some_request() as inner:
        assert inner == current_request_id() == "outer-id-1"
    assert current_request_id() == ""
    with some_request() as made:
        assert len(made) == 12
