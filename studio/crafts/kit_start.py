"""What a kit starts from: nothing, or a kit that is there and one part of it that shall change.

The form's hidden field `start` is JSON: {"verb": "copy", "of": kit, ...}. It is part of the
recipe, so every kit that was worked on can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from studio.crafts.kit_kept import KeptKit, Rows, read_copy, read_layouts
from studio.crafts.start_json import start_object, wrong_in_start

VERBS: Mapping[str, str] = MappingProxyType(
    {"copy": "channels", "edit": "channels", "layout": "layouts", "picture": "", "jingle": ""}
)
"""What can be asked of a kit, and what each must be told beside it."""


@dataclass(frozen=True, slots=True)
class KitStart:
    """What is kept, and what is made anew."""

    verb: str = ""
    of: KeptKit = field(default_factory=KeptKit)

    @property
    def locked(self) -> Rows:
        """The texts that stay: of an edit all, of new copy the locked ones."""
        if self.verb != "copy":
            return self.of.copy
        return {
            channel: tuple(each for each in rows if each.locked)
            for channel, rows in self.of.copy.items()
        }

    @property
    def writes(self) -> bool:
        """Whether the writer is asked."""
        return self.verb in ("", "copy")


def read_start(text: str) -> KitStart:
    """The start of a form; an empty one for "". Raises InvalidInput("start")."""
    if not text.strip():
        return KitStart()
    given = start_object(text, code="kit_start")
    verb = given.pop("verb", "")
    if not isinstance(verb, str) or verb not in VERBS:
        raise wrong_in_start("verb", verb, ", ".join(VERBS))
    kept, told = KeptKit.read(given.pop("of", None)), VERBS[verb]
    for name in given:
        if name != told:
            raise wrong_in_start("start", name, told)
    if told and told not in given:
        raise wrong_in_start(told, "", told)
    return KitStart(verb, _changed(verb, kept, given.get(told)))


def start_text(verb: str, of: Mapping[str, object], **told: object) -> str:
    """The value of the field `start`; `of` as a kit's `data["kept"]`. Not checked."""
    return json.dumps({"verb": verb, "of": dict(of), **told}, ensure_ascii=False)


def _changed(verb: str, kept: KeptKit, told: object) -> KeptKit:
    match verb:
        case "copy" | "edit":
            return replace(kept, copy={**kept.copy, **read_copy(told)})
        case "layout":
            return replace(kept, layouts={**kept.layouts, **read_layouts(told)})
        case "picture":
            return replace(kept, pictures={})
        case _:
            return replace(kept, jingle=None)
