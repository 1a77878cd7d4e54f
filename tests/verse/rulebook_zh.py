"""The rules of Chinese verse, written down anew: nothing here comes from `studio/verse` code.

Tones and rhymes are Mandarin's (中华新韵), read by pypinyin; any reading of a character may serve.
So it judges poems whose rhyme book is "both" or "中华新韵". Regulated verse is judged by its rules
(粘, 对, 孤平, 三平尾, 拗救), not by line patterns; the tunes by where each line ends and rhymes
(their `SHAPES`, after 龙榆生《唐宋词格律》), their tones by the pattern in the data file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_finals, to_initials

import studio

PATTERNS = Path(studio.__file__).parent / "verse" / "zh_tunes.tsv"
RHYMES = {
    final: number
    for number, group in enumerate(
        ("a ia ua", "o e uo", "ie ve üe", "ai uai", "ei ui uei", "ao iao", "ou iu iou",
         "an ian uan van üan", "en in un uen vn ün", "ang iang uang",
         "eng ing ueng ong iong", "i er v ü", "-i", "u")
    )
    for final in group.split()
}  # fmt: skip
HISSING = ("zh", "ch", "sh", "r", "z", "c", "s")
SHAPES = {
    "忆江南": "3 5A 7 7A 5A",
    "捣练子": "3 3A 7A 7 7A",
    "如梦令": "6a 6a 5 6a 2a 2a= 6a",
    "长相思": "3A 3A 7A 5A 3A 3A 7A 5A",
    "生查子": "5 5a 5 5a 5 5a 5 5a",
    "点绛唇": "4 7a 4a 5a 4 5a 3a 4a 5a",
    "浣溪沙": "7A 7A 7A 7 7A 7A",
    "菩萨蛮": "7a 7a 5B 5B 5c 5c 5D 5D",
    "卜算子": "5 5a 7 5a 5 5a 7 5a",
    "采桑子": "7 4A 4A 7A 7 4A 4A 7A",
    "减字木兰花": "4a 7a 4B 7B 4c 7c 4D 7D",
    "诉衷情": "7A 5A 6 5A 3 3A 3A 4 4 4A",
    "好事近": "5 6a 6 5a 7 5a 6 5a",
    "忆秦娥": "3a 7a 3a= 4 4a 7a 7a 3a= 4 4a",
    "清平乐": "4a 5a 7a 6a 6B 6B 6 6B",
    "阮郎归": "7A 5A 7A 5A 3 3A 5A 7A 5A",
    "西江月": "6 6A 7A 6a 6 6A 7A 6a",
    "南乡子": "5A 7A 7 2A 7A 5A 7A 7 2A 7A",
    "朝中措": "7A 5A 6 6A 4 4 4A 6 6A",
    "浪淘沙": "5A 4A 7A 7 4A 5A 4A 7A 7 4A",
    "鹧鸪天": "7A 7A 7 7A 3 3A 7A 7 7A",
    "虞美人": "7a 5a 7B 6 3B 7c 5c 7D 6 3D",
    "鹊桥仙": "4 4 6a 7 3 4a 4 4 6a 7 3 4a",
    "玉楼春": "7a 7a 7 7a 7a 7a 7 7a",
    "踏莎行": "4 4a 7a 7 7a 4 4a 7a 7 7a",
    "蝶恋花": "7a 4 5a 7a 7a 7a 4 5a 7a 7a",
    "临江仙": "7 6A 7A 5 5A 7 6A 7A 5 5A",
    "一剪梅": "7A 4 4A 7A 4 4A 7A 4 4A 7A 4 4A",
    "渔家傲": "7a 7a 7a 3a 7a 7a 7a 7a 3a 7a",
    "苏幕遮": "3 3a 4 5a 7a 4 5a 3 3a 4 5a 7a 4 5a",
    "破阵子": "6 6A 7 7A 5A 6 6A 7 7A 5A",
    "江城子": "7A 3A 3A 4 5A 7 3 3A 7A 3A 3A 4 5A 7 3 3A",
    "水调歌头": "5 5A 6 5A 6 6 5A 5 5A 3 3 3A 6 5A 6 6 5A 5 5A",
    "满江红": "4 3 4a 3 4 4a 7 7a 3 5 3a 3 3a 3 3a 5 4a 7 7a 3 5 3a",
    "念奴娇": "4 5 4a 7 6a 4 4 5a 4 6a 6 4 5a 7 6a 4 4 5a 4 6a",
    "沁园春": "4 4 4A 5 4 4 4A 4 4 7A 3 5 4A 6A 8A 5 4 4 4A 4 4 7A 3 5 4A",
}
"""Characters of each line; a letter where it rhymes, capital for a level one; = for a repeat."""


@cache
def readings(character: str) -> frozenset[tuple[str, int]]:
    """(平 or 仄, number of the rhyme) for every way to read a character."""
    found = set()
    for syllable in pinyin(character, style=Style.TONE3, heteronym=True)[0]:
        final = to_finals(syllable, strict=True)
        hisses = final == "i" and to_initials(syllable, strict=True) in HISSING
        rhyme = RHYMES["-i"] if hisses else RHYMES.get(final)
        if rhyme is not None:
            found.add(("平" if syllable[-1:] in "12" else "仄", rhyme))
    return frozenset(found)


def tones(character: str) -> set[str]:
    """The tones a character may have."""
    return {tone for tone, _ in readings(character)}


def sung(line: str, pattern: str) -> bool:
    """Whether a line can be read in a pattern of 平, 仄 and 中."""
    pairs = zip(line, pattern, strict=True)
    return all(asked == "中" or asked in tones(each) for each, asked in pairs)


def share_a_rhyme(ends: Iterable[tuple[str, str]]) -> bool:
    """Whether all characters, each in its tone, can have one rhyme."""
    sets = [{rhyme for tone, rhyme in readings(each) if tone == asked} for each, asked in ends]
    return bool(set.intersection(*sets))


def lines_of(text: str) -> list[str]:
    """The lines of a poem between its marks."""
    return [each for each in re.split(r"[\s，。、；！？]+", text) if each]


def tune_faults(name: str, text: str) -> list[str]:
    """What is wrong with a poem to this tune."""
    shape, lines = SHAPES[name].split(), lines_of(text)
    widths = [int(re.match(r"\d", each)[0]) for each in shape]  # type: ignore[index]
    if [len(line) for line in lines] != widths:
        return [f"lines of {[len(line) for line in lines]}, not {widths}"]
    faults = [
        f"line {at + 1}: {line} not {pattern}"
        for at, (line, pattern) in enumerate(zip(lines, _patterns(name), strict=True))
        if not sung(line, pattern)
    ]
    groups: dict[str, list[tuple[str, str]]] = {}
    for at, (line, each) in enumerate(zip(lines, shape, strict=True)):
        letter = re.sub(r"[\d=]", "", each)
        if letter:
            tone = "平" if letter.isupper() else "仄"
            groups.setdefault(letter.upper(), []).append((line[-1], tone))
        if each.endswith("=") and not lines[at - 1].endswith(line):
            faults.append(f"line {at + 1}: {line} does not repeat {lines[at - 1]}")
    faults += [f"no rhyme: {group}" for group in groups.values() if not share_a_rhyme(group)]
    return faults


@cache
def _patterns(name: str) -> tuple[str, ...]:
    rows = (line.split("\t") for line in PATTERNS.read_text("utf-8").splitlines())
    pattern = next(pattern for tune, pattern in rows if tune == name)
    return tuple(re.findall(r"[平仄中]+", pattern))


def regulated_faults(text: str, count: int, width: int, heads: str = "") -> list[str]:
    """What is wrong with a 绝句, 律诗 or 藏头诗 of so many lines.

    A character with two tones may be read either way; heads (藏头) are free.
    """
    lines = lines_of(text)
    if [len(line) for line in lines] != [width] * count:
        return [f"lines of {[len(line) for line in lines]}"]
    said = ["".join(_one_tone(c) for c in line) for line in lines]
    if heads:
        said = ["?" + line[1:] for line in said]
    rhyming = [at for at in range(count) if at % 2 or at == count - 1]
    opens = said[0][-1] != "仄" and share_a_rhyme(
        (lines[at][-1], "平") for at in dict.fromkeys([0, *rhyming])
    )
    faults = [] if share_a_rhyme((lines[at][-1], "平") for at in rhyming) else ["no rhyme"]
    faults += _end_faults(said, rhyming, opens=opens)
    faults += [f for at in range(count) for f in _line_faults(at, said, rhymes=at in rhyming)]
    return faults + _seam_faults(said)


def _one_tone(character: str) -> str:
    found = tones(character)
    return found.pop() if len(found) == 1 else "?"


def _end_faults(said: Sequence[str], rhyming: Sequence[int], *, opens: bool) -> list[str]:
    faults = []
    for at, line in enumerate(said):
        wanted = "平" if at in rhyming or (at == 0 and opens) else "仄"
        if line[-1] not in (wanted, "?"):
            faults.append(f"line {at + 1} ends {line[-1]}")
    return faults


def _line_faults(at: int, said: Sequence[str], *, rhymes: bool) -> list[str]:
    """Beats that alternate, no 孤平, no three level tones at the end; the licences."""
    line, tail = said[at], said[at][-5:]
    faults = []
    if len(line) == 7 and _same(line[1], line[3]):
        faults.append(f"line {at + 1}: second and fourth {line}")
    turned = _is(tail, "平平仄平仄") if len(line) == 5 else _is(tail, "?平仄平仄")
    answered = at + 1 < len(said) and not at % 2 and _is(said[at + 1][-5:], "??平??")
    saved = _is(tail, "?仄?仄仄") and answered
    if _same(tail[1], tail[3]) and not turned and not saved:
        faults.append(f"line {at + 1}: beats {line}")
    if _sure(tail, "?平仄仄平") and _sure(tail[0], "仄") and (rhymes or at == 0):
        faults.append(f"line {at + 1}: 孤平 {line}")
    if _sure(tail, "??平平平"):
        faults.append(f"line {at + 1}: 三平尾 {line}")
    return faults


def _seam_faults(said: Sequence[str]) -> list[str]:
    """Within a couplet the second characters oppose, between couplets they agree."""
    faults = []
    for at in range(1, len(said)):
        one, other = said[at - 1][1], said[at][1]
        if at % 2 and _same(one, other):
            faults.append(f"lines {at}, {at + 1}: 失对")
        if not at % 2 and "?" not in (one, other) and one != other and not _odd_end(said, at):
            faults.append(f"lines {at}, {at + 1}: 失粘")
    return faults


def _odd_end(said: Sequence[str], at: int) -> bool:
    """The odd last line of a 藏头诗 has no couplet: it need only rhyme."""
    return at == len(said) - 1


def couplet_faults(upper: str, lower: str) -> list[str]:
    """What is wrong with a 对联: lengths, ends, opposed beats, characters said twice."""
    if len(upper) != len(lower):
        return [f"{len(upper)} and {len(lower)} characters"]
    faults = [] if "平" in tones(lower[-1]) else [f"{lower} ends 仄"]
    faults += [] if "仄" in tones(upper[-1]) else [f"{upper} ends 平"]
    for place in range(1, len(upper) - 1, 2):
        if _same(_one_tone(upper[place]), _one_tone(lower[place])):
            faults.append(f"place {place + 1}: {upper[place]} {lower[place]}")
    faults += [f"{each} in both lines" for each in sorted(set(upper) & set(lower))]
    return faults


def _same(one: str, other: str) -> bool:
    return one == other and one != "?"


def _is(line: str, pattern: str) -> bool:
    """Whether a line may be read so."""
    return all("?" in (a, b) or a == b for a, b in zip(line, pattern, strict=True))


def _sure(line: str, pattern: str) -> bool:
    """Whether a line must be read so."""
    return all(b in ("?", a) for a, b in zip(line, pattern, strict=True))
