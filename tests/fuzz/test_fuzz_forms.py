"""Every craft's form, filled with anything: an order, or a sentence about what is wrong."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from studio.crafts import CRAFTS
from studio.crafts.craft import Craft, Field
from studio.crafts.form import fill, written
from studio.errors import InvalidInput, StudioError
from studio.requests import Request
from tests.fuzz.fuzzed import DEEP, HUGE, JSON, JUNK, allowed, bounded, fuzzed

WORDS = st.sampled_from(
    ("a red fox", "雨后的渡口", "tea for two", "# a\n- b", "<script>x</script>")
)
NUMBERS = st.sampled_from(("nan", "inf", "-inf", "1e999", "٣", "0x10", "1_0", " 2 ", "", "-0"))
VERBS = (
    "vary", "cross", "morph", "film", "sketch", "recolour", "refinish", "repaint", "grid", "walk",
    "board", "continue", "transpose", "tempo", "instrument", "accompany", "edit", "sing",
    "rewrite", "copy", "layout", "picture", "jingle",
)  # fmt: skip
TOLD = (
    "of", "verb", "reach", "frames", "fps", "bpm", "beats", "melody", "shape", "cells", "palettes",
    "x", "y", "drift", "directions", "step", "panels", "bars", "semitones", "tempo_bpm", "words",
    "instrument", "accompaniment", "abc", "notes", "channels", "layouts", "plan", "seed", "fields",
    "channel", "name", "text", "values", "style", "from", "to", "at", "version", "work", "picture",
)  # fmt: skip


class AnyRoster:
    """Whoever is asked for is here."""

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        return f"lm/{role}", None

    def drafts(self, card: str) -> int:
        return 2


INNER = st.recursive(
    JUNK | st.integers(-9, 99) | st.floats() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(TOLD), inner, max_size=5)
    ),
    max_leaves=20,
)
START = st.builds(
    lambda verb, told: {"verb": verb, **told},
    st.sampled_from(VERBS),
    st.dictionaries(st.sampled_from(TOLD), INNER, max_size=4),
)
HIDDEN = START | START.map(json.dumps) | INNER | DEEP


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Fitting values, nearly fitting ones, and junk."""
    fitting: st.SearchStrategy[Any] = WORDS
    if field.hidden and field.kind == "text":
        fitting = HIDDEN
    elif field.kind in ("choice", "choices"):
        fitting = st.sampled_from(field.choices)
    elif field.kind in ("number", "seed"):
        fitting = NUMBERS | st.integers() | st.floats(field.minimum, field.maximum or 9)
    elif field.kind == "toggle":
        fitting = st.booleans()
    return st.one_of(fitting, fitting, fitting, JUNK, HUGE, JSON)


def form_of(craft: Craft) -> st.SearchStrategy[tuple[Craft, dict[str, Any]]]:
    needed = {each.name: value_of(each) for each in craft.fields if each.required}
    others = {each.name: value_of(each) for each in craft.fields if not each.required}
    others |= {"lang": st.sampled_from(("auto", "en", "zh", "xx")), "origin": HIDDEN}
    some = st.sets(st.sampled_from(sorted(others)), max_size=4)
    optional = some.flatmap(lambda names: st.fixed_dictionaries({n: others[n] for n in names}))
    form = st.builds(lambda one, more: {**one, **more}, st.fixed_dictionaries(needed), optional)
    return form.map(lambda filled: (craft, filled))


FORMS = st.one_of([form_of(each) for each in CRAFTS.values()])


@fuzzed(few=250, many=20_000, form=FORMS)
def test_a_form_becomes_an_order_or_a_sentence(form: tuple[Craft, dict[str, Any]]) -> None:
    craft, given = form
    with bounded(), allowed(StudioError) as said:
        filled = fill(craft, given, lambda: 7)
        written(craft, filled).encode()
        order = craft.order(filled, AnyRoster())
    if said:
        return
    assert all(isinstance(each, Request) for each in order.requests)
    told = json.dumps({**filled, "plan": dict(order.plan)}, allow_nan=False, default=str)
    assert json.loads(told)["lang"] in ("auto", "en", "zh")
    for each in order.requests:
        each.prompt.encode()
        assert all(message.content.encode() is not None for message in each.messages)


@fuzzed(few=30, craft=st.sampled_from(sorted(CRAFTS)), name=JUNK)
def test_an_unknown_field_is_named(craft: str, name: str) -> None:
    known = {each.name for each in CRAFTS[craft].fields} | {"lang", "origin"}
    with allowed(StudioError) as said:
        fill(CRAFTS[craft], {name: "x"}, lambda: 7)
    assert name in known or [each.field for each in said if isinstance(each, InvalidInput)] == [
        name
    ]
