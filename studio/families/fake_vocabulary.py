"""A small vocabulary for the fake family: words and characters that every form can be made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from studio.families.built import Built

T = TypeVar("T")

EOS = 0

_WORDS = """
the a of in on by with and but or so as like from over under where when while through into I we
you she he it they my your our her his its their this that one no not all every some is are was
were be will can may has have had comes came goes went makes made finds found light night bright
sight day way stay play moon soon June tune sea free tree me rain plain again stone alone bone
snow slow glow below sky high fly why wind mind find kind blue new true few road cold gold old
hold fire higher choir star far air fair hair there rose close those autumn morning evening
river silver golden window shadow meadow mountain water winter summer garden silent quiet little
open falling turning waiting burning singing dancing leaf leaves wave waves bird birds song
songs dream dreams heart hand eyes voice name city street house door boat lamp paper bread clay
glass cup tea coffee shoe shop bike bag book music paint colour warm soft clear small long deep
fresh simple better best good great easy quick ready today tomorrow never always still here home
now then once more first last only just feel taste make take give keep start try love save learn
build move walk run rest petal forgotten memory beautiful delicate together remember
"""
_MARKS = tuple(".,;:!?'-()&%#$/ ")
_CJK_MARKS = tuple("，。！？、：；—…《》「」（）·")


def _hanzi() -> Iterator[str]:
    """The 3755 common characters: level 1 of GB 2312, rows 16 to 55, in order of pronunciation."""
    for row in range(0xB0, 0xD8):
        for column in range(0xA1, 0xFF):
            yield bytes((row, column)).decode("gb2312", errors="ignore")


def _builtin() -> Iterator[str]:
    yield "\n"
    yield from _MARKS
    yield from _CJK_MARKS
    yield from "0123456789"
    yield from "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for word in _WORDS.split():
        yield from (f" {word}", word, word.capitalize(), f" {word.capitalize()}")
    yield from _hanzi()


BUILTIN = tuple(dict.fromkeys(token for token in _builtin() if token))
"""English words with and without a leading space, Chinese characters, marks of both."""


class FakeVocabulary:
    """Tokens by number; 0 ends a sequence. `joiner` stands between two tokens of a text."""

    def __init__(self, tokens: Sequence[str] = BUILTIN, joiner: str = "") -> None:
        self.joiner = joiner
        self._texts = ("", *tokens)
        self._ids = {text: number for number, text in enumerate(self._texts) if text}
        self._longest = max(map(len, self._ids), default=0)
        self._built = Built()

    @property
    def eos(self) -> int:
        return EOS

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, token: int) -> str:
        """The text of one token."""
        return self._texts[token]

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of a sequence."""
        return self.joiner.join(self._texts[token] for token in tokens if token != EOS)

    def encode(self, text: str) -> tuple[int, ...]:
        """The longest token at each place; what no token fits is left out."""
        tokens: list[int] = []
        at = 0
        while at < len(text):
            length = self._match(text, at)
            if length:
                tokens.append(self._ids[text[at : at + length]])
            at += max(1, length)
        return tuple(tokens)

    def _match(self, text: str, at: int) -> int:
        lengths = range(min(self._longest, len(text) - at), 0, -1)
        return next((n for n in lengths if text[at : at + n] in self._ids), 0)

    def cached(self, key: Hashable, build: Callable[[], T]) -> T:
        """`build()` once per key."""
        return self._built.get(key, build)
