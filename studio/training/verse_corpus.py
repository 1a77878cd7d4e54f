"""Regular Chinese poems as rows of character ids: prefix, poem, end.

Reads `poetry_zh.jsonl.gz` and `poetry_zh_written.jsonl` of the corpora folder. Theme words of a
prefix are drawn anew each epoch from the poem itself (and now and then its title), so that at run
time the words of a person's idea steer the poem.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from tokenizers.decoders import Fuse

from studio.verse.prefix import BEGIN, END, FORMS, POEM, form_symbol, poem_body, verse_prefix

PAD = "<pad>"
UNKNOWN = "<unk>"
SPECIALS = (PAD, BEGIN, END, UNKNOWN, POEM, *map(form_symbol, FORMS))
MARKS = (" ", "，", "。")
CORPORA = ("poetry_zh.jsonl.gz", "poetry_zh_written.jsonl")
RARE = 6
"""Poems with a character seen fewer times than this are left out, and the character with them."""
COMMON_WORD = 12
WRITTEN_WEIGHT = 3
"""Poems written for this project are few and modern in diction: each is seen this often."""
SHAPES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "五言绝句": (4, 5),
        "七言绝句": (4, 7),
        "五言律诗": (8, 5),
        "七言律诗": (8, 7),
        "浣溪沙": (6, 7),
    }
)
"""Lines and characters of a line."""
NOT_THEME = frozenset("不无有是为何此其之已未欲更还自可得与谁若莫岂须应犹又亦且知来去在日一")


@dataclass(frozen=True, slots=True)
class Poem:
    """One regular poem; `lines` without punctuation."""

    form: str
    title: str
    lines: tuple[str, ...]
    split: str
    written: bool = False


@dataclass(frozen=True, slots=True)
class VerseCorpus:
    """The poems and the characters they are made of."""

    poems: tuple[Poem, ...]
    characters: tuple[str, ...]
    words: tuple[str, ...]
    """Two-character words seen often as the steps of lines, the most frequent first."""

    def of_split(self, split: str) -> list[Poem]:
        """The poems of "train" or "val"."""
        return [poem for poem in self.poems if poem.split == split]


def read_corpus(data: Path) -> VerseCorpus:
    """Read both files; doubles and poems with rare characters dropped."""
    poems = list({poem.lines: poem for poem in _read(data)}.values())
    counts = Counter(character for poem in poems for line in poem.lines for character in line)
    kept = [poem for poem in poems if all(counts[each] >= RARE for each in "".join(poem.lines))]
    used = Counter(character for poem in kept for line in poem.lines for character in line)
    seams = Counter(word for poem in kept for line in poem.lines for word in line_words(line))
    words = tuple(word for word, count in seams.most_common() if count >= COMMON_WORD)
    return VerseCorpus(tuple(kept), tuple(each for each, _ in used.most_common()), words)


def line_words(line: str) -> list[str]:
    """The two-character steps of a line: 5 = 2 + 2|1 + 1|2, 7 = 2 + 2 + 2|1 + 1|2."""
    head = [line[place : place + 2] for place in range(0, len(line) - 3, 2)]
    return [*head, line[-3:-1], line[-2:]]


def draw_theme(poem: Poem, words: Set[str], draw: random.Random) -> list[str]:
    """0 to 4 words: mostly frequent two-character words of the poem, some single characters."""
    wanted = draw.choice((0, 1, 2, 2, 3, 3, 4))
    found = [word for line in poem.lines for word in line_words(line) if word in words]
    solid = [word for word in found if not NOT_THEME & set(word)]
    theme = draw.sample(solid, min(wanted, len(solid)))
    if wanted and draw.random() < 0.3:
        singles = [each for each in "".join(poem.lines) if each not in NOT_THEME]
        theme = [*theme[: wanted - 1], draw.choice(singles or [poem.lines[0][0]])]
    if wanted and 1 < len(poem.title) <= 4 and draw.random() < 0.2:
        theme = [*theme[: wanted - 1], poem.title]
    return theme


def verse_tokenizer(characters: Iterable[str]) -> Tokenizer:
    """Every character a token; the special symbols are known inside a text."""
    symbols = [*SPECIALS, *MARKS, *characters]
    ids = {symbol: number for number, symbol in enumerate(symbols)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.decoder = Fuse()
    tokenizer.add_special_tokens(list(SPECIALS))
    return tokenizer


def poem_rows(
    poems: Sequence[Poem], words: Set[str], ids: dict[str, int], seed: int
) -> torch.Tensor:
    """int32 [poems (written ones repeated), longest row]: the prefix drawn by `seed`, the poem."""
    draw = random.Random(seed)
    rows: list[list[int]] = []
    for poem in poems:
        for _ in range(WRITTEN_WEIGHT if poem.written and poem.split == "train" else 1):
            rows.append(_row(poem, draw_theme(poem, words, draw), ids))
    longest = max(map(len, rows))
    pad = ids[PAD]
    return torch.tensor([row + [pad] * (longest - len(row)) for row in rows], dtype=torch.int32)


def symbols_of(text: str) -> list[str]:
    """A text as the tokenizer cuts it: special symbols whole, all else by character."""
    return re.findall("|".join(map(re.escape, SPECIALS)) + r"|[\s\S]", text)


def _row(poem: Poem, theme: list[str], ids: dict[str, int]) -> list[int]:
    text = verse_prefix(poem.form, theme) + poem_body(poem.lines, poem.form) + END
    # Titles hold characters that no poem uses: they are left out, as they are at run time.
    return [ids[symbol] for symbol in symbols_of(text) if symbol in ids]


def _read(data: Path) -> Iterator[Poem]:
    with gzip.open(data / CORPORA[0], "rt", encoding="utf-8") as lines:
        yield from _poems(lines, written=False)
    with (data / CORPORA[1]).open(encoding="utf-8") as lines:
        yield from _poems(lines, written=True)


def _poems(lines: Iterable[str], written: bool) -> Iterator[Poem]:
    for line in lines:
        row = json.loads(line)
        form = row["tune"] if row.get("tune") in SHAPES else row["form"]
        verses = tuple(re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]+", row["text"]))
        form = _form_by_shape(verses) if form == "藏头诗" else form
        if form in SHAPES and _has_shape(verses, form):
            yield Poem(form, row.get("title") or "", verses, row["split"], written)


def _has_shape(verses: Sequence[str], form: str) -> bool:
    count, width = SHAPES[form]
    return len(verses) == count and all(len(verse) == width for verse in verses)


def _form_by_shape(verses: Sequence[str]) -> str:
    return next((form for form in SHAPES if _has_shape(verses, form)), "")
