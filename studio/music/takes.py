"""A model's answer becomes a tune, and the better takes are found by what can be measured."""

from __future__ import annotations

import math

from studio.music.coding import decode
from studio.music.features import Features
from studio.music.plan import MelodyPlan
from studio.music.symbols import read_symbols
from studio.music.tune import Tune

QUICK = 5.5
"""Notes a second from which a melody is a run rather than a tune."""


def read_take(text: str, plan: MelodyPlan, title: str = "") -> Tune | None:
    """The tune of a model's text in the plan's key, register and tempo; None without notes."""
    tune = decode(read_symbols(text), plan.time, plan.key, plan.tonic_pitch, title, plan.tempo_bpm)
    return tune if len(tune.notes()) >= 2 else None


def merit(plan: MelodyPlan, found: Features) -> float:
    """How good a take is, higher is better: it moves mostly by step but not only, comes back to
    its rhythms, uses enough tones, keeps to the scale, closes, and feels as asked."""
    score = -3.0 * (found.bars_right < plan.bars)
    score -= abs(found.stepwise - 0.6)
    score -= max(0.0, 0.35 - found.repeated_bars) + max(0.0, found.repeated_bars - 0.85)
    score -= 0.15 * max(0, 5 - found.distinct_pitches)
    score -= 0.05 * max(0, 10 - (found.highest - found.lowest)) + max(0.0, found.stuck - 0.2)
    score -= 0.05 * max(0, found.highest - found.lowest - 17)
    score -= 0.05 * max(0.0, abs(found.middle - plan.tonic_pitch - 6) - 4)
    score -= 0.03 * max(0, found.last_move - 2)
    score -= 0.3 * max(0.0, found.notes_per_s - QUICK)
    score += 0.5 * found.closes + found.in_scale
    score -= 0.5 * distance(plan, found)
    return score


def distance(plan: MelodyPlan, found: Features) -> float:
    """How far the measured feeling is from the asked one (0 to about 2.8)."""
    valence, arousal = plan.feeling
    return math.hypot(valence - found.valence, arousal - found.arousal)
