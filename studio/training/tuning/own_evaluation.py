"""`studio evaluate` of what a person has trained: held-out perplexity, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from peft import PeftModel

from studio.catalog import Card, Catalog, read_card
from studio.families.text_prompt import TextPrompt
from studio.settings import Settings
from studio.sources import located
from studio.training.chat_tokens import ChatTokens, TokenRow
from studio.training.data.chats import data_chats
from studio.training.data.dataset import Dataset
from studio.training.lora import frozen_base
from studio.training.tuning.answer_loss import AnswerLoss
from studio.training.tuning.methods import WHOLE
from studio.training.tuning.progress import perplexity
from studio.training.tuning.scored_lm import scored

BATCH_TOKENS = 2048


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Perplexity of the answers for all held-out texts of the data set and by craft and language:
    `perplexity_base` is the base alone. Raises InvalidInput for a folder that is no data set."""
    made = read_card(card / "model.toml")
    settings = Settings.from_environ()
    named = Catalog.read(card.parent.parent).card(str(made.training["base"]))
    base = located(named, settings.cache_dir)
    groups = dict(_groups(Dataset.read(data), base, int(made.training["context"])))
    plain = frozen_base(base.folder, "cpu")
    before = _perplexities(plain, groups)
    after = _perplexities(_tuned(made, plain), groups)
    numbers = {f"perplexity_base{name}": value for name, value in before.items()}
    return numbers | {f"perplexity{name}": value for name, value in after.items()}


def _groups(dataset: Dataset, base: Card, context: int) -> Iterator[tuple[str, list[TokenRow]]]:
    """("", every held-out row), then ("_writing_en", the rows of that craft and language)."""
    tokens = ChatTokens(TextPrompt(base.name, base.folder), context)
    rows = dataset.of_split("val")
    yield "", tokens.rows(data_chats(rows))
    for craft, lang in sorted({(row.craft, row.lang) for row in rows}):
        own = [row for row in rows if (row.craft, row.lang) == (craft, lang)]
        yield f"_{craft}_{lang}", tokens.rows(data_chats(own))


def _tuned(made: Card, plain: Any) -> Any:
    if made.training["method"] in WHOLE:
        return frozen_base(made.folder, "cpu")
    return PeftModel.from_pretrained(plain, str(made.folder))


def _perplexities(model: Any, groups: Mapping[str, list[TokenRow]]) -> dict[str, float]:
    loss = AnswerLoss(scored(model), bf16=True)
    return {
        name: round(perplexity(loss.mean(rows, BATCH_TOKENS)), 3) for name, rows in groups.items()
    }
