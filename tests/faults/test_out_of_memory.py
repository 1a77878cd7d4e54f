"""A device runs out of memory at every stage: what was asked is made all the same, exactly as
without the fault, and nobody else notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from studio.engine.family import DeviceOutOfMemory, Family
from studio.engine.manager import Manager
from studio.errors import OutOfMemory
from studio.families import causal_lm
from studio.families.fake import Fake
from studio.requests import Completion, Request
from tests.engine.fake_cards import MB, Cards, Clock, Gate, ask
from tests.families.subjects import SUBJECTS, Subject
from tests.faults.short_of_memory import Shortage, out_of_memory

CARD = "lm/tiny"
SUBJECT = SUBJECTS["causal_lm"]
LONG = "The keeper of the lighthouse found a letter on the table. " * 2


class One:
    """A loader of one real family, that a test may open in its own way."""

    def __init__(self, opened: Callable[[], Family]) -> None:
        self.loads = 0
        self._opened = opened

    def footprint(self, card: str) -> int:
        return MB if card == CARD else 0

    def load(self, card: str) -> Family:
        self.loads += 1
        return self._opened()


def together(
    family: Family, requests: Sequence[Request], harm: Callable[[], None] = lambda: None
) -> list[Completion]:
    """All of them through the engine in one batch; `harm` is done once the card is loaded."""
    with Manager(One(lambda: family), budget_bytes=10**9, threaded=False) as manager:
        manager.preload(CARD)
        manager.drain()
        harm()
        tickets = [manager.submit(each) for each in requests]
        manager.drain()
        assert manager.status().running == 0
        return [ticket.result(0) for ticket in tickets]


def shown(made: Sequence[Completion]) -> list[Any]:
    return [(each.text, each.picture, each.finish, each.usage.output_tokens) for each in made]


def asked(subject: Subject, count: int = 5) -> list[Request]:
    return [subject.ask(number) for number in range(count)]


class TestSteps:
    """Rows on the device when it runs out."""

    @pytest.mark.parametrize("says", ["cuda", "cpu", "python"])
    def test_while_it_reads_a_long_prompt(
        self, tmp_path: Path, says: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        requests = [SUBJECT.ask(n, prompt=LONG * (1 + n % 2)) for n in range(4)]
        whole = together(SUBJECT.open(tmp_path / "a"), requests)
        family: Any = SUBJECT.open(tmp_path / "b")
        short = Shortage(family._lm.forward.run, 1, 2, 4, says=says)
        harm = partial(monkeypatch.setattr, family._lm.forward, "run", short)
        assert shown(together(family, requests, harm)) == shown(whole)
        assert short.calls > 4

    def test_while_it_writes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = together(SUBJECT.open(tmp_path / "a"), asked(SUBJECT))
        family: Any = SUBJECT.open(tmp_path / "b")
        short = Shortage(family._lm.forward.run, 3, 4, 15, 30)
        harm = partial(monkeypatch.setattr, family._lm.forward, "run", short)
        assert shown(together(family, asked(SUBJECT), harm)) == shown(whole)

    @pytest.mark.parametrize("where", ["draw_tokens", "log_probabilities"])
    def test_while_it_draws_the_next_tokens(
        self, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The prompt has gone through the model then, and random numbers were taken."""
        whole = together(SUBJECT.open(tmp_path / "a"), asked(SUBJECT))
        family = SUBJECT.open(tmp_path / "b")
        short = Shortage(getattr(causal_lm, where), 1, 2, 6, 9)
        monkeypatch.setattr(causal_lm, where, short)
        assert shown(together(family, asked(SUBJECT))) == shown(whole)

    def test_while_it_paints(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        subject = SUBJECTS["gan"]
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
        whole = together(subject.open(tmp_path / "a"), asked(subject))
        family: Any = subject.open(tmp_path / "b")
        short = Shortage(family._maker.made, 1, 2, 4)
        harm = partial(monkeypatch.setattr, family._maker, "made", short)
        assert shown(together(family, asked(subject), harm)) == shown(whole)

    def test_what_was_too_much_once_is_not_tried_again_and_again(self) -> None:
        family = Fake(memory_rows=3)
        made = together(family, [ask(f"idea {n}", card=CARD, seed=n) for n in range(12)])
        alone = [together(Fake(), [ask(f"idea {n}", card=CARD, seed=n)])[0] for n in range(12)]
        assert shown(made) == shown(alone)
        assert max(map(len, family.batches)) <= 3

    def test_a_row_that_fits_alone_nowhere_fails_and_the_others_go_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        family: Any = SUBJECT.open(tmp_path)
        run = family._lm.forward.run

        def too_small(spans: Sequence[Any]) -> Any:
            if any(span.slot == 0 for span in spans):
                raise out_of_memory()
            return run(spans)

        with Manager(One(lambda: family), budget_bytes=10**9, threaded=False) as manager:
            manager.preload(CARD)
            manager.drain()
            monkeypatch.setattr(family._lm.forward, "run", too_small)
            tickets = [manager.submit(each) for each in asked(SUBJECT)]
            manager.drain()
            with pytest.raises(OutOfMemory):
                tickets[0].result(0)
            assert all(ticket.result(0).text for ticket in tickets[1:])


class Tight(Fake):
    """Has memory to admit so many at once; `fail` more admissions do not fit in any case."""

    def __init__(self, most: int, fail: int = 0) -> None:
        super().__init__()
        self._most, self._fail = most, fail

    def admit(self, request: Request) -> int:
        self._fail -= 1
        if self._fail >= 0 or len(self._rows) >= self._most:
            raise DeviceOutOfMemory
        return super().admit(request)


class TestAdmission:
    """A request whose prompt or adapter has no room."""

    def test_it_waits_until_others_have_ended(self) -> None:
        requests = [ask(f"idea {n}", card=CARD, seed=n) for n in range(7)]
        assert shown(together(Tight(2), requests)) == shown(together(Fake(), requests))

    def test_a_passing_shortage_is_not_noticed(self) -> None:
        assert together(Tight(4, fail=1), [ask(card=CARD)])[0].text

    def test_what_never_fits_is_told_so_and_a_stop_ends_the_waiting(self) -> None:
        with Manager(One(lambda: Tight(0)), budget_bytes=10**9, threaded=False) as manager:
            ticket = manager.submit(ask(card=CARD))
            manager.drain()
            with pytest.raises(OutOfMemory):
                ticket.result(0)
        gate, family = Gate(), Tight(1)
        family._before_step = gate
        with Manager(One(lambda: family), budget_bytes=10**9) as manager:
            first, second = manager.submit(ask(card=CARD)), manager.submit(ask(card=CARD, seed=2))
            assert gate.reached.wait(30)
            second.cancel()
            gate.open()
            assert first.result(30).text
            assert second.ended
            assert manager.submit(ask(card=CARD, seed=3)).result(30).text
            assert manager.status().counts.events["cancelled"] == 1


class Thin(Cards):
    """Loads, or warms up, only while fewer than so many cards are on the device."""

    def __init__(self, most: int, at: str, **makers: Callable[[], Fake]) -> None:
        super().__init__(**makers)
        self._most, self._at = most, at

    def load(self, card: str) -> Fake:
        if self._at == "load" and self._others(card) >= self._most:
            raise DeviceOutOfMemory
        family = super().load(card)
        if self._at == "warm_up" and self._others(card) >= self._most:
            family.warm_up = _no_room  # type: ignore[method-assign]
        return family

    def _others(self, card: str) -> int:
        return sum(not each.closed for name, each in self.families.items() if name != card)


def _no_room() -> None:
    raise DeviceOutOfMemory


@pytest.fixture
def engines(clock: Clock) -> Iterator[Callable[[Cards], Manager]]:
    managers: list[Manager] = []

    def make(cards: Cards) -> Manager:
        managers.append(Manager(cards, budget_bytes=100 * MB, clock=clock, threaded=False))
        return managers[-1]

    yield make
    for manager in managers:
        manager.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize("at", ["load", "warm_up"])
class TestLoading:
    """The budget has room and the device has not."""

    def test_idle_cards_leave_and_it_is_loaded_once_more(
        self, at: str, engines: Callable[[Cards], Manager]
    ) -> None:
        cards = Thin(1, at, text=Fake, other=Fake)
        manager = engines(cards)
        for card in ("other", "text"):
            ticket = manager.submit(ask(card=card))
            manager.drain()
            assert ticket.result(0).text
        assert set(manager.status().resident) == {"text"}

    def test_it_waits_for_a_card_that_works(
        self, at: str, engines: Callable[[Cards], Manager]
    ) -> None:
        cards = Thin(1, at, text=Fake, other=Fake)
        manager = engines(cards)
        tickets = [
            manager.submit(ask(card=card, seed=n)) for n, card in enumerate(("other", "text"))
        ]
        manager.drain()
        assert all(ticket.result(0).text for ticket in tickets)

    def test_a_card_that_never_fits_says_so(
        self, at: str, engines: Callable[[Cards], Manager]
    ) -> None:
        manager = engines(Thin(0, at, text=Fake))
        ticket = manager.submit(ask())
        manager.drain()
        with pytest.raises(OutOfMemory):
            ticket.result(0)
        assert not manager.status().resident
