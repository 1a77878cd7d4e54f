"""What a person can do with finished pictures: every verb is an order that its recipe repeats."""

from __future__ import annotations

import base64
import json
import random
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from studio.crafts.craft import Order, Output
from studio.crafts.form import fill, written
from studio.crafts.image import CRAFT
from studio.crafts.image_finishes import FINISHES
from studio.crafts.image_kept import kept_picture
from studio.crafts.image_sizes import PRESETS
from studio.crafts.image_sketch import cells_of_picture
from studio.crafts.image_start import start_text
from studio.crafts.image_walk import DIRECTIONS
from studio.crafts.palette import hex_to_lab, warmth
from studio.errors import InvalidInput
from studio.locales import Locales
from studio.render import finishes
from studio.requests import Completion, Picture
from studio.settings import Settings

TEXT = "calm warm lake"
SLOTS = ("#101010", "#303030", "#50402f", "#804020", "#a06030", "#c08040", "#e0c0a0", "#f8f0e0")
COOL = ("#0b1020", "#14264a", "#1d3f6b", "#2b5f8f", "#4a86ad", "#7fb0c9", "#b5d5e0", "#eef6f8")


class _Roster:
    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        assert (role, bool(lang)) == ("picture", True)
        return "gan/abstract", None

    def drafts(self, card: str) -> int:
        raise AssertionError(card)


def code(rows: int = 32, columns: int = 32, salt: int = 1) -> str:
    """A layout as the picture model writes it."""
    draw = random.Random(salt)
    cells = bytes(draw.randrange(256) for _ in range(rows * columns * 4))
    return base64.b64encode(bytes((rows, columns)) + zlib.compress(cells, 9)).decode()


def ordered(**fields: object) -> Order:
    given = {"text": TEXT, "seed": 5, **fields}
    return CRAFT.order(fill(CRAFT, given, lambda: 1), _Roster())


def painted(order: Order, rows: int = 32, columns: int = 32, salt: int = 0) -> Sequence[Output]:
    """The outputs of an order, with a stand-in for the picture model."""
    picture = Picture(8 * columns, 8 * rows, bytes(3 * 64 * rows * columns))
    made = [
        Completion(
            picture=picture,
            data={
                "layout": asked
                if isinstance(asked := each.condition.get("layout"), str)
                else code(rows, columns, salt + each.seed),
                "slots": each.condition.get("slots") or list(SLOTS),
                "noise": each.condition.get("noise", each.seed),
            },
        )
        for each in order.requests
    ]
    return CRAFT.finish(order, made)


def favourites(count: int, **shape: int) -> list[dict[str, Any]]:
    outputs = painted(ordered(n=count), **shape)
    return [kept_picture(each.data, "w1", place) for place, each in enumerate(outputs, 1)]


def conditions(order: Order) -> list[Mapping[str, Any]]:
    return [each.condition for each in order.requests]


def starts() -> dict[str, str]:
    one, two, three = favourites(3)
    return {
        "vary": start_text("vary", [one], reach="near"),
        "cross": start_text("cross", [one, two]),
        "morph": start_text("morph", [one, two, three], frames=4),
        "sketch": start_text("sketch", cells=[["#ff0000", "#00ff00"], ["#0000ff", "#ffffff"]]),
        "recolour": start_text("recolour", [one], palettes=[["#ff0000", "#ffffff"]]),
        "refinish": start_text("refinish", [one, two]),
        "walk": start_text("walk", [one], directions=["warmer", "denser", "wilder"]),
        "grid": start_text(
            "grid",
            [one],
            x={"by": "finish", "values": ["oil", "ink"]},
            y={"by": "palette", "values": ["red black", "teal cream"]},
        ),
    }


VERBS = ("vary", "cross", "morph", "sketch", "recolour", "refinish", "walk", "grid")


@pytest.mark.parametrize("verb", VERBS)
def test_a_recipe_asks_for_the_same_pictures_again(verb: str) -> None:
    order = ordered(start=starts()[verb])
    recipe = json.loads(json.dumps(dict(order.inputs)))
    assert CRAFT.order(fill(CRAFT, recipe, lambda: 1), _Roster()).requests == order.requests
    assert ordered(start=starts()[verb], **order.plan).requests == order.requests


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_made_remembers_where_it_came_from_and_can_be_worked_on(verb: str) -> None:
    outputs = painted(ordered(start=starts()[verb]))
    json.dumps([dict(each.data) for each in outputs])
    assert all(each.data["verb"] for each in outputs)
    if verb != "sketch":
        assert outputs[0].data["parents"][0] == {"work": "w1", "version": 1}
    if verb != "morph":
        again = kept_picture(outputs[-1].data)
        assert ordered(start=start_text("vary", [again])).requests


def test_sixteen_are_one_order_of_sixteen_different_seeds() -> None:
    assert len({each.seed for each in ordered(n=16).requests}) == 16


def test_more_like_this_goes_farther_the_farther_it_is_asked() -> None:
    (one,) = favourites(1)
    near, middle, far = (
        conditions(ordered(n=3, start=start_text("vary", [one], reach=reach)))
        for reach in ("near", "middle", "far")
    )
    assert near[0]["drift"] < middle[0]["drift"] < far[0]["drift"]
    assert all(each["slots"] == list(SLOTS) for each in (*near, *far))
    assert {each["noise"] for each in near} == {one["noise"]}
    assert len({each["noise"] for each in far}) == 3


def test_more_like_this_but_warmer_warms_the_same_palette() -> None:
    (one,) = favourites(1)
    set_warmer = min(1.0, one["numbers"]["warmth"] + 0.2)
    order = ordered(n=1, warmth=set_warmer, start=start_text("vary", [one], reach="near"))
    warmed = conditions(order)[0]["slots"]
    assert sum(map(warmth, warmed)) > sum(map(warmth, SLOTS)) + 0.3


def test_a_cross_has_ones_layout_and_the_others_everything_else() -> None:
    one, other = favourites(2)
    other |= {"slots": list(COOL), "style": "rings", "text": "cold rings"}
    first, second = ordered(n=2, start=start_text("cross", [one, other])).requests
    assert first.condition["layout"] == one["layout"]
    assert first.condition["noise"] == other["noise"]
    assert first.condition["style"] == "rings"
    assert first.condition["slots"] == list(COOL)
    assert first.prompt == "cold rings"
    assert "drift" not in first.condition
    assert second.condition["drift"] > 0


def test_a_morph_is_one_seamless_loop() -> None:
    one, two, three = favourites(3)
    two["slots"] = list(COOL)
    order = ordered(start=start_text("morph", [one, two, three], frames=4, fps=12))
    frames = conditions(order)
    assert len(frames) == 12
    ways = [tuple(each["passage"]["layouts"]) for each in frames]
    names = {
        picture["layout"]: name for name, picture in zip("abc", (one, two, three), strict=True)
    }
    assert [names[a] + names[b] for a, b in ways[::4]] == ["ab", "bc", "ca"]
    assert frames[0]["slots"] == list(SLOTS)
    assert frames[4]["slots"] == list(COOL)
    middle = hex_to_lab(frames[2]["slots"][3])
    assert middle[2] == pytest.approx((hex_to_lab(SLOTS[3])[2] + hex_to_lab(COOL[3])[2]) / 2, abs=2)
    (loop,) = painted(order)
    assert len(loop.frames) == 12
    assert loop.picture == loop.frames[0]
    assert loop.data["loop"] == {"fps": 12, "frames": 12}


def test_a_loop_keeps_a_melodys_beat() -> None:
    pictures = favourites(2)
    start = start_text("morph", pictures, bpm=120, beats=2, fps=24)
    assert len(ordered(start=start).requests) == 2 * 24


def test_a_sketch_is_painted_in_its_own_colours_unless_others_are_given() -> None:
    start = starts()["sketch"]
    assert set(conditions(ordered(start=start))[0]["palette"]) == {
        "#ff0000",
        "#00ff00",
        "#0000ff",
        "#ffffff",
    }
    assert conditions(ordered(start=start, palette="#123456"))[0]["palette"] == ["#123456"]


def test_any_picture_can_be_reduced_to_a_sketch() -> None:
    half = bytes((200, 30, 30)) * 30 + bytes((20, 40, 120)) * 33
    cells = cells_of_picture(half * 41, 63, 41, rows=8, columns=12, colours=2)
    assert (len(cells), len(cells[0])) == (8, 12)
    assert len({cell for row in cells for cell in row}) == 2
    assert warmth(cells[0][0]) > 0.5 > warmth(cells[0][-1])
    assert ordered(start=start_text("sketch", cells=cells)).requests


def test_recolouring_keeps_layout_and_brushwork() -> None:
    (one,) = favourites(1)
    (asked,) = conditions(ordered(palette="teal cream", start=start_text("recolour", [one])))
    assert (asked["layout"], asked["noise"]) == (one["layout"], one["noise"])
    assert len(asked["palette"]) == 2
    assert "slots" not in asked


def test_another_finish_asks_for_the_very_same_composition() -> None:
    one, two = favourites(2)
    start = start_text("refinish", [one, two])
    oil = ordered(start=start, finish="oil", seed=99)
    ink = ordered(start=start, finish="ink", tuning="bleed=0.9", size="a3", text="other")
    assert oil.requests == ink.requests
    (first, _) = painted(ink)
    assert first.data["finish"] == "ink"
    assert first.data["tuning"] == {"bleed": 0.9}
    assert first.data["size"] == [3508, 4961]
    assert first.data["dpi"] == 300
    assert first.picture is not None
    assert first.picture.width / first.picture.height == pytest.approx(3508 / 4961, abs=0.01)


def test_every_cell_of_a_grid_can_be_made_alone() -> None:
    start = start_text(
        "grid",
        x={"by": "style", "values": ["rings", "grid", "waves"]},
        y={"by": "warmth", "values": [0.15, 0.85]},
    )
    order = ordered(start=start)
    outputs = painted(order)
    assert len(order.requests) == 6
    for request, output in zip(order.requests, outputs, strict=True):
        alone = CRAFT.order(fill(CRAFT, output.data["inputs"], lambda: 1), _Roster())
        assert alone.requests == (request,)
    assert outputs[4].data["cell"] == {
        "row": 1,
        "column": 1,
        "x": ["style", "grid"],
        "y": ["warmth", 0.85],
    }
    cold, warm = order.requests[0].condition, order.requests[3].condition
    assert _mean_warmth(cold) + 0.1 < _mean_warmth(warm)


def _mean_warmth(condition: Mapping[str, Any]) -> float:
    colours = condition["palette"]
    return sum(map(warmth, colours)) / len(colours)


def test_directions_change_what_they_are_called_by() -> None:
    (one,) = favourites(1)
    order = ordered(start=start_text("walk", [one], directions=["warmer", "denser", "tamer"]))
    warmer, denser, tamer = conditions(order)
    assert sum(map(warmth, warmer["slots"])) > sum(map(warmth, SLOTS)) + 0.3
    assert "drift" not in warmer
    assert denser["density"] > one["numbers"]["density"]
    assert denser["drift"] > 0
    assert tamer["truncation"] < one["wildness"]


def test_one_direction_is_a_strip_of_ever_longer_steps() -> None:
    (one,) = favourites(1)
    order = ordered(n=4, start=start_text("walk", [one], directions=["darker"], step=1))
    light = [sum(hex_to_lab(slot)[0] for slot in each["slots"]) for each in conditions(order)]
    assert light == sorted(light, reverse=True)
    assert light[0] > light[-1] + 60


@pytest.mark.parametrize("verb", ["vary", "cross", "walk", "morph"])
def test_a_locked_palette_stays_in_every_verb(verb: str) -> None:
    order = ordered(palette="#0a5c36 #f4e9cd", lock=True, start=starts()[verb])
    assert all(each["palette"] == ["#0a5c36", "#f4e9cd"] for each in conditions(order))


def test_sizes_set_the_shape() -> None:
    assert conditions(ordered(size="story"))[0]["aspect"] == pytest.approx(1080 / 1920, abs=1e-3)
    wide = ordered(size="free", width=1200, height=400)
    assert conditions(wide)[0]["aspect"] == 3.0
    (output, *_) = painted(ordered(size="cover", n=1), 18, 56)
    assert output.data["size"] == [1500, 500]
    assert output.picture is not None
    assert output.picture.width / output.picture.height == pytest.approx(3, abs=0.02)
    assert all(0.4 <= each.aspect <= 3 for each in PRESETS.values())


def test_the_finishes_are_those_that_render_has() -> None:
    tunings = {n: {t.name for t in each.tunings} for n, each in finishes.FINISHES.items()}
    assert tunings == {name: set(each) for name, each in FINISHES.items() if name != "smooth"}


def _wrong(case: str) -> tuple[str, dict[str, object]]:
    one, two = favourites(2)
    (tall,) = favourites(1, rows=36, columns=28)
    foreign = {**one, "layout": base64.b64encode(b"\x20\x20 not a layout").decode()}
    x = {"by": "style", "values": ["rings", "grid"]}
    cases: dict[str, tuple[str, object]] = {
        "no json": ("image_start", "{not json"),
        "a list": ("image_start", "[1]"),
        "no verb": ("image_value", "{}"),
        "unknown key": ("image_unknown", start_text("vary", [one], distance=1)),
        "foreign layout": ("image_kept", start_text("vary", [foreign])),
        "a path": ("image_kept", start_text("vary", ["/etc/passwd"])),
        "reach": ("image_value", start_text("vary", [one], reach="away")),
        "one favourite": ("image_count", start_text("morph", [one])),
        "nine favourites": ("image_count", start_text("morph", [one] * 9)),
        "cross of one": ("image_count", start_text("cross", [one])),
        "two shapes": ("image_shapes", start_text("morph", [one, tall])),
        "long loop": ("image_frames", start_text("morph", [one, two] * 4, frames=40)),
        "no cells": ("image_missing", start_text("sketch")),
        "uneven cells": ("image_cells", start_text("sketch", cells=[["#fff"] * 2, ["#fff"] * 3])),
        "no colours": ("image_new_colours", start_text("recolour", [one])),
        "one axis twice": ("image_axes", start_text("grid", x=x, y=x)),
        "one value": (
            "image_axis_values",
            start_text("grid", x=x, y={"by": "seed", "values": [1]}),
        ),
        "drift of nothing": (
            "image_value",
            start_text("grid", x=x, y={"by": "drift", "values": [0.1, 0.2]}),
        ),
        "direction": ("image_value", start_text("walk", [one], directions=["leftwards"])),
    }
    code_, start = cases[case]
    return code_, {"start": start}


WRONG = (
    "no json", "a list", "no verb", "unknown key", "foreign layout", "a path", "reach",
    "one favourite", "nine favourites", "cross of one", "two shapes", "long loop", "no cells",
    "uneven cells", "no colours", "one axis twice", "one value", "drift of nothing", "direction",
)  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_can_not_be_started_is_said_in_both_languages(case: str) -> None:
    code_, fields = _wrong(case)
    with pytest.raises(InvalidInput) as refused:
        ordered(**fields)
    assert refused.value.code == code_
    locales = Locales.load(Path(Settings.from_environ({}).assets_dir) / "locales")
    english, chinese = (locales.sentence(refused.value, lang) for lang in ("en", "zh"))
    assert english != chinese
    assert "…" not in english + chinese


@pytest.mark.parametrize(
    ("fields", "code_"),
    [
        ({"tuning": "stroke=7"}, "image_tuning"),
        ({"tuning": "sparkle=0.5"}, "image_tuning"),
        ({"tuning": "{broken"}, "image_tuning"),
        ({"size": "free", "width": 20, "height": 900}, "image_edges"),
        ({"size": "free", "width": 4000, "height": 500}, "image_aspect"),
    ],
)
def test_wrong_sizes_and_tunings_are_refused_before_anything_is_painted(
    fields: dict[str, object], code_: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ordered(**fields)
    assert refused.value.code == code_


def test_a_picture_from_before_can_not_be_worked_on_and_says_so() -> None:
    with pytest.raises(InvalidInput, match="no composition"):
        kept_picture({"layout": [["#d62828"] * 2] * 2, "palette": ["#d62828"]})


def test_the_filter_reads_the_words_in_a_start_and_not_the_layouts() -> None:
    (one,) = favourites(1)
    start = start_text("vary", [{**one, "text": "words of another"}])
    said = written(CRAFT, fill(CRAFT, {"text": TEXT, "start": start}, lambda: 1))
    assert "words of another" in said
    assert one["layout"] not in said


def test_old_recipes_still_fill_the_form() -> None:
    old = {"text": TEXT, "finish": "smooth", "size": "2048", "density": 0.4, "seed": 3, "n": 2}
    assert conditions(ordered(**old))[0]["edge"] == 1024


def test_every_direction_has_a_name_in_both_languages() -> None:
    locales = Locales.load(Path(Settings.from_environ({}).assets_dir) / "locales")
    for lang in ("en", "zh"):
        assert {f"choice.direction.{name}" for name in DIRECTIONS} <= locales.keys(lang)
