"""Verdicts on a finished text, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from studio.crafts.craft import Check
from studio.crafts.insight import claims, content_words, facts, size
from studio.crafts.writing_prompts import Assignment
from studio.crafts.writing_tidy import ends_sentence

_SLUG = re.compile(
    r"\A(?:(?:INT|EXT|INT\./EXT)\.? [^\n]{2,60} [-–—] [A-Z][A-Z ]+|[内外]景\s*\S[^\n]{0,40})"
    r"\s*(?:\n|\Z)"
)
_CUE = re.compile(
    r"^([A-Z][A-Z .'-]{1,30})(?: ?\([^)\n]*\))?\n\S|^([A-Z][\w .'-]{0,24}):\s*\S", re.MULTILINE
)
_HAN_CUE = re.compile(r"^([\u4e00-\u9fff]{1,8})(?:（[^）\n]*）)?(?:[：:]\s*\S|\n\S)", re.MULTILINE)
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .'-]+, )?(?:[A-Z][A-Z .'-]+|[A-Z]?[a-z]* ?\d{1,2} [A-Z][a-z]+"
    r"|[A-Z][a-z]+ \d{1,2})"
    r"(?:,? \d{4})? ?(?:\([^)\n]*\) ?)?[-–—]|^[\u4e00-\u9fff\d]{2,20}(?:讯|电)[（(　 ，]",
    re.MULTILINE,
)


def checks_of(assignment: Assignment, text: str) -> tuple[Check, ...]:
    """Every verdict that the kind asks for."""
    ending = Check("ends_at_sentence", ends_sentence(text))
    return (*(check(assignment, text) for check in CHECKS[assignment.kind]), ending)


def speaker_turns(text: str, lang: str) -> tuple[int, int]:
    """(turns, different speakers) of a dialogue or a scene."""
    called = cues(text, lang)
    return len(called), len(set(called))


def cues(text: str, lang: str) -> tuple[str, ...]:
    """Who speaks, turn by turn, as the text calls them."""
    pattern = _HAN_CUE if lang == "zh" else _CUE
    return tuple(next(filter(None, hit.groups())).strip() for hit in pattern.finditer(text))


def _slug_line(_: Assignment, text: str) -> Check:
    found = _SLUG.match(text)
    return Check("slug_line", found is not None, found.group().strip() if found else "")


def _turns(assignment: Assignment, text: str) -> Check:
    turns, voices = speaker_turns(text, assignment.lang)
    return Check("speaker_turns", turns >= 2 and voices >= 2, f"{turns} / {voices}")


def _dateline(_: Assignment, text: str) -> Check:
    found = _DATELINE.search("\n".join(text.split("\n")[:4]))
    return Check("dateline", found is not None, found.group().strip(" -–—　（(") if found else "")


def _on_topic(assignment: Assignment, text: str) -> Check:
    """At least a third of the brief's telling words return (stems: five letters decide)."""
    wanted = content_words(assignment.text, assignment.lang)
    plain = text.casefold()
    found = [each for each in wanted if each[:5] in plain]
    passed = len(found) * 3 >= len(wanted)
    return Check("on_topic", passed, f"{len(found)}/{len(wanted)}")


def _shorter(assignment: Assignment, text: str) -> Check:
    now, before = size(text, assignment.lang), size(assignment.text, assignment.lang)
    return Check("shorter", now < before, f"{now}/{before}")


def _longer(assignment: Assignment, text: str) -> Check:
    now, before = size(text, assignment.lang), size(assignment.text, assignment.lang)
    return Check("longer", now > before, f"{now}/{before}")


def _facts_kept(assignment: Assignment, text: str) -> Check:
    wanted = facts(assignment.text)
    lost = [each for each in wanted if each.casefold() not in text.casefold()]
    return Check("facts_kept", not lost, ", ".join(lost) or f"{len(wanted)}/{len(wanted)}")


def _nothing_added(assignment: Assignment, text: str) -> Check:
    known = assignment.text.casefold()
    added = [each["text"] for each in claims(text) if each["text"].casefold() not in known]
    return Check("nothing_added", not added, ", ".join(added))


def _changed(assignment: Assignment, text: str) -> Check:
    same = "".join(text.split()).casefold() == "".join(assignment.text.split()).casefold()
    return Check("changed", not same)


CHECKS: Mapping[str, tuple[Callable[[Assignment, str], Check], ...]] = MappingProxyType(
    {
        "story": (_on_topic,),
        "scene": (_slug_line, _turns, _on_topic),
        "dialogue": (_turns, _on_topic),
        "news": (_dateline, _on_topic),
        "character": (_on_topic,),
        "description": (_on_topic,),
        "continue": (),
        "rewrite": (_changed, _facts_kept, _nothing_added),
        "shorten": (_shorter, _facts_kept, _nothing_added),
        "expand": (_longer, _facts_kept),
        "summary": (_shorter, _nothing_added),
    }
)
