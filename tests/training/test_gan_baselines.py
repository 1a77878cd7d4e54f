"""The baselines learn on the same pictures, go on where they stopped, and repeat themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from tests.training.tiny_pictures import write_tiny_corpus

pytest.importorskip("efficientnet_lite_pytorch")

from studio.training import gan_baselines
from studio.training.gan_baselines import BASELINES, Trained, train


@pytest.mark.parametrize("name", sorted(BASELINES))
def test_a_baseline_learns_and_goes_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gan_baselines, "_PICTURES", 4)
    monkeypatch.setattr(gan_baselines, "_AT_ONCE", 4)
    monkeypatch.setattr(BASELINES[name], "batch", 4)
    write_tiny_corpus(tmp_path / "data", tmp_path / "corpus")
    data, cache = tmp_path / "data", tmp_path / "corpus"
    first = train(name, data, tmp_path / "out", 1e-6, cache)
    assert first.seen == 4
    second = train(name, data, tmp_path / "out", first.minutes + 1e-6, cache)
    assert second.seen == 8
    assert second.minutes > first.minutes
    assert (tmp_path / "out" / "samples.png").exists()
    kept = Trained.load(name, tmp_path / "out")
    edge = kept.network.edge
    one, again = (kept.network.made(3, 7) for _ in range(2))
    assert one.shape == (3, 3, edge, edge)
    assert torch.equal(one, again)
    assert not torch.equal(one, kept.network.made(3, 8))
    assert float(one.abs().max()) <= 1
