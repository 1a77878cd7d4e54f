"""A loader of fakes, a clock that stands still, and a gate that holds a step open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from studio.errors import NotReady
from studio.families.fake import Fake
from studio.requests import Request, Sampling

MB = 1_000_000


class Cards:
    """A loader: every known card is a fake, made by its own function; loads are remembered."""

    def __init__(self, **makers: Callable[[], Fake]) -> None:
        self.makers = makers
        self.loaded: list[str] = []
        self.families: dict[str, Fake] = {}
        self.broken: dict[str, Exception] = {}

    def footprint(self, card: str) -> int:
        if card not in self.makers:
            raise NotReady(card, f"There is no card {card}.")
        return self.makers[card]().footprint()

    def load(self, card: str) -> Fake:
        if card in self.broken:
            raise self.broken[card]
        self.loaded.append(card)
        self.families[card] = self.makers[card]()
        return self.families[card]


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Gate:
    """Holds every step until it is opened; `reached` says that one is being held."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()

    def __call__(self, slots: Sequence[int]) -> None:
        self.reached.set()
        assert self._open.wait(30), "the test never opened the gate"

    def open(self) -> None:
        self._open.set()


def ask(prompt: str = "moon", card: str = "text", seed: int = 1, **more: object) -> Request:
    """A request with a text of up to 20 tokens."""
    sampling = more.pop("sampling", Sampling(max_tokens=20))
    return Request(card=card, seed=seed, prompt=prompt, sampling=sampling, **more)  # type: ignore[arg-type]
