"""Pipelines of diffusers on tiny random weights: step by step, batched, cancelled, started from a
picture, with adapters; and always what diffusers itself would have painted."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import AutoPipelineForImage2Image, AutoPipelineForText2Image, LCMScheduler
from numpy.typing import NDArray
from PIL import Image

from studio.catalog import Card, Catalog
from studio.engine.family import DeviceOutOfMemory, Stepped
from studio.engine.manager import Manager
from studio.errors import Cancelled, InvalidInput, NotReady
from studio.families.diffusion import Diffusion
from studio.families.diffusion_estimate import diffusion_need, pipeline_type
from studio.families.diffusion_order import DiffusionOrder
from studio.families.diffusion_schedulers import SCHEDULERS, new_scheduler
from studio.families.latent_view import LatentView
from studio.requests import Chunk, Picture, Request
from tests.families.tiny_pipeline import (
    ADAPTER,
    CARD,
    tiny_adapter_card,
    tiny_painter,
    tiny_pipeline_card,
)

SEA = "a red sea under two moons"
RED = Picture(64, 64, bytes([200, 40, 30]) * 64 * 64)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """A tiny Stable Diffusion and LoRA weights for it."""
    folder = tmp_path_factory.mktemp("models")
    painter = tiny_pipeline_card(folder)
    return Catalog([painter, tiny_adapter_card(folder / "lora", painter.folder)])


@pytest.fixture(scope="module")
def loaded(cards: Catalog) -> Iterator[Diffusion]:
    family = Diffusion.open(cards.card(CARD), cards, "cpu", "float32")
    yield family
    family.close()


@pytest.fixture
def painter(loaded: Diffusion) -> Iterator[Diffusion]:
    """The loaded family; a test that failed leaves no rows to the next."""
    yield loaded
    for slot in list(loaded._rows):
        loaded.release(slot)


def ask(seed: int, prompt: str = SEA, adapter: str | None = None, **condition: object) -> Request:
    return Request(card=CARD, seed=seed, prompt=prompt, adapter=adapter, condition=condition)


@dataclass
class Watched:
    """What came of one request."""

    picture: Picture | None = None
    previews: list[Picture] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)

    def add(self, stepped: Stepped) -> None:
        if stepped.error is not None:
            raise stepped.error
        if stepped.chunk is None:
            return
        self.chunks.append(stepped.chunk)
        if stepped.chunk.finish is not None:
            self.picture = stepped.chunk.picture
        elif stepped.chunk.picture is not None:
            self.previews.append(stepped.chunk.picture)

    @property
    def rgb(self) -> NDArray[np.int64]:
        assert self.picture is not None
        return levels(self.picture)


def levels(picture: Picture) -> NDArray[np.int64]:
    flat = np.frombuffer(picture.rgb, np.uint8)
    return flat.reshape(picture.height, picture.width, 3).astype(np.int64)


def painted(family: Diffusion, requests: Sequence[Request]) -> list[Watched]:
    """All requests in one batch until all have ended."""
    slots = [family.admit(each) for each in requests]
    watched = {slot: Watched() for slot in slots}
    live = list(slots)
    while live:
        for stepped in family.step(live):
            watched[stepped.slot].add(stepped)
            if stepped.ended:
                family.release(stepped.slot)
                live.remove(stepped.slot)
    return [watched[slot] for slot in slots]


def differ(one: Watched, other: Watched) -> int:
    """The most by which a channel of a pixel differs: sums over other batches round by one."""
    return int(np.abs(one.rgb - other.rgb).max())


def plainly(card: Card, request: Request) -> NDArray[np.int64]:
    """What one ordinary call of diffusers paints for the request."""
    asked = dict(request.condition)
    pipeline: Any = AutoPipelineForText2Image.from_pretrained(card.folder)
    pipeline.set_progress_bar_config(disable=True)
    if asked.get("scheduler"):
        pipeline.scheduler = new_scheduler(pipeline.scheduler, str(asked["scheduler"]))
    more: dict[str, Any] = {"width": 64, "height": 64}
    if "start" in asked:
        pipeline = AutoPipelineForImage2Image.from_pipe(pipeline)
        start: Any = asked["start"]
        more = {"image": Image.frombytes("RGB", (64, 64), start.rgb), "strength": asked["strength"]}
    result = pipeline(
        prompt=request.prompt,
        negative_prompt=asked.get("negative"),
        num_inference_steps=asked["steps"],
        guidance_scale=asked.get("guidance", 4.0),
        generator=torch.Generator().manual_seed(request.seed),
        output_type="np",
        **more,
    )
    return (result.images[0] * 255).round().astype(np.int64)


# what is painted


@pytest.mark.parametrize("scheduler", ["", *SCHEDULERS])
def test_step_by_step_is_what_diffusers_paints_in_one_call(
    cards: Catalog, painter: Diffusion, scheduler: str
) -> None:
    asked = ask(5, steps=4, scheduler=scheduler, guidance=3.0, negative="grey")
    plain = plainly(cards.card(CARD), asked)
    ours = painted(painter, [asked])[0].rgb
    assert np.abs(ours - plain).max() <= 1
    assert plain.std() > 5, "an empty picture would prove nothing"


@pytest.mark.parametrize("scheduler", ["", "euler_a", "ddim", "dpmpp_2m", "unipc"])
def test_painting_over_a_picture_is_what_diffusers_does(
    cards: Catalog, painter: Diffusion, scheduler: str
) -> None:
    asked = ask(6, start=RED, strength=0.5, steps=3, scheduler=scheduler)
    whole = replace(asked, condition={**asked.condition, "steps": 6})
    plain = plainly(cards.card(CARD), whole)
    assert np.abs(painted(painter, [asked])[0].rgb - plain).max() <= 1


@pytest.mark.parametrize("kind", ["sdxl", "flux", "sana"])
def test_other_architectures_go_step_by_step_too(tmp_path: Path, kind: str) -> None:
    family = tiny_painter(tmp_path, kind)
    card = Card(
        name=CARD, version="1", kind="base", family="diffusion", licence="", folder=tmp_path / kind
    )
    asked = ask(5, steps=3, guidance=4.0)
    both = painted(family, [asked, ask(6, steps=3, guidance=4.0)])
    assert differ(both[0], painted(family, [asked])[0]) <= 1
    assert len(both[0].previews) == 2
    if kind != "sana":  # its plain call would paint the nearest size of a table
        assert np.abs(both[0].rgb - plainly(card, asked)).max() <= 1
    if kind != "sana":
        start = painted(family, [ask(5, start=RED, strength=0.4, steps=2)])[0]
        assert differ(start, both[0]) > 5
    family.close()


def test_a_pipeline_without_a_twin_says_that_it_can_not_start_from_a_picture(
    tmp_path: Path,
) -> None:
    family = tiny_painter(tmp_path, "sana")
    with pytest.raises(InvalidInput) as refused:
        family.admit(ask(1, start=RED))
    assert refused.value.field == "start"


def test_the_size_that_is_asked(painter: Diffusion) -> None:
    picture = painted(painter, [ask(1, width=96, height=72)])[0].picture
    assert picture is not None
    assert (picture.width, picture.height) == (96, 72)
    assert len(picture.rgb) == 3 * 96 * 72


def test_less_strength_stays_nearer_to_the_start(painter: Diffusion) -> None:
    near, far = (
        painted(painter, [ask(2, start=RED, strength=strength, steps=4)])[0].rgb
        for strength in (0.1, 1.0)
    )
    nothing = painted(painter, [ask(2, start=RED, strength=0.05, steps=1)])[0].rgb
    assert np.abs(near - nothing).mean() < np.abs(far - nothing).mean()


def test_a_start_picture_may_be_a_file_in_base64(painter: Diffusion) -> None:
    file = io.BytesIO()
    Image.frombytes("RGB", (64, 64), RED.rgb).save(file, "PNG")
    told = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    both = painted(painter, [ask(3, start=RED), ask(3, start=told)])
    assert differ(*both) <= 1


# the batch


@pytest.mark.parametrize("scheduler", ["euler", "euler_a", "dpmpp_2m", "lcm"])
def test_the_same_seed_alone_or_in_a_batch(painter: Diffusion, scheduler: str) -> None:
    requests = [ask(seed, f"{SEA} {seed}", scheduler=scheduler, steps=4) for seed in range(5)]
    alone = [painted(painter, [each])[0] for each in requests]
    together = painted(painter, requests)
    assert [differ(*pair) <= 1 for pair in zip(alone, together, strict=True)] == [True] * 5
    assert len({each.rgb.tobytes() for each in together}) == 5


def test_rows_of_other_settings_do_not_disturb(painter: Diffusion) -> None:
    wanted = ask(7, scheduler="euler_a", steps=5)
    others = [
        ask(1, steps=2),
        ask(2, scheduler="ddim", guidance=1.0),
        ask(3, start=RED, strength=0.7),
        ask(4, width=96),
        ask(5, negative="moon"),
    ]
    mixed = painted(painter, [*others[:3], wanted, *others[3:]])
    assert differ(mixed[3], painted(painter, [wanted])[0]) <= 1
    assert all(each.picture is not None for each in mixed)


def test_words_to_avoid_are_each_rows_own(painter: Diffusion) -> None:
    free, avoiding = painted(painter, [ask(4), ask(4, negative="two moons")])
    assert differ(free, avoiding) > 5
    assert differ(free, painted(painter, [ask(4)])[0]) <= 1


def test_equal_settings_share_each_step(painter: Diffusion, monkeypatch: Any) -> None:
    batches = seen_batches(painter, monkeypatch)
    painted(painter, [ask(seed, steps=3) for seed in range(4)])
    assert batches == [4, 4, 4]


def test_two_settings_make_two_batches_that_take_turns(
    painter: Diffusion, monkeypatch: Any
) -> None:
    batches = seen_batches(painter, monkeypatch)
    requests = [ask(seed, steps=2 + seed % 2) for seed in range(5)]
    painted(painter, requests)
    assert sorted(batches) == [2, 2, 2, 3, 3]
    assert batches[:4] == [3, 2, 3, 2]


def test_who_comes_later_gets_the_same(painter: Diffusion) -> None:
    early, late = ask(8, steps=4), ask(9, steps=4)
    slots = [painter.admit(early)]
    watched = {slots[0]: Watched()}
    watched[slots[0]].add(painter.step(slots)[0])
    slots.append(painter.admit(late))
    watched[slots[1]] = Watched()
    live = list(slots)
    while live:
        for stepped in painter.step(live):
            watched[stepped.slot].add(stepped)
            if stepped.ended:
                live.remove(stepped.slot)
                painter.release(stepped.slot)
    for slot, request in zip(slots, (early, late), strict=True):
        assert differ(watched[slot], painted(painter, [request])[0]) <= 1


def seen_batches(painter: Diffusion, monkeypatch: Any) -> list[int]:
    """How many rows each denoising step has, as it happens."""
    inner, sizes = painter._painter.step, []

    def counting(rows: Sequence[Any]) -> Any:
        sizes.append(len(rows))
        return inner(rows)

    monkeypatch.setattr(painter._painter, "step", counting)
    return sizes


# previews, cancelling, failing


def test_every_step_but_the_last_shows_a_preview(painter: Diffusion) -> None:
    watched = painted(painter, [ask(1, steps=5)])[0]
    assert len(watched.previews) == 4
    assert [chunk.data["step"] for chunk in watched.chunks] == [1, 2, 3, 4, 5]
    assert all(chunk.data["steps"] == 5 for chunk in watched.chunks)
    for shown in watched.previews:
        assert len(shown.rgb) == 3 * shown.width * shown.height
        assert shown.width == shown.height


class LinearVae:
    """An autoencoder that is understood: a cell is the mean colour, mixed into four channels."""

    config = SimpleNamespace(scaling_factor=0.5, shift_factor=0.2)
    dtype = torch.float32
    mix = torch.tensor([[1.0, 0.5, 0.0, 0.2], [0.0, 1.0, -0.5, 0.1], [0.3, 0.0, 1.0, -0.4]])

    def encode(self, pixels: torch.Tensor) -> Any:
        means = torch.nn.functional.avg_pool2d(pixels, 8)
        mixed = torch.einsum("nchw,ck->nkhw", means, self.mix) + 0.7
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: mixed))


def test_a_preview_shows_the_colours_that_the_latents_stand_for() -> None:
    vae = LinearVae()
    pipeline = SimpleNamespace(vae=vae, vae_scale_factor=8, _execution_device="cpu")
    halves = torch.zeros(1, 3, 64, 64)
    halves[:, 0, :, :32], halves[:, 2, :, 32:] = 0.9, 0.8
    latents = (vae.encode(2 * halves - 1).latent_dist.mode() - 0.2) * 0.5
    shown = LatentView(pipeline).pictures(latents, 64, 64)[0]
    assert shown is not None
    third = shown.width // 3
    left, right = levels(shown)[:, :third].mean((0, 1)), levels(shown)[:, -third:].mean((0, 1))
    assert np.abs(left - (230, 0, 0)).max() < 8
    assert np.abs(right - (0, 0, 204)).max() < 8


def test_latents_that_can_not_be_read_have_no_preview() -> None:
    pipeline = SimpleNamespace(vae=object(), vae_scale_factor=8, _execution_device="cpu")
    assert LatentView(pipeline).pictures(torch.zeros(2, 4, 8, 8), 64, 64) == [None, None]


def test_a_row_can_be_cancelled_between_steps(painter: Diffusion) -> None:
    slots = [painter.admit(ask(seed, steps=4)) for seed in (1, 2)]
    painter.step(slots)
    painter.release(slots[0])
    watched = Watched()
    while watched.picture is None:
        watched.add(painter.step(slots[1:])[0])
    painter.release(slots[1])
    assert differ(watched, painted(painter, [ask(2, steps=4)])[0]) <= 1


def test_out_of_memory_leaves_the_rows_as_they_were(painter: Diffusion, monkeypatch: Any) -> None:
    requests = [ask(seed, scheduler="euler_a", steps=3) for seed in (1, 2)]
    expected = painted(painter, requests)
    slots = [painter.admit(each) for each in requests]
    painter.step(slots)
    real = painter._pipelines.from_words.unet.forward

    def after_the_work(*given: Any, **named: Any) -> Any:
        real(*given, **named)
        raise torch.OutOfMemoryError

    with monkeypatch.context() as patched:
        patched.setattr(painter._pipelines.from_words.unet, "forward", after_the_work)
        with pytest.raises(DeviceOutOfMemory):
            painter.step(slots)
    with monkeypatch.context() as patched:
        patched.setattr(painter._pipelines.from_words.vae, "decode", after_the_decoder)
        painter.step(slots)
        with pytest.raises(DeviceOutOfMemory):
            painter.step(slots)
    watched = [Watched(), Watched()]
    for each, stepped in zip(watched, painter.step(slots), strict=True):
        each.add(stepped)
    assert [differ(*pair) <= 1 for pair in zip(watched, expected, strict=True)] == [True, True]


def after_the_decoder(*_: Any, **__: Any) -> Any:
    raise torch.OutOfMemoryError


def test_a_failing_batch_fails_alone(painter: Diffusion, monkeypatch: Any) -> None:
    small, large = painter.admit(ask(1)), painter.admit(ask(1, width=96))
    real = painter._pipelines.from_words.unet.forward

    def broken_for_wide(sample: torch.Tensor, *given: Any, **named: Any) -> Any:
        if sample.shape[-1] > 16:
            raise ValueError("a bug in a pipeline")
        return real(sample, *given, **named)

    monkeypatch.setattr(painter._pipelines.from_words.unet, "forward", broken_for_wide)
    stepped = [each for _ in range(2) for each in painter.step([small, large])]
    assert {each.slot for each in stepped if each.error is not None} == {large}
    assert painter._pipelines.from_words.scheduler is painter._pipelines.own_scheduler


def test_a_stopped_request_ends_in_the_engine_while_others_go_on(cards: Catalog) -> None:
    family = Diffusion.open(cards.card(CARD), cards, "cpu", "float32")

    class OneCard:
        def footprint(self, card: str) -> int:
            return family.footprint()

        def load(self, card: str) -> Diffusion:
            return family

    with Manager(OneCard(), budget_bytes=10**10) as manager:
        stopped = manager.submit(ask(1, steps=60))
        other = manager.submit(ask(2, steps=3))
        assert other.result(timeout_s=60).picture is not None
        stopped.cancel()
        with pytest.raises(Cancelled):
            stopped.result(timeout_s=60)


# adapters


def test_an_adapter_changes_its_rows_and_no_other(painter: Diffusion) -> None:
    plain = painted(painter, [ask(3)])[0]
    fitted = painted(painter, [ask(3, adapter=ADAPTER)])[0]
    assert differ(plain, fitted) > 5
    mixed = painted(painter, [ask(3), ask(3, adapter=ADAPTER), ask(3, adapter_scale=0.3)])
    assert [differ(mixed[0], plain) <= 1, differ(mixed[1], fitted) <= 1] == [True, True]
    assert differ(mixed[2], plain) <= 1, "a scale without an adapter does nothing"
    assert differ(painted(painter, [ask(3)])[0], plain) <= 1


def test_the_scale_is_each_rows_own(painter: Diffusion) -> None:
    plain, weak, strong, none = painted(
        painter,
        [
            ask(3),
            *(ask(3, adapter=ADAPTER, adapter_scale=scale) for scale in (0.2, 1.0, 0.0)),
        ],
    )
    assert differ(none, plain) <= 1
    assert 0 < np.abs(weak.rgb - plain.rgb).mean() < np.abs(strong.rgb - plain.rgb).mean()


def test_an_unknown_adapter_takes_no_slot(painter: Diffusion) -> None:
    with pytest.raises(NotReady):
        painter.admit(ask(1, adapter="lora/nothing"))
    assert [painter.admit(ask(1)) for _ in range(painter.capacity)] == list(range(16))


def test_weights_of_another_painter_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "wide"
    folder.mkdir()
    (folder / "pytorch_lora_weights.safetensors").write_bytes(b"not weights")
    painter_card = tiny_pipeline_card(tmp_path)
    wrong = Card(
        name=ADAPTER, version="1", kind="lora", family="diffusion", licence="", folder=folder,
        base=CARD,
    )  # fmt: skip
    catalog = Catalog([painter_card, wrong])
    family = Diffusion.open(painter_card, catalog, "cpu", "float32")
    with pytest.raises(NotReady) as refused:
        family.admit(ask(1, adapter=ADAPTER))
    assert refused.value.code == "adapter_unusable"
    assert painted(family, [ask(1)])[0].picture is not None


# what is refused


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 0),
        ("steps", 101),
        ("steps", 2.5),
        ("steps", "many"),
        ("steps", True),
        ("guidance", -1),
        ("guidance", float("nan")),
        ("scheduler", "magic"),
        ("width", 16),
        ("height", 9000),
        ("edge", 1),
        ("start", 7),
        ("start", "no picture"),
        ("start", base64.b64encode(b"GIF89a not an allowed file").decode()),
        ("adapter_scale", 3),
        ("negative", "x" * 1001),
    ],
)
def test_a_wrong_option_is_named_and_takes_no_slot(
    painter: Diffusion, name: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        painter.admit(ask(1, **{name: value}))
    assert refused.value.field == ("width" if name == "edge" else name)
    assert [painter.admit(ask(1)) for _ in range(painter.capacity)] == list(range(16))


@pytest.mark.parametrize(("strength", "steps"), [(0, 4), (1.2, 4), ("half", 4)])
def test_a_wrong_strength_is_named(painter: Diffusion, strength: object, steps: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        painter.admit(ask(1, start=RED, strength=strength, steps=steps))
    assert refused.value.field == "strength"


def test_more_steps_than_the_schedule_has_are_refused(painter: Diffusion) -> None:
    with pytest.raises(InvalidInput) as refused:
        painter.admit(ask(1, start=RED, strength=0.1, steps=20, scheduler="lcm"))
    assert refused.value.field == "steps"


def test_words_to_avoid_need_guidance(painter: Diffusion) -> None:
    with pytest.raises(InvalidInput) as refused:
        painter.admit(ask(1, negative="grey", guidance=1.0))
    assert refused.value.field == "negative"


def test_a_painter_that_can_not_be_guided_says_so(tmp_path: Path) -> None:
    defaults = {"steps": 1, "guidance": 0.0, "width": 64, "height": 64, "negative": False}
    family = tiny_painter(tmp_path, defaults=defaults)
    assert len(painted(family, [ask(1)])[0].previews) == 0
    with pytest.raises(InvalidInput) as refused:
        family.admit(ask(1, negative="grey", guidance=3.0))
    assert refused.value.field == "negative"


def test_the_steps_are_those_that_are_made(painter: Diffusion) -> None:
    for steps, strength in [(1, 0.3), (3, 0.3), (3, 0.6), (4, 0.9), (5, 1.0), (7, 0.35)]:
        watched = painted(painter, [ask(1, start=RED, strength=strength, steps=steps)])[0]
        assert len(watched.chunks) == steps


# the card


def test_an_incomplete_folder_is_named(tmp_path: Path) -> None:
    card = tiny_pipeline_card(tmp_path)
    (card.folder / "unet" / "diffusion_pytorch_model.safetensors").unlink()
    with pytest.raises(NotReady) as missing:
        Diffusion.open(card, Catalog([card]), "cpu", "float32")
    assert missing.value.code == "pipeline_unreadable"


def test_a_folder_that_is_no_pipeline_is_named(tmp_path: Path) -> None:
    card = Card(
        name=CARD, version="1", kind="base", family="diffusion", licence="", folder=tmp_path
    )
    with pytest.raises(NotReady):
        Diffusion.open(card, Catalog([card]), "cpu", "float32")


def test_pickled_weights_are_never_loaded(tmp_path: Path) -> None:
    card = tiny_pipeline_card(tmp_path)
    weights = card.folder / "unet" / "diffusion_pytorch_model.safetensors"
    torch.save({"harm": torch.zeros(1)}, weights.with_name("diffusion_pytorch_model.bin"))
    weights.unlink()
    with pytest.raises(NotReady):
        Diffusion.open(card, Catalog([card]), "cpu", "float32")


def test_the_estimate_is_about_the_footprint(cards: Catalog, painter: Diffusion) -> None:
    estimate = Diffusion.estimate(cards.card(CARD), cards, "cpu", "float32")
    assert abs(estimate - painter.footprint()) < 0.02 * painter.footprint()


def test_what_is_not_fetched_is_estimated_by_its_card(tmp_path: Path) -> None:
    told = {"largest_parameters": 6 * 10**8, "defaults": {"width": 512, "height": 512}}
    card = Card(
        name=CARD, version="1", kind="base", family="diffusion", licence="", folder=tmp_path / "no",
        parameters=10**9, extra=told,
    )  # fmt: skip
    need = diffusion_need(card, "cpu", "float32")
    assert 4 * 10**9 < need.bytes < 5.5 * 10**9
    assert not need.offloaded


def test_a_gpu_with_little_memory_takes_the_parts_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"largest_parameters": 6 * 10**8, "half": "float16"}
    card = Card(
        name=CARD, version="1", kind="base", family="diffusion", licence="", folder=Path("no"),
        parameters=10**9, extra=told,
    )  # fmt: skip
    here = "studio.families.diffusion_estimate.device_budget_bytes"
    monkeypatch.setattr(here, lambda device: 10 * 10**9)
    whole = diffusion_need(card, "cuda", "auto")
    monkeypatch.setattr(here, lambda device: 2 * 10**9)
    turns = diffusion_need(card, "cuda", "auto")
    assert (whole.offloaded, turns.offloaded) == (False, True)
    assert whole.bytes - turns.bytes == 2 * (10**9 - 6 * 10**8)
    assert pipeline_type(card, "cuda", "auto") is torch.float16
    assert pipeline_type(card, "cpu", "auto") is torch.float32


def test_half_weights_beside_full_ones_are_counted_once(tmp_path: Path) -> None:
    card = tiny_pipeline_card(tmp_path)
    before = diffusion_need(card, "cpu", "float32").bytes
    pipeline: Any = AutoPipelineForText2Image.from_pretrained(card.folder)
    pipeline.to(torch.float16).save_pretrained(card.folder, variant="fp16")
    assert diffusion_need(card, "cpu", "float32").bytes == before
    family = Diffusion.open(card, Catalog([card]), "cpu", "float32")
    assert painted(family, [ask(1)])[0].picture is not None


def test_a_safety_checker_that_blackens_is_not_loaded(tmp_path: Path) -> None:
    card = tiny_pipeline_card(tmp_path)
    family = Diffusion.open(card, Catalog([card]), "cpu", "float32")
    assert family._pipelines.from_words.safety_checker is None


def test_the_schedulers_keep_the_pipelines_noise_schedule(painter: Diffusion) -> None:
    own = painter._pipelines.own_scheduler
    lcm = new_scheduler(own, "lcm")
    assert isinstance(lcm, LCMScheduler)
    assert lcm.config.beta_schedule == own.config.beta_schedule
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        new_scheduler(own, "")


def test_a_shape_alone_keeps_as_many_pixels_as_the_networks_know(painter: Diffusion) -> None:
    habits = replace(painter.habits, width=512, height=512)
    wide = DiffusionOrder.read(ask(1, aspect=16 / 9), habits).settings
    assert wide.width / wide.height == pytest.approx(16 / 9, rel=0.05)
    assert wide.width * wide.height == pytest.approx(512 * 512, rel=0.05)
    small = DiffusionOrder.read(ask(1, aspect=3.0), painter.habits).settings
    assert small.height >= 64
