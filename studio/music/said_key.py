"""The key and the mode that a description says outright: "in D minor", D小调, 羽调式.

"Minor" and "major" are music only in musical company: a minor incident and a major city are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from studio.music.wording import negated

_SIGN = r"(#|b|♯|♭|[\s-]?sharp|[\s-]?flat)?"
_MODES: Mapping[str, str] = MappingProxyType(
    {
        "minor pentatonic": "yu", "pentatonic minor": "yu", "major pentatonic": "gong",
        "natural minor": "minor", "harmonic minor": "minor", "melodic minor": "minor",
        "major": "major", "minor": "minor", "maj": "major", "min": "minor", "m": "minor",
        "dorian": "dorian", "mixolydian": "mixolydian", "lydian": "lydian",
        "phrygian": "phrygian", "ionian": "major", "aeolian": "minor",
        "pentatonic": "pentatonic", "five-note scale": "pentatonic",
        "gong mode": "gong", "shang mode": "shang", "jue mode": "jue",
        "zhi mode": "zhi", "yu mode": "yu",
    }
)  # fmt: skip
_ALONE = tuple(name for name in _MODES if name not in ("major", "minor", "maj", "min", "m"))
_ZH_MODES: Mapping[str, str] = MappingProxyType(
    {
        "小调五声": "yu", "大调五声": "gong", "五声小调": "yu", "五声大调": "gong",
        "大调": "major", "小调": "minor", "多利亚": "dorian", "混合利底亚": "mixolydian",
        "利底亚": "lydian", "弗里几亚": "phrygian", "宫调": "gong", "商调": "shang",
        "角调": "jue", "徵调": "zhi", "羽调": "yu", "五声": "pentatonic", "五音": "pentatonic",
    }
)  # fmt: skip
_ZH_LETTERS = MappingProxyType({"宫": "gong", "商": "shang", "角": "jue", "徵": "zhi"})
_COMPANY = (
    r"(?:keys?|chords?|modes?|scales?|thirds?|tonality|moods?|feel(?:ing)?|sounds?|tunes?"
    r"|melod\w*|"
    r"songs?|pieces?|music|themes?|airs?|loops?|but|and|or|then|with|please|for|in|at|on|not|"
    r"throughout|ending|waltz\w*|jigs?|reels?|hornpipes?|march\w*|lullab\w*|hymns?|ballads?|"
    r"jingles?|chiptunes?|piano|strings|guitar|flute|organ|triads?|pentatonic|harmony|ish|"
    r"turning|version|rather|instead|though|tempo|about|around|\d+)\b"
)
_BARE = re.compile(
    rf"\b(major|minor)\b(?=\s*(?:$|[^\sa-z])|\s*-?\s*{_COMPANY})|\b(?:in|stays?"
    rf"|keep it) (?:a )?(major|minor)\b",
    re.I,
)
_NO_KEY = re.compile(r"\b(?:ursa|asia|canis|drum|sergeant|(?:is|was|as|for|by) an?)\s*$", re.I)
_DITTY = re.compile(
    r"(?:民间|江南|地方|乡间|市井|乡村|[哼唱][^，。；]{0,4})小调"
    r"|[段首支][^，。；A-Ga-g]{0,6}小调(?!式|的)|小调儿|[大小]调(?=[查整动度换配皮])"
)
_NAMES = MappingProxyType(
    {"C#": "Db", "D#": "Eb", "G#": "Ab", "A#": "Bb", "Gb": "F#", "Cb": "B", "Fb": "E", "E#": "F",
     "B#": "C"}
)  # fmt: skip


def said_key(text: str) -> tuple[str, str, frozenset[str]]:
    """(tonic, mode, modes that are not wanted); "" for what is not said. "pentatonic" is any of
    the five, "gong" just that one."""
    found = [*_english(text), *_chinese(text)]
    wanted = [each for each in found if not negated(text.lower(), each[0])]
    not_wanted = {mode for _, _, mode in found} - {mode for _, _, mode in wanted} - {""}
    tonic = next((tonic for _, tonic, _ in wanted if tonic), "")
    mode = next((mode for _, tonic, mode in wanted if tonic and mode), "")
    return tonic, mode or next((m for _, _, m in wanted if m), ""), frozenset(not_wanted)


def _english(text: str) -> Iterator[tuple[int, str, str]]:
    """(place, tonic or "", mode or "") of each hit."""
    yield from _keys(text)
    for match in re.finditer(rf"\b(?:{'|'.join(_ALONE)})\b", text, re.I):
        yield match.start(), "", _MODES[match[0].lower()]
    for match in _BARE.finditer(text):
        if not _NO_KEY.search(text[: match.start()]):
            yield match.start(), "", (match[1] or match[2]).lower()


def _keys(text: str) -> Iterator[tuple[int, str, str]]:
    modes = "|".join(re.escape(each) for each in _MODES if each != "m")
    for match in re.finditer(rf"\b([A-G]){_SIGN}[\s-]+({modes})\b", text, re.I):
        # "a minor incident": a small letter is a key only where no other reading is left.
        small = match[1] == "a" and not match[2]
        inside = re.search(r"\bin $", text[: match.start()]) and _ends(text, match.end())
        if not small or inside:
            yield match.start(), _tonic(match[1], match[2]), _MODES[match[3].lower()]
    for match in re.finditer(r"\b(?:in|key of|key:) ?([A-G])([#b♯♭]?)(m|maj|min)\b", text):
        yield match.start(), _tonic(match[1], match[2]), _MODES[match[3]]
    plain = rf"\b(?:in|key of|key:|tonic:?) ([B-G]{_SIGN}|A(?:{_SIGN[:-1]}|(?=\s*(?:$|[^\s\w]))))"
    for match in re.finditer(plain + r"(?=[\s,.;!?，。]|$)(?! minor| major)", text):
        yield match.start(), _tonic(match[1][0], match[1][1:]), ""


def _ends(text: str, end: int) -> bool:
    return not re.match(r"\s+(?:key|mode|mood|way|role|chord|scale|league|town|city)", text[end:])


def _chinese(text: str) -> Iterator[tuple[int, str, str]]:
    music = _DITTY.sub(lambda match: "·" * len(match[0]), text)
    either = "|".join(_ZH_MODES)
    letter = r"(?:(升|降|[#b♯♭])?([A-Ga-g])([#b♯♭]?)\s*)"
    for match in re.finditer(rf"{letter}?({either})", music):
        yield match.start(), _named(match[1], match[2], match[3]), _ZH_MODES[match[4]]
    for match in re.finditer(rf"{letter}([宫商角徵羽])(?!调)", music):
        mode = _ZH_LETTERS.get(match[4], "yu")
        yield match.start(), _named(match[1], match[2], match[3]), mode
    for match in re.finditer(rf"(?:1\s*=\s*{letter}|{letter}调)", music):
        first, second = match.groups()[:3], match.groups()[3:]
        yield match.start(), _named(*(first if first[1] else second)), ""


def _named(sign: str | None, letter: str | None, after: str | None) -> str:
    if not letter:
        return ""
    return _tonic(letter, {"升": "#", "降": "b"}.get(sign or "", sign or after or ""))


def _tonic(letter: str, sign: str | None) -> str:
    """One of the twelve tonics of the form: C# becomes Db."""
    plain = (sign or "").strip(" -").lower()
    name = letter.upper() + {"♯": "#", "sharp": "#", "♭": "b", "flat": "b"}.get(plain, plain)
    return _NAMES.get(name, name)
