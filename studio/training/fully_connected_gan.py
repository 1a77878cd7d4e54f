"""The first GAN of every tutorial: two fully connected networks and binary cross-entropy.

Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, in the shape that tutorials show it: noise
of 100, leaky ReLU, batch norm in the generator, Adam at 2e-4. Here only to be measured against.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_NOISE = 100
_WIDTHS = (256, 512, 1024)
_RATE, _BETAS = 2e-4, (0.5, 0.999)


class FullyConnectedGan:
    """Trains on pictures [n, 3, 64, 64] in -1..1 and makes such pictures from noise."""

    edge = 64
    batch = 64

    def __init__(self) -> None:
        self.generator = _generator(self.edge)
        self.judge = _judge(self.edge)
        self._makes = torch.optim.Adam(self.generator.parameters(), _RATE, _BETAS)
        self._judges = torch.optim.Adam(self.judge.parameters(), _RATE, _BETAS)

    @property
    def parameters(self) -> int:
        """Numbers in the generator."""
        return sum(each.numel() for each in self.generator.parameters())

    def trained(self, pictures: Tensor) -> dict[str, float]:
        """One step of the generator, one of the judge; their losses."""
        self.generator.train()
        made = self.generator(torch.randn(len(pictures), _NOISE))
        yes, no = torch.ones(len(pictures), 1), torch.zeros(len(pictures), 1)
        fooled = F.binary_cross_entropy_with_logits(self.judge(made), yes)
        _stepped(self._makes, fooled)
        real = F.binary_cross_entropy_with_logits(self.judge(pictures.flatten(1)), yes)
        fake = F.binary_cross_entropy_with_logits(self.judge(made.detach()), no)
        judged = (real + fake) / 2
        _stepped(self._judges, judged)
        return {"judge": float(judged.detach()), "fooled": float(fooled.detach())}

    @torch.no_grad()
    def made(self, count: int, seed: int) -> Tensor:
        """`count` pictures [count, 3, 64, 64] in -1..1."""
        self.generator.eval()
        noise = torch.randn(count, _NOISE, generator=torch.Generator().manual_seed(seed))
        pictures: Tensor = self.generator(noise).reshape(count, 3, self.edge, self.edge)
        return pictures

    def state(self) -> dict[str, Any]:
        """What a checkpoint holds of it."""
        return {name: part.state_dict() for name, part in self._parts().items()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from `state()`."""
        for name, part in self._parts().items():
            part.load_state_dict(state[name])

    def _parts(self) -> dict[str, nn.Module | torch.optim.Adam]:
        return {
            "generator": self.generator,
            "judge": self.judge,
            "makes": self._makes,
            "judges": self._judges,
        }


def _generator(edge: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    inner = _NOISE
    for outer in _WIDTHS:
        layers += [nn.Linear(inner, outer), nn.BatchNorm1d(outer), nn.LeakyReLU(0.2)]
        inner = outer
    return nn.Sequential(*layers, nn.Linear(inner, 3 * edge * edge), nn.Tanh())


def _judge(edge: int) -> nn.Sequential:
    first = [nn.Linear(3 * edge * edge, 512), nn.LeakyReLU(0.2)]
    return nn.Sequential(*first, nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1))


def _stepped(steps: torch.optim.Adam, loss: Tensor) -> None:
    steps.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    steps.step()
