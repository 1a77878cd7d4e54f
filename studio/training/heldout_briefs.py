"""The held-out rows of the written corpora as filled forms: what a person would have asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from studio.crafts import CRAFTS
from studio.crafts.craft import Craft, Inputs
from studio.crafts.form import fill
from studio.crafts.insight import size
from studio.crafts.writing import LENGTHS, WORDS
from studio.errors import InvalidInput
from studio.training.writer_rows import Row, writer_rows

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
AD_CHANNEL: Mapping[str, str] = MappingProxyType({"en": "google_rsa", "zh": "xiaohongshu"})


@dataclass(frozen=True, slots=True)
class HeldoutBrief:
    """One brief that no training has seen, and what a person wrote for it."""

    craft: Craft
    lang: str
    inputs: Inputs
    reference: str
    asked: str
    """What it is about, in the person's words."""


def heldout_briefs(path: Path, most: int = 0, split: str = "val") -> list[HeldoutBrief]:
    """The briefs of one written corpus, kinds and forms in turn; at most `most` (0: all)."""
    make = MAKERS[path.name.split("_")[0]]
    rows = _in_turn(writer_rows(path, split))
    briefs = [made for row in rows if (made := make(row)) is not None]
    return briefs[:most] if most else briefs


def with_seed(brief: HeldoutBrief, seed: int, **given: object) -> Inputs:
    """The form of a brief with a seed and other settings."""
    return fill(brief.craft, {**brief.inputs, "seed": seed, **given}, lambda: seed)


def _in_turn(rows: Sequence[Row]) -> list[Row]:
    """One of each kind or form after the other, so that a short list has them all."""
    seen: dict[str, int] = {}
    places: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        kind = str(row.get("kind", row.get("form", "")))
        seen[kind] = seen.get(kind, 0) + 1
        places.append((seen[kind], number))
    return [rows[number] for _, number in sorted(places)]


def _writing(row: Row) -> HeldoutBrief | None:
    given = {
        "text": row["brief"],
        "kind": row["kind"],
        "tone": row["tone"],
        "genre": row["genre"],
        "length": _length(row),
        "lang": row["lang"],
    }
    return _brief("writing", row, given, row["brief"], row["text"])


def _length(row: Row) -> str:
    """The length of the form that is nearest to what the person wrote."""
    if row["kind"] not in WORDS:
        return "medium"
    scale = 1.5 if row["lang"] == "zh" else 1.0
    written = size(row["text"], row["lang"])
    off = [abs(written - scale * words) for words in WORDS[row["kind"]]]
    return LENGTHS[off.index(min(off))]


def _poem(row: Row) -> HeldoutBrief | None:
    capitals = _CAPITALS.findall(row["brief"])
    idea = max(capitals, key=len) if row["form"] == "acrostic" and capitals else row["brief"]
    given = {"text": idea, "form": row["form"], "lang": row["lang"]}
    return _brief("poetry", row, given, row["brief"], row["text"])


def _ad(row: Row) -> HeldoutBrief | None:
    given = {name: row[name] for name in ("brand", "product", "audience", "tone", "lang")}
    given |= {"benefits": tuple(row["benefits"]), "channel": AD_CHANNEL[row["lang"]]}
    asked = ", ".join((row["product"], *row["benefits"]))
    return _brief("ad_copy", row, given, asked, f"{row['headline']} {row['description']}")


def _brief(
    craft: str, row: Row, given: Mapping[str, object], asked: str, reference: str
) -> HeldoutBrief | None:
    """None for a brief that the form of the craft does not take."""
    try:
        inputs = fill(CRAFTS[craft], given, lambda: 1)
    except InvalidInput:
        return None
    return HeldoutBrief(CRAFTS[craft], row["lang"], inputs, reference, asked)


MAKERS: Mapping[str, Callable[[Row], HeldoutBrief | None]] = MappingProxyType(
    {"writing": _writing, "poetry": _poem, "ads": _ad}
)
"""First word of the corpus's name -> how a row becomes a form."""
