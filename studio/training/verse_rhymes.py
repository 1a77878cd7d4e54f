"""Builds studio/verse/zh_rhymes.tsv: which rhymes of the 词 each character has, in all tones.

    python -m studio.training.verse_rhymes --qieyun rhyme_book.csv --opencc STCharacters.txt \
        --data DATA --out studio/verse

One character a line: its parts (部) of the 词林正韵 (戈载, 1821), then its rhymes of the 中华新韵.
Each is a rhyme and a tone: 平, 仄, or 入 for the entering tone, which rhymes with itself alone. The
词林正韵 merges the 廣韻 as `PARTS` says. Level readings are those that `zh.tsv` kept; of several
oblique ones, those that the rhymes of the corpus's 词 bear out. Sources: as `verse_lexicon`.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_finals_tone3, to_initials

from studio.training.verse_corpus import Poem, read_corpus
from studio.training.verse_lexicon import (
    BUZZING,
    FEW,
    KEPT_SHARE,
    MERGED,
    RHYME_OF_FINAL,
    SUPPLEMENT,
    traditional,
)
from studio.verse.zh_lexicon import ZhLexicon, zh_lexicon
from studio.verse.zh_tunes import tunes

_BY_PART = """
東冬鍾 江陽唐 支脂之微齊灰祭廢 魚虞模 佳皆咍夬 眞臻文欣魂痕 元寒刪山先仙 蕭宵肴豪 歌 麻
庚耕清青蒸登 尤侯幽 侵 覃談鹽添嚴咸銜凡
"""
_BY_ENTERING_PART = "東冬鍾 江陽唐 眞臻庚耕清青蒸登侵 文欣元魂痕寒刪山先仙鹽添 覃談嚴咸銜凡"
PARTS: Mapping[str, int] = MappingProxyType(
    {rhyme: part for part, group in enumerate(_BY_PART.split(), 1) for rhyme in group}
)
"""Rhymes of the 廣韻 (by their level name) -> the fourteen parts of level, rising, departing."""
ENTERING: Mapping[str, int] = MappingProxyType(
    {r: part for part, group in enumerate(_BY_ENTERING_PART.split(), 15) for r in group}
)
"""The same names in the entering tone -> the five parts 15 to 19."""
TENTH = frozenset("佳涯娲媧蜗蝸蛙娃哇卦挂掛画畫话話")
"""Characters of 佳 and 夬 that the 词林正韵 puts with 麻."""
SAMPLED = 6
"""Every sixth poem is read aloud: enough to know which readings are common."""

Rhymes = dict[str, set[str]]


def old_rhymes(qieyun: Path, opencc: Path, lexicon: ZhLexicon) -> Rhymes:
    """simplified character -> parts with their tones ("7平", "3仄", "17入")."""
    book: Rhymes = defaultdict(set)
    with qieyun.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            head = row["字頭"] or row["字頭覈校前"]
            if row["資料名稱"] == "廣韻":
                book[head].add(f"{row['最簡描述'][-2]}{_part(head, row['最簡描述'])}")
    full = traditional(opencc)
    found = {c: _merged(c, book, full) for c in lexicon.characters()}
    return {c: _kept(rhymes, c, lexicon) for c, rhymes in found.items()}


def _part(head: str, described: str) -> str:
    rhyme, tone = described[-2], described[-1]
    if tone == "入":
        return f"{ENTERING[rhyme]}入"
    shown = "平" if tone == "平" else "仄"
    if head in TENTH:
        return f"10{shown}"
    if rhyme == "泰":
        return f"{5 if '開' in described else 3}{shown}"
    return f"{PARTS[rhyme]}{shown}"


def _merged(character: str, book: Rhymes, full: Mapping[str, list[str]]) -> set[str]:
    heads = full.get(character, [character])
    return set().union(*(book.get(each, set()) for each in heads)) or book.get(character, set())


def _kept(rhymes: set[str], character: str, lexicon: ZhLexicon) -> set[str]:
    """The level rhymes that the lexicon kept, and the oblique ones if it kept any."""
    levels = lexicon.rhymes(character, "平水韵")
    level = {r[1:] for r in rhymes if r.endswith("平") and MERGED[r[0]] in levels}
    added = {each[0]: each[1] for each in SUPPLEMENT.split()}
    if not level and character in added:
        level = {f"{PARTS[next(r for r, m in MERGED.items() if m == added[character])]}平"}
    is_oblique = "仄" in lexicon.tones(character, "平水韵")
    return level | {r[1:] for r in rhymes if is_oblique and not r.endswith("平")}


def borne_out(rhymes: Rhymes, poems: Iterable[Poem]) -> Rhymes:
    """Oblique rhymes that the 词 refute left out: what its fellows in rhyme position are."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for poem in poems:
        for ends in _rhyming_ends(poem):
            _vote(ends, rhymes, votes)
    kept = {}
    for character, found in rhymes.items():
        counted, total = votes[character], sum(votes[character].values())
        refuted = {
            r for r in found if r[-1] != "平" and counted[r] < KEPT_SHARE * total and total >= FEW
        }
        kept[character] = found - refuted or found
    return kept


def _rhyming_ends(poem: Poem) -> Iterable[list[str]]:
    ends: dict[str, list[str]] = defaultdict(list)
    for line, text in zip(tunes().get(poem.form, ()), poem.lines, strict=False):
        if line.rhyme.islower():
            ends[line.rhyme].append(text[-1])
    return ends.values()


def _vote(ends: list[str], rhymes: Rhymes, votes: dict[str, Counter[str]]) -> None:
    """Each end votes for the rhyme that most of the others share."""
    shared = Counter(r for end in ends for r in rhymes.get(end, ()) if r[-1] != "平")
    for end in ends:
        own = {r: shared[r] - 1 for r in rhymes.get(end, ()) if r[-1] != "平"}
        best = max(own.values(), default=0)
        for rhyme, count in own.items():
            votes[end][rhyme] += bool(count == best and best)


def new_rhymes(lexicon: ZhLexicon, poems: Sequence[Poem]) -> Rhymes:
    """character -> rhymes of the 中华新韵 with 平 or 仄, as it is read alone and in the corpus."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for poem in poems[::SAMPLED]:
        for line in poem.lines:
            read = pinyin(line, style=Style.TONE3, strict=True, errors="ignore")
            if len(read) == len(line):
                for character, syllable in zip(line, read, strict=True):
                    counts[character][_mandarin(syllable[0])] += 1
    for character in lexicon.characters():
        if not counts[character]:
            counts[character][_mandarin(pinyin(character, style=Style.TONE3)[0][0])] += 1
    return {character: _often(counted) for character, counted in counts.items()}


@cache
def _mandarin(syllable: str) -> str:
    """The rhyme of a syllable (chun1 -> 文平); "" for none."""
    return _rhyme_of(to_finals_tone3(syllable, strict=True), to_initials(syllable, strict=True))


def _rhyme_of(final: str, onset: str) -> str:
    tone = "平" if final[-1:] in "12" else "仄"
    bare = final.rstrip("12345").replace("ü", "v").replace("ê", "ie")
    if bare == "i" and onset in BUZZING:
        return f"支{tone}"
    rhyme = RHYME_OF_FINAL.get(bare, "")
    return f"{rhyme}{tone}" if rhyme else ""


def _often(counted: Counter[str]) -> set[str]:
    total = sum(counted.values())
    return {each for each, count in counted.items() if each and count >= KEPT_SHARE * total}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Builds the rhymes of 词 for studio/verse.")
    for name in ("--qieyun", "--opencc", "--data", "--out"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    lexicon, poems = zh_lexicon(), read_corpus(options.data).poems
    old = borne_out(old_rhymes(options.qieyun, options.opencc, lexicon), poems)
    new = new_rhymes(lexicon, poems)
    rows = (
        "\t".join([c, *(" ".join(sorted(each.get(c, ()))) or "?" for each in (old, new))]) + "\n"
        for c in lexicon.characters()
    )
    (options.out / "zh_rhymes.tsv").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
