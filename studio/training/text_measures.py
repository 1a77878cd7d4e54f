"""Numbers about what a writer wrote: pure functions of texts, with their sources.

distinct-n: Li et al. 2016, arXiv 1510.03055. Self-BLEU: Zhu et al. 2018 (Texygen), arXiv
1802.01886, with the sentence BLEU of sacrebleu.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sacrebleu.metrics.bleu import BLEU

from studio.crafts.writing_ranking import repeated_share
from studio.crafts.writing_tidy import ends_sentence
from studio.safety.overlap import TrainingTexts, words_of

LONGEST_ALLOWED_RUN = 12
"""Words (Chinese: 20 characters) in a row from a training text that no output may have."""
LONGEST_ALLOWED_HAN = 20


def distinct(texts: Sequence[str], n: int) -> float:
    """Different n-word runs among all n-word runs of the texts together, 0 to 1."""
    runs = [
        tuple(words[at : at + n])
        for words in map(words_of, texts)
        for at in range(len(words) - n + 1)
    ]
    return len(set(runs)) / len(runs) if runs else 0.0


def self_bleu(texts: Sequence[str], lang: str) -> float:
    """Mean BLEU (0 to 100) of each text against all others: high means they are all alike."""
    if len(texts) < 2:
        return 0.0
    bleu = BLEU(tokenize="zh" if lang == "zh" else "13a", effective_order=True)
    scores = [
        bleu.sentence_score(text, [*texts[:at], *texts[at + 1 :]]).score
        for at, text in enumerate(texts)
    ]
    return mean(scores)


def repetition(texts: Sequence[str]) -> float:
    """Mean share of a text's four-word runs that stood in it before, 0 to 1."""
    return mean([repeated_share(text) for text in texts])


def ended(texts: Sequence[str]) -> float:
    """Share of the texts whose last mark ends a sentence."""
    return mean([float(ends_sentence(text)) for text in texts])


def rank_accuracy(briefs: Sequence[Sequence[float]], outputs: Sequence[Sequence[float]]) -> float:
    """How often a brief lies nearer to its own output than to another brief's, 0 to 1.

    Unit vectors, one of each a brief. 0.5 is chance; equal nearness counts half.
    """
    wins = [
        _win(_dot(brief, outputs[own]), _dot(brief, output))
        for own, brief in enumerate(briefs)
        for other, output in enumerate(outputs)
        if other != own
    ]
    return mean(wins) if wins else 0.5


def longest_copied_run(texts: Sequence[str], training: TrainingTexts) -> int:
    """Words of the longest run that any of the texts shares with a training text."""
    return max((training.longest_run(text).words for text in texts), default=0)


def copied(texts: Sequence[str], training: TrainingTexts, lang: str) -> float:
    """Share of the texts with a run from a training text as long as is not allowed."""
    limit = LONGEST_ALLOWED_HAN if lang == "zh" else LONGEST_ALLOWED_RUN
    return mean([float(training.longest_run(text).words >= limit) for text in texts])


def perplexity(nats: float, units: int) -> float:
    """exp of the mean loss per unit (token or character)."""
    return math.exp(nats / units) if units else math.nan


def mean(numbers: Sequence[float]) -> float:
    """0 of nothing."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def _win(own: float, other: float) -> float:
    return 0.5 if own == other else float(own > other)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
