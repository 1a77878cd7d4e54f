"""Where kits are worked on: the verbs of the craft, each on the part it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.crafts.craft import Craft
from studio.crafts.kit_start import VERBS, start_text
from studio.errors import InvalidInput
from studio.ui.ad_desk import AdDesk
from studio.ui.ad_parts import AdParts, verb_parts
from studio.ui.ad_picks import Given, Told, base_inputs, kept_rows
from studio.ui.strings import Words
from studio.works import Work, WorkOutput

KEEPS_SEED = ("edit", "layout")
"""Verbs after which nothing is drawn anew."""


def kit_parts(words: Words, craft: Craft) -> AdParts:
    """A button a verb."""
    return verb_parts(words, craft, tuple(VERBS))


class KitStand(AdDesk):
    """The events of one stand."""

    def asked(
        self, verb: str, work: Work, output: WorkOutput, told: Told, form: Given
    ) -> dict[str, object]:
        """The kit's form for a verb, on the kit as it is kept."""
        return kit_start(verb, work, output, told, form, self._form.craft)


def kit_start(
    verb: str, work: Work, output: WorkOutput, told: Told, form: Given, craft: Craft
) -> dict[str, object]:
    """The craft's form. Raises InvalidInput for a work that keeps no kit."""
    kept = output.data.get("kept")
    if not isinstance(kept, Mapping):
        raise InvalidInput(
            "start",
            "This is no kit that can be worked on.",
            "Make it again from its recipe first.",
            code="kit_kept",
        )
    seed = output.seed if verb in KEEPS_SEED else 0
    version = 1 + work.outputs.index(output)
    here = {**kept, "work": work.id, "version": version}
    start = start_text(verb, here, **_facts(verb, output, told))
    return {**base_inputs(work, form, craft), "seed": seed, "start": start}


def _facts(verb: str, output: WorkOutput, told: Told) -> dict[str, Any]:
    if verb == "layout":
        return {"layouts": dict(told.layouts)}
    if verb in ("copy", "edit"):
        return {"channels": _channels(output, told)}
    return {}


def _channels(output: WorkOutput, told: Told) -> dict[str, object]:
    shown = output.data.get("channels", ())
    rows = {
        str(each.get("channel")): each.get("fields")
        for each in (shown if isinstance(shown, list | tuple) else ())
        if isinstance(each, Mapping)
    }
    return {name: kept_rows(name, given, rows.get(name)) for name, given in told.channels.items()}
