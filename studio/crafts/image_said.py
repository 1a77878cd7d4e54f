"""What a description says outright: styles by name, amounts by adjective, and the ground.

Guesses (fitted effects of words, a reader card) are for what is left open; these words are the
person's own and stand over every guess. Own tables, CC0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from studio.crafts.image_reading import DEEPER, PALER, plain, says, shaded, unnegated
from studio.crafts.image_words import COLOURS, COLOURS_ZH

STYLE_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "lyrical": ("lyrical", "抒情"),
        "geometric": ("geometric geometry geometrical", "几何"),
        "minimal": ("minimal minimalist minimalism", "极简 简约"),
        "gestural": ("gestural brushstroke brushstrokes calligraphy", "笔触 写意 书法 草书"),
        "colorfield": ("colour-field color-field colourfield colorfield", "色域 色块"),
        "rings": ("rings concentric", "同心圆 圆环 光环"),
        "waves": ("waves wavy", "波浪 海浪"),
        "flow": ("flowing", "流线 线条流畅"),
        "grid": ("grid grids chequerboard checkerboard", "网格 格子 方格 棋盘"),
        "cells": ("cells cellular honeycomb mosaic", "细胞 蜂巢 马赛克"),
        "marble": ("marble marbled marbling", "大理石 云石"),
        "drip": ("drip drips dripping splatter splattered", "滴落 泼溅 飞溅"),
    }
)  # fmt: skip
"""Style -> the words that name it (English whole words, Chinese anywhere)."""

AMOUNTS: Mapping[str, tuple[tuple[float, str, str], tuple[float, str, str]]] = MappingProxyType(
    {
        "warmth": (
            (0.4, "cold cool icy", "冷色 冰冷 寒冷 清冷 冷调"),
            (0.62, "warm fiery", "温暖 暖色 炽热 暖调"),
        ),
        "saturation": (
            (0.32, "muted desaturated monochrome faded washed-out", "低饱和 灰调 褪色 素淡 黑白"),
            (0.62, "vivid saturated neon colourful colorful",
             "鲜艳 荧光 浓艳 色彩丰富 缤纷 斑斓 五彩"),
        ),
        "brightness": (
            (0.42, "dark gloomy murky", "黑暗 昏暗 暗沉 幽暗 深色"),
            (0.6, "bright pale airy luminous pastel", "明亮 浅色 淡色 亮堂"),
        ),
        "contrast": (
            (0.4, "low-contrast subtle hazy misty blurred faint", "柔和 朦胧 淡淡 隐约"),
            (0.65, "contrast contrasting stark high-contrast", "强对比 对比强烈 高反差 黑白分明"),
        ),
        "density": (
            (0.2, "empty sparse minimal minimalist uncluttered", "空旷 稀疏 留白 极简 空荡 疏朗"),
            (0.72, "crowded dense busy packed cluttered teeming crammed",
             "拥挤 密集 密密麻麻 繁复 挤满 繁密"),
        ),
        "movement": (
            (0.25, "calm motionless static serene tranquil peaceful",
             "静止 宁静 平静 安静 静谧 凝固"),
            (0.7, "dynamic energetic swirling rushing turbulent stormy frantic whirling",
             "动感 奔放 狂乱 风暴 飞驰 激荡 旋转"),
        ),
        "angularity": (
            (0.28, "round rounded curved curvy curves", "圆润 圆滑 曲线 弧线"),
            (0.72, "sharp angular jagged spiky pointed", "尖锐 锐利 锋利 棱角 锯齿 尖角"),
        ),
    }
)  # fmt: skip
"""Field -> (at most this, words) and (at least this, words)."""

_NAMES = "|".join(sorted(COLOURS, key=len, reverse=True))
_SHADES = "dark|deep|pale|light|bright|soft|plain|pure|bare|clean|warm|cool"
_GROUND_EN = re.compile(
    rf"\b((?:(?:{_SHADES})\s+)*)({_NAMES})?\s*\b(?:ground|background|backdrop|paper|canvas)\b"
    rf"|\b(?:on|onto|upon|against|over)\s+((?:(?:{_SHADES})\s+)*)({_NAMES})"
    r"(?=\s*(?:[,.;:!?]|$|and\b|with\b|like\b))"
)
_REFUSED = re.compile(r"\b(?:no|not|without|never|avoid)\s+(?:(?:on|an?|the)\s+)*$")
_NAMES_ZH = "|".join(sorted(COLOURS_ZH, key=len, reverse=True))
_GROUND_ZH = re.compile(
    rf"([深暗浅淡亮])?({_NAMES_ZH})?色?的?(?:底色|底子|背景|底(?![下部层片气蕴线]))"
    rf"|([深暗浅淡])?({_NAMES_ZH})色?的?(?:纸上|布上|画布)"
)
LIGHT_GROUND, DARK_GROUND = "#f3eee3", "#1b1a20"


def said_styles(text: str) -> tuple[str, ...]:
    """The styles that are called by name."""
    return tuple(name for name, words in STYLE_NAMES.items() if says(text, *words))


def kept_to_words(text: str, numbers: Mapping[str, float]) -> dict[str, float]:
    """The numbers, none on the other side of a word that says how much. Of "crowded but empty"
    neither counts."""
    kept = dict(numbers)
    for field, ((most, *few), (least, *many)) in AMOUNTS.items():
        low, high = says(text, *few), says(text, *many)
        if low != high:
            kept[field] = min(kept[field], most) if low else max(kept[field], least)
    return kept


def said_ground(text: str) -> str:
    """The hex colour of what the picture lies on: "on a dark ground", "on white", 黑底; ""."""
    english = plain(text)
    for match in (
        *(
            each
            for each in _GROUND_EN.finditer(english)
            if not _REFUSED.search(english[: each.start()])
        ),
        *_GROUND_ZH.finditer(unnegated(text)),
    ):
        one, colour, other, second = match.groups()
        ground = _ground((one or other or "").split(), colour or second or "")
        if ground:
            return ground
    return ""


def _ground(shades: list[str], colour: str) -> str:
    named = COLOURS.get(colour) or COLOURS_ZH.get(colour)
    if named:
        return shaded(named, next((each for each in shades if each in DEEPER or each in PALER), ""))
    if any(each in DEEPER for each in shades):
        return DARK_GROUND
    return LIGHT_GROUND if any(each in PALER or each in ("bright", "亮") for each in shades) else ""
