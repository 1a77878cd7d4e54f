"""Writing: story, screenplay scene, dialogue, news report, character, description, and work on a
text that is there (continue, rewrite, shorten, expand, summary), in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from studio.crafts.craft import Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.insight import claims, insight_of, size
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
CANDIDATES: Mapping[str, int] = MappingProxyType({"rewrite": 3, "shorten": 3, "summary": 3})
"""Short texts with facts to keep are written several times; the best by its verdicts stays."""
PENALTY: Mapping[str, float] = MappingProxyType({"scene": 1.05, "dialogue": 1.05})
"""Names and cues have to return."""
TOKENS_A_WORD = 1.45
GRACE_TOKENS = 40
MIN_P = 0.08
"""Cuts the odd token that derails a small model, better than top-k does (read on ten briefs)."""
CUED = frozenset({"scene", "dialogue"})
"""Names come back at every turn: forbidding repetition bends them (MICHAEL, MICHEEY, MICCHELY)."""
SEPARATOR = "\n\n* * *\n\n"

FIELDS = (
    Field("text", "paragraph", required=True, max_length=6000),
    Field("kind", "choice", "story", choices=KINDS),
    Field("tone", "text", AUTO, choices=TONES, max_length=60),
    Field("length", "choice", "medium", choices=LENGTHS),
    Field("n", "number", 1, minimum=1, maximum=4),
    Field("genre", "text", max_length=80, advanced=True),
    Field("opening", "paragraph", max_length=6000, advanced=True),
    Field("notes", "paragraph", max_length=2000, advanced=True),
    Field("temperature", "number", 0.7, minimum=0, maximum=1.5, step=0.05, advanced=True),
    Field("top_p", "number", 0.92, minimum=0.1, maximum=1, step=0.01, advanced=True),
    Field("seed", "seed", 0, advanced=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """One request a version (several candidates where facts must be kept)."""
    assignment = _assignment(inputs)
    card, adapter = roster.choose("writer", assignment.lang)
    count = int(str(inputs["n"])) * CANDIDATES.get(assignment.kind, 1)
    first = int(str(inputs["seed"]))
    requests = tuple(
        Request(
            card=card,
            adapter=adapter,
            seed=first + number,
            messages=messages_for(assignment),
            opening=opening_for(assignment),
            sampling=_sampling(assignment, inputs),
        )
        for number in range(count)
    )
    plan = {"kind": assignment.kind, "tone": assignment.tone or AUTO, "length": inputs["length"]}
    return Order(requests, inputs, assignment.lang, plan)


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """One output a version, tidied, ended at a sentence, checked, with its insight."""
    assignment = _assignment(order.inputs)
    each = CANDIDATES.get(assignment.kind, 1)
    outputs = [
        _output(assignment, request, completion)
        for request, completion in zip(order.requests, completions, strict=True)
    ]
    return tuple(_best(outputs[at : at + each]) for at in range(0, len(outputs), each))


def preview(order: Order, texts: Sequence[str]) -> str:
    """The first candidate of each version, with the opening that is already there."""
    each = CANDIDATES.get(str(order.inputs["kind"]), 1)
    shown = [
        (request.opening + text).strip()
        for request, text in zip(order.requests[::each], texts[::each], strict=True)
    ]
    return SEPARATOR.join(text for text in shown if text)


def _assignment(inputs: Inputs) -> Assignment:
    kind, text = str(inputs["kind"]), str(inputs["text"])
    lang = spoken_language(f"{text}\n{inputs['opening']}", str(inputs.get("lang", AUTO)))
    source = without_direction(text) if kind in FROM_SOURCE or kind == "continue" else text
    return Assignment(
        kind=kind,
        lang=lang,
        text=source,
        tone=resolved_tone(str(inputs["tone"]), text),
        genre=str(inputs["genre"]),
        words=_words(kind, source, lang, str(inputs["length"])),
        notes=str(inputs["notes"]),
        opening=str(inputs["opening"]),
    )


def _words(kind: str, source: str, lang: str, length: str) -> int:
    at = LENGTHS.index(length)
    if kind in SCALE:
        return max(12, round(SCALE[kind][at] * size(source, lang)))
    return WORDS[kind][at] * 3 // 2 if lang == "zh" else WORDS[kind][at]


def _sampling(assignment: Assignment, inputs: Inputs) -> Sampling:
    """Work on a source stays close to it; invention gets the person's temperature."""
    close = assignment.kind in FROM_SOURCE
    temperature = float(str(inputs["temperature"]))
    return Sampling(
        temperature=min(temperature, 0.4) if close else temperature,
        top_p=float(str(inputs["top_p"])),
        min_p=MIN_P,
        repetition_penalty=PENALTY.get(assignment.kind, 1.0 if close else 1.08),
        no_repeat_ngram=0 if close or assignment.kind in CUED else 6,
        max_tokens=round(assignment.words * TOKENS_A_WORD) + 16,
        grace_tokens=GRACE_TOKENS,
        loop_guard=True,
    )


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
    if assignment.kind == "news":
        data["claims"] = [dict(claim) for claim in claims(_below_headline(text))]
    checks = checks_of(assignment, text) if text else ()
    return Output(text, title, data=data, checks=checks, seed=request.seed)


def _below_headline(text: str) -> str:
    head, _, body = text.partition("\n")
    return body if body.strip() and len(head) < 90 else text


def _best(candidates: Sequence[Output]) -> Output:
    """Most verdicts passed; of equals the first, so that the seed decides."""
    return max(candidates, key=lambda each: sum(check.passed for check in each.checks))


CRAFT = Craft(
    name="writing",
    output="text",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
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
