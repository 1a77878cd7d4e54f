"""Theme words for the verse model from a person's idea.

The model was trained on two-character words and single characters of old verse. Modern things and
English words are led to the nearest image it knows; what has none is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from studio.verse.prefix import MAX_THEME_WORDS
from studio.verse.zh_lexicon import ZhLexicon

FUNCTION_CHARACTERS = frozenset(
    "的了着在是有和与或也都就很不没会能要我你他她它们这那个些此其之于以而为所被把让给从到对向"
    "又再还更最太只才可但却若如似像吗呢吧啊么什怎哪谁几多少一二两三片首写诗词关请说诉述中里上下"
    "过来去做想看见用出起"
)


@cache
def verse_images() -> Mapping[str, str]:
    """Modern things and English words -> the image of old verse nearest to them, read once."""
    text = files("studio.verse").joinpath("zh_images.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return MappingProxyType({row[0]: row[1] for row in rows})


@cache
def verse_words() -> frozenset[str]:
    """The two-character words that are frequent in the corpus of verse, read once."""
    text = files("studio.verse").joinpath("zh_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class ThemeReader:
    """Reads ideas with the characters, the words and the images that verse knows."""

    lexicon: ZhLexicon
    words: Set[str]
    images: Mapping[str, str]

    def theme(self, idea: str) -> tuple[str, ...]:
        """At most `MAX_THEME_WORDS` words in the order of the idea; () when it holds none."""
        found = list(dict.fromkeys(self._found(idea)))
        # Words carry more than single characters: those give way first.
        while len(found) > MAX_THEME_WORDS:
            single = [each for each in found if len(each) == 1]
            found.remove(single[-1] if single else found[-1])
        return tuple(found)

    def _found(self, idea: str) -> Iterator[str]:
        for piece in re.findall(r"[a-z]+|[\u3400-\u9fff]+", idea.lower()):
            if piece.isascii():
                image = self.images.get(piece) or self.images.get(piece.removesuffix("s"))
                yield from [image] if image else []
            else:
                yield from self._cut(piece)

    def _cut(self, piece: str) -> Iterator[str]:
        """Longest match from the left: an image, a word of verse, a single character."""
        place = 0
        while place < len(piece):
            width, word = self._longest(piece[place:])
            if word:
                yield word
            place += width

    def _longest(self, rest: str) -> tuple[int, str]:
        for width in (3, 2):
            if rest[:width] in self.images and len(rest) >= width:
                return width, self.images[rest[:width]]
        if rest[:2] in self.words and not FUNCTION_CHARACTERS & set(rest[:2]):
            return 2, rest[:2]
        if rest[0] in self.images:
            return 1, self.images[rest[0]]
        return 1, rest[0] if rest[0] in self.lexicon and rest[0] not in FUNCTION_CHARACTERS else ""
