"""What a soak found: numbers, and which promises were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from studio.soak.tally import Tally
from studio.soak.watch import Sample, rise

MOST_RISE_BYTES, MOST_RISE_SHARE = 32 * 10**6, 0.03
MOST_MORE_THREADS, MOST_MORE_FILES = 4.0, 16.0
"""How much more may stay in the last third of a soak than in its middle third."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. `kept` is None where there was too little to judge by."""

    name: str
    kept: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class SoakReport:
    """One soak, JSON-able by `as_json`."""

    about: Mapping[str, Any]
    """people, seconds, seed, server."""
    tally: Tally
    samples: Sequence[Sample]
    promises: tuple[Promise, ...]

    @property
    def kept(self) -> bool:
        """Whether no promise was broken."""
        return all(each.kept is not False for each in self.promises)

    def as_json(self) -> dict[str, Any]:
        """Everything."""
        tally = self.tally
        return {
            **self.about,
            "kept": self.kept,
            "promises": [asdict(each) for each in self.promises],
            "requests": {
                "begun": tally.begun.total(),
                "served": tally.served.total(),
                "refused": dict(tally.refused),
                "erred": dict(sorted(tally.erred.items())),
                "stopped": tally.stopped.total(),
                "by_kind": dict(sorted(tally.served.items())),
            },
            "first_token_s": _by_kind(tally.first_s),
            "total_s": _by_kind(tally.total_s),
            "server": [_rounded(each) for each in self.samples],
            "notes": list(tally.notes),
        }

    def markdown(self) -> str:
        """The same to read: promises, then times by what was asked."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        told = ", ".join(f"{name}: {value}" for name, value in self.about.items())
        yield from (f"Soak ({told})", "", "| promise | kept | |", "|---|---|---|")
        for each in self.promises:
            kept = {True: "yes", False: "**no**", None: "-"}[each.kept]
            yield f"| {each.name} | {kept} | {each.detail} |"
        head = "| asked | served | first p50 | p95 | p99 | total p50 | p95 | p99 |"
        yield from ("", head, "|---|---|---|---|---|---|---|---|")
        for kind, number in sorted(self.tally.served.items()):
            yield self._row(kind, number)
        yield from ("", *(f"- {note}" for note in self.tally.notes))

    def _row(self, kind: str, number: int) -> str:
        times = (*_spread(self.tally.first_s.get(kind, [])).values(),)
        times += (*_spread(self.tally.total_s.get(kind, [])).values(),)
        cells = ("-" if each is None else f"{each:g} s" for each in times)
        return f"| {kind} | {number} | {' | '.join(cells)} |"


def judged(tally: Tally, samples: Sequence[Sample], drained: bool) -> tuple[Promise, ...]:
    """Every promise of a soak."""
    open_ends = tally.begun.total() - tally.ended
    lost = tally.broken["lost"] + max(0, open_ends - tally.broken["lost"])
    broken = tally.broken
    return (
        Promise("people were served", tally.served.total() > 0, f"{tally.served.total()} served"),
        Promise("nothing is lost", not lost, f"{lost} of {tally.begun.total()} requests"),
        Promise("nothing is crossed", not broken["crossed"], f"{broken['crossed']} foreign marks"),
        Promise(
            "the same seed, the same text", not broken["changed"], f"{broken['changed']} changed"
        ),
        Promise("no failures", not broken["failed"], f"{broken['failed']} answers of 5xx"),
        Promise("every error is a sentence", not broken["unclear"], f"{broken['unclear']} unclear"),
        Promise("the queue empties, all slots are free", drained, ""),
        _flat("memory", samples, "resident_bytes", 1e6, "MB"),
        _flat("threads", samples, "threads", 1, ""),
        _flat("open files", samples, "open_files", 1, ""),
    )


def _flat(name: str, samples: Sequence[Sample], of: str, unit: float, word: str) -> Promise:
    found = rise(samples, of)
    if found is None:
        return Promise(f"{name} stays flat", None, "too short to tell")
    by, before = found
    most = {
        "resident_bytes": max(MOST_RISE_BYTES, MOST_RISE_SHARE * before),
        "threads": MOST_MORE_THREADS,
        "open_files": MOST_MORE_FILES,
    }[of]
    detail = f"{by / unit:+.1f} {word} at {before / unit:.0f} {word}".replace("  ", " ").strip()
    return Promise(f"{name} stays flat", by <= most, detail)


def _by_kind(times: Mapping[str, Sequence[float]]) -> dict[str, dict[str, float | None]]:
    everything = [each for values in times.values() for each in values]
    told = {"all": _spread(everything)} if everything else {}
    return told | {kind: _spread(values) for kind, values in sorted(times.items())}


def _spread(times: Sequence[float]) -> dict[str, float | None]:
    """Nearest-rank percentiles in seconds."""
    ranked = sorted(times)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    if not ranked:
        return dict.fromkeys(shares)
    last = len(ranked) - 1
    return {name: round(ranked[min(last, int(share * len(ranked)))], 3)
            for name, share in shares.items()}  # fmt: skip


def _rounded(sample: Sample) -> dict[str, float]:
    return {name: round(value, 1) for name, value in asdict(sample).items()}
