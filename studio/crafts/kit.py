"""Ad kit: one brief becomes copy for every channel, pictures and a jingle of one mood, asked of the
models together; banners and files are made of them when the kit is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.ads.brand import Brand
from studio.ads.channels import CHANNELS
from studio.ads.phrases import AdBrief
from studio.crafts.ad_brief import brand_of, brief_of
from studio.crafts.ad_kit import as_data
from studio.crafts.craft import Craft, Field, Inputs, Order, OrderPart, Output, Part, Roster
from studio.crafts.guesses import GUESSES, without_guesses
from studio.crafts.image_finishes import FINISHES
from studio.crafts.image_form import AUTO
from studio.crafts.image_plan import STYLES
from studio.crafts.image_reading import found_concepts
from studio.crafts.kit_copy import copy_order, copy_parts, kit_data
from studio.crafts.kit_jingle import jingle_output, jingle_part, kept_jingle
from studio.crafts.kit_mood import mood_of
from studio.crafts.kit_pictures import (
    PictureWish,
    asked_colours,
    kept_pictures,
    picture_outputs,
    picture_parts,
    picture_text,
)
from studio.crafts.kit_start import KitStart, read_start
from studio.crafts.reading import Reading
from studio.crafts.tones import AUTO as ANY_TONE
from studio.crafts.tones import TONES
from studio.requests import Completion

SEEDS_APART = 100_000
"""Between the kits of one order: no request of a kit shares its seed with another's."""
_LONGEST_START = 600_000
"""Characters: three kept pictures, a melody, and the copy of every channel."""

_TOLD_OF_JINGLE = (
    *("seconds", "tempo_bpm", "plan", "motif", "motif_returns", "notes", "quarter_s", "upbeat"),
    *("bars", "meter", "instrument"),
)
"""Of the take's data: what its player shows."""

FIELDS = (
    Field("brand", "text", required=True, max_length=60),
    Field("product", "text", required=True, max_length=160),
    Field("benefits", "lines", max_length=800),
    Field("text", "paragraph", max_length=2000),
    Field("tone", "text", ANY_TONE, choices=TONES, max_length=60),
    Field("channel", "choices", (), choices=tuple(CHANNELS)),
    Field("style", "choice", AUTO, choices=(AUTO, *STYLES)),
    Field("finish", "choice", "gouache", choices=tuple(FINISHES)),
    Field("print", "toggle", False),
    Field("n", "number", 1, minimum=1, maximum=2),
    Field("palette", "text", max_length=200, advanced=True),
    Field("audience", "text", max_length=160, advanced=True),
    Field("keyword", "text", max_length=60, advanced=True),
    Field("do_words", "lines", max_length=400, advanced=True),
    Field("dont_words", "lines", max_length=400, advanced=True),
    Field("temperature", "number", 0.5, minimum=0, maximum=1.5, step=0.05, advanced=True),
    Field("seed", "seed", 0, advanced=True),
    Field("brand_card", "text", max_length=60_000, hidden=True),
    Field("upload", "text", max_length=64, hidden=True),
    Field("start", "text", max_length=_LONGEST_START, hidden=True),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A filled form, read."""

    inputs: Inputs
    brief: AdBrief
    brand: Brand | None
    start: KitStart
    colours: tuple[str, ...]

    def seed(self, kit: int) -> int:
        return int(str(self.inputs["seed"])) + SEEDS_APART * kit


def order(inputs: Inputs, roster: Roster) -> Order:
    """Every request of every kit, part after part: copy, pictures, jingle."""
    asked = _asked(inputs)
    parts = tuple(part for kit in range(_kits(asked)) for part in _parts(asked, kit, roster))
    requests = tuple(request for part in parts for request in part.order.requests)
    plan = {"tone": asked.brief.tone or ANY_TONE, "palette": " ".join(asked.colours)}
    return Order(requests, without_guesses(inputs), asked.brief.lang, plan, parts)


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """One output a kit; its parts are the outputs of their own crafts."""
    asked = _asked(order.inputs)
    done = _dealt(order.parts, completions)
    each = len(order.parts) // _kits(asked)
    return tuple(
        _output(asked, kit, done[kit * each : (kit + 1) * each]) for kit in range(_kits(asked))
    )


def preview(order: Order, texts: Sequence[str]) -> str:
    """The copy as it comes."""
    if not order.parts or order.parts[0].preview is None:
        return ""
    return order.parts[0].preview(texts[: len(order.parts[0].order.requests)])


Done = tuple[OrderPart, Sequence[Completion]]


def _dealt(parts: Sequence[OrderPart], completions: Sequence[Completion]) -> list[Done]:
    """Each part with its own completions."""
    dealt, start = [], 0
    for part in parts:
        stop = start + len(part.order.requests)
        dealt.append((part, completions[start:stop]))
        start = stop
    return dealt


def _asked(inputs: Inputs) -> _Asked:
    brief, brand = brief_of(inputs), brand_of(inputs)
    colours = asked_colours(inputs, brand)
    return _Asked(inputs, brief, brand, read_start(str(inputs["start"])), colours)


def _kits(asked: _Asked) -> int:
    """A kit that is worked on stays one."""
    return 1 if asked.start.verb else int(float(str(asked.inputs["n"])))


def _parts(asked: _Asked, kit: int, roster: Roster) -> tuple[OrderPart, ...]:
    seed = asked.seed(kit)
    mood = mood_of(asked.brand, asked.brief.tone)
    pictures = () if asked.inputs["upload"] else picture_parts(_wish(asked, seed), roster)
    motif = asked.brand.motif if asked.brand else ""
    return (
        copy_order(asked.inputs, asked.brief, asked.start, seed, roster),
        *pictures,
        jingle_part(mood, asked.start, seed, roster, motif=motif, lang=asked.brief.lang),
    )


def _wish(asked: _Asked, seed: int) -> PictureWish:
    mood = mood_of(asked.brand, asked.brief.tone)
    return PictureWish(
        text=picture_text(asked.brief, mood),
        style=str(asked.inputs["style"]),
        palette=asked.colours,
        finish=str(asked.inputs["finish"]),
        seed=seed,
        lang=asked.brief.lang,
        guesses=asked.inputs.get(GUESSES),
        kept=asked.start.of.pictures,
    )


def _output(asked: _Asked, kit: int, done: Sequence[Done]) -> Output:
    (copy, lines), *pictures, (jingle, takes) = done
    texts = copy_parts(copy.order, asked.brief, asked.start, lines)
    painted = picture_outputs(pictures)
    sound = jingle_output(jingle.order, takes, asked.start)
    data = kit_data(asked.inputs, asked.brief, asked.brand, texts) | {
        "colours": list(asked.colours or _seen_colours(painted)),
        "jingle": {name: sound.data.get(name) for name in _TOLD_OF_JINGLE},
        "layouts": dict(asked.start.of.layouts),
        "verb": asked.start.verb,
        "parents": _parents(asked.start),
    }
    kept = {
        "copy": {name: as_data(rows) for name, rows in texts.kits.items()},
        "pictures": kept_pictures(painted),
        **kept_jingle(sound),
        "layouts": data["layouts"],
    }
    return Output(
        text=texts.text,
        title=_title(asked.brief),
        data={**data, "kept": kept},
        checks=texts.checks,
        seed=asked.seed(kit),
        parts=(*texts.parts, *painted, Part("jingle", "melody", sound)),
    )


def _title(brief: AdBrief) -> str:
    return f"{brief.brand}{'：' if brief.lang == 'zh' else ': '}{brief.product}"


def _parents(start: KitStart) -> list[dict[str, object]]:
    """The kit that this one was made from."""
    kept = start.of
    return [{"work": kept.work, "version": kept.version}] if kept.work else []


def _seen_colours(painted: Sequence[Part]) -> Sequence[str]:
    """The palette that the pictures were painted in, where the brand has none."""
    data: Any = painted[0].output.data if painted else {}
    return tuple(data.get("palette", ()))


def _read_text(inputs: Mapping[str, object]) -> str:
    """What the pictures' plan is read from."""
    brief = brief_of(inputs)
    return picture_text(brief, mood_of(brand_of(inputs), brief.tone))


EXAMPLES: tuple[Inputs, ...] = (
    {
        "brand": "Morrow",
        "product": "refillable steel water bottle for hikers",
        "benefits": ("keeps cold 24 h", "repairable cap", "made from recycled steel"),
        "tone": "warm",
    },
    {
        "brand": "Lowtide",
        "product": "sea-salt soap bars for swimmers",
        "benefits": ("rinses off in cold water", "no plastic wrap"),
        "tone": "dry",
        "palette": "#0b3c49 #e8d8b4 #d95d39",
    },
    {
        "brand": "半亩茶",
        "product": "冷泡乌龙茶包",
        "benefits": ("冷水三分钟", "无糖", "可降解茶袋"),
        "tone": "poetic",
        "lang": "zh",
    },
)

CRAFT = Craft(
    name="kit",
    output="kit",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
    writes_as="ad_copy",
    reading=Reading("reader/image-plan", _read_text, found_concepts),
    examples=EXAMPLES,
)
