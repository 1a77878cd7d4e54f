"""lm/prose-zh: a small character model of Chinese prose, trained from scratch.

The candidate that needs no foreign base and no terms. It learns from old and modern vernacular
prose first to last, mixed with the written corpora as the crafts ask for them.
"""

from __future__ import annotations

import gzip
import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from studio.training.character_tokenizer import character_tokenizer
from studio.training.lm import LmCorpus, LmSpec, Progress, heldout_perplexity, load_lm, train_lm
from studio.training.lm_card import LmCard, write_lm_card
from studio.training.options import TrainOptions
from studio.training.writer_rows import Chat, chats, writer_rows

BEGIN, END, PAD, UNKNOWN = "<bos>", "<eos>", "<pad>", "<unk>"
SPECIALS = (BEGIN, END, PAD, UNKNOWN)
STORIES = "stories_zh.jsonl.gz"
WRITTEN = ("writing_zh_written.jsonl", "ads_zh_written.jsonl", "poetry_zh_written.jsonl")
STYLES = frozenset({"白话", "现代白话"})
CONTEXT = 384
PIECE = 192
"""Characters of prose in one row."""
PIECES_AN_EPOCH = 6000
CHATS_WEIGHT = 2
RAREST = 8
"""Characters seen less often in prose are left out unless the written corpora have them."""
ABOUT = """
A small Llama-like character model of Chinese prose, trained from scratch, no pretrained weights.

## Data and licences
- stories_zh: vernacular and modern prose in the public domain (NiuTrans Classical-Modern, MIT;
  Lu Xun's prose from luxun-novel-analysis, MIT); the classical part is left out.
- the written corpora: composed for this project by a language model, CC0-1.0.

## Limits
It knows how sentences sound, not what they say.
"""


def train(options: TrainOptions) -> None:
    """Train or resume lm/prose-zh and publish it every few minutes."""
    stories = list(_stories(options.data, "train"))
    symbols = [*SPECIALS, *_characters(options.data, stories)]
    tokenizer = character_tokenizer(symbols, SPECIALS, UNKNOWN)
    ids = tokenizer.get_vocab()
    card = _card(tokenizer.to_str(pretty=False), options.data)

    def publish(model: LlamaForCausalLM, progress: Progress, perplexity: float) -> None:
        measured = {"heldout_perplexity": round(perplexity, 3), "tokens": float(progress.tokens)}
        write_lm_card(card, model, options, progress.step, measured)

    def epoch(number: int) -> torch.Tensor:
        draw = random.Random(f"{options.seed} {number}")
        asked = [each for name in WRITTEN for each in _chats(options.data, name, "train", number)]
        texts = [*_pieces(stories, draw), *(_text(each) for each in asked * CHATS_WEIGHT)]
        return _rows(texts, ids)

    corpus = LmCorpus(
        train=epoch,
        val=_rows([_text(each) for each in _held_out(options.data)], ids),
        pad=ids[PAD],
        prompts=(tuple(_ids(f"{BEGIN}写一个小故事：雨夜里的修表匠\n\n", ids)),),
        decode=lambda tokens: tokenizer.decode(tokens),
    )
    train_lm(_spec(ids), corpus, options, publish)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Held-out perplexity per character of the whole rows, and of the answers alone."""
    tokenizer = Tokenizer.from_file(str(card / "tokenizer.json"))
    ids = tokenizer.get_vocab()
    model, held = load_lm(card), _held_out(data)
    whole = heldout_perplexity(model, _rows([_text(each) for each in held], ids), ids[PAD])
    return {"heldout_perplexity": whole, "answer_perplexity": answer_perplexity(model, held, ids)}


def answer_perplexity(model: LlamaForCausalLM, held: Sequence[Chat], ids: dict[str, int]) -> float:
    """exp of the mean loss per character of the answers, given their prompts."""
    total, count = 0.0, 0
    with torch.inference_mode():
        for chat in held:
            prompt, whole = _ids(_asked(chat), ids), _ids(_text(chat), ids)[:CONTEXT]
            logits = model(input_ids=torch.tensor([whole[:-1]])).logits[0].float().log_softmax(-1)
            targets = torch.tensor(whole[1:])
            losses = -logits.gather(1, targets[:, None])[len(prompt) - 1 :]
            total, count = total + float(losses.sum()), count + len(losses)
    return math.exp(total / max(1, count))


def _held_out(data: Path) -> list[Chat]:
    return [each for name in WRITTEN for each in _chats(data, name, "val", 0)]


def _chats(data: Path, name: str, split: str, epoch: int) -> list[Chat]:
    return chats(name, writer_rows(data / name, split), epoch)


def _asked(chat: Chat) -> str:
    """As the engine renders a chat for a card without a template."""
    return BEGIN + "\n\n".join(each.content for each in chat.messages) + "\n\n" + chat.opening


def _text(chat: Chat) -> str:
    return _asked(chat) + chat.answer + END


def _stories(data: Path, split: str) -> Iterator[str]:
    with gzip.open(data / STORIES, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["style"] in STYLES and row["split"] == split:
                yield str(row["text"])


def _pieces(stories: Sequence[str], draw: random.Random) -> Iterator[str]:
    """Pieces from random places, longer stories more often."""
    lengths = [len(each) for each in stories]
    for story in draw.choices(stories, lengths, k=PIECES_AN_EPOCH):
        start = draw.randrange(max(1, len(story) - PIECE))
        yield story[start : start + PIECE]


def _characters(data: Path, stories: Iterable[str]) -> list[str]:
    written = Counter(
        "".join(_text(each) for name in WRITTEN for each in _chats(data, name, "train", 0))
    )
    prose = Counter("".join(stories))
    kept = {each for each, count in prose.items() if count >= RAREST} | set(written)
    return sorted(kept)


def _ids(text: str, ids: dict[str, int]) -> list[int]:
    plain, special = text, []
    if text.startswith(BEGIN):
        plain, special = text[len(BEGIN) :], [ids[BEGIN]]
    ended = plain.endswith(END)
    body = plain.removesuffix(END)
    unknown = ids[UNKNOWN]
    return [*special, *(ids.get(each, unknown) for each in body), *([ids[END]] if ended else [])]


def _rows(texts: Iterable[str], ids: dict[str, int]) -> torch.Tensor:
    rows = [_ids(text, ids)[:CONTEXT] for text in texts]
    longest = max(map(len, rows))
    padded = [row + [ids[PAD]] * (longest - len(row)) for row in rows]
    return torch.tensor(padded, dtype=torch.int32)


def _spec(ids: Mapping[str, int]) -> LmSpec:
    return LmSpec(
        vocabulary=len(ids),
        width=320,
        layers=6,
        heads=5,
        hidden=864,
        context=CONTEXT,
        bos=ids[BEGIN],
        eos=ids[END],
        pad=ids[PAD],
        batch_rows=24,
        learning_rate=1.5e-3,
    )


def _card(tokenizer_json: str, data: Path) -> LmCard:
    return LmCard(
        name="lm/prose-zh",
        version="1",
        # No role: the roster must not choose it before it has won.
        roles=(),
        languages=("zh",),
        crafts=("writing", "ad_copy"),
        licence="Apache-2.0",
        tokenizer_json=tokenizer_json,
        data=tuple(data / name for name in (STORIES, *WRITTEN)),
        about=ABOUT,
    )
