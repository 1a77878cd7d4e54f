"""A token for each row of logits, in machine code: filters, order and chance on a processor."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from studio.families.compiled.lanes import LANES
from studio.families.compiled.rows import largest_in_row, reaches, soften_row

LEAST_SHARES = (2.0**-9, 2.0**-12, 2.0**-15, 2.0**-20, 0.0)
"""Of the best one's: tokens with less are looked at only when the filters reach that far."""
NOT_A_TOKEN = np.float32(-1e30)
MORE = -1
"""The tokens looked at do not tell which is meant."""


@njit(nogil=True)
def pick_tokens(logits, heat, top_p, top_k, min_p, uniforms, tokens):
    """Fill `tokens` [rows] from logits [rows, vocabulary] (-inf: never).

    `heat` (0: the best, the first of several), `top_p` (1: all), `top_k` (0: all), `min_p` and
    `uniforms` in [0, 1) are one a row, as in `Sampling`. A row's candidates stand in order of
    probability; its uniform number is where on their summed shares it picks. Token 0 where none
    is possible.
    """
    size = logits.shape[1]
    shares = np.empty((size + LANES - 1) // LANES * LANES, np.float32)
    places = np.empty(size, np.int64)
    for row in range(len(logits)):
        cold = np.float32(1 / heat[row]) if heat[row] > 0 else np.float32(1)
        for i in range(size):
            shares[i] = logits[row, i] * cold
        shares[size:] = NOT_A_TOKEN
        best: float = largest_in_row(shares.ctypes.data, len(shares))
        if best <= NOT_A_TOKEN:
            tokens[row] = 0
            continue
        if heat[row] == 0:
            tokens[row] = _first(shares, best)
            continue
        total: float = soften_row(shares.ctypes.data, len(shares))
        for least in LEAST_SHARES:
            count = _not_less(shares, np.float32(least), places)
            limits = (top_p[row] * total, top_k[row], min_p[row])
            token = _chosen(shares, places[:count], least, total, limits, uniforms[row])
            if token != MORE:
                break
        tokens[row] = token


@njit(nogil=True)
def tell_opinions(logits, tokens, opinions):
    """Fill `opinions` [rows] with the natural log-probability of a token a row."""
    size = logits.shape[1]
    shares = np.empty((size + LANES - 1) // LANES * LANES, np.float32)
    for row in range(len(logits)):
        shares[:size] = logits[row]
        shares[size:] = NOT_A_TOKEN
        best: float = largest_in_row(shares.ctypes.data, len(shares))
        total: float = soften_row(shares.ctypes.data, len(shares))
        opinions[row] = logits[row, tokens[row]] - best - math.log(total)


@njit(nogil=True)
def _first(numbers, least):
    """Where the first of at least so much is; there is one."""
    start = 0
    while not reaches(numbers.ctypes.data + 4 * start, least):
        start += LANES
    while numbers[start] < least:
        start += 1
    return start


@njit(nogil=True)
def _not_less(shares, least, places):
    """Put down where shares of at least so much (and more than none) are; gives how many."""
    count, address = 0, shares.ctypes.data
    for start in range(0, len(shares), LANES):
        if reaches(address + 4 * start, least):
            for i in range(start, start + LANES):
                if shares[i] >= least and shares[i] > 0:
                    places[count] = i
                    count += 1
    return count


@njit(nogil=True)
def _chosen(shares, places, least, total, limits, uniform):
    """The token that a uniform number means, or MORE. The best one's share is 1."""
    most, ranks, smallest = limits
    order = places[np.argsort(-shares[places], kind="mergesort")]
    kept, mass, ended = 0, 0.0, least == 0.0
    for place in order:
        share = shares[place]
        if kept > 0 and (
            (most < total and mass >= most) or (ranks > 0 and kept >= ranks) or share < smallest
        ):
            ended = True
            break
        mass += share
        kept += 1
    if not ended:
        if smallest <= 0 and ranks <= 0 and most >= total:
            mass = total
        elif smallest < least:
            return MORE
    aim, reached = uniform * mass, 0.0
    for place in order[:kept]:
        reached += shares[place]
        if reached > aim:
            return place
    return order[kept - 1] if ended or smallest >= least else MORE
