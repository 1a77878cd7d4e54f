"""What each tool asks of the craft for the chosen pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from studio.crafts import CRAFTS
from studio.crafts.form import fill
from studio.crafts.image_kept import kept_picture
from studio.errors import InvalidInput
from studio.families.fake_picture import painted
from studio.requests import Request
from studio.ui.picture_files import picture_file, shown_url
from studio.ui.picture_picks import Picked, asked_of, read_picks, typed_palettes
from studio.works import WorkOutput

CRAFT = CRAFTS["image"]
FORM = {each.name: each.default for each in CRAFT.fields} | {"text": "rings", "n": 3, "seed": 9}


def chosen(size: object = 512, finish: str = "ink", **more: object) -> Picked:
    """A picture of the fake model as the history holds it."""
    asked = {"style": "rings", "palette": ["#c8553d", "#f4efe4"], "aspect": 1.0}
    made = painted(Request(card="gan/abstract", seed=5, prompt="rings", condition=asked))
    numbers = ("warmth", "saturation", "brightness", "contrast", "density", "movement")
    data = {
        **made.data,
        "text": "rings in a well",
        "style": "rings",
        "palette": asked["palette"],
        "numbers": dict.fromkeys((*numbers, "angularity"), 0.5),
        "wildness": 0.4,
        "aspect": 1.0,
        "seed": 5,
        "finish": finish,
        "tuning": {"bleed": 0.9} if finish == "ink" else {},
        "size": size,
        **more,
    }
    return Picked(kept_picture(data, "w", 1), WorkOutput("", data=data))


def asked_inputs(tool: str, picks: list[Picked], **asked: object) -> dict[str, object]:
    """The form for a tool, which the craft accepts."""
    given = asked_of(tool, picks, asked, FORM)
    return dict(fill(CRAFT, given, lambda: 1))


def test_what_is_made_from_a_picture_keeps_its_words_finish_and_shape() -> None:
    wide = chosen(size=[3508, 2480])
    inputs = asked_inputs("vary", [wide], reach="near", follow=False)
    assert (inputs["text"], inputs["finish"]) == ("rings in a well", "ink")
    assert json.loads(str(inputs["tuning"])) == {"bleed": 0.9}
    assert (inputs["size"], inputs["width"], inputs["height"]) == ("free", 1080, 764)
    assert (inputs["n"], inputs["seed"]) == (3, 9)


def test_more_like_this_can_follow_the_form() -> None:
    followed = asked_inputs("vary", [chosen()], reach="far", follow=True)
    assert (followed["text"], followed["wildness"]) == ("rings", FORM["wildness"])


def test_one_picture_is_the_last_chosen_and_two_keep_their_order() -> None:
    first, second = chosen(), chosen(text="the other")
    assert (
        json.loads(
            str(asked_inputs("walk", [first, second], directions=["warmer"], step=0.5)["start"])
        )["of"][0]["text"]
        == "the other"
    )
    crossed = json.loads(str(asked_inputs("cross", [first, second])["start"]))
    assert [each["text"] for each in crossed["of"]] == ["rings in a well", "the other"]


def test_a_finish_takes_its_own_tuning_and_a_free_size() -> None:
    told = {"finish": "oil", "size": "free", "format": "tiff", "width": 900, "height": 600}
    inputs = asked_inputs("refinish", [chosen()], **told, **{"oil.stroke": 0.2, "oil.texture": 1})
    assert json.loads(str(inputs["tuning"])) == {"stroke": 0.2, "texture": 1}
    assert (inputs["width"], inputs["height"], inputs["format"]) == (900, 600, "tiff")


def test_without_a_choice_only_a_grid_goes_on_from_the_form() -> None:
    with pytest.raises(InvalidInput) as told:
        asked_of("vary", [], {}, FORM)
    assert told.value.code == "image_pick"
    axes = {"x": "seed", "x_values": ["1", "2"], "y": "density", "y_values": ["0.1", "0.9"]}
    start = json.loads(str(asked_inputs("grid", [], **axes)["start"]))
    assert (start["of"], start["x"]["values"], start["y"]["values"]) == ([], [1, 2], [0.1, 0.9])


def test_palettes_are_typed_named_or_pasted_from_a_style_sheet() -> None:
    assert typed_palettes("#112233 #445566; red") == [("#112233", "#445566"), ("#d62828",)]
    assert typed_palettes(":root { --a: #ABC; --b: #112233 }") == [("#aabbcc", "#112233")]
    with pytest.raises(InvalidInput):
        typed_palettes(" ")


@pytest.mark.parametrize("told", ["", "nothing", "[1]", '{"a": 1}', '[{"work": "w"}]'])
def test_what_is_no_choice_is_nothing(told: str) -> None:
    assert read_picks(told) == []


def test_what_a_browser_can_not_show_is_shown_as_a_small_copy(tmp_path: Path) -> None:
    path = tmp_path / "picture.tiff"
    Image.new("RGB", (2000, 1000), "#c8553d").save(path)
    assert picture_file({"picture.tiff": path}) == path
    assert shown_url(path).startswith("data:image/jpeg")
