"""lm/melody: a model of symbols relative to the tonic, trained from scratch."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import torch
from transformers import LlamaForCausalLM

from studio.music.prefix import melody_prefix
from studio.training import melody_evaluation
from studio.training.lm import LmCorpus, LmSpec, Progress, heldout_perplexity, load_lm, train_lm
from studio.training.lm_card import LmCard, write_lm_card
from studio.training.melody_corpus import (
    BEGIN,
    CONTEXT,
    CORPUS,
    END,
    PAD,
    Melody,
    melody_rows,
    melody_tokenizer,
    read_melodies,
)
from studio.training.melody_growth import grown_melody_lm
from studio.training.melody_playing import LONGEST, playable_share
from studio.training.options import TrainOptions

ONCE = -1
FEW_PLANS, MANY_PLANS, PLAN_SEED = 12, 64, 3
PROMPTS = (
    "mood=happy mode=major meter=6/8 style=jig density=5 motion=2 rhythm=even bars=8",
    "mood=sad mode=minor meter=3/4 style=air density=2 motion=1 rhythm=mixed bars=8",
    "mood=calm mode=pentatonic meter=4/4 style=song density=2 motion=2 rhythm=mixed bars=8",
    "mood=tense mode=minor meter=2/4 style=march density=4 motion=3 rhythm=dotted bars=16",
)
ABOUT = """
A Llama-like model (RoPE, tied embeddings) of melodies, trained from scratch. Its words are free
of key: `|8` opens a bar and counts how many are left, `^` opens an upbeat, `=A` opens a phrase of
four bars (the first of its kind or that one again, `=A'` varied), `n7d12` is a note seven
semitones above the tonic lasting 12 of a quarter's 24 ticks, `r12` a rest, `t12` a tie.

Prompt: `<bos> mood=calm mode=minor meter=6/8 style=air density=2 motion=1 rhythm=even bars=8`
(words may be left out). The bars follow and end with `<eos>`. That bars add up, that the asked
number of bars comes, the range, the scale and the close on the tonic are held by the studio's
constraint, not by the model alone; `playable_unconstrained` is how often the model alone gets
all of that right.

## Data and licences
melodies_abc: O'Neill's Music of Ireland (1903), Aird's Airs (1778-1801), Ryan's Mammoth Collection
(1883), all by way of the music21 corpus (encoders H. Norbeck, R. Davies, J. Campin and others);
vocal lines of the OpenScore Lieder Corpus (CC0-1.0); Open Hymnal Project (public domain). Tunes
are in the public domain. Tunes whose bars do not add up are left out; mood words are measured on
the notes. Held out: the corpus's own `val` split.

## Limits
It knows European dance tunes, airs, hymns and songs of the 18th and 19th century; other styles of
the page are the nearest of these in another scale, tempo and sound. Weights: Apache-2.0.
"""


def train(options: TrainOptions) -> None:
    """Train or resume lm/melody and publish it every few minutes."""
    melodies = read_melodies(options.data, recasts=True)
    tokenizer = melody_tokenizer()
    ids = tokenizer.get_vocab()
    card = _card(tokenizer.to_str(pretty=False), options.data)
    plans = _plans(_of_split(melodies, "val"), FEW_PLANS)

    def publish(model: LlamaForCausalLM, progress: Progress, perplexity: float) -> None:
        measured = {
            "heldout_perplexity": round(perplexity, 3),
            "playable_unconstrained": round(playable_share(model, plans, ids), 3),
            "tokens": float(progress.tokens),
        }
        write_lm_card(card, model, options, progress.step, measured)

    spec = _spec(ids)
    start = grown_melody_lm(options.models / options.card, spec, ids)
    train_lm(spec, _lm_corpus(melodies, ids, options.seed), options, publish, start)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Held-out perplexity per symbol (the plan's words included); how many of 64 melodies on
    held-out plans can be played as they come, without the studio's constraint; and everything of
    `melody_evaluation`."""
    ids = melody_tokenizer().get_vocab()
    melodies = _of_split(read_melodies(data), "val")
    model = load_lm(card)
    rows = melody_rows(melodies, ids, ONCE)
    return {
        "heldout_perplexity": heldout_perplexity(model, rows, ids[PAD]),
        "playable_unconstrained": playable_share(model, _plans(melodies, MANY_PLANS), ids),
        **melody_evaluation.evaluate(card, data),
    }


def _plans(melodies: tuple[Melody, ...], count: int) -> list[tuple[str, ...]]:
    """The plans of some held-out melodies of up to 32 bars, of all collections."""
    short = [each for each in melodies if len(each.symbols) <= LONGEST]
    chosen = random.Random(PLAN_SEED).sample(short, min(count, len(short)))
    return [_plan_of(each) for each in chosen]


def _plan_of(melody: Melody) -> tuple[str, ...]:
    """The plan's words: "mood=calm", but not "=A", which opens a phrase."""
    return tuple(word for word in melody.symbols if "=" in word[1:])


def _of_split(melodies: tuple[Melody, ...], split: str) -> tuple[Melody, ...]:
    return tuple(each for each in melodies if each.split == split)


def _spec(ids: Mapping[str, int]) -> LmSpec:
    return LmSpec(
        vocabulary=len(ids),
        width=256,
        layers=7,
        heads=4,
        hidden=688,
        context=CONTEXT,
        bos=ids[BEGIN],
        eos=ids[END],
        pad=ids[PAD],
        batch_rows=24,
        learning_rate=5e-4,
        warmup_steps=100,
        weight_decay=0.1,
        dropout=0.12,
        keep_best=True,
        save_minutes=6.0,
    )


def _lm_corpus(melodies: tuple[Melody, ...], ids: dict[str, int], seed: int) -> LmCorpus:
    chosen = _of_split(melodies, "train")
    names = {number: symbol for symbol, number in ids.items()}

    def epoch(number: int) -> torch.Tensor:
        return melody_rows(chosen, ids, 1000 * seed + number)

    val = melody_rows(_of_split(melodies, "val"), ids, ONCE)
    # The fast score on the way takes the first rows: they must not be one collection's.
    shuffled = val[torch.tensor(random.Random(seed).sample(range(len(val)), len(val)))]
    return LmCorpus(
        train=epoch,
        val=shuffled,
        pad=ids[PAD],
        prompts=tuple(
            tuple(ids[word] for word in melody_prefix(each.split()).split()) for each in PROMPTS
        ),
        decode=lambda tokens: " ".join(names[token] for token in tokens),
    )


def _card(tokenizer_json: str, data: Path) -> LmCard:
    return LmCard(
        name="lm/melody",
        version="2",
        roles=("melody",),
        languages=(),
        crafts=("melody",),
        licence="Apache-2.0",
        tokenizer_json=tokenizer_json,
        data=(data / CORPUS,),
        about=ABOUT,
    )
