"""Chinese poems of a form as rows of character ids: prefix, poem, end.

Reads `poetry_zh.jsonl.gz` and `poetry_zh_written.jsonl` of the corpora folder: regular poems, the
tunes of `zh_tunes`, couplets (`verse_couplets.py`). Theme words of a prefix are drawn anew each
epoch from the poem itself (and now and then its title), so that at run time the words of a person's
idea steer the poem.
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
from tokenizers import Tokenizer

from studio.training.character_tokenizer import character_tokenizer
from studio.verse.prefix import (
    BEGIN,
    COUPLET,
    END,
    FIRST_FORMS,
    LATER_FORMS,
    PAUSE,
    POEM,
    form_symbol,
    poem_body,
    verse_prefix,
)
from studio.verse.zh_tunes import tunes

PAD = "<pad>"
UNKNOWN = "<unk>"
FIRST_SPECIALS = (PAD, BEGIN, END, UNKNOWN, POEM, *map(form_symbol, FIRST_FORMS))
LATER_SPECIALS = tuple(map(form_symbol, LATER_FORMS))
SPECIALS = (*FIRST_SPECIALS, *LATER_SPECIALS)
MARKS = (" ", "，", "。")
CORPORA = ("poetry_zh.jsonl.gz", "poetry_zh_written.jsonl")
RARE = 6
"""Poems with a character seen fewer times than this are left out, and the character with them."""
COMMON_WORD = 12
WRITTEN_WEIGHT = 3
"""Poems written for this project are few and modern in diction: each is seen this often."""
TUNE_WEIGHT = 2
"""Each tune has far fewer poems than a regular form."""
SHAPES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "五言绝句": (5,) * 4,
        "七言绝句": (7,) * 4,
        "五言律诗": (5,) * 8,
        "七言律诗": (7,) * 8,
    }
    | {name: tuple(len(line.tones) for line in tune) for name, tune in tunes().items()}
)
"""Characters of each line."""
OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "一翦梅": "一剪梅",
        "丑奴儿": "采桑子",
        "秦楼月": "忆秦娥",
        "凤栖梧": "蝶恋花",
        "江神子": "江城子",
    }
)
STANZA_TWICE = frozenset(("忆江南",))
"""Tunes of one stanza that Song poets sang twice: two poems of the form."""
NOT_THEME = frozenset("不无有是为何此其之已未欲更还自可得与谁若莫岂须应犹又亦且知来去在日一")


@dataclass(frozen=True, slots=True)
class Poem:
    """One poem of a form; `lines` without punctuation."""

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
    """Read both files; doubles and poems with rare characters dropped.

    The forms that the first verse model knew settle which characters there are.
    """
    poems = list({poem.lines: poem for poem in _read(data)}.values())
    first = [poem for poem in poems if poem.form in FIRST_FORMS]
    counts = _characters(first)
    kept = [poem for poem in first if all(counts[each] >= RARE for each in "".join(poem.lines))]
    used = _characters(kept)
    kept += [poem for poem in poems if poem.form in LATER_FORMS and _is_in(poem, used)]
    seams = Counter(word for poem in kept for line in poem.lines for word in line_words(line))
    words = tuple(word for word, count in seams.most_common() if count >= COMMON_WORD)
    return VerseCorpus(tuple(kept), tuple(each for each, _ in used.most_common()), words)


def line_words(line: str) -> list[str]:
    """The two-character steps of a line: 5 = 2 + 2|1 + 1|2, 7 = 2 + 2 + 2|1 + 1|2, 4 = 2 + 2."""
    if len(line) % 2 == 0:
        return [line[place : place + 2] for place in range(0, len(line), 2)]
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
    """Every character a token; the special symbols are known inside a text.

    What came after the first model stands last, so a model can learn it by growing a few rows.
    """
    symbols = [*FIRST_SPECIALS, *MARKS, *characters, PAUSE, *LATER_SPECIALS]
    return character_tokenizer(symbols, SPECIALS, UNKNOWN)


def poem_rows(
    poems: Sequence[Poem], words: Set[str], ids: dict[str, int], seed: int
) -> torch.Tensor:
    """int32 [poems (by their weight), longest row]: the prefix drawn by `seed`, the poem."""
    draw = random.Random(seed)
    rows: list[list[int]] = []
    for poem in poems:
        for _ in range(_weight(poem)):
            rows.append(_row(poem, draw_theme(poem, words, draw), ids))
    longest = max(map(len, rows))
    pad = ids[PAD]
    return torch.tensor([row + [pad] * (longest - len(row)) for row in rows], dtype=torch.int32)


def symbols_of(text: str) -> list[str]:
    """A text as the tokenizer cuts it: special symbols whole, all else by character."""
    return re.findall("|".join(map(re.escape, SPECIALS)) + r"|[\s\S]", text)


def _weight(poem: Poem) -> int:
    if poem.split != "train":
        return 1
    if poem.written:
        return WRITTEN_WEIGHT
    return TUNE_WEIGHT if poem.form in LATER_FORMS and poem.form != COUPLET else 1


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
        verses = tuple(re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]+", row["text"]))
        form = _form(row, verses)
        for part in _stanzas(verses, form):
            if _has_shape(part, form):
                yield Poem(form, _title(row), part, row["split"], written)


def _title(row: Mapping[str, str]) -> str:
    """A poem's own title: what a tune's poem has behind its tune (浣溪沙·春情), if anything."""
    title = (row.get("title") or "").split("·")[-1]
    return "" if row.get("tune") and title in row["tune"] else title


def _form(row: Mapping[str, str], verses: Sequence[str]) -> str:
    """The form a row names or has; "" for others. 望江南・忆江南 is one tune with two names."""
    names = [OTHER_NAMES.get(name, name) for name in reversed((row.get("tune") or "").split("・"))]
    named = next((name for name in names if name in SHAPES), row["form"])
    return _form_by_shape(verses) if named == "藏头诗" else named


def _stanzas(verses: tuple[str, ...], form: str) -> list[tuple[str, ...]]:
    half = len(verses) // 2
    if form in STANZA_TWICE and half == len(SHAPES[form]):
        return [verses[:half], verses[half:]]
    return [verses]


def _has_shape(verses: Sequence[str], form: str) -> bool:
    lengths = tuple(map(len, verses))
    if form == COUPLET:
        return len(lengths) == 2 and lengths[0] == lengths[1]
    return lengths == SHAPES.get(form)


def _form_by_shape(verses: Sequence[str]) -> str:
    regular = (form for form in SHAPES if form not in tunes())
    return next((form for form in regular if _has_shape(verses, form)), "")


def _characters(poems: Iterable[Poem]) -> Counter[str]:
    return Counter(character for poem in poems for line in poem.lines for character in line)


def _is_in(poem: Poem, characters: Counter[str]) -> bool:
    return all(each in characters for line in poem.lines for each in line)
