"""lm/verse-zh: a character model of classical Chinese verse, trained from scratch."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import torch
from transformers import LlamaForCausalLM

from studio.training.lm import LmCorpus, LmSpec, Progress, heldout_perplexity, load_lm, train_lm
from studio.training.lm_card import LmCard, write_lm_card
from studio.training.options import TrainOptions
from studio.training.verse_corpus import (
    CORPORA,
    PAD,
    VerseCorpus,
    poem_rows,
    read_corpus,
    symbols_of,
    verse_tokenizer,
)
from studio.verse.prefix import BEGIN, END, verse_prefix

CONTEXT = 128
VAL_SEED = 7
ABOUT = """
A Llama-like character language model (RoPE, tied embeddings) that writes regular Chinese verse:
五言绝句, 七言绝句, 五言律诗, 七言律诗 and 浣溪沙. Trained from scratch, no pretrained weights.

Prompt: `<bos><七言绝句>秋日 黄昏 落叶<诗>`; up to four theme words, separated by spaces, or none.
The poem follows as one string with ， and 。 and ends with `<eos>`. Form, rhyme and tones are
held by the studio's constraint, not by the model alone.

## Data and licences
- poetry_zh: regular poems of Tang and Song, texts in the public domain, from chinese-poetry
  (MIT License, Copyright (c) 2016 JackeyGao).
- poetry_zh_written: written for this project by a language model, CC0-1.0.
Poems with very rare characters are left out. Held out: the corpus's own `val` split.

## Limits
It knows the diction of old verse and little of the present; images are conventional, the thread
from line to line is loose. Old verse carries the views of its time. Weights: Apache-2.0.
"""


def train(options: TrainOptions) -> None:
    """Train or resume lm/verse-zh and publish it every few minutes."""
    corpus = read_corpus(options.data)
    tokenizer = verse_tokenizer(corpus.characters)
    ids = tokenizer.get_vocab()
    spec = _spec(len(ids), ids)
    card = _card(tokenizer.to_str(pretty=False), options.data)

    def publish(model: LlamaForCausalLM, progress: Progress, perplexity: float) -> None:
        measured = {"heldout_perplexity": round(perplexity, 3), "tokens": float(progress.tokens)}
        write_lm_card(card, model, options, progress.step, measured)

    train_lm(spec, _lm_corpus(corpus, ids, options.seed), options, publish)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Held-out perplexity per character (punctuation and prefix included), drawn prefixes."""
    corpus = read_corpus(data)
    ids = verse_tokenizer(corpus.characters).get_vocab()
    rows = poem_rows(corpus.of_split("val"), set(corpus.words), ids, VAL_SEED)
    return {"heldout_perplexity": heldout_perplexity(load_lm(card), rows, ids[PAD])}


def _spec(vocabulary: int, ids: Mapping[str, int]) -> LmSpec:
    return LmSpec(
        vocabulary=vocabulary,
        width=320,
        layers=5,
        heads=5,
        hidden=864,
        context=CONTEXT,
        bos=ids[BEGIN],
        eos=ids[END],
        pad=ids[PAD],
        batch_rows=40,
        learning_rate=1.5e-3,
        warmup_steps=200,
        weight_decay=0.1,
    )


def _lm_corpus(corpus: VerseCorpus, ids: dict[str, int], seed: int) -> LmCorpus:
    poems, words = corpus.of_split("train"), set(corpus.words)
    names = {number: symbol for symbol, number in ids.items()}

    def epoch(number: int) -> torch.Tensor:
        return poem_rows(poems, words, ids, 1000 * seed + number)

    val = poem_rows(corpus.of_split("val"), words, ids, VAL_SEED)
    # The fast score on the way takes the first rows: they must not be one dynasty's.
    shuffled = val[torch.tensor(random.Random(VAL_SEED).sample(range(len(val)), len(val)))]
    prompts = (
        verse_prefix("七言绝句", ("秋日", "黄昏", "落叶")),
        verse_prefix("五言绝句", ("夜雨", "孤灯")),
        verse_prefix("五言律诗"),
        verse_prefix("浣溪沙", ("春日", "茶")),
    )
    return LmCorpus(
        train=epoch,
        val=shuffled,
        pad=ids[PAD],
        prompts=tuple(tuple(ids[symbol] for symbol in symbols_of(each)) for each in prompts),
        decode=lambda tokens: "".join(names[token] for token in tokens),
    )


def _card(tokenizer_json: str, data: Path) -> LmCard:
    return LmCard(
        name="lm/verse-zh",
        version="1",
        roles=("verse",),
        languages=("zh",),
        crafts=("poetry",),
        licence="Apache-2.0",
        tokenizer_json=tokenizer_json,
        data=tuple(data / name for name in CORPORA),
        about=ABOUT,
    )
