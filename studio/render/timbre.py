"""The instruments: which family makes their tones and with what settings, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.render.voices.additive import Sustained
from studio.render.voices.frequency_modulation import Bell, Brass
from studio.render.voices.glide import Glide
from studio.render.voices.percussion import DrumKit
from studio.render.voices.plucked import PluckedString
from studio.render.voices.struck import StruckBar, StruckString
from studio.render.voices.voice import Voice


@dataclass(frozen=True, slots=True)
class Timbre:
    """An instrument on its place."""

    voice: Voice
    level: float
    """Makes all instruments about equally loud."""
    release_s: float
    """How long it sounds on after its note has ended."""
    ring_s: float
    """Longest a tone is heard, release included."""
    pan: float = 0.0
    """-1 left to 1 right."""
    send: float = 0.3
    """Share that goes to the room."""


def _harmonics(count: int, fall: float, even: float = 1.0) -> tuple[float, ...]:
    """Levels 1/n^fall; `even` scales the even ones."""
    return tuple(n**-fall * (even if n % 2 == 0 else 1.0) for n in range(1, count + 1))


def _pulse(count: int, width: float) -> tuple[float, ...]:
    """The harmonics of a pulse wave of the given width (0 to 0.5)."""
    turns = [(n * width) % 1.0 for n in range(1, count + 1)]
    # |sin(pi n width)| / n, without the sine's own table.
    return tuple(4 * turn * (1 - turn) / n for n, turn in enumerate(turns, start=1))


VIOLINS = Sustained(
    _harmonics(22, 1.05),
    attack_s=0.14,
    swell=0.35,
    swell_s=0.9,
    opening=-0.5,
    opening_s=0.2,
    bright_hz=5200.0,
    formants=((480.0, 0.8, 160.0), (1050.0, 0.7, 300.0), (2500.0, 0.9, 700.0)),
    players_cents=(-8.0, 5.0),
    breath=0.004,
    breath_taps=3,
    glide=Glide(-14.0, 0.06, 11.0, 5.3, 0.3, 0.5),
)
FLUTE = Sustained(
    (1.0, 0.5, 0.24, 0.1, 0.06, 0.03, 0.015),
    attack_s=0.06,
    opening=0.4,
    opening_s=0.05,
    bright_hz=4500.0,
    breath=0.014,
    breath_taps=5,
    tremolo=0.09,
    glide=Glide(-18.0, 0.04, 11.0, 5.1, 0.28, 0.5),
)
DIZI = Sustained(
    (1.0, 0.75, 0.62, 0.5, 0.42, 0.3, 0.24, 0.17, 0.12, 0.09, 0.06),
    attack_s=0.035,
    opening=0.5,
    opening_s=0.06,
    bright_hz=9000.0,
    formants=((3300.0, 1.6, 900.0), (5200.0, 1.2, 1200.0)),
    breath=0.012,
    breath_taps=2,
    tremolo=0.06,
    glide=Glide(-75.0, 0.032, 16.0, 5.8, 0.22, 0.35),
)
ORGAN = Sustained(
    (1.0, 0.55, 0.25, 0.4, 0.05, 0.2, 0.02, 0.26, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 0.08),
    attack_s=0.028,
    opening=0.6,
    opening_s=0.03,
    bright_hz=9000.0,
    players_cents=(1.8,),
    breath=0.003,
    breath_taps=2,
)
PAD = Sustained(
    _harmonics(14, 1.5, 0.8),
    attack_s=0.15,
    swell=0.3,
    swell_s=1.2,
    opening=-0.5,
    opening_s=0.6,
    bright_hz=2200.0,
    players_cents=(-9.0, 6.0),
    glide=Glide(0.0, 0.05, 4.0, 3.1, 0.2, 1.0),
)
CHIP = Sustained(
    _pulse(30, 0.25),
    attack_s=0.003,
    opening=0.25,
    opening_s=0.09,
    bright_hz=14000.0,
    glide=Glide(0.0, 0.05, 14.0, 6.4, 0.24, 0.12),
)
CHIP_BASS = Sustained(
    tuple(1 / n**2 if n % 2 else 0.0 for n in range(1, 16)), attack_s=0.004, bright_hz=9000.0
)
BELL = Bell(
    (
        (1.0, 4.0, 0.7, 1.0, 1.0),
        (2.0, 3.0, 0.8, 0.16, 2.2),
        (2.76, 1.0, 0.5, 0.2, 5.0),
        (5.4, 1.41, 0.9, 0.12, 11.0),
    ),
)
BRASS = Brass(glide=Glide(-25.0, 0.03, 9.0, 4.9, 0.35, 0.5))
GUITAR_BODY = ((105.0, 0.9, 28.0), (208.0, 0.8, 45.0), (410.0, 0.5, 90.0), (2400.0, 0.25, 900.0))
GUZHENG_BODY = (
    (190.0, 0.5, 60.0),
    (620.0, 0.4, 200.0),
    (1900.0, 0.7, 700.0),
    (4200.0, 0.5, 1500.0),
)

TIMBRES: Mapping[str, Timbre] = MappingProxyType(
    {
        "piano": Timbre(StruckString(), 0.3, 0.16, 7.0, 0.0, 0.26),
        "music_box": Timbre(StruckBar(), 0.26, 0.8, 3.5, 0.05, 0.42),
        "guitar": Timbre(
            PluckedString(0.19, 5.5, 0.5, 1.5e-5, 800.0, 3400.0, body=GUITAR_BODY),
            0.29, 0.22, 5.0, -0.12, 0.28,
        ),
        "guzheng": Timbre(
            PluckedString(
                0.085, 8.0, 0.32, 4e-5, 1900.0, 8200.0, nail=0.05, body=GUZHENG_BODY,
                glide=Glide(-110.0, 0.045, 15.0, 5.0, 0.32, 0.4),
            ),
            0.31, 1.1, 5.5, 0.06, 0.36,
        ),
        "dizi": Timbre(DIZI, 0.19, 0.09, 30.0, 0.08, 0.36),
        "flute": Timbre(FLUTE, 0.2, 0.12, 30.0, 0.08, 0.36),
        "strings": Timbre(VIOLINS, 0.24, 0.22, 30.0, 0.0, 0.4),
        "organ": Timbre(ORGAN, 0.19, 0.1, 30.0, 0.0, 0.42),
        "bell": Timbre(BELL, 0.2, 1.1, 6.0, 0.05, 0.46),
        "bass": Timbre(
            PluckedString(
                0.27, 6.5, 0.5, 0.0, 300.0, 1500.0, nail=0.015,
                body=((85.0, 0.7, 40.0), (170.0, 0.4, 60.0)), attack_s=0.004,
            ),
            0.33, 0.09, 6.0, 0.0, 0.1,
        ),
        "chip": Timbre(CHIP, 0.19, 0.03, 30.0, 0.1, 0.14),
        "chip_bass": Timbre(CHIP_BASS, 0.21, 0.03, 30.0, 0.0, 0.06),
        "pad": Timbre(PAD, 0.25, 0.4, 30.0, 0.0, 0.4),
        "brass": Timbre(BRASS, 0.23, 0.11, 30.0, 0.0, 0.36),
        "drums": Timbre(DrumKit(), 0.36, 0.35, 0.7, 0.0, 0.18),
    }
)  # fmt: skip
"""Instrument -> how it sounds. "drums" and "chip_bass" only accompany."""
