"""Held-out loss of a writer: the texts that people wrote, asked as its training asked for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from peft import PeftModel

from studio.catalog import Card, Catalog
from studio.families.device import pick_device
from studio.families.text_prompt import TextPrompt
from studio.settings import Settings
from studio.sources import located
from studio.training.chat_tokens import NOT_LEARNT, ChatTokens, TokenRow
from studio.training.lora import frozen_base, heldout_loss
from studio.training.text_measures import perplexity
from studio.training.writer_rows import chats, writer_rows

CONTEXT = 512
BATCH_TOKENS = 1024


def heldout_losses(
    card: Card, catalog: Catalog, corpora: Sequence[Path], settings: Settings
) -> Mapping[str, float]:
    """`<craft>_<lang>_perplexity` and `..._perplexity_character` of each corpus, and of all
    together `perplexity`; for an adapter also with `_base`, the base alone."""
    base = located(catalog.card(card.base or card.name), settings.cache_dir)
    prompt = TextPrompt(base.name, base.folder)
    rows = {path.name: heldout_rows(path, prompt) for path in corpora}
    numbers: dict[str, float] = {}
    for suffix, model in _models(card, base.folder, pick_device(settings.device)):
        numbers |= {f"{name}{suffix}": n for name, n in _losses(model, rows, prompt).items()}
    return {name: round(value, 4) for name, value in numbers.items()}


def heldout_rows(path: Path, prompt: TextPrompt) -> Mapping[str, list[TokenRow]]:
    """The held-out chats of a corpus as token rows, by `<craft>_<lang>`."""
    tokens = ChatTokens(prompt, CONTEXT)
    found: dict[str, list[TokenRow]] = {}
    for chat in chats(path.name, writer_rows(path, "val"), 0):
        found.setdefault(f"{chat.craft}_{chat.lang}", []).append(tokens.row(chat))
    return found


def _losses(
    model: Any, corpora: Mapping[str, Mapping[str, list[TokenRow]]], prompt: TextPrompt
) -> Mapping[str, float]:
    numbers: dict[str, float] = {}
    nats, tokens = 0.0, 0
    for name, rows in ((name, rows) for each in corpora.values() for name, rows in each.items()):
        count = sum(row.learnt for row in rows)
        loss = heldout_loss(model, rows, BATCH_TOKENS) * count
        nats, tokens = nats + loss, tokens + count
        numbers[f"{name}_perplexity"] = perplexity(loss, count)
        numbers[f"{name}_perplexity_character"] = perplexity(loss, _characters(rows, prompt))
    return {"perplexity": perplexity(nats, tokens), **numbers}


def _characters(rows: Sequence[TokenRow], prompt: TextPrompt) -> int:
    learnt = ([label for label in row.labels if label != NOT_LEARNT] for row in rows)
    return sum(len(prompt.tokenizer.decode(each, skip_special_tokens=True)) for each in learnt)


def _models(card: Card, base: Path, device: str) -> Iterator[tuple[str, Any]]:
    """(end of the keys, model) to score, one after the other."""
    plain = frozen_base(base, device)
    yield ("_base" if card.base else ""), plain
    if card.base:
        yield "", PeftModel.from_pretrained(plain, str(card.folder))
