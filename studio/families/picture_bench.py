"""The picture family against the clock: in a batch, one by one, by stages, and beside FastGAN.

Machines are noisy, so what is compared runs in turns within each round, and every number comes as
the median of the rounds with the lowest and the highest; ratios are taken round by round.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from studio.families.composition import PLAN, STYLES, Composition, mixed, noise_shapes
from studio.families.hearing import Hearing
from studio.families.layout_prior import LayoutPrior
from studio.families.layouts import CELLS
from studio.families.picture_maker import PictureMaker
from studio.families.picture_order import PictureOrder
from studio.families.plain_fast_gan import NOISE, PlainFastGan
from studio.families.sketching import Sketch, Sketcher
from studio.requests import Picture, Request

PICTURES, EDGE = 16, 256
STAGES = ("sketch", "prior", "composition")
_GPU_BATCH, _GPU_SECONDS = 128, 2.0
_BRIEFS = (
    ("a quiet blue lake at dawn", ("#0b2545", "#8da9c4", "#eef4ed")),
    ("angry storm in red and black, crowded, sharp", ("#15131a", "#d62828", "#f8f6f0")),
    ("宁静的极简构图", ("#2f3e46", "#84a98c", "#f4f1de", "#e07a5f")),
    ("欢快的节日，跳动的圆与线", ("#f94144", "#f9c74f", "#43aa8b", "#277da1", "#fdfcdc")),
)


class Stopwatch:
    """Seconds spent under each name; a GPU is waited for."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self.spent: dict[str, float] = {}
        self._begun = 0.0

    def begin(self) -> None:
        self._begun = self._now()

    def end(self, name: str) -> None:
        """The time since `begin` was spent on `name`."""
        self.spent[name] = self.spent.get(name, 0.0) + self._now() - self._begun

    def seconds(self, work: Callable[[], object]) -> float:
        """What one call takes."""
        begun = self._now()
        work()
        return self._now() - begun

    def watch(self, network: nn.Module, name: str) -> None:
        """All forwards of the network from now on are spent on `name`."""
        network.register_forward_pre_hook(lambda *_: self.begin())
        network.register_forward_hook(lambda *_: self.end(name))

    def _now(self) -> float:
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
        return time.perf_counter()


class _WatchedSketcher(Sketcher):
    """A sketcher whose drawings are timed."""

    def __init__(self, inner: Sketcher, watch: Stopwatch) -> None:
        self._inner, self._watch = inner, watch

    def sketch(self, order: PictureOrder, text: Tensor) -> Sketch:
        self._watch.begin()
        found = self._inner.sketch(order, text)
        self._watch.end("sketch")
        return found


class PictureBench:
    """A generator with its prior, warm, and the rounds that they run."""

    def __init__(
        self,
        networks: tuple[Composition, LayoutPrior],
        sketcher: Sketcher,
        place: tuple[torch.device, torch.dtype],
        rounds: int,
    ) -> None:
        self._device, self._dtype = place
        self._rounds = rounds
        self.watch = Stopwatch(self._device)
        for network, name in zip(networks, ("composition", "prior"), strict=True):
            self.watch.watch(network, name)
        watched = _WatchedSketcher(sketcher, self.watch)
        self._maker = PictureMaker(networks, watched, Hearing(), place)
        self._orders = orders()
        self.raw(self._orders[:2])

    @classmethod
    def load(cls, card: Path, prior: Path, device: str, dtype: str, rounds: int) -> PictureBench:
        """Of two card folders; `dtype` as the family takes it."""
        generator = Composition.load(card)
        number_type = torch.bfloat16 if dtype == "bfloat16" else torch.float32
        return cls(
            (generator, LayoutPrior.load(prior)),
            Sketcher.load(card, generator.text_centre),
            (torch.device(device), number_type),
            rounds,
        )

    def raw(self, asked: Sequence[PictureOrder] | None = None) -> list[Picture]:
        """The pictures of one batch, without a finish."""
        return [picture for picture, _ in self._maker.made(asked or self._orders)]

    def batches(self) -> Mapping[str, Any]:
        """16 pictures in one batch and one by one, in seconds; how many times as fast the batch
        is; each stage's share of the batch's time."""
        together, alone, shares = list[float](), list[float](), list[Mapping[str, float]]()
        for _ in range(self._rounds):
            self.watch.spent.clear()
            together.append(self.watch.seconds(self.raw))
            shares.append(_shares(self.watch.spent, together[-1]))
            alone.append(self.watch.seconds(lambda: [self.raw([one]) for one in self._orders]))
        ratios = [slow / fast for slow, fast in zip(alone, together, strict=True)]
        return {
            "pictures": PICTURES,
            "edge": EDGE,
            "batch_s": spread(together),
            "one_by_one_s": spread(alone),
            "batch_x": spread(ratios),
            "shares": {n: spread([each[n] for each in shares]) for n in shares[0]},
        }

    @torch.inference_mode()
    def against_fast_gan(self, count: int = 4, width: int = 64) -> Mapping[str, Any]:
        """The composition network alone and a plain FastGAN generator, `count` pictures of 256 px:
        seconds of both, and ours in times of FastGAN's (below 1 is faster)."""
        generator = self._maker.generator
        plain = PlainFastGan(width).to(self._device, self._dtype).eval()
        given = self._inputs(count)
        noise = torch.randn(count, NOISE).to(self._device, self._dtype)
        plain(noise)
        ours, theirs = list[float](), list[float]()
        for _ in range(self._rounds):
            ours.append(self.watch.seconds(lambda: generator(*given)))
            theirs.append(self.watch.seconds(lambda: plain(noise)))
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        return {
            "pictures": count,
            "fastgan_width": width,
            "ours_s": spread(ours),
            "fastgan_s": spread(theirs),
            "ours_in_fastgans": spread(ratios),
        }

    @torch.inference_mode()
    def compositions_per_s(self) -> float:
        """Finished bytes of compositions of 256 px a second, layouts given, on a GPU."""
        given = self._inputs(_GPU_BATCH)
        palettes = torch.rand(_GPU_BATCH, 8, 3).to(self._device) * 2 - 1

        def batch() -> Tensor:
            pictures = mixed(self._maker.generator(*given), palettes)
            return ((pictures + 1) * 127.5).clamp(0, 255).round().byte().cpu()

        batch()
        made, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < _GPU_SECONDS:
            batch()
            made += _GPU_BATCH
        return made / (time.perf_counter() - begun)

    def _inputs(self, count: int) -> tuple[Tensor, Tensor, list[Tensor]]:
        layouts = torch.softmax(4 * torch.randn(count, 8, CELLS, CELLS), 1)
        plans = torch.zeros(count, PLAN)
        noise = [torch.randn(count, *shape) for shape in noise_shapes(CELLS, CELLS)]
        place = (self._device, self._dtype)
        return layouts.to(*place), plans.to(*place), [each.to(*place) for each in noise]


def orders() -> list[PictureOrder]:
    """Sixteen briefs unlike each other: words in both languages, all styles, all numbers."""
    found = []
    for seed in range(PICTURES):
        text, palette = _BRIEFS[seed % len(_BRIEFS)]
        names = ("density", "movement", "angularity", "warmth", "brightness")
        numbers = {name: (seed * (3 + k) % 11) / 10 for k, name in enumerate(names)}
        condition = {"style": STYLES[seed % len(STYLES)], "palette": palette, "edge": EDGE}
        asked = Request(card="", prompt=text, seed=seed, condition={**condition, **numbers})
        found.append(PictureOrder.read(asked))
    return found


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, lowest and highest."""
    numbers = {"median": statistics.median(values), "low": min(values), "high": max(values)}
    return {name: round(value, 4) for name, value in numbers.items()}


def _shares(spent: Mapping[str, float], whole: float) -> dict[str, float]:
    shares = {name: spent.get(name, 0.0) / whole for name in STAGES}
    return {**shares, "rest": 1 - sum(shares.values())}
