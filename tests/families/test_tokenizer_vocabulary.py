"""A model's tokens as constraints see them."""

from __future__ import annotations

from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers
from tokenizers.models import WordLevel

from studio.families.built import Built
from studio.families.tokenizer_vocabulary import TokenizerVocabulary
from tests.families.tiny_models import SPECIAL, VOCABULARY, tiny_tokenizer


def test_the_texts_of_tokens_add_up_to_the_text() -> None:
    vocabulary = TokenizerVocabulary(tiny_tokenizer(), 1, VOCABULARY)
    text = "He read it twice, said the sea."
    assert "".join(vocabulary.text(token) for token in vocabulary.encode(text)) == text


def test_special_tokens_and_unused_rows_have_no_text() -> None:
    vocabulary = TokenizerVocabulary(tiny_tokenizer(), 1, VOCABULARY + 8)
    assert len(vocabulary) == VOCABULARY + 8
    assert {vocabulary.text(token) for token in range(len(SPECIAL))} == {""}
    assert vocabulary.text(VOCABULARY + 7) == ""


def test_words_and_characters_have_no_added_spaces() -> None:
    words = _symbols(("C4", "|", "quarter"), pre_tokenizers.WhitespaceSplit())
    assert [words.text(token) for token in words.encode("quarter C4 |")] == ["quarter", "C4", "|"]
    characters = _symbols(tuple("春江月"), pre_tokenizers.Split("", "isolated"), fuse=True)
    assert [characters.text(token) for token in range(1, 4)] == ["春", "江", "月"]


def test_dear_things_are_built_once() -> None:
    vocabulary = TokenizerVocabulary(tiny_tokenizer(), 1, VOCABULARY)
    built: list[int] = []
    for _ in range(3):
        vocabulary.cached("trie", lambda: built.append(1))
    assert built == [1]


def test_what_is_built_is_bounded_and_what_is_used_stays() -> None:
    built: list[int] = []
    things = Built(kept=4)

    def thing(number: int) -> int:
        def build() -> int:
            built.append(number)
            return number

        return things.get(number, build)

    for number in range(1, 40):
        assert (thing(0), thing(number)) == (0, number)
    assert built == list(range(40))
    assert [thing(number) for number in (0, 39, 1)] == [0, 39, 1]
    assert built == [*range(40), 1]


def _symbols(
    symbols: tuple[str, ...], split: pre_tokenizers.PreTokenizer, *, fuse: bool = False
) -> TokenizerVocabulary:
    every = ("<eos>", *symbols)
    tokenizer = Tokenizer(WordLevel({each: i for i, each in enumerate(every)}, unk_token="<eos>"))
    tokenizer.pre_tokenizer = split
    tokenizer.add_special_tokens([AddedToken("<eos>", special=True)])
    if fuse:
        tokenizer.decoder = decoders.Fuse()
    return TokenizerVocabulary(tokenizer, 0, len(every))
