"""How an instrument sounds: the partials of its tone and how they live and die."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Timbre:
    """A sum of partials. `ratios` against the fundamental, `levels` linear; a struck or plucked
    tone dies by `decay_s` (time to 1/e at middle C, shorter for higher notes and partials), a
    sustained one (`decay_s` 0) lasts until its release."""

    ratios: tuple[float, ...]
    levels: tuple[float, ...]
    attack_s: float
    release_s: float
    decay_s: float = 0.0
    damping: float = 0.5
    """How much faster each further partial dies."""
    vibrato_hz: float = 0.0
    vibrato_cents: float = 0.0
    chorus_cents: float = 0.0
    """A second, detuned copy; 0 for none."""
    bend_cents: float = 0.0
    """The tone starts this far below its pitch and slides up at once (a plucked silk string)."""
    breath: float = 0.0
    """Level of filtered noise under the tone."""


def _harmonics(count: int, fall: float, pluck: float = 0.0, stretch: float = 0.0) -> Timbre:
    """Partials that fall by 1/n^fall; `pluck` is the place on the string (0 to 0.5) whose
    nodes are silent; `stretch` sharpens high partials as stiff strings do."""
    orders = range(1, count + 1)
    ratios = tuple(order * (1 + stretch * order * order) ** 0.5 for order in orders)
    levels = tuple(_level(order, fall, pluck) for order in orders)
    return Timbre(ratios, levels, 0.004, 0.12)


def _level(order: int, fall: float, pluck: float) -> float:
    level = float(order**-fall)
    if not pluck:
        return level
    # Triangle-shaped displacement: |sin(pi n p)|.
    phase = (order * pluck) % 1.0
    return level * max(0.05, 1 - abs(2 * phase - 1))


def _timbre(partials: Timbre, **changes: float) -> Timbre:
    values = {name: getattr(partials, name) for name in Timbre.__slots__}
    return Timbre(**(values | changes))


TIMBRES: Mapping[str, Timbre] = MappingProxyType(
    {
        "piano": _timbre(
            _harmonics(14, 1.25, 0.12, 0.0004), decay_s=1.3, damping=0.35, release_s=0.18
        ),
        "guitar": _timbre(_harmonics(14, 1.1, 0.2), decay_s=0.9, damping=0.45, release_s=0.15),
        "guzheng": _timbre(
            _harmonics(18, 0.9, 0.09, 0.00012),
            decay_s=1.5,
            damping=0.28,
            release_s=0.6,
            bend_cents=18.0,
        ),
        "music_box": Timbre(
            (1.0, 2.0, 3.0, 5.4, 8.9), (1.0, 0.25, 0.4, 0.18, 0.05), 0.002, 0.8, 1.1, 0.55
        ),
        "flute": _timbre(
            _harmonics(7, 2.1),
            attack_s=0.05,
            release_s=0.09,
            vibrato_hz=5.0,
            vibrato_cents=9.0,
            breath=0.02,
        ),
        "strings": _timbre(
            _harmonics(16, 1.25),
            attack_s=0.11,
            release_s=0.28,
            vibrato_hz=5.4,
            vibrato_cents=7.0,
            chorus_cents=6.0,
        ),
        "organ": Timbre(
            (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0),
            (0.35, 1.0, 0.6, 0.3, 0.3, 0.12, 0.1),
            0.02,
            0.14,
            chorus_cents=3.0,
        ),
        "brass": _timbre(
            _harmonics(14, 1.0),
            attack_s=0.04,
            release_s=0.1,
            vibrato_hz=4.8,
            vibrato_cents=4.0,
        ),
        "chip": Timbre(
            (1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0),
            (1.0, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13),
            0.002,
            0.02,
        ),
    }
)

COMPANION: Mapping[str, str] = MappingProxyType(
    {"flute": "guitar", "brass": "strings", "guzheng": "guzheng"}
)
"""What accompanies an instrument, where it is not itself."""
