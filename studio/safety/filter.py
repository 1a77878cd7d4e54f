"""The word filter: what a person asks and what a model wrote, item by item, rule by name.

A first line only: patterns know no irony. It refuses what no craft needs, and keeps out of the way
of fiction, news and medicine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from studio.crafts.craft import Check, Output
from studio.errors import Refused
from studio.safety.rules import RULES, Rule

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SENTENCE = re.compile(r"[.!?。！？\n]+")
_HELP = (
    "If you think of hurting yourself, please talk to somebody you trust or to a local help line "
    "(findahelpline.com lists them)."
)


class Filter:
    """Checks texts against rules; keeps no state and no text."""

    def __init__(self, rules: Sequence[Rule] = RULES) -> None:
        self._rules = tuple(rules)

    def check_input(self, text: str) -> None:
        """Raises Refused(rule) when the request meets a rule."""
        for rule in self.met(text):
            hint = _HELP if rule == "self_harm_instructions" else "Please ask for something else."
            raise Refused(rule, f"The studio does not work on this (rule: {rule}).", hint)

    def verdicts(self, text: str) -> tuple[Check, ...]:
        """One check, "safety": passed, or the names of the rules that the output meets."""
        met = self.met(text)
        return (Check("safety", not met, ", ".join(met)),)

    def judged(self, output: Output) -> Output:
        """The output with its verdict, and each alternative in its data with its own."""
        checks = output.checks + self.verdicts(output.text)
        listed = output.data.get("alternatives")
        if not isinstance(listed, list):
            return replace(output, checks=checks)
        alternatives = [self._with_verdict(each) for each in listed]
        return replace(output, checks=checks, data={**output.data, "alternatives": alternatives})

    def _with_verdict(self, alternative: Mapping[str, Any]) -> Mapping[str, Any]:
        found = [asdict(check) for check in self.verdicts(str(alternative["text"]))]
        return {**alternative, "checks": [*alternative.get("checks", ()), *found]}

    def met(self, text: str) -> tuple[str, ...]:
        """Names of the rules that some sentence of the text meets."""
        sentences = _SENTENCE.split(normalised(text))
        return tuple(
            rule.name for rule in self._rules if any(_meets(rule, each) for each in sentences)
        )


def normalised(text: str) -> str:
    """NFKC, case folded, without invisible characters: full-width and split spellings fold."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _INVISIBLE.sub("", plain).replace("’", "'")


def _meets(rule: Rule, sentence: str) -> bool:
    left = rule.spared.sub(" ", sentence) if rule.spared else sentence
    return all(pattern.search(left) for pattern in rule.patterns)
