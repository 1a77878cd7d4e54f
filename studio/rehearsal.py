"""What is made once is made before anybody comes: each craft's examples, up to their first token.

The first poem spells the lexicon in the model's tokens (over a second on the device's thread, in
which everybody else's words stop), the first description opens the text encoder, the first request
of a craft reads its template and its adapter.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from studio.crafts.craft import Craft, Inputs, Order
from studio.errors import StudioError
from studio.requests import Request

logger = logging.getLogger(__name__)
Kind = tuple[str, str, str | None, str]


class Rehearsal:
    """One pass over the crafts' examples, on a thread of its own."""

    def __init__(
        self, order: Callable[[Craft, Inputs], Order], submit: Callable[[Request], object]
    ) -> None:
        """`order` what a form asks for (raises StudioError), `submit` a request."""
        self._order, self._submit = order, submit
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, crafts: Iterable[Craft]) -> None:
        """Begin; nobody waits for it."""
        run = threading.Thread(target=self._run, args=(tuple(crafts),), name="rehearsal")
        run.daemon = True
        self._thread = run
        run.start()

    def stop(self) -> None:
        """Leave out what has not been asked yet. Idempotent."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, crafts: tuple[Craft, ...]) -> None:
        asked: set[Kind] = set()
        for craft in crafts:
            for example in craft.examples:
                if self._stopped.is_set():
                    return
                try:
                    self._ask(craft, example, asked)
                except StudioError:  # nothing installed serves it, or the studio closes
                    continue
                except Exception:  # only the first person would wait as long as without it
                    logger.warning("Rehearsing %s failed", craft.name, exc_info=True)

    def _ask(self, craft: Craft, example: Inputs, asked: set[Kind]) -> None:
        """The first token of the first request, once for each model and form."""
        request = self._order(craft, example).requests[0]
        kind = craft.name, request.card, request.adapter, _form(request)
        if kind not in asked:
            asked.add(kind)
            one = replace(request.sampling, max_tokens=1, grace_tokens=0)
            self._submit(replace(request, sampling=one, user="", priority="bulk"))


def _form(request: Request) -> str:
    return type(request.constraint).__name__ if request.constraint is not None else ""
