"""Chinese ad texts put together from a brief: every sentence says only what the brief says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from studio.ads.offer import Offer

_OPENINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "warm": ("给你的：{point}", "{brand}，在等你"),
        "playful": ("悄悄说：{point}", "嘿，{brand}来了"),
        "funny": ("没想到吧，{point}", "真的，{point}"),
        "dry": ("{point}。就这样", "{point}，不多说"),
        "tender": ("轻轻说：{point}", "{brand}，慢慢来"),
        "formal": ("{brand}呈现", "{brand}：{point}"),
        "poetic": ("慢下来，{point}", "{point}，刚刚好"),
        "sincere": ("先说好：{point}", "说实话，{point}"),
        "bold": ("就要{point}", "{point}，就现在"),
    }
)
"""First words of a headline in a tone of voice."""
_NUMBERS = ("", "一", "两", "三", "四", "五", "六")
_LISTED = "①②③④⑤⑥"


def headlines(offer: Offer) -> Iterator[str]:
    """短句，每句换一个角度：要点、品牌、提问、邀请。"""
    points, brand = offer.points, offer.brand
    yield points[0]
    yield from _in_tone(offer)
    yield f"{brand}，{points[-1]}"
    yield f"在找{offer.product}？"
    if offer.audience:
        yield f"给{offer.audience}"
    yield from points[1:]
    yield f"{brand}{offer.product}"
    if len(points) > 2:
        yield f"{points[1]}，{points[2]}"
    yield f"{offer.product}，{points[0]}"
    yield f"为什么是{brand}？"
    yield f"{points[0]}，都在{brand}"
    yield f"认识一下{brand}"
    yield from (f"{brand}：{each}" for each in points)
    yield offer.product
    yield f"来{brand}看看"
    yield from ("来看看", "了解一下")


def sentences(offer: Offer) -> Iterator[str]:
    """一到三句，最完整的在前；开头结尾各不相同。"""
    points, brand, product = offer.points, offer.brand, offer.product
    every = "，".join(points)
    yield f"{brand}{product}：{every}。"
    if 1 < len(points) < len(_NUMBERS):
        yield f"选{product}，先看{_NUMBERS[len(points)]}点：{'、'.join(points)}。{brand}都有。"
    yield f"{'。'.join(points)}。这就是{brand}。"
    yield f"{every}。{brand}，等你来。"
    yield f"{brand}想说的很简单：{every}。"
    yield f"{product}，{points[0]}。{brand}。"
    yield f"{'，'.join(points[1:] or points)}。认识一下{brand}。"
    yield f"{brand}：{points[0]}。"
    yield f"{product}，{points[-1]}。"
    yield from (f"{each}。" for each in points)
    yield from ("来看看吧。", "了解一下。")


def slogans(offer: Offer) -> Iterator[str]:
    """品牌，和要记住的一件事。"""
    yield f"{offer.brand}，{offer.points[0]}"
    yield f"{offer.brand}，{offer.points[-1]}"
    yield f"{offer.brand}{offer.product}"
    yield offer.brand


def notes(offer: Offer) -> Iterator[str]:
    """分段的笔记，要点成列。"""
    listed = "\n".join(f"{mark} {each}" for mark, each in zip(_LISTED, offer.points, strict=False))
    yield f"{offer.brand}｜{offer.product}\n\n{listed}\n\n有想问的，评论区见。"
    yield from sentences(offer)


def subjects(offer: Offer) -> Iterator[str]:
    """邮件标题：像对一个人说。"""
    yield f"{offer.points[0]}：{offer.brand}"
    yield f"你的{offer.product}，{offer.points[0]}"
    yield from headlines(offer)


def preheaders(offer: Offer) -> Iterator[str]:
    """收件箱里标题后面的一句：接着往下说。"""
    yield f"{'，'.join(offer.points[1:] or offer.points)}。"
    yield from sentences(offer)


def subtitles(offer: Offer) -> Iterator[str]:
    """应用名称下面：是什么。"""
    yield offer.product
    yield from offer.points
    yield "来看看"


def _in_tone(offer: Offer) -> Iterator[str]:
    for pattern in _OPENINGS.get(offer.tone, ()):
        yield pattern.format(brand=offer.brand, point=offer.points[0])
