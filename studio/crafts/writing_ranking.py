"""Which of several drafts is shown first: measured traits, weighed by named weights.

Small models ramble, and one draft in a few does not. What can be measured decides: the kind's own
verdicts, loops, an ending, names that stay the same, the length asked for, nearness to the brief
(text encoder), and the model's own likelihood. A trait that nobody measured is left out for all.

How the weights were chosen: by hand, from the spread of each trait among eight drafts of one brief
(`spread_...` of `studio evaluate CARD --drafts 8`; lora/writing-en, five briefs: coverage 0.012,
likelihood 0.10, length 0.09, repeated 0.008). A defect that a person sees at once (a failed
verdict, a loop, a text that had to be cut) costs more than the finer traits usually differ.
Coverage is worth most of these; likelihood a third of it, since the likeliest drafts are those that
say the same again. Nothing was fitted to the criteria by which the study compares drafts.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from studio.crafts.craft import Output
from studio.crafts.insight import claims, size
from studio.crafts.writing_checks import cues
from studio.crafts.writing_prompts import FROM_SOURCE, Assignment
from studio.requests import Completion

LARGEST_CAST = 5
"""More names than this in a short text are people who come and go."""
ALIKE = 0.74
"""Two names of the same first letter as similar as this are one name, misspelt (difflib ratio)."""
NGRAM = 4
MOST_SLIPS = 3
_TOKEN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+|[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Weights:
    """What one unit of a trait is worth in a draft's merit."""

    failed_checks: float = -6.0
    """All verdicts failed instead of none."""
    looped: float = -4.0
    cut: float = -1.5
    """The model did not end it itself: the text was cut back to a sentence."""
    repeated: float = -12.0
    """Share of four-word runs (four characters) that came before."""
    slips: float = -0.7
    """One name misspelt, lost from the brief, or one too many."""
    off_length: float = -1.0
    """Factor e too long or too short."""
    coverage: float = 40.0
    """Cosine of brief and draft."""
    mean_logprob: float = 1.5
    """Nats a token."""


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Traits:
    """What is measured of one draft. Names as in `Weights`; None: nobody could measure it."""

    failed_checks: float
    looped: float
    cut: float
    repeated: float
    slips: float
    off_length: float
    coverage: float | None = None
    mean_logprob: float | None = None


def traits_of(assignment: Assignment, output: Output, completion: Completion) -> Traits:
    """The measured traits of one finished draft."""
    failed = sum(not check.passed for check in output.checks)
    return Traits(
        failed_checks=failed / max(1, len(output.checks)),
        looped=float(completion.finish == "loop"),
        cut=float(completion.finish == "length"),
        repeated=repeated_share(output.text),
        slips=float(min(MOST_SLIPS, name_slips(assignment, output.text))),
        off_length=_off_length(assignment, _written(output)),
        coverage=completion.coverage,
        mean_logprob=completion.mean_logprob,
    )


def ranking(drafts: Sequence[Traits], weights: Weights = WEIGHTS) -> tuple[int, ...]:
    """Places of the drafts, best first; of equals the first, so that the seed decides."""
    names = [each.name for each in fields(Weights)]
    known = [name for name in names if all(getattr(draft, name) is not None for draft in drafts)]
    merits = [sum(getattr(weights, n) * getattr(each, n) for n in known) for each in drafts]
    # Rounded: the last bits of a likelihood may depend on who else was in the batch.
    return tuple(sorted(range(len(drafts)), key=lambda at: (-round(merits[at], 3), at)))


def repeated_share(text: str) -> float:
    """Share of the text's runs of four words (Chinese: characters) that stood in it before."""
    tokens = [each.casefold() for each in _TOKEN.findall(text)]
    runs = [tuple(tokens[at : at + NGRAM]) for at in range(len(tokens) - NGRAM + 1)]
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


def name_slips(assignment: Assignment, text: str) -> int:
    """Names misspelt, names of the brief that are lost, names too many."""
    here, plain = names_in(text, assignment.lang), text.casefold()
    # A source may lose names on purpose (and the kind's own verdict counts its facts).
    brief = "" if assignment.kind in FROM_SOURCE else assignment.text
    asked = _said_names(brief, assignment.lang)
    lost = sum(name.casefold() not in plain for name in asked)
    return misspelt(here) + lost + max(0, len(here) - len(asked) - LARGEST_CAST)


def names_in(text: str, lang: str) -> tuple[str, ...]:
    """Who is named: capitalised words and the speakers' cues, each once."""
    called = [each.title() for each in cues(text, lang)]
    return tuple(dict.fromkeys((*_said_names(text, lang), *called)))


def _said_names(text: str, lang: str) -> list[str]:
    """Capitalised words; Chinese has no sign for a name."""
    if lang != "en":
        return []
    return [each["text"] for each in claims(text) if each["kind"] == "name"]


def misspelt(names: Sequence[str]) -> int:
    """How many names are almost another: "Michael" and "Micheey"."""
    return sum(
        any(_almost(name, other) for other in names[:place]) for place, name in enumerate(names)
    )


def _almost(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 4 or one[0] != other[0] or one in other or other in one:
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= ALIKE


def _written(output: Output) -> str:
    """Without what was there before (continue from the cursor)."""
    return output.text[int(str(output.data.get("opening_characters", 0))) :]


def _off_length(assignment: Assignment, text: str) -> float:
    written = size(text, assignment.lang)
    if not assignment.words or not written:
        return 0.0 if written else 3.0
    return abs(math.log(written / assignment.words))


def said(traits: Traits) -> Mapping[str, float]:
    """The traits that were measured, for the record."""
    values = {each.name: getattr(traits, each.name) for each in fields(Traits)}
    return {name: round(value, 4) for name, value in values.items() if value is not None}
