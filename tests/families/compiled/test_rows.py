"""Each vector operation against the same in float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numba import njit
from numpy.typing import NDArray
from torch.nn import functional as F

from studio.families.compiled import rows
from studio.families.compiled.processor import has_dots

pytestmark = pytest.mark.skipif(not has_dots(), reason="this processor has no 8-bit dot products")

COUNTS = (16, 48, 576)


@pytest.fixture(params=COUNTS)
def row(request: pytest.FixtureRequest) -> NDArray[np.float32]:
    return numbers(request.param)


def numbers(count: int, seed: int = 0, spread: float = 3.0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(0, spread, count).astype(np.float32)


def test_a_norm_is_the_root_of_the_mean_square(row: NDArray[np.float32]) -> None:
    @njit
    def normed(row: Any, weight: Any, out: Any) -> None:
        rows.norm_row(
            row.ctypes.data, len(row), weight.ctypes.data, np.float32(1e-5), out.ctypes.data
        )

    weight, out = numbers(len(row), 1), np.empty_like(row)
    normed(row, weight, out)
    expected = F.rms_norm(torch.tensor(row), (len(row),), torch.tensor(weight), 1e-5)
    np.testing.assert_allclose(out, expected.numpy(), rtol=2e-6, atol=1e-6)


@pytest.mark.parametrize("width", [16, 32, 64])
def test_a_turn_keeps_lengths_and_undoes_itself(width: int) -> None:
    @njit
    def turned(row: Any, width: int) -> None:
        rows.turn_row(row.ctypes.data, len(row), width)

    row = numbers(192)
    once = row.copy()
    turned(once, width)
    assert not np.allclose(once, row, atol=0.1)
    np.testing.assert_allclose(np.linalg.norm(once), np.linalg.norm(row), rtol=1e-6)
    turned(once, width)
    np.testing.assert_allclose(once, row, atol=2e-6)


def test_one_large_number_is_spread_over_its_block() -> None:
    @njit
    def turned(row: Any) -> None:
        rows.turn_row(row.ctypes.data, len(row), 64)

    row = np.zeros(128, np.float32)
    row[70] = 80.0
    turned(row)
    assert (row[:64] == 0).all()
    np.testing.assert_allclose(np.abs(row[64:]), 10.0, rtol=1e-6)


def test_rounding_is_to_the_rows_own_step(row: NDArray[np.float32]) -> None:
    @njit
    def rounded(row: Any, out: Any, scale: Any, shift: Any) -> None:
        places = (out.ctypes.data, scale.ctypes.data, shift.ctypes.data)
        rows.round_row(row.ctypes.data, len(row), *places)

    out, scale, shift = np.empty(len(row), np.int8), np.empty(1, np.float32), np.empty(1, np.int32)
    rounded(row, out, scale, shift)
    assert scale[0] == pytest.approx(np.abs(row).max() / 127)
    assert np.abs(out).max() == 127
    assert np.abs(out * scale[0] - row).max() <= scale[0] * 0.5001
    assert shift[0] == 128 * out.astype(int).sum()


def test_a_row_of_zeros_stays_zeros() -> None:
    @njit
    def rounded(row: Any, out: Any, scale: Any, shift: Any) -> None:
        places = (out.ctypes.data, scale.ctypes.data, shift.ctypes.data)
        rows.round_row(row.ctypes.data, len(row), *places)

    out, scale, shift = np.ones(32, np.int8), np.empty(1, np.float32), np.empty(1, np.int32)
    rounded(np.zeros(32, np.float32), out, scale, shift)
    assert not out.any()
    assert np.isfinite(scale[0])
    assert shift[0] == 0


@pytest.mark.parametrize("kind", [rows.SILU, rows.GELU])
def test_gates_open_as_in_torch(kind: int) -> None:
    @njit
    def gated(gate: Any, up: Any, kind: int, out: Any) -> None:
        rows.gate_row(gate.ctypes.data, up.ctypes.data, len(gate), kind, out.ctypes.data)

    gate, up = np.linspace(-30, 30, 640, dtype=np.float32), numbers(640, 1)
    out = np.empty_like(gate)
    gated(gate, up, kind, out)
    rising = torch.tensor(gate).double()
    opened = F.silu(rising) if kind == rows.SILU else F.gelu(rising, approximate="tanh")
    np.testing.assert_allclose(out, opened.numpy() * up, rtol=3e-6, atol=1e-6)


def test_shares_are_a_softmax_before_they_are_divided() -> None:
    @njit
    def softened(row: Any) -> Any:
        return rows.soften_row(row.ctypes.data, len(row))

    row = np.concatenate((numbers(40, spread=8), np.full(8, -1e30, np.float32)))
    expected = torch.tensor(row).double().softmax(0).numpy()
    total = softened(row)
    np.testing.assert_allclose(row / total, expected, rtol=3e-6, atol=1e-12)
    assert (row[40:] < 1e-30).all(), "what is not seen has no share"


def test_a_head_turns_by_its_position() -> None:
    @njit
    def rotated(row: Any, cos: Any, sin: Any, factor: Any) -> None:
        rows.rotate_row(row.ctypes.data, len(row) // 2, cos.ctypes.data, sin.ctypes.data, factor)

    row, angles = numbers(64), np.linspace(0, 3, 32)
    cos, sin = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
    given = row.astype(np.float64)
    rotated(row, cos, sin, np.float32(0.5))
    turned = (given[:32] + 1j * given[32:]) * np.exp(1j * angles) * 0.5
    np.testing.assert_allclose(row, np.concatenate((turned.real, turned.imag)), atol=2e-6)


def test_halves_are_bounded_and_put_apart() -> None:
    @njit
    def halved(row: Any, out: Any) -> None:
        rows.halve_row(row.ctypes.data, len(row), out[0].ctypes.data)
        rows.scatter_row(row.ctypes.data, len(row), out[1].ctypes.data, 4)

    row = np.resize(np.array([1.5, -2.25, 1e6, -1e6], np.float32), 32)
    out = np.zeros((3, 32), np.float16)
    halved(row, out.view(np.uint16))
    bounded = [1.5, -2.25, 65504, -65504] * 8
    assert out[0].tolist() == bounded
    assert out[1:].ravel()[::2].tolist() == bounded
    assert not out[1:].ravel()[1::2].any()
