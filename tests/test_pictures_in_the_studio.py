"""Pictures through the whole studio: another finish needs no model, a grid cell its own recipe."""

from __future__ import annotations

import av
import pytest
from PIL import Image

from studio.batch import finished
from studio.crafts.image_kept import kept_picture
from studio.crafts.image_start import start_text
from studio.requests import Request
from studio.service import Studio
from studio.works import Work

CALM = {"text": "calm, two warm colours", "n": 2, "size": "256", "seed": 7, "finish": "none"}


async def test_another_finish_of_the_same_pictures_needs_no_model(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await finished(studio, "image", CALM, "ada")

    def refuse(request: Request) -> None:
        raise AssertionError(request)

    monkeypatch.setattr(studio._manager, "submit", refuse)
    again = await finished(studio, "image", {**CALM, "finish": "gouache"}, "ada")
    assert [each.seed for each in again.outputs] == [each.seed for each in first.outputs]
    assert [each.data["layout"] for each in again.outputs] == [
        each.data["layout"] for each in first.outputs
    ]


async def test_a_grid_cells_file_carries_the_recipe_of_that_cell(studio: Studio) -> None:
    start = start_text(
        "grid",
        x={"by": "style", "values": ["rings", "grid"]},
        y={"by": "density", "values": [0.1, 0.9]},
    )
    work = await finished(studio, "image", {**CALM, "start": start}, "ada")
    assert len(work.outputs) == 4
    ((name, path),) = work.outputs[2].files.items()
    recipe = await studio.recipe_of(name, path.read_bytes())
    assert recipe is not None
    alone = await finished(studio, "image", recipe["inputs"], "ada")  # type: ignore[arg-type]
    assert len(alone.outputs) == 1
    assert alone.outputs[0].data["layout"] == work.outputs[2].data["layout"]


def kept(work: Work, version: int = 1) -> dict[str, object]:
    return kept_picture(work.outputs[version - 1].data, work.id, version)


@pytest.mark.parametrize(
    ("size", "finish", "shape"), [("1024", "none", (512, 512)), ("cover", "gouache", (512, 171))]
)
async def test_a_morph_is_written_as_moving_files_beside_its_first_picture(
    studio: Studio, size: str, finish: str, shape: tuple[int, int]
) -> None:
    first = await finished(studio, "image", {**CALM, "size": size}, "ada")
    start = start_text("morph", [kept(first, 1), kept(first, 2)], frames=2, fps=12)
    form = {**CALM, "size": size, "finish": finish, "start": start}
    work = await finished(studio, "image", form, "ada")
    (output,) = work.outputs
    assert set(output.files) == {"picture.png", "loop.gif", "loop.webp", "loop.mp4"}
    for name, path in output.files.items():
        recipe = await studio.recipe_of(name, path.read_bytes())
        assert recipe is not None
        assert recipe["inputs"]["start"] == start, name  # type: ignore[index]
    for name in ("loop.webp", "loop.gif"):
        with Image.open(output.files[name]) as moving:
            assert moving.size == shape
            assert moving.n_frames == 4  # type: ignore[attr-defined]
    with av.open(output.files["loop.mp4"]) as video:
        assert video.streams.video[0].average_rate == 12
    with Image.open(output.files["picture.png"]) as still:
        assert max(still.size) > 512, "the still keeps the asked size"


async def test_what_is_made_from_a_picture_hangs_together_with_it(studio: Studio) -> None:
    first = await finished(studio, "image", CALM, "ada")
    start = start_text("vary", [kept(first)], reach="near")
    child = await finished(studio, "image", {**CALM, "start": start}, "ada")
    assert (first.parent, child.parent) == ("", first.id)
    assert [each.id for each in await studio.lineage(child.id, user="ada")] == [first.id, child.id]


async def test_a_picture_that_came_in_a_file_has_no_parent_here(studio: Studio) -> None:
    first = await finished(studio, "image", CALM, "ada")
    start = start_text("vary", [kept(first)], reach="near")
    elsewhere = await finished(studio, "image", {**CALM, "start": start}, "bo")
    assert elsewhere.parent == ""
