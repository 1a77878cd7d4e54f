"""Writing: story, screenplay scene, dialogue, news report, character, description, and work on a
text that is there (continue, rewrite, shorten, expand, summary), in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType

from studio.crafts.craft import (
    BETWEEN_VERSIONS,
    Craft,
    Field,
    Inputs,
    Order,
    Output,
    Roster,
)
from studio.crafts.desk import Desk, Revision
from studio.crafts.form import spoken_language
from studio.crafts.insight import insight_of, size, to_verify
from studio.crafts.tones import AUTO, TONES, resolved_tone
from studio.crafts.writing_brief import without_direction
from studio.crafts.writing_checks import checks_of
from studio.crafts.writing_prompts import (
    FROM_SOURCE,
    KINDS,
    Assignment,
    messages_for,
    opening_for,
)
from studio.crafts.writing_ranking import ranking, traits_of
from studio.crafts.writing_tidy import tidied, to_sentence_end
from studio.requests import Completion, Request, Sampling

LENGTHS = ("short", "medium", "long")
WORDS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "story": (90, 180, 350),
        "scene": (100, 180, 320),
        "dialogue": (80, 150, 260),
        "news": (90, 150, 260),
        "character": (70, 120, 200),
        "description": (60, 110, 200),
        "continue": (60, 130, 260),
        "summary": (25, 50, 90),
    }
)
"""About how many words (characters in Chinese: half as many again) each length means."""
SCALE: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {"rewrite": (0.9, 1.2, 1.5), "shorten": (0.4, 0.6, 0.8), "expand": (1.5, 2.2, 3.2)}
)
"""Length of a text made from a source, in sizes of the source."""
MOST_ROWS = 16
"""Drafts of all versions together: what one model takes in one batch."""
PENALTY: Mapping[str, float] = MappingProxyType({"scene": 1.05, "dialogue": 1.05})
"""Names and cues have to return."""
TUNED_CHINESE_PENALTY = 1.15
"""With less the small Chinese writer turns in circles within three lines (read on five briefs)."""
TOKENS_A_WORD = 1.45
GRACE_TOKENS = 40
MIN_P = 0.08
"""Cuts the odd token that derails a small model, better than top-k does (read on ten briefs)."""
CUED = frozenset({"scene", "dialogue"})
"""Names come back at every turn: forbidding repetition bends them (MICHAEL, MICHEEY, MICCHELY)."""
REPORTS = frozenset({"news", "summary"})
"""Kinds whose names, numbers, dates and quotations a person must verify."""
MOST_WORDS = 1000
"""Words (characters in Chinese) that may be asked for: what the small writers' contexts hold."""

FIELDS = (
    Field("text", "paragraph", required=True, max_length=6000),
    Field("kind", "choice", "story", choices=KINDS),
    Field("tone", "text", AUTO, choices=TONES, max_length=60),
    Field("length", "choice", "medium", choices=LENGTHS),
    Field("words", "number", 0, minimum=10, maximum=MOST_WORDS),
    Field("n", "number", 1, minimum=1, maximum=4),
    Field("genre", "text", max_length=80, advanced=True),
    Field("opening", "paragraph", max_length=6000, advanced=True),
    Field("notes", "paragraph", max_length=2000),
    Field("temperature", "number", 0.7, minimum=0, maximum=1.5, step=0.05, advanced=True),
    Field("top_p", "number", 0.92, minimum=0.1, maximum=1, step=0.01, advanced=True),
    Field("drafts", "number", 0, minimum=0, maximum=MOST_ROWS, advanced=True),
    Field("seed", "seed", 0, advanced=True),
)
"""`drafts` 0: as many as the writer can afford. `words` 0: as `length` says."""


def order(inputs: Inputs, roster: Roster) -> Order:
    """Several drafts of each version, in one batch. The order's inputs say how many."""
    assignment = assignment_of(inputs)
    card, adapter = roster.choose("writer", assignment.lang)
    tuned = adapter is not None
    inputs = {**inputs, "drafts": _drafts(inputs, roster, card)}
    first = int(str(inputs["seed"]))
    requests = tuple(
        Request(
            card=card,
            adapter=adapter,
            seed=first + number,
            messages=messages_for(assignment, tuned=tuned),
            opening=opening_for(assignment, tuned=tuned),
            sampling=_sampling(assignment, inputs, tuned),
        )
        for number in range(int(str(inputs["n"])) * int(str(inputs["drafts"])))
    )
    plan = {"kind": assignment.kind, "tone": assignment.tone or AUTO, "length": inputs["length"]}
    return Order(requests, MappingProxyType(inputs), assignment.lang, plan)


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """One output a version: its best draft, tidied, ended at a sentence, checked, with its
    insight; the other drafts are its alternatives, best first."""
    assignment, each = assignment_of(order.inputs), _each(order)
    drafts = [
        (_output(assignment, request, completion), completion)
        for request, completion in zip(order.requests, completions, strict=True)
    ]
    return tuple(_best(assignment, drafts[at : at + each]) for at in range(0, len(drafts), each))


def preview(order: Order, texts: Sequence[str]) -> str:
    """The first draft of each version, with the opening that is already there."""
    each = _each(order)
    shown = [
        (request.opening + text).strip()
        for request, text in zip(order.requests[::each], texts[::each], strict=True)
    ]
    return BETWEEN_VERSIONS.join(text for text in shown if text)


def brief(inputs: Inputs) -> str:
    """What the text is to be about: the brief, or the source without its direction."""
    return assignment_of(inputs).text


def _drafts(inputs: Inputs, roster: Roster, card: str) -> int:
    """Drafts of one version: what the person asks, else what the writer can afford."""
    asked = int(float(str(inputs["drafts"]))) or roster.drafts(card)
    return max(1, min(asked, MOST_ROWS // int(str(inputs["n"]))))


def _each(order: Order) -> int:
    return max(1, int(float(str(order.inputs.get("drafts", 1)))))


def assignment_of(inputs: Inputs) -> Assignment:
    """The brief of a filled form, resolved."""
    kind, text = str(inputs["kind"]), str(inputs["text"])
    lang = spoken_language(f"{text}\n{inputs['opening']}", str(inputs.get("lang", AUTO)))
    source = without_direction(text) if kind in FROM_SOURCE or kind == "continue" else text
    return Assignment(
        kind=kind,
        lang=lang,
        text=source,
        tone=resolved_tone(str(inputs["tone"]), text),
        genre=str(inputs["genre"]),
        words=int(float(str(inputs["words"]))) or _words(kind, source, lang, str(inputs["length"])),
        notes=str(inputs["notes"]),
        opening=str(inputs["opening"]),
    )


def _words(kind: str, source: str, lang: str, length: str) -> int:
    at = LENGTHS.index(length)
    if kind in SCALE:
        return max(12, round(SCALE[kind][at] * size(source, lang)))
    return WORDS[kind][at] * 3 // 2 if lang == "zh" else WORDS[kind][at]


def _sampling(assignment: Assignment, inputs: Inputs, tuned: bool) -> Sampling:
    """Work on a source stays close to it; invention gets the person's temperature."""
    close = assignment.kind in FROM_SOURCE
    temperature = float(str(inputs["temperature"]))
    return Sampling(
        temperature=min(temperature, 0.4) if close else temperature,
        top_p=float(str(inputs["top_p"])),
        min_p=MIN_P,
        repetition_penalty=_penalty(assignment, tuned),
        no_repeat_ngram=0 if close or assignment.kind in CUED else 6,
        max_tokens=round(assignment.words * TOKENS_A_WORD) + 16,
        grace_tokens=GRACE_TOKENS,
        loop_guard=True,
    )


def _penalty(assignment: Assignment, tuned: bool) -> float:
    if assignment.kind in FROM_SOURCE:
        return 1.0
    if tuned and assignment.lang == "zh":
        return TUNED_CHINESE_PENALTY
    return PENALTY.get(assignment.kind, 1.08)


def _output(assignment: Assignment, request: Request, completion: Completion) -> Output:
    body = request.opening + completion.text
    text, title = tidied(body)
    if completion.finish != "stop":
        text = to_sentence_end(text)
    data: dict[str, object] = {
        "kind": assignment.kind,
        "tone": assignment.tone,
        "lang": assignment.lang,
        "opening_characters": len(request.opening),
        "insight": dict(insight_of(text, assignment.lang)),
    }
    if assignment.kind in REPORTS:
        told = f"{assignment.text}\n{assignment.notes}"
        found = to_verify(_below_headline(text), told, assignment.lang)
        data["claims"] = [dict(claim) for claim in found]
    checks = checks_of(assignment, text) if text else ()
    return Output(text, title, data=data, checks=checks, seed=request.seed)


def _below_headline(text: str) -> str:
    head, _, body = text.partition("\n")
    return body if body.strip() and len(head) < 90 else text


def _best(assignment: Assignment, drafts: Sequence[tuple[Output, Completion]]) -> Output:
    """The best draft, with the others in its data: equal ones once, best first."""
    best, *others = (drafts[place][0] for place in _places(assignment, drafts))
    different = {each.text: each for each in reversed(others) if each.text not in ("", best.text)}
    alternatives = [_alternative(each) for each in reversed(different.values())]
    return replace(best, data={**best.data, "drafts": len(drafts), "alternatives": alternatives})


def _places(assignment: Assignment, drafts: Sequence[tuple[Output, Completion]]) -> Sequence[int]:
    """Best first. A person who stopped keeps what they saw: the first that has text."""
    if any(completion.cut_short for _, completion in drafts):
        return sorted(range(len(drafts)), key=lambda at: not drafts[at][0].text)
    return ranking([traits_of(assignment, *draft) for draft in drafts])


def _alternative(output: Output) -> Mapping[str, object]:
    """A draft that is not shown first, JSON-able."""
    return {
        "text": output.text,
        "title": output.title,
        "seed": output.seed,
        "checks": [asdict(check) for check in output.checks],
    }


DESK = Desk(
    revisions=(
        Revision(
            "continue", MappingProxyType({"kind": "continue", "length": "short"}), goes_on=True
        ),
        Revision("rewrite", MappingProxyType({"kind": "rewrite"})),
        Revision("expand", MappingProxyType({"kind": "expand"})),
        Revision("shorten", MappingProxyType({"kind": "shorten"})),
        Revision("change_tone", MappingProxyType({"kind": "rewrite"}), asks="tone"),
    ),
    keeps=("notes", "genre", "temperature", "top_p", "drafts", "lang"),
    notes="notes",
)

CRAFT = Craft(
    name="writing",
    output="text",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
    brief=brief,
    desk=DESK,
    examples=(
        {
            "kind": "story",
            "text": "A lighthouse keeper finds a letter addressed to the next keeper.",
        },
        {
            "kind": "scene",
            "text": "a mechanic and a smuggler trapped in a lift between floors of a space station",
        },
        {
            "kind": "news",
            "text": "Title: City opens night library. Date: 3 May. Write the report.",
        },
        {
            "kind": "rewrite",
            "tone": "warm",
            "text": "Your parcel is delayed. Delivery is expected on Friday. "
            "Contact support with questions.",
        },
        {"kind": "character", "text": "a retired tram driver who has started composing"},
        {"kind": "story", "lang": "zh", "text": "雨夜，一位修表匠收到一块停在明天的怀表。"},
        {
            "kind": "dialogue",
            "lang": "zh",
            "tone": "funny",
            "text": "母亲和女儿在整理旧相册时的对话，幽默一点。",
        },
        {
            "kind": "scene",
            "lang": "zh",
            "text": "两个多年未见的老同学在拆迁前的面馆里相遇。",
        },
    ),
)
