"""The words that hand-overs are written in: moods, styles and composition, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from studio.crafts.colour_names import colour_name

MOOD_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "calm": ("calm", "宁静"),
        "happy": ("happy", "欢快"),
        "sad": ("sad", "忧伤"),
        "angry": ("angry", "激愤"),
        "tense": ("tense", "紧张"),
        "playful": ("playful", "俏皮"),
        "romantic": ("romantic", "温柔浪漫"),
        "heroic": ("heroic", "雄壮"),
        "mysterious": ("mysterious", "神秘"),
        "nostalgic": ("nostalgic", "怀旧"),
    }
)
"""Mood of a plan -> (English, Chinese)."""

STYLE_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "lyrical": ("loose lyrical shapes and signs", "抒情的形状与符号"),
        "geometric": ("hard geometric planes", "硬朗的几何切面"),
        "minimal": ("one thing in an empty field", "大片留白中的一物"),
        "gestural": ("broad strokes made in one breath", "一气呵成的大笔触"),
        "colorfield": ("wide fields of colour", "大面积的色域"),
        "rings": ("rings around a centre", "一圈圈的同心圆"),
        "waves": ("layered waves", "层层波浪"),
        "flow": ("flowing lines", "流动的线条"),
        "grid": ("a grid of tiles", "一格一格的网"),
        "cells": ("a mosaic of cells", "细胞般的碎块"),
        "marble": ("marbled veins", "大理石般的纹路"),
        "drip": ("drips and splashes", "滴落与泼溅"),
    }
)
"""Style of a plan -> (English, Chinese)."""

_ENDS: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = MappingProxyType(
    {
        "density": (("almost empty", "几乎空无"), ("crowded", "拥挤繁密")),
        "movement": (("standing still", "凝定不动"), ("all in motion", "处处在动")),
        "angularity": (("soft-edged", "边缘柔和"), ("sharp-edged", "棱角锋利")),
        "brightness": (("dark", "幽暗"), ("full of light", "明亮")),
        "warmth": (("cold", "清冷"), ("warm", "温暖")),
    }
)
"""Plan number -> what it is called far below and far above the middle."""
_LOW, _HIGH = 0.33, 0.66


def mood_word(mood: str, lang: str) -> str:
    """ "calm" or "宁静"; "" for an unknown mood."""
    return MOOD_WORDS.get(mood, ("", ""))[lang == "zh"]


def style_words(style: str, lang: str) -> str:
    """What a style looks like; "" for an unknown one."""
    return STYLE_WORDS.get(style, ("", ""))[lang == "zh"]


def composition_words(numbers: Mapping[str, object], lang: str) -> tuple[str, ...]:
    """What stands out of a plan's numbers (0..1); nothing of what is middling."""
    found = []
    for name, (low, high) in _ENDS.items():
        value = numbers.get(name)
        if isinstance(value, int | float) and not _LOW <= value <= _HIGH:
            found.append((low if value < _LOW else high)[lang == "zh"])
    return tuple(found)


def colour_words(palette: Sequence[str], lang: str, most: int = 4) -> str:
    """The names of the first colours, each once: "teal, mustard and cream"."""
    names = list(dict.fromkeys(colour_name(each, lang) for each in palette))[:most]
    if lang == "zh":
        return "、".join(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def a(noun: str) -> str:
    """The noun with its indefinite article."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
