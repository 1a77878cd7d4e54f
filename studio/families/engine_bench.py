"""Decoding against the clock: batches, rows of different adapters, a row that joins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studio.families.bench_prompts import BenchPrompts
from studio.families.bench_turns import Found, Turns, each_round, ratios, spread
from studio.families.peers.peer import Joined, Peer, Timed

BASELINE, OURS = "generate", "auto"
"""What all are compared with, and our engine as a person gets it."""
JOINED_ROWS, ADAPTER_ROWS = 8, 8
ADAPTERS = (1, 3, 8)
Ceiling = Callable[[str, int], float | None]
"""Engine and rows -> the most tokens a second."""


class EngineBench:
    """The engines on one model, and the rounds they run."""

    def __init__(self, turns: Turns, prompts: BenchPrompts, tokens: int) -> None:
        """`tokens` are written a row."""
        self._turns, self._prompts, self._tokens = turns, prompts, tokens

    def speed(
        self, batches: Sequence[int], names: Sequence[str], ceiling: Ceiling
    ) -> dict[str, dict[str, Any]]:
        """For each batch size and engine: tokens a second while decoding and of the whole, first
        tokens, how many times as fast as the baseline (`*_x`) and ours against it (`ours_x`)."""
        return {str(rows): self._speed(rows, names, ceiling) for rows in batches}

    def joining(self, names: Sequence[str]) -> dict[str, Any]:
        """First token of a short prompt alone, and when it joins eight rows that write."""

        def act(engine: Peer, number: int) -> Joined:
            running = self._prompts.rows(JOINED_ROWS, number)
            return engine.joining(running, self._prompts.joiner(number), self._tokens)

        found = self._turns.take(act, names)
        return {name: _joined(measured) for name, measured in found.items() if measured}

    def adapters(self, engines: Sequence[str], adapters: Sequence[str]) -> dict[str, Any]:
        """Engines that have these adapters. For 1, 3 and 8 adapters in a batch of eight: its time
        in times of the base's (`base_x`), and PEFT's time in ours (`ours_x`)."""
        found = self._turns.take(self._over(adapters), engines)
        return {str(count): _adapted(found, count) for count in ADAPTERS}

    def _speed(self, rows: int, names: Sequence[str], ceiling: Ceiling) -> dict[str, Any]:
        def act(engine: Peer, number: int) -> Timed:
            return engine.batch(self._prompts.rows(rows, number), self._tokens, [])

        found = self._turns.take(act, names)
        return {
            name: self._cell(name, rows, found, ceiling(name, rows))
            for name, measured in found.items()
            if measured
        }

    def _cell(
        self, name: str, rows: int, found: Found[Timed], most: float | None
    ) -> dict[str, Any]:
        own = found[name]
        decode = each_round(own, _decode)
        whole = each_round(own, lambda each: rows * self._tokens / (each.first_s + each.rest_s))
        first = each_round(own, lambda each: each.first_s)
        cell = {
            "rounds": len(own),
            "decode_tokens_per_s": spread(list(decode.values())),
            "whole_tokens_per_s": spread(list(whole.values())),
            "first_s": spread(list(first.values())),
            "decode_x": ratios(decode, each_round(found.get(BASELINE, {}), _decode)),
            "first_x": ratios(each_round(found.get(BASELINE, {}), _first), first),
            "ours_x": ratios(each_round(found.get(OURS, {}), _decode), decode),
        }
        if most:
            fraction = cell["decode_tokens_per_s"]["median"] / most  # type: ignore[index]
            cell |= {"roofline_tokens_per_s": round(most, 1), "roofline": round(fraction, 3)}
        return cell

    def _over(self, names: Sequence[str]) -> Callable[[Peer, int], dict[int, float]]:
        """Seconds a token of a batch on the base (0 adapters), then over 1, 3 and 8 adapters."""

        def act(engine: Peer, number: int) -> dict[int, float]:
            prompts = self._prompts.rows(ADAPTER_ROWS, number)
            if number == 0:
                engine.batch(prompts, 2, _mixed(names, max(ADAPTERS)))  # reads them
            return {
                count: _token_s(engine.batch(prompts, self._tokens, _mixed(names, count)))
                for count in (0, *ADAPTERS)
            }

        return act


def _mixed(names: Sequence[str], count: int) -> list[str]:
    """The first adapters over the rows of a batch; none for 0."""
    return [names[row % count] for row in range(ADAPTER_ROWS)] if count else []


def _adapted(found: Found[dict[int, float]], count: int) -> dict[str, Any]:
    ours = each_round(found.get(OURS, {}), lambda each: each[count])
    return {
        name: {
            "rounds": len(measured),
            "token_s": spread([each[count] for each in measured.values()]),
            "base_x": spread([each[count] / each[0] for each in measured.values()]),
            "ours_x": ratios(each_round(measured, lambda each: each[count]), ours),
        }
        for name, measured in found.items()
        if measured
    }


def _decode(each: Timed) -> float:
    return each.rest_tokens / each.rest_s


def _token_s(each: Timed) -> float:
    return each.rest_s / max(1, each.rest_tokens)


def _first(each: Timed) -> float:
    return each.first_s


def _joined(measured: Mapping[int, Joined]) -> dict[str, Any]:
    rounds = list(measured.values())
    return {
        "rounds": len(rounds),
        "alone_s": spread([each.alone_s for each in rounds]),
        "joined_s": spread([each.joined_s for each in rounds]),
        "joined_x": spread([each.joined_s / each.alone_s for each in rounds]),
    }
