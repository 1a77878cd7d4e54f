"""One vocabulary of characters, one of byte-level BPE."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from vocabularies import Tokens

from studio.verse.en_lexicon import en_lexicon
from studio.verse.zh_lexicon import zh_lexicon


@pytest.fixture(scope="session")
def characters() -> Tokens:
    """Every character of the Chinese lexicon is a token, as in the verse model."""
    texts = ["", "<诗>", "，", "。", "、", " ", *zh_lexicon().characters()]
    place = {text: number for number, text in enumerate(texts)}
    return Tokens(texts, lambda text: tuple(place[each] for each in text))


@pytest.fixture(scope="session")
def pieces() -> Tokens:
    """A byte-level BPE of few merges: many words take several tokens, marks take one."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2500,
        special_tokens=["<end>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    words = list(en_lexicon().words)
    tokenizer.train_from_iterator([f"{word} {word.title()} {word}" for word in words], trainer)
    texts = [tokenizer.decode([number]) for number in range(tokenizer.get_vocab_size())]
    return Tokens(texts, lambda text: tuple(tokenizer.encode(text).ids))
