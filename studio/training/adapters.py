"""The adapters that ship: which corpora make which, on which base."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from peft import PeftModel

from studio.catalog import Catalog
from studio.errors import InvalidInput
from studio.families.text_prompt import TextPrompt
from studio.settings import Settings
from studio.sources import located
from studio.training.chat_tokens import ChatTokens, TokenRow
from studio.training.lora import (
    LoraData,
    LoraProgress,
    LoraSpec,
    train_lora,
)
from studio.training.lora_card import LoraCard, write_lora_card
from studio.training.options import TrainOptions
from studio.training.writer_evaluation import measure_writer
from studio.training.writer_rows import chats, writer_rows

CONTEXT = 512
ENGLISH_BASE = "base/smollm2-135m-instruct"
CHINESE_BASE = "base/gemma3-270m"
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2010-\u2026\s]+|[\x21-\x7e]{1,2}")
"""What Chinese answers are made of: characters, marks, dashes, quotes, a little ASCII."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """One shipped adapter: its base, its corpora, how it is trained."""

    base: str
    corpora: tuple[str, ...]
    languages: tuple[str, ...]
    crafts: tuple[str, ...]
    licence: str
    about: str
    rank: int = 16
    learning_rate: float = 5e-4
    batch_tokens: int = 1024


WRITTEN = """
## Data and licences
The written corpora named in model.toml: composed for this project by a language model, one by one
and without templates, CC0-1.0.
"""
ADAPTERS: Mapping[str, Adapter] = MappingProxyType(
    {
        "lora/writing-en": Adapter(
            ENGLISH_BASE,
            ("writing_en_written.jsonl",),
            ("en",),
            ("writing",),
            "Apache-2.0",
            "Stories, scenes, dialogue, news, sketches and rewrites in plain, concrete English: a "
            "LoRA adapter for SmolLM2 135M Instruct.\n" + WRITTEN + "\n## Limits\nA very small "
            "writer: sentences hold, plots wander, and facts beyond the brief are invented.\n",
        ),
        "lora/ads-en": Adapter(
            ENGLISH_BASE,
            ("ads_en_written.jsonl",),
            ("en",),
            ("ad_copy",),
            "Apache-2.0",
            "Headlines, descriptions, ad texts and slogans from a brief: a LoRA adapter for "
            "SmolLM2 135M Instruct.\n"
            + WRITTEN
            + "\n## Limits\nIt adds details that the brief does not "
            "have; the studio drops such lines.\n",
        ),
        "lora/poetry-en": Adapter(
            ENGLISH_BASE,
            ("poetry_en_written.jsonl",),
            ("en",),
            ("poetry",),
            "Apache-2.0",
            "Haiku, couplets, quatrains, limericks, sonnets, acrostics and free verse in modern "
            "English: a LoRA adapter for SmolLM2 135M Instruct.\n" + WRITTEN + "\n## Limits\nForm "
            "is held by the studio's constraint, not by the model; sense is local to a line.\n",
        ),
        "lora/prose-zh": Adapter(
            CHINESE_BASE,
            ("writing_zh_written.jsonl", "ads_zh_written.jsonl", "poetry_zh_written.jsonl"),
            ("zh",),
            ("writing", "ad_copy", "poetry"),
            "Gemma",
            "小说、剧本、对话、新闻、广告和现代诗. Chinese prose, ads and free verse: a LoRA "
            "adapter for Gemma 3 270M. Gemma is provided under and subject to the Gemma Terms of "
            "Use found at ai.google.dev/gemma/terms, the prohibited use policy with them; an "
            "adapter is a derivative and carries them.\n"
            + WRITTEN
            + "\n## Limits\nA very small writer: scenes drift, facts are invented.\n",
        ),
    }
)


def train(options: TrainOptions) -> None:
    """Train or resume one adapter of ADAPTERS and publish its card whenever it is better.

    Raises InvalidInput for another name, NotReady when the base is not installed.
    """
    adapter = _adapter(options.card)
    base = base_folder(adapter.base, options.models)
    tokens = ChatTokens(TextPrompt(adapter.base, base), CONTEXT)
    spec = LoraSpec(
        base,
        rank=adapter.rank,
        alpha=2 * adapter.rank,
        learning_rate=adapter.learning_rate,
        batch_tokens=adapter.batch_tokens,
    )
    card = LoraCard(
        name=options.card,
        base=adapter.base,
        version="1",
        languages=adapter.languages,
        crafts=adapter.crafts,
        licence=adapter.licence,
        data=tuple(options.data / name for name in adapter.corpora),
        about=adapter.about,
    )

    def publish(model: PeftModel, progress: LoraProgress) -> None:
        write_lora_card(card, model, spec, options, progress)

    val = _rows(adapter, options.data, "val", 0, tokens)
    # The scores on the way take the first rows: they must not be one corpus's.
    random.Random(options.seed).shuffle(val)
    data = LoraData(
        train=lambda epoch: _rows(adapter, options.data, "train", epoch, tokens),
        val=val,
        written=tokens.written(_HAN) if adapter.languages == ("zh",) else (),
    )
    train_lora(spec, data, options, publish)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Before and after on the held-out rows; see `measure_writer` for the keys."""
    return measure_writer(card, data, Settings.from_environ())


def base_folder(name: str, models: Path) -> Path:
    """Where the base's weights lie. Raises NotReady when it is not installed."""
    settings = Settings.from_environ()
    return located(Catalog.read(models).card(name), settings.cache_dir).folder


def _rows(
    adapter: Adapter, data: Path, split: str, epoch: int, tokens: ChatTokens
) -> list[TokenRow]:
    made: list[TokenRow] = []
    for name in adapter.corpora:
        made += tokens.rows(chats(name, writer_rows(data / name, split), epoch))
    return made


def _adapter(name: str) -> Adapter:
    if name not in ADAPTERS:
        raise InvalidInput("card", f"No recipe trains {name}.", code="no_recipe", card=name)
    return ADAPTERS[name]
