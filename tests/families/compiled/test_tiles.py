"""The inner loops against whole matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numba import njit

from studio.families.compiled import lanes, tiles
from studio.families.compiled.packing import aligned_bytes, pack, padded, turn_width
from studio.families.compiled.processor import has_dots
from studio.families.compiled.products import mix
from studio.families.compiled.rows import round_row, turn_row

pytestmark = pytest.mark.skipif(not has_dots(), reason="this processor has no 8-bit dot products")


@njit
def multiplied(rows: Any, width: int, weights: Any, factors: Any, out: Any) -> None:
    count, inputs = rows.shape
    rounded = np.empty((count, inputs), np.int8)
    scales, shifts = np.empty(count, np.float32), np.empty(count, np.int32)
    for m in range(count):
        turn_row(rows[m].ctypes.data, inputs, width)
        places = (rounded[m].ctypes.data, scales[m:].ctypes.data, shifts[m:].ctypes.data)
        round_row(rows[m].ctypes.data, inputs, *places)
    for block in range(out.shape[1] // 32):
        tiles.int8_tile(
            count,
            rounded.ctypes.data,
            inputs,
            scales.ctypes.data,
            shifts.ctypes.data,
            weights.ctypes.data + block * 32 * inputs,
            inputs // 4,
            factors.ctypes.data + 4 * 32 * block,
            out.ctypes.data + 4 * 32 * block,
            4 * out.shape[1],
        )


@pytest.mark.parametrize("count", range(1, tiles.ROWS + 1))
def test_eight_bit_products_are_close_to_float_products(count: int) -> None:
    torch.manual_seed(count)
    weight, rows = torch.randn(100, 192), torch.randn(count, 192)
    rows[:, 7] = 40.0  # one that would eat the others' precision
    out = through(weight, rows)
    expected = rows @ weight.T
    assert (out[:, :100] - expected).norm() / expected.norm() < 0.012
    assert not out[:, 100:].any(), "no more outputs than the weight has"


def test_a_row_is_the_same_in_any_tile() -> None:
    torch.manual_seed(0)
    weight, rows = torch.randn(64, 96), torch.randn(tiles.ROWS, 96)
    alone = torch.cat([through(weight, row[None]) for row in rows])
    assert torch.equal(through(weight, rows), alone)


def test_eight_lanes_twice_are_sixteen_lanes(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(has_wide: bool) -> Any:
        monkeypatch.setattr(tiles, "has_wide_dots", lambda: has_wide)

        @njit
        def summed(rows: Any, weights: Any, out: Any) -> None:
            ones, none = np.ones(4, np.float32), np.zeros(4, np.int32)
            factors = np.ones(32, np.float32)
            tiles.int8_tile(
                4, rows.ctypes.data, 64, ones.ctypes.data, none.ctypes.data,
                weights.ctypes.data, 16, factors.ctypes.data, out.ctypes.data, 4 * 32,
            )  # fmt: skip

        random = np.random.default_rng(1)
        rows = random.integers(-127, 128, (4, 64)).astype(np.int8)
        weights = aligned_bytes(32 * 64)
        weights[:] = random.integers(0, 256, 32 * 64)
        out = np.zeros((4, 32), np.float32)
        summed(rows, weights, out)
        return rows, weights, out

    rows, weights, wide = both(True)
    _, _, narrow = both(False)
    by_output = weights.reshape(16, 32, 4).transpose(1, 0, 2).reshape(32, 64).astype(int)
    assert (wide == rows.astype(int) @ by_output.T).all()
    assert (narrow == wide).all()


@pytest.mark.parametrize(("count", "outputs"), [(1, 16), (3, 64), (4, 80), (9, 208)])
def test_floats_through_halves_add_to_what_is_there(count: int, outputs: int) -> None:
    @njit
    def mixed(rows: Any, weights: Any, out: Any) -> None:
        mix(
            rows.ctypes.data, rows.strides[0], len(rows), weights.ctypes.data, weights.shape[1],
            weights.shape[0], out.ctypes.data, out.strides[0], weights.shape[1],
            weights.ctypes.data,
        )  # fmt: skip

    random = np.random.default_rng(count)
    rows = random.normal(size=(count, 40)).astype(np.float32)
    weights = random.normal(size=(40, outputs)).astype(np.float16)
    out = random.normal(size=(count, outputs)).astype(np.float32)
    expected = out + rows.astype(np.float64) @ weights.astype(np.float64)
    mixed(rows, weights.view(np.uint16), out)
    np.testing.assert_allclose(out, expected, atol=2e-5)


def test_a_weight_has_a_step_for_each_output() -> None:
    weight = torch.randn(40, 64) * torch.logspace(-3, 3, 40)[:, None]
    bytes_, factors = aligned_bytes(padded(40) * 64), np.zeros(padded(40), np.float32)
    pack(weight, bytes_, factors)
    assert bytes_.ctypes.data % 64 == 0
    assert bytes_.min() >= 1, "symmetric: -127 to 127 around 128"
    assert (factors[:40] > 0).all()
    assert factors[39] / factors[0] > 1e5
    assert turn_width(576) == turn_width(1536) == 64
    assert turn_width(96) == 32
    assert turn_width(48) == lanes.LANES


def through(weight: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    outputs, inputs = weight.shape
    weights, factors = (
        aligned_bytes(padded(outputs) * inputs),
        np.zeros(padded(outputs), np.float32),
    )
    pack(weight, weights, factors)
    out = np.zeros((len(rows), padded(outputs)), np.float32)
    multiplied(rows.numpy().copy(), turn_width(inputs), weights, factors, out)
    return torch.from_numpy(out)
