"""What the engine relies on, for every family alike (see studio/engine/family.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from studio.engine.family import Family, Stepped
from studio.engine.manager import Manager
from studio.engine.ticket import merged
from studio.errors import StudioError
from studio.requests import Chunk, Completion, Picture, Request, Sound, Vocabulary
from tests.families.subjects import Subject


def run(family: Family, requests: Iterable[Request]) -> list[Result]:
    """All requests in one batch until all have ended: each one's chunks as one."""
    slots = [family.admit(request) for request in requests]
    whole = dict.fromkeys(slots, Chunk())
    live = list(slots)
    while live:
        for stepped in family.step(live):
            add(whole, stepped)
            if stepped.ended:
                family.release(stepped.slot)
                live.remove(stepped.slot)
    return [result(whole[slot]) for slot in slots]


def add(whole: dict[int, Chunk], stepped: Stepped) -> None:
    assert stepped.error is None, stepped.error
    if stepped.chunk is not None:
        assert whole[stepped.slot].finish is None, "a chunk after the last one"
        whole[stepped.slot] = merged(whole[stepped.slot], stepped.chunk)


class Result:
    """What a person gets. Texts are equal to the letter; two pictures are equal when no channel
    of no pixel differs by more than one level, two sounds when no sample does by more than a
    hundred-thousandth: sums over batches of another size round so."""

    def __init__(self, text: str, picture: Picture | None, sound: Sound | None) -> None:
        self.text = text
        self.picture = picture
        self.sound = sound

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result) or self.text != other.text:
            return False
        return look_alike(self.picture, other.picture) and sound_alike(self.sound, other.sound)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = "a picture" if self.picture else "a sound" if self.sound else None
        return f"Result({self.text!r}, {shown})"


def look_alike(one: Picture | None, other: Picture | None) -> bool:
    if one is None or other is None:
        return one is other
    pairs = zip(one.rgb, other.rgb, strict=True)
    return one.width == other.width and all(abs(a - b) <= 1 for a, b in pairs)


def sound_alike(one: Sound | None, other: Sound | None) -> bool:
    if one is None or other is None:
        return one is other
    levels = [np.frombuffer(each.samples, "<f4") for each in (one, other)]
    if (one.rate_hz, one.channels, len(one.samples)) != (
        other.rate_hz, other.channels, len(other.samples),
    ):  # fmt: skip
        return False
    return bool(np.abs(levels[0] - levels[1]).max() <= 1e-5)


def result(chunk: Chunk | Completion) -> Result:
    return Result(chunk.text, chunk.picture, chunk.sound)


def test_it_says_what_the_scheduler_needs_to_know(opened: Family) -> None:
    assert opened.lane in ("text", "melody", "picture")
    assert opened.capacity >= 1
    assert opened.linger_ms >= 0
    assert opened.footprint() > 0


def test_the_same_request_gives_the_same_result(subject: Subject, opened: Family) -> None:
    first, again = run(opened, [subject.ask(1)]), run(opened, [subject.ask(1)])
    assert first == again
    assert first[0].text or first[0].picture or first[0].sound


def test_another_seed_gives_another_result(subject: Subject, opened: Family) -> None:
    one, two = run(opened, [subject.ask(1), replace(subject.ask(1), seed=2)])
    assert one != two


def test_warming_up_changes_nothing(subject: Subject, opened: Family) -> None:
    before = run(opened, [subject.ask(3)])
    opened.warm_up()
    assert run(opened, [subject.ask(3)]) == before


def test_a_batch_equals_its_rows_alone(subject: Subject, opened: Family) -> None:
    requests = [subject.ask(number) for number in range(min(8, opened.capacity))]
    alone = [run(opened, [request])[0] for request in requests]
    assert run(opened, requests) == alone
    assert run(opened, requests[::-1]) == alone[::-1]


def test_rows_that_join_later_are_the_same(subject: Subject, opened: Family) -> None:
    requests = [subject.ask(number) for number in range(4)]
    alone = [run(opened, [request])[0] for request in requests]
    waiting, whole, owner = list(enumerate(requests)), {}, {}
    live: list[int] = []
    while waiting or live:
        if waiting:
            number, request = waiting.pop(0)
            slot = opened.admit(request)
            live.append(slot)
            whole[slot], owner[slot] = Chunk(), number
        for stepped in opened.step(live):
            add(whole, stepped)
            if stepped.ended:
                assert result(whole[stepped.slot]) == alone[owner[stepped.slot]]
                opened.release(stepped.slot)
                live.remove(stepped.slot)


def test_slots_are_as_many_as_it_says_and_no_more(subject: Subject, opened: Family) -> None:
    slots = [opened.admit(subject.ask(number)) for number in range(opened.capacity)]
    assert len(set(slots)) == opened.capacity
    with pytest.raises(RuntimeError):
        opened.admit(subject.ask(99))
    opened.release(slots[0])
    slots[0] = opened.admit(subject.ask(99))
    for slot in slots:
        opened.release(slot)


def test_a_cancelled_row_frees_its_slot_and_disturbs_nobody(
    subject: Subject, opened: Family
) -> None:
    alone = run(opened, [subject.ask(7)])[0]
    cancelled, other = opened.admit(subject.ask(6)), opened.admit(subject.ask(7))
    whole = {cancelled: Chunk(), other: Chunk()}
    for stepped in opened.step([cancelled, other]):
        add(whole, stepped)
    opened.release(cancelled)
    if whole[other].finish is None:
        follower = opened.admit(subject.ask(5))
        whole[follower] = Chunk()
        live = [other, follower]
        while live:
            for stepped in opened.step(live):
                add(whole, stepped)
                if stepped.ended:
                    live.remove(stepped.slot)
        opened.release(follower)
        assert result(whole[follower]) == run(opened, [subject.ask(5)])[0]
    opened.release(other)
    assert result(whole[other]) == alone


def test_what_it_does_not_admit_takes_no_slot(subject: Subject, opened: Family) -> None:
    for _ in range(opened.capacity + 1):
        with pytest.raises(StudioError):
            opened.admit(replace(subject.ask(1), **subject.bad))  # type: ignore[arg-type]
    run(opened, [subject.ask(number) for number in range(opened.capacity)])


def test_the_last_chunk_says_so_and_what_it_cost(subject: Subject, opened: Family) -> None:
    slot = opened.admit(subject.ask(1))
    chunks = []
    while not chunks or chunks[-1].finish is None:
        stepped = opened.step([slot])[0]
        chunks += [stepped.chunk] if stepped.chunk else []
        assert stepped.ended == (stepped.chunk is not None and stepped.chunk.finish is not None)
    opened.release(slot)
    assert chunks[-1].usage is not None
    if opened.lane != "picture":
        assert 0 < chunks[-1].usage.output_tokens <= 11


class Broken:
    """A constraint with a bug in it."""

    def bind(self, vocabulary: Vocabulary) -> Broken:
        return self

    def allowed(self, tokens: Sequence[int]) -> Sequence[int] | None:
        if len(tokens) >= 2:
            raise KeyError("a bug in a form")
        return None


class Even:
    """Only tokens with even numbers, and the end."""

    def bind(self, vocabulary: Vocabulary) -> Even:
        self.seen: list[int] = []
        self._even = tuple({*range(0, len(vocabulary), 2), vocabulary.eos})
        return self

    def allowed(self, tokens: Sequence[int]) -> Sequence[int] | None:
        self.seen = list(tokens)
        return self._even


def test_a_broken_constraint_fails_its_own_row(subject: Subject, opened: Family) -> None:
    if opened.lane == "picture" or not subject.constrains:
        pytest.skip("it knows no constraint")
    alone = run(opened, [subject.ask(2)])[0]
    bad = opened.admit(replace(subject.ask(1), constraint=Broken()))
    good = opened.admit(subject.ask(2))
    whole, live, failed = {good: Chunk()}, [bad, good], []
    while live:
        for stepped in opened.step(live):
            if stepped.slot == bad and stepped.error is not None:
                failed.append(stepped)
            elif stepped.slot == good:
                add(whole, stepped)
            if stepped.ended:
                live.remove(stepped.slot)
                opened.release(stepped.slot)
    assert len(failed) == 1
    assert result(whole[good]) == alone


def test_a_constraint_holds_for_its_row_and_no_other(subject: Subject, opened: Family) -> None:
    if opened.lane == "picture" or not subject.constrains:
        pytest.skip("it knows no constraint")
    alone = run(opened, [subject.ask(2)])[0]
    even = Even()
    constrained, free = run(opened, [replace(subject.ask(1), constraint=even), subject.ask(2)])
    assert all(token % 2 == 0 for token in even.seen)
    assert even.seen
    assert free == alone
    assert constrained != run(opened, [subject.ask(1)])[0]


class OneCard:
    """A loader of the family under test."""

    def __init__(self, family: Family) -> None:
        self._family = family

    def footprint(self, card: str) -> int:
        return self._family.footprint()

    def load(self, card: str) -> Family:
        return self._family


def test_through_the_engine_everybody_gets_what_they_get_alone(
    subject: Subject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    family = subject.open(tmp_path_factory.mktemp("card"))
    requests = [subject.ask(number, user=f"user {number % 3}") for number in range(20)]
    alone = [run(family, [request])[0] for request in requests]
    with Manager(OneCard(family), budget_bytes=10**10) as manager:
        tickets = [manager.submit(request) for request in requests]
        results = [ticket.result(timeout_s=120) for ticket in tickets]
        rows = manager.status().counts.batch_rows[family.lane]
    assert [result(each) for each in results] == alone
    assert rows.mean > 1, "nobody shared a batch"
