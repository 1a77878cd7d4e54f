"""`samples.md` of a writer's card: what it writes, unselected, for anybody to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path

from studio.settings import Settings
from studio.training.heldout_briefs import HeldoutBrief, heldout_briefs
from studio.training.provenance import replaced
from studio.training.writer_bench import Written, opened_bench
from studio.training.writer_evaluation import card_in, corpora_of, writers_of

SAMPLES = 20
"""Outputs of each craft and language; seeds 1 to this."""


def write_samples(folder: Path, data: Path, settings: Settings, drafts: int = 1) -> Path:
    """Write or replace the card's samples.md; returns it. One draft each, unless more are asked.

    Raises NotReady when the card's base is not installed.
    """
    catalog, card = card_in(folder)
    writer = writers_of(card)[""]
    parts = [_head(card.name, drafts)]
    with opened_bench(settings, catalog) as bench:
        for corpus in corpora_of(card, data):
            briefs = list(islice(cycle(heldout_briefs(corpus)), SAMPLES))
            batch = bench.write(writer, briefs, drafts=drafts)
            parts += _section(batch.written)
    replaced(folder / "samples.md", "\n".join(parts).rstrip() + "\n")
    return folder / "samples.md"


def _head(card: str, drafts: int) -> str:
    drawn = "one draft each" if drafts == 1 else f"the best of {drafts} drafts each"
    return (
        f"# Samples of {card}\n\nHeld-out briefs, seeds 1 to {SAMPLES}, {drawn}, nothing selected "
        f"or edited.\nMade by `studio evaluate {card} --samples`.\n"
    )


def _section(written: Sequence[Written]) -> list[str]:
    if not written:
        return []
    first = written[0].brief
    lines = [f"## {first.craft.name}, {first.lang}\n"]
    for number, each in enumerate(written, 1):
        lines += _sample(number, each)
    return lines


def _sample(number: int, written: Written) -> list[str]:
    brief = " ".join(written.brief.asked.split())
    failed = [check.name for check in written.output.checks if not check.passed]
    return [
        f"### {number}. {_kind(written.brief)}\n",
        f"> {brief if len(brief) <= 300 else brief[:300] + '…'}\n",
        _quoted(written.output.text),
        *([f"Not passed: {', '.join(failed)}.\n"] if failed else []),
    ]


def _kind(brief: HeldoutBrief) -> str:
    inputs: Mapping[str, object] = brief.inputs
    named = (inputs.get(name) for name in ("kind", "form", "channel", "tone"))
    return ", ".join(str(each) for each in named if each and each != "auto")


def _quoted(text: str) -> str:
    """As a block that no markup in the text can break."""
    fence = "```" if "```" not in text else "~~~~"
    return f"{fence}text\n{text.strip()}\n{fence}\n"
