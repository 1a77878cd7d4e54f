"""lm/verse-zh: a character model of classical Chinese verse, trained from scratch."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from studio.training.lm import LmCorpus, LmSpec, Progress, heldout_perplexity, load_lm, train_lm
from studio.training.lm_card import LmCard, write_lm_card
from studio.training.options import TrainOptions
from studio.training.verse_corpus import (
    CORPORA,
    PAD,
    Poem,
    VerseCorpus,
    poem_rows,
    read_corpus,
    symbols_of,
    verse_tokenizer,
)
from studio.training.verse_couplets import couplets, drawn_couplets
from studio.training.verse_growth import grown_lm
from studio.verse.prefix import BEGIN, COUPLET, END, FIRST_FORMS, form_symbol, verse_prefix
from studio.verse.zh_lexicon import zh_lexicon
from studio.verse.zh_tunes import tunes

CONTEXT = 160
"""Enough for the longest tune, 沁园春, with its marks and a prefix."""
VAL_SEED = 7
ABOUT = """
A Llama-like character language model (RoPE, tied embeddings) that writes Chinese verse of a form:
五言绝句, 七言绝句, 五言律诗, 七言律诗, 对联 and 36 词牌 (浣溪沙, 蝶恋花 ...). Trained from scratch,
no pretrained weights.

Prompt: `<bos><七言绝句>秋日 黄昏 落叶<诗>`; up to four theme words, separated by spaces, or none.
The poem follows as one string with ， and 。 and ends with `<eos>`. Form, rhyme and tones are
held by the studio's constraint, not by the model alone.

## Data and licences
- poetry_zh: regular poems and 词 of Tang and Song, texts in the public domain, from chinese-poetry
  (MIT License, Copyright (c) 2016 JackeyGao).
- poetry_zh_written: written for this project by a language model, CC0-1.0.
Poems with very rare characters are left out. Held out: the corpus's own `val` split.

## Limits
It knows the diction of old verse and little of the present; images are conventional, the thread
from line to line is loose. Old verse carries the views of its time. Weights: Apache-2.0.
"""


def train(options: TrainOptions) -> None:
    """Train or resume lm/verse-zh and publish it every few minutes.

    A new run goes on from the shipped weights where there are some.
    """
    corpus = read_corpus(options.data)
    tokenizer = verse_tokenizer(zh_lexicon().characters())
    ids = tokenizer.get_vocab()
    spec = _spec(len(ids), ids)
    card = _card(tokenizer.to_str(pretty=False), options.data)

    def publish(model: LlamaForCausalLM, progress: Progress, perplexity: float) -> None:
        measured = {"heldout_perplexity": round(perplexity, 3), "tokens": float(progress.tokens)}
        write_lm_card(card, model, options, progress.step, measured)

    shipped = options.models / options.card
    whole = (shipped / "model.safetensors").is_file()
    start = grown_lm(shipped, tokenizer, CONTEXT) if whole else None
    train_lm(spec, _lm_corpus(corpus, ids, options.seed), options, publish, start)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Held-out perplexity per character (punctuation and prefix included), drawn prefixes: of the
    forms that the first model knew, of the tunes, of the couplets."""
    ids = Tokenizer.from_file(str(card / "tokenizer.json")).get_vocab()
    corpus = read_corpus(data)
    val, words = _in_vocabulary(corpus, "val", ids), set(corpus.words)
    model = load_lm(card)
    return {
        name: heldout_perplexity(model, poem_rows(poems, words, ids, VAL_SEED), ids[PAD])
        for name, poems in _kinds(val, ids).items()
    }


def _kinds(poems: Sequence[Poem], ids: Mapping[str, int]) -> Mapping[str, Sequence[Poem]]:
    """The poems by kind, as far as the vocabulary has the symbols of their forms."""
    paired = [pair for poem in poems if poem.form.endswith("律诗") for pair in couplets(poem)]
    kinds = {
        "heldout_perplexity": [poem for poem in poems if poem.form in FIRST_FORMS],
        "heldout_perplexity_tunes": [poem for poem in poems if poem.form in tunes()],
        "heldout_perplexity_couplets": paired,
    }
    known = {
        name: [p for p in found if form_symbol(p.form) in ids] for name, found in kinds.items()
    }
    return {name: found for name, found in known.items() if found}


def _in_vocabulary(corpus: VerseCorpus, split: str, ids: Mapping[str, int]) -> list[Poem]:
    """The poems of a split that the vocabulary can write."""
    return [p for p in corpus.of_split(split) if all(each in ids for each in "".join(p.lines))]


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
    poems, words = _in_vocabulary(corpus, "train", ids), set(corpus.words)
    names = {number: symbol for symbol, number in ids.items()}

    def epoch(number: int) -> torch.Tensor:
        chance = 1000 * seed + number
        return poem_rows([*poems, *drawn_couplets(poems, chance)], words, ids, chance)

    val = poem_rows(_in_vocabulary(corpus, "val", ids), words, ids, VAL_SEED)
    # The fast score on the way takes the first rows: they must not be one dynasty's.
    shuffled = val[torch.tensor(random.Random(VAL_SEED).sample(range(len(val)), len(val)))]
    prompts = (
        verse_prefix("七言绝句", ("秋日", "黄昏", "落叶")),
        verse_prefix("五言绝句", ("夜雨", "孤灯")),
        verse_prefix("五言律诗"),
        verse_prefix("浣溪沙", ("春日", "茶")),
        verse_prefix("蝶恋花", ("海棠", "小楼")),
        verse_prefix(COUPLET, ("春风", "书")),
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
