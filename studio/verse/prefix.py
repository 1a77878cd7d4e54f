"""The prompt language of the verse model: `<bos><form>theme words<诗>`, then the poem.

The model was trained on prefixes whose words were drawn from the poem itself, so words a person
gives steer what it writes. Special symbols stand in the text as they are; the tokenizer knows them.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.verse.zh_tunes import tunes

BEGIN = "<bos>"
END = "<eos>"
POEM = "<诗>"
REGULAR_FORMS = ("五言绝句", "七言绝句", "五言律诗", "七言律诗")
COUPLET = "对联"
FIRST_FORMS = (*REGULAR_FORMS, "浣溪沙")
"""What the first verse model knew. Their order is that of its vocabulary: it never changes."""
_LATER = """
对联 忆江南 捣练子 如梦令 长相思 生查子 点绛唇 菩萨蛮 卜算子 采桑子 减字木兰花 诉衷情 好事近 忆秦娥
清平乐 阮郎归 西江月 南乡子 朝中措 浪淘沙 鹧鸪天 虞美人 鹊桥仙 玉楼春 踏莎行 蝶恋花 临江仙 一剪梅
渔家傲 苏幕遮 破阵子 江城子 水调歌头 满江红 念奴娇 沁园春
"""
LATER_FORMS = tuple(_LATER.split())
"""Added to its vocabulary behind all else, in this order: new ones go to the end."""
FORMS = (*FIRST_FORMS, *LATER_FORMS)
PAUSE = "、"
"""Divides a clause of a tune; stands behind all else in the vocabulary too."""
MAX_THEME_WORDS = 4


def form_symbol(form: str) -> str:
    """The symbol that stands for a form in the model's vocabulary."""
    return f"<{form}>"


def verse_prefix(form: str, theme: Sequence[str] = ()) -> str:
    """The prompt for a poem of this form (one of `FORMS`) on at most `MAX_THEME_WORDS` words."""
    return f"{BEGIN}{form_symbol(form)}{' '.join(theme[:MAX_THEME_WORDS])}{POEM}"


def poem_body(lines: Sequence[str], form: str) -> str:
    """The lines as the model writes them: one string with a tune's own marks, else ， and 。."""
    tune = tunes().get(form)
    marks = "".join(line.mark for line in tune) if tune else "，。" * (len(lines) // 2 + 1)
    return "".join(f"{line}{mark}" for line, mark in zip(lines, marks, strict=False))
