"""How a line of verse sounds, drawn under it: 平仄 against the pattern, or the beats of English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from markupsafe import Markup

from studio.crafts.craft import Check
from studio.ui.markup import NOTHING, fragment, joined

_TONES = re.compile(r"^(?P<said>[平仄中]+)/(?P<asked>[平仄中]+)")
_BEATS = re.compile(r"^[x/]+$")
_MARK = MappingProxyType({"平": "○", "仄": "●", "中": "◐"})


def sung_line(text: str, checks: Sequence[Check]) -> Markup:
    """The line, each character over its tone where its tones were checked, English beats below."""
    tones = next((m for c in checks if c.name == "tones" and (m := _TONES.match(c.detail))), None)
    if tones is not None:
        return _toned(text, tones["said"], tones["asked"])
    beats = next((c for c in checks if c.name == "stress" and _BEATS.match(c.detail)), None)
    return fragment(
        "<span>{text}{beats}</span>",
        text=text or "\u00a0",
        beats=_beats(beats.detail) if beats is not None else NOTHING,
    )


def _toned(text: str, said: str, asked: str) -> Markup:
    """○ level, ● oblique, ◐ either; pale where the pattern is free, marked where it is missed."""
    places = zip(text, said, asked, strict=False)
    sung = joined(
        fragment(
            '<ruby class="{state}">{character}<rt aria-hidden="true">{mark}</rt></ruby>',
            state=_state(tone, wanted),
            character=character,
            mark=_MARK[tone],
        )
        for character, tone, wanted in places
    )
    rest = text[min(len(said), len(asked)) :]
    return fragment('<span class="toned">{sung}{rest}</span>', sung=sung, rest=rest)


def _state(tone: str, wanted: str) -> str:
    if wanted == "中":
        return "free"
    return "kept" if tone in (wanted, "中") else "missed"


def _beats(detail: str) -> Markup:
    shown = " ".join("/" if each == "/" else "\u02d8" for each in detail)
    return fragment('<small class="beats" aria-hidden="true">{shown}</small>', shown=shown)
