"""The jingle of a kit: written from the brand's mood, or kept as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.crafts import melody
from studio.crafts.craft import Order, OrderPart, Output, Roster
from studio.crafts.form import fill
from studio.crafts.jingle import jingle_finish, jingle_order
from studio.crafts.kit_mood import Mood
from studio.crafts.kit_start import KitStart
from studio.crafts.melody_kept import kept_melody
from studio.crafts.melody_start import start_text
from studio.requests import Completion

NAME = "jingle"


def jingle_part(
    mood: Mood, start: KitStart, seed: int, roster: Roster, *, motif: str = "", lang: str
) -> OrderPart:
    """The order of the jingle; without requests for one that is kept."""
    kept = start.of.jingle
    if kept is None:
        order = jingle_order(mood.valence, mood.arousal, seed, roster, motif=motif, lang=lang)
        return OrderPart(NAME, "melody", order)
    data = {"plan": kept.plan, "accompaniment": kept.accompaniment}
    again = start_text("accompany", kept_melody(kept.abc, data), accompaniment=kept.accompaniment)
    filled = fill(melody.CRAFT, {"start": again, "seed": seed, "lang": lang}, lambda: seed)
    return OrderPart(NAME, "melody", melody.order(filled, roster))


def jingle_output(order: Order, completions: Sequence[Completion], start: KitStart) -> Output:
    """The finished take; a kept one still knows its motif."""
    if start.of.jingle is None:
        return jingle_finish(order, completions)
    (take,) = melody.finish(order, completions)
    return replace(take, data={**take.data, "motif": start.of.motif})


def kept_jingle(take: Output) -> dict[str, object]:
    """What a kit keeps of it."""
    return {NAME: kept_melody(take.text, take.data), "motif": str(take.data.get("motif", ""))}
