"""Filling a craft's form: defaults, kinds, limits. Every wrong field says so by name."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from studio.crafts.craft import Craft, Field, Inputs
from studio.crafts.origin import FIELD as ORIGIN
from studio.crafts.origin import Origin
from studio.crafts.writable import writable, writable_json
from studio.errors import InvalidInput

LANGUAGES = ("auto", "en", "zh")
WRITTEN = frozenset(
    ("text", "words", "name", "voice", "examples", "audience", "do_words", "dont_words", "proof")
)
"""Under these names a hidden field's JSON holds what a person wrote."""


def fill(craft: Craft, given: Mapping[str, object], draw_seed: Callable[[], int]) -> Inputs:
    """The whole form: declared fields only, defaults for missing ones, a drawn seed for 0; what it
    was made from (`origin`) where that is told.

    Raises InvalidInput naming the field: unknown, missing, too long, not a choice, not a number.
    """
    known = {each.name for each in craft.fields} | {"lang", ORIGIN}
    for name in given:
        if name not in known:
            raise InvalidInput(
                name, f"{craft.name} has no field {name}.", code="no_field", craft=craft.name
            )
    filled = {each.name: _value(each, given.get(each.name), draw_seed) for each in craft.fields}
    filled["lang"] = _language(given.get("lang", "auto"))
    if origin := Origin.read(given.get(ORIGIN)).text:
        filled[ORIGIN] = origin
    return MappingProxyType(filled)


def spoken_language(text: str, asked: str = "auto") -> str:
    """The language a text is answered in: the asked one, else "zh" when Han characters are
    at least a fifth of its letters."""
    if asked in ("en", "zh"):
        return asked
    letters = [each for each in text if each.isalpha()]
    han = sum("\u4e00" <= each <= "\u9fff" for each in letters)
    return "zh" if letters and han * 5 >= len(letters) else "en"


def written(craft: Craft, inputs: Inputs) -> str:
    """Everything the person wrote freely, for the input filter: of a hidden field its texts."""
    free = [each for each in craft.fields if each.kind in ("paragraph", "text", "lines")]
    return "\n".join(line for each in free for line in _lines_of(each, inputs[each.name]))


def _lines_of(field: Field, value: object) -> Iterator[str]:
    if field.hidden:
        yield from _texts_in(str(value))
    elif isinstance(value, tuple):
        yield from map(str, value)
    else:
        yield str(value)


def _texts_in(value: str) -> Iterator[str]:
    """The words in a JSON: under the names of `WRITTEN`, and those that ABC says in letters (notes
    are letters, too). Everything when it is no JSON."""
    found: list[str] = []

    def seen(pairs: list[tuple[str, object]]) -> None:
        found.extend(str(each) for name, each in pairs if name in WRITTEN)
        found.extend(_words_in_abc(str(each)) for name, each in pairs if name == "abc")

    try:
        json.loads(value or "null", object_pairs_hook=seen)
    except (ValueError, RecursionError):
        yield value
    yield from found


def _words_in_abc(abc: str) -> str:
    """The title and the lyrics, syllables joined."""
    said = (line[2:] for line in abc.splitlines() if line[:2] in ("T:", "w:", "W:"))
    return "\n".join(line.replace("-", "").replace("_", "").replace("*", "") for line in said)


def _language(asked: object) -> str:
    if asked not in LANGUAGES:
        raise InvalidInput("lang", f"The language must be one of {', '.join(LANGUAGES)}.")
    return str(asked)


def _value(field: Field, given: object, draw_seed: Callable[[], int]) -> object:
    if given is None or (given == "" and field.kind in ("choice", "number", "seed", "toggle")):
        given = field.default
    match field.kind:
        case "paragraph" | "text":
            whole = isinstance(given, Mapping | list) and field.hidden
            return _text(field, json.dumps(given, ensure_ascii=False) if whole else given)
        case "lines":
            return _lines(field, given)
        case "choice":
            return _choice(field, given)
        case "choices":
            chosen = {_choice(field, each) for each in _lines(field, given or ())}
            return tuple(each for each in field.choices if each in chosen)
        case "toggle":
            return given in (True, 1, "1", "true", "yes", "on")
        case "seed":
            return int(_number(field, given or 0)) or draw_seed()
        case "number":
            return _in_range(field, _number(field, given))


def _text(field: Field, given: object) -> str:
    clean = writable_json(str(given)) if field.hidden else writable(str(given))
    text = clean.strip() if field.kind == "text" else clean.strip("\n")
    if field.required and not text.strip():
        raise InvalidInput(field.name, f"Please fill in {field.name}.", code="required")
    if len(text) > field.max_length:
        raise InvalidInput(
            field.name,
            f"{field.name} is too long: {len(text)} of {field.max_length} characters.",
            code="too_long",
            used=len(text),
            limit=field.max_length,
        )
    return text


def _lines(field: Field, given: object) -> tuple[str, ...]:
    whole = given if isinstance(given, str) else "\n".join(str(each) for each in _items(given))
    text = _text(field, whole)
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _items(given: object) -> tuple[object, ...]:
    return tuple(given) if isinstance(given, list | tuple) else (given,)


def _choice(field: Field, given: object) -> str:
    if given not in field.choices:
        shown = writable(str(given))[:60]
        raise InvalidInput(
            field.name,
            f"{shown} is no choice for {field.name}.",
            f"Choices: {', '.join(field.choices)}.",
            code="no_choice",
            value=shown,
            choices=", ".join(field.choices),
        )
    return str(given)


def _number(field: Field, given: object) -> float:
    try:
        number = float(str(given))
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    shown = writable(str(given))[:60]
    told = f"{field.name} must be a number, not {shown!r}."
    raise InvalidInput(field.name, told, code="no_number", value=shown)


def _in_range(field: Field, number: float) -> float | int:
    if number != field.default and not field.minimum <= number <= field.maximum:
        raise InvalidInput(
            field.name,
            f"{field.name} must lie between {field.minimum:g} and {field.maximum:g}.",
            code="out_of_range",
            value=number,
            minimum=field.minimum,
            maximum=field.maximum,
        )
    return round(number) if float(field.step).is_integer() else number
