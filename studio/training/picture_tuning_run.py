"""The moving parts of a generator's tuning: its networks, and one step of each.

The generator goes on from its base with its early layers as they are (Mo et al. 2020,
https://arxiv.org/abs/2002.10964, freeze the judge's; here it is the generator's composition that
must not be forgotten); the judge is new, on frozen projected features.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from studio.crafts.palette import SLOTS
from studio.families.composition import NUMBERS, STYLES, TEXT, Composition, mixed, noise_shapes
from studio.families.layouts import pooled
from studio.training.gan import roughened
from studio.training.picture_batches import PictureBatch
from studio.training.picture_tuning_augment import AdaptiveAugmentation
from studio.training.projected import Discriminator, Features, Projection

FROZEN = ("opening.", "ground.", "reads.", "told.")
"""Names of the generator's early layers begin like this: composition, and what words mean."""
RATE = 1e-4
_BETAS = (0.0, 0.99)
_LAYOUT_WEIGHT, _TRUTH_WEIGHT, _GUIDE_WEIGHT = 6.0, 1.2, 0.2
_ALONE = 30
"""Steps in which only the new judge learns: it knows nothing yet, and would only do harm."""
_EASY = 0.3
"""The judge rests after a step that it won by more than this."""
_LONGEST_MEMORY = 0.99


class PictureTuningRun:
    """A generator that learns, its average, its judge, and how strongly pictures are changed."""

    def __init__(self, base: Composition, usual: Tensor, device: str, rate: float = RATE) -> None:
        """`usual` [n, 3, h, h]: real pictures that set the scale of the judge's features."""
        self.device, self.steps = device, 0
        self.generator = copy.deepcopy(base).to(device).train()
        for name, each in self.generator.named_parameters():
            each.requires_grad_(not name.startswith(FROZEN))
        self.average = copy.deepcopy(self.generator).requires_grad_(False)
        self.best = copy.deepcopy(self.average)
        self.features = Features().to(device)
        self.features.calibrate(usual.to(device))
        self.augmentation = AdaptiveAugmentation()
        self._judge = Discriminator(len(STYLES) + len(NUMBERS) + TEXT).to(device)
        self._projection = Projection().to(device)
        self._learnt = [each for each in self.generator.parameters() if each.requires_grad]
        self._generator_steps = torch.optim.Adam(self._learnt, rate, _BETAS)
        self._judge_steps = torch.optim.Adam(self._judge.parameters(), 2 * rate, _BETAS)

    def step(self, batch: PictureBatch) -> dict[str, float]:
        """The judge's step, then the generator's; what they lost, and the chance p."""
        plans = self._heard(batch.plans.to(self.device))
        made, painted = self._made(batch)
        taps = self.features(self.augmentation.applied(made, self.steps))
        with torch.no_grad():
            real = self.augmentation.applied(batch.pictures.to(self.device), self.steps)
            real_taps = self.features(real)
        scales = self._projection(taps)
        told = {"judge": self._judged(self._projection(real_taps), scales, plans)}
        pairs = zip(taps, real_taps, strict=True)
        guide = torch.stack([(a - b).abs().mean() for a, b in pairs]).mean()
        if self.steps >= _ALONE:
            told |= self._improved(batch, made, painted, self._fooled(scales, plans), guide)
        self.steps += 1
        return {**told, "p": self.augmentation.p, "sign": self.augmentation.sign}

    def state(self) -> dict[str, Any]:
        """What a checkpoint holds."""
        parts = {name: part.state_dict() for name, part in self._parts().items()}
        return {**parts, "steps": self.steps, "p": self.augmentation.p}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from `state()`."""
        for name, part in self._parts().items():
            part.load_state_dict(state[name])
        self.steps, self.augmentation = int(state["steps"]), AdaptiveAugmentation(state["p"])

    def keep(self) -> None:
        """The average is the best so far."""
        self.best.load_state_dict(self.average.state_dict())

    def _parts(self) -> Mapping[str, nn.Module | torch.optim.Adam]:
        return {
            "generator": self.generator,
            "average": self.average,
            "best": self.best,
            "judge": self._judge,
            "features": self.features,
            # Its random mixtures are half of what the judge is.
            "projection": self._projection,
            "generator_steps": self._generator_steps,
            "judge_steps": self._judge_steps,
        }

    def _heard(self, plans: Tensor) -> Tensor:
        """Plans as the judge is told them: sentence vectors centred, as the generator hears."""
        known, text = plans[:, :-TEXT], plans[:, -TEXT:]
        given = text.abs().sum(1, keepdim=True) > 0
        return torch.cat([known, 2 * (text - self.generator.text_centre) * given], 1)

    def _made(self, batch: PictureBatch) -> tuple[Tensor, Tensor]:
        rows, _, height, width = batch.layouts.shape
        shapes = noise_shapes(height, width)
        noise = [torch.randn(rows, *each).to(self.device) for each in shapes]
        layouts = roughened(batch.layouts.to(self.device))
        with torch.autocast(self.device.split(":")[0], torch.bfloat16):
            painted = self.generator(layouts, batch.plans.to(self.device), noise)
        return mixed(painted, batch.palettes.to(self.device)), painted

    def _judged(self, real: list[Tensor], made: list[Tensor], plans: Tensor) -> float:
        with torch.autocast(plans.device.type, torch.bfloat16):
            yes = self._judge(real, plans).float()
            no = self._judge([each.detach() for each in made], plans).float()
        self.augmentation.heard(yes)
        lost = F.relu(1 - yes).mean() + F.relu(1 + no).mean()
        if float(lost.detach()) > _EASY:
            self._judge_steps.zero_grad()
            lost.backward()  # type: ignore[no-untyped-call]
            self._judge_steps.step()
        return float(lost.detach())

    def _fooled(self, scales: list[Tensor], plans: Tensor) -> Tensor:
        self._judge.requires_grad_(False)
        with torch.autocast(plans.device.type, torch.bfloat16):
            fooled: Tensor = -self._judge(scales, plans).float().mean()
        self._judge.requires_grad_(True)
        return fooled

    def _improved(
        self, batch: PictureBatch, made: Tensor, painted: Tensor, fooled: Tensor, guide: Tensor
    ) -> dict[str, float]:
        layouts = batch.layouts.to(self.device)
        shares = torch.softmax(painted[:, :SLOTS].float(), 1)
        layout = (pooled(shares, *layouts.shape[-2:]) - layouts).abs().sum(1).mean() / 2
        truth = (made - batch.pictures.to(self.device)).abs().mean()
        pulls = _LAYOUT_WEIGHT * layout + _GUIDE_WEIGHT * guide + _TRUTH_WEIGHT * truth
        self._generator_steps.zero_grad()
        (fooled + pulls).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._learnt, 10.0)
        self._generator_steps.step()
        self._remember()
        numbers = {"fooled": fooled, "layout": layout, "guide": guide, "truth": truth}
        return {name: float(value.detach()) for name, value in numbers.items()}

    @torch.no_grad()
    def _remember(self) -> None:
        learnt = self.steps - _ALONE
        memory = min(_LONGEST_MEMORY, 1 - 1 / (learnt / 8 + 1.5))
        pairs = zip(self.average.parameters(), self.generator.parameters(), strict=True)
        for slow, fast in pairs:
            slow.lerp_(fast, 1 - memory)
