"""The word rules of the filter, English and Chinese, as data.

A rule is a pattern over normalised text (`filter.normalised`). Rules that need two ideas together
(a minor and a sexual act, a person and a method of harm) ask for both within one sentence, so that
either word alone, in a novel or a news report, passes. Words of contempt are kept in ROT13 and
base64: they must be matched, they need not be read.
"""

from __future__ import annotations

import base64
import codecs
import re
from dataclasses import dataclass

_SLURS_ROT13 = "avttre|avttref|snttbg|snttbgf|xvxr|xvxrf|jrgonpx|jrgonpxf|tbbx|tbbxf|fcvpf|genaavrf"
_SLURS_ZH = "6buR6ay8fOaUr+mCo+S6unzmlK/pgqPnjKp86Iet5amK5a2Q"

_MINOR = (
    r"\b(?:child(?:ren)?|kids?|minors?|toddlers?|infants?|pre-?teens?|school(?:girl|boy)s?"
    r"|little (?:girl|boy)s?|under-?age\w*|(?:[1-9]|1[0-7])[- ]year[- ]olds?|lolita|loli)\b"
    r"|儿童|小孩|孩子|幼女|男童|女童|未成年|小学生|初中生|幼儿|萝莉|正太"
)
_SEXUAL = (
    r"\b(?:sex|sexual(?:ly)?|sexy|erotic\w*|porn\w*|nude|naked|orgasm\w*|fuck\w*|blowjobs?"
    r"|masturbat\w*|seduc\w+|genitals?|hentai)\b"
    r"|色情|性爱|做爱|裸体|裸照|情色|性交|黄片|自慰|性行为|性器|诱奸"
)
_HOW = (
    r"\b(?:how (?:to|do i|can i|should i)|ways? to|methods? (?:of|to|for)|steps? to|instructions?"
    r"|guide (?:to|for)|recipe for|tutorial|easiest|painless(?:ly)?|best way)\b"
    r"|怎么|如何|怎样|方法|步骤|教程|教我|配方|无痛"
)
_SELF_HARM = (
    r"\b(?:kill (?:myself|yourself|oneself)|suicide|commit suicide|end my (?:own )?life"
    r"|cut(?:ting)? (?:myself|my wrists?)|self[- ]harm|hang myself|overdose)\b"
    r"|自杀|自残|割腕|轻生|结束自己的生命|上吊"
)
_WEAPON = (
    r"\b(?:pipe bombs?|nail bombs?|car bombs?|explosives?|(?:a |make |build )bombs?|nerve agents?"
    r"|sarin|ricin|anthrax|molotov(?: cocktails?)?|ghost guns?|meth(?:amphetamine)?)\b"
    r"|炸弹|炸药|沙林|毒气|冰毒|枪支|土枪|燃烧瓶"
)
_MAKE = (
    r"\b(?:mak(?:e|ing)|build(?:ing)?|assembl\w+|synthesi[sz]\w*|cook(?:ing)?|produc\w+)\b"
    r"|制作|制造|自制|合成|组装|配制"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is shown to the person. The rule is met when every pattern is, in one sentence."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    spared: re.Pattern[str] | None = None
    """Innocent wording that is taken out before looking."""


def _rule(name: str, *patterns: str, spared: str = "") -> Rule:
    compiled = tuple(re.compile(each) for each in patterns)
    return Rule(name, compiled, re.compile(spared) if spared else None)


RULES: tuple[Rule, ...] = (
    _rule(
        "sexual_minors",
        _MINOR,
        _SEXUAL,
        spared=r"\bsex (?:education|ed)\b|\bof (?:either|both) sex(?:es)?\b"
        r"|\bnaked (?:eye|truth|mole)|性教育|防性侵|反对?色情",
    ),
    _rule(
        "self_harm_instructions",
        _HOW,
        _SELF_HARM,
        spared=r"\b(?:prevent(?:ion|ing)?|help|hotline|against|stop|survivors?|awareness|support)\b"
        r"[^.!?。！？]{0,40}\b(?:suicide|self[- ]harm|overdose)\b"
        r"|\b(?:suicide|self[- ]harm|overdose) (?:prevention|hotline|awareness|support)\b"
        r"|预防自杀|防止自杀|自杀干预|预防自残|防止轻生",
    ),
    _rule(
        "weapon_instructions",
        _HOW,
        _MAKE,
        _WEAPON,
        spared=r"\bbath bombs?\b|\bglitter bombs?\b|\bseed bombs?\b"
        r"|深水炸弹鸡尾酒|泡澡炸弹|浴盐炸弹",
    ),
    _rule(
        "slur",
        rf"\b(?:{codecs.decode(_SLURS_ROT13, 'rot13')})\b|{base64.b64decode(_SLURS_ZH).decode()}",
        spared=r"\bfaggots (?:and|with|in) (?:peas|gravy)\b|印度支那人?",
    ),
)
