"""Whether a line may stand that a small model wrote: it says what the brief says, in other words.

A model of a hundred million parameters contradicts a brief as easily as it repeats it ("the water
is warm" of a bottle that keeps cold). So every word must come from the brief or from a short list
that can claim nothing, a refusal must be the brief's own, and one whole point must be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.ads.grounding import content_words, stem

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_SAFE = """
a an the this that these those it its it's they they're them their you your yours you're we our us
and or so as at by for from in into of on onto to up with is are be can will do does have has let
lets make makes made take takes bring brings come comes go meet see find try look get here there
where when while what who how why every each all both one more just only still again today day days
morning evening week weekend home hand hands simple simply plain easy ready good well new next
yes hello that's here's what's say says know need want love enjoy now then too also own ask
"""
_REFUSALS = frozenset({"no", "not", "never", "without", "none", "nothing", "nobody", "cannot"})
_SAFE_WORDS = frozenset(_SAFE.split())
_SAFE_HAN = """
今天 明天 每天 清晨 早晨 午后 傍晚 夜里 周末 夏天 冬天 随时 随手 一起 看看 试试 来一 一杯 一份
一次 一个 一种 一点 这里 那里 这就 就是 就来 等你 给你 陪你 让你 为你 你的 我们 自己 家里 手边
身边 路上 慢慢 轻轻 好好 刚刚 正好 简单 认识 遇见 带上 带走 带来 喜欢 需要 想要 想试 只要 只需
不用 不必 不多 还有 也有 都有 都在 什么 为什么 怎么 如何 欢迎 生活 日常 日子 时候 时光 味道 心意
"""
_SAFE_PHRASES = frozenset(_SAFE_HAN.split())
_SAFE_CHARACTERS = frozenset("的了着在是有就来去给你我它和与又也还都把让从到这那里上下吧呢吗啊")
_HAN_REFUSALS = frozenset("不无没别非未勿免")
_LEAST_SHARE = 0.6
"""Of a point's words that a line must hold to have said it."""


def plausible(text: str, said: str, points: Iterable[str], lang: str) -> bool:
    """Whether the line stays with the brief. `said` is all of it, `points` what must be met: one
    of them."""
    if lang == "zh":
        return _is_covered(text, said) and any(_holds_han(text, each) for each in points)
    return _are_known(text, said) and any(_holds(text, each) for each in points)


def _are_known(text: str, said: str) -> bool:
    own = {stem(each) for each in _WORD.findall(said.casefold())}
    words = _WORD.findall(text.casefold())
    if any(
        _is_refusal(word) and f"{word} {after}" not in said.casefold()
        for word, after in _pairs(words)
    ):
        return False
    return all(word in _SAFE_WORDS or stem(word) in own or _is_refusal(word) for word in words)


def _pairs(words: list[str]) -> Iterable[tuple[str, str]]:
    return zip(words, [*words[1:], ""], strict=False)


def _is_refusal(word: str) -> bool:
    return word in _REFUSALS or word.endswith(("n't", "n’t"))


def _holds(text: str, point: str) -> bool:
    wanted = content_words(point)
    return bool(wanted) and len(wanted & content_words(text)) >= _LEAST_SHARE * len(wanted)


def _holds_han(text: str, point: str) -> bool:
    """The point itself, or for a long one four characters of it in a row."""
    return any(point[at : at + 4] in text for at in range(max(1, len(point) - 3)))


def _is_covered(text: str, said: str) -> bool:
    return all(_run_is_covered(run, said) for run in _HAN_RUN.findall(text))


def _run_is_covered(run: str, said: str) -> bool:
    """From left to right the longest piece that is the brief's or safe."""
    at = 0
    while at < len(run):
        piece = next(
            (n for n in range(len(run) - at, 1, -1) if _is_piece(run[at : at + n], said)), 0
        )
        if not piece:
            if run[at] not in _SAFE_CHARACTERS or run[at] in _HAN_REFUSALS:
                return False
            piece = 1
        at += piece
    return True


def _is_piece(piece: str, said: str) -> bool:
    """A piece of the brief that does not leave the refusal before it behind, or a safe word."""
    if piece in _SAFE_PHRASES:
        return True
    at = said.find(piece)
    return at >= 0 and not (at > 0 and said[at - 1] in _HAN_REFUSALS)
