"""Vocabularies that spell rare characters in bytes: streamed whole, seen as parts."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer, decoders, normalizers
from tokenizers.models import BPE

from studio.families.detokenizer import Detokenizer
from studio.families.tokenizer_vocabulary import TokenizerVocabulary

WORDS = ["<unk>", "<eos>", "a", "▁", "▁a", "雨", "夜"]
TOKENS = [*WORDS, *(f"<0x{i:02X}>" for i in range(256))]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    vocabulary = {token: i for i, token in enumerate(TOKENS)}
    merges = [("▁", "a")]
    made = Tokenizer(BPE(vocab=vocabulary, merges=merges, unk_token="<unk>", byte_fallback=True))
    made.normalizer = normalizers.Replace(" ", "▁")
    made.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    made.add_special_tokens(["<unk>", "<eos>"])
    return made


@pytest.mark.parametrize("text", ["雨夜怀表", "怀表雨", "a怀 a", "🦄怀"])
def test_characters_come_whole_and_as_early_as_they_can(text: str, tokenizer: Tokenizer) -> None:
    streaming = Detokenizer(tokenizer, tokenizer.encode("夜").ids)
    pieces = [streaming.feed(token) for token in tokenizer.encode(text).ids]
    assert "".join(pieces) == text
    assert all("\ufffd" not in piece and len(piece) <= 2 for piece in pieces)
    assert len([piece for piece in pieces if piece]) >= len(text) - text.count(" ")


def test_a_constraint_sees_that_a_byte_is_part_of_a_character(tokenizer: Tokenizer) -> None:
    vocabulary = TokenizerVocabulary(tokenizer, eos=1, size=len(TOKENS) + 2)
    first, *_ = vocabulary.encode("怀")
    assert vocabulary.text(first) == "\ufffd"
    assert [vocabulary.text(token) for token in vocabulary.encode("雨 a")] == ["雨", " a"]
    assert vocabulary.text(vocabulary.eos) == ""
    assert vocabulary.text(len(TOKENS) + 1) == ""
