"""`@fuzzed(name=strategy)`: a check of random values, few in `make test`, many in `make soak`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.errors import StudioError

MOST_S = 10.0
"""Processor time of one example: no speed is measured, only that nothing hangs."""
JUNK = st.text(st.characters(exclude_categories=()), max_size=60)
"""Any text at all: controls, lone surrogates, right-to-left marks, emoji."""
HUGE = st.builds(lambda text, times: text * times, JUNK, st.sampled_from((500, 5_000)))
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | JUNK
JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(JUNK, inner, max_size=4),
    max_leaves=12,
)
"""Anything that JSON can hold, not-a-number and nested lists too."""
DEEP = st.sampled_from((40, 900, 60_000)).map(lambda depth: "[" * depth + "]" * depth)


def fuzzed(few: int = 40, many: int = 2500, **strategies: st.SearchStrategy[Any]) -> Any:
    """Decorator of a check whose parameters are all random."""
    common: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}
    forms = {
        "few": settings(max_examples=few, derandomize=True, database=None, **common),
        "many": settings(max_examples=many, database=None, print_blob=True, **common),
    }

    def decorated(check: Callable[..., None]) -> Callable[..., None]:
        def run(form: str) -> None:
            forms[form](given(**strategies)(check))()

        run.__name__, run.__doc__ = check.__name__, check.__doc__
        run.__module__ = check.__module__
        wanted = ["few", pytest.param("many", marks=pytest.mark.soak)]
        return pytest.mark.parametrize("form", wanted)(run)

    return decorated


@contextmanager
def bounded() -> Iterator[None]:
    """What happens inside does not hang."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < MOST_S, "this took far too long"


@contextmanager
def allowed(kind: type[StudioError]) -> Iterator[list[StudioError]]:
    """What happens inside may say no, in words; any other exception is a bug."""
    said: list[StudioError] = []
    try:
        yield said
    except kind as error:
        if not error.message:
            raise
        said.append(error)
