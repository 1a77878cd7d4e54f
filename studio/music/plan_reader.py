"""Read a plan out of a description in English or Chinese.

What is said outright (6/8, D minor, 120 bpm, 16 bars, 五声音阶, not too fast) is taken as said;
the rest is what a reader card guesses of the text, or without one what its words hint at.
"""

from __future__ import annotations

from studio.music import plan_usual as usual
from studio.music import plan_words as words
from studio.music.plan import BARS_BOUNDS, INSTRUMENTS, REGISTERS, TEMPO_BOUNDS, MelodyPlan
from studio.music.plan_estimate import Estimate, PlanGuess, estimate_of
from studio.music.said_plan import SaidPlan, said_plan
from studio.music.wording import weight
from studio.music.words_estimate import estimate_by_words

DARK_MOODS = frozenset({"sad", "angry", "tense"})
DARK_MODES = frozenset({"minor", "dorian", "phrygian", "yu"})
_FAST_LEAST, _VERY_FAST_LEAST, _SLOW_MOST, _VERY_SLOW_MOST = 112, 132, 78, 60
_LIGHTER, _HEAVIER = 0.2, 0.2


def read_plan(
    text: str, mood: str = "", style: str = "", guess: PlanGuess | None = None
) -> MelodyPlan:
    """A complete plan for any text; an empty one gives a calm default. A mood or style that is
    given stands, and what the text leaves open follows it."""
    said = said_plan(text)
    seen = (
        estimate_of(guess, said, mood, style)
        if guess
        else estimate_by_words(text, said, mood, style)
    )
    tempo = _tempo(seen, said)
    valence, arousal = _feeling(text, seen, said)
    return MelodyPlan(
        mood=seen.mood,
        valence=valence,
        arousal=arousal,
        tonic=said.tonic or usual.TONIC[seen.mood],
        mode=_mode(seen, said),
        meter=_meter(seen, said),
        tempo_bpm=tempo,
        bars=_bars(seen, said, tempo),
        density=_density(seen, said),
        register=_register(seen, said),
        style=seen.style,
        instrument=_instrument(seen, said),
    )


def _mode(seen: Estimate, said: SaidPlan) -> str:
    if said.mode == "pentatonic" and seen.mood in DARK_MOODS and not said.tonic:
        return "yu"
    if said.mode:
        return "pentatonic" if said.mode == "gong" else said.mode
    mode = next((each for each in seen.modes if each not in said.not_modes), seen.modes[0])
    # The written plans know one pentatonic; a dark one has its minor third.
    return "yu" if mode == "pentatonic" and seen.mood in DARK_MOODS else mode


def _meter(seen: Estimate, said: SaidPlan) -> str:
    if said.meter:
        return said.meter
    return next((each for each in seen.meters if each not in said.not_meters), seen.meters[0])


def _instrument(seen: Estimate, said: SaidPlan) -> str:
    if said.instrument:
        return said.instrument
    likely = (usual.INSTRUMENT.get(seen.style, "piano"), "piano", "strings", "flute")
    return next(each for each in (*likely, *INSTRUMENTS) if each not in said.not_instruments)


def _register(seen: Estimate, said: SaidPlan) -> str:
    if said.register:
        return said.register
    if said.not_registers and seen.registers[0] in said.not_registers:
        return next(each for each in ("mid", *REGISTERS) if each not in said.not_registers)
    return seen.registers[0]


def _tempo(seen: Estimate, said: SaidPlan) -> int:
    """Figures first, then marks such as andante, then "fast" and "slow"."""
    tempo = _paced(seen, said)
    if said.mark[1]:
        tempo = _within(tempo, *said.mark)
    tempo = round(tempo / 2) * 2
    tempo = _within(tempo, said.slowest or TEMPO_BOUNDS[0], said.fastest or TEMPO_BOUNDS[1])
    return int(_within(tempo, *TEMPO_BOUNDS))


def _paced(seen: Estimate, said: SaidPlan) -> float:
    """ "Fast" is faster than the style's own pace; "not too fast" is slower than that."""
    tempo, own = seen.tempo_bpm, 0.5 * (usual.TEMPO[seen.style] + usual.TEMPO[seen.mood])
    if said.fast > 0:
        least = _VERY_FAST_LEAST if said.fast > 1 else _FAST_LEAST
        tempo = max(tempo, min(1.12 * own, tempo * 1.15), least)
    elif said.fast < 0:
        tempo = min(0.94 * tempo, 0.9 * own, 104)
    if said.slow > 0:
        most = _VERY_SLOW_MOST if said.slow > 1 else _SLOW_MOST
        tempo = min(tempo, max(0.88 * own, 0.87 * tempo), most)
    elif said.slow < 0:
        tempo = max(1.06 * tempo, own, 76)
    return tempo


def _density(seen: Estimate, said: SaidPlan) -> float:
    density = seen.density
    if said.busy > 0:
        density = max(0.64, density + 0.15)
    elif said.busy < 0:
        density = min(0.3, density)
    return round(_within(density, 0.05, 1.0), 2)


def _feeling(text: str, seen: Estimate, said: SaidPlan) -> tuple[float, float]:
    """The estimate's, moved by words of light and dark and of speed."""
    light = _signed(text, words.LIGHT) - _signed(text, words.HEAVY)
    pace = max(-1.0, min(1.0, said.fast - said.slow))
    valence, arousal = seen.valence + _LIGHTER * light, seen.arousal + _HEAVIER * pace
    return round(_within(valence, -1, 1), 2), round(_within(arousal, -1, 1), 2)


def _signed(text: str, listed: str) -> float:
    return _within(weight(text, listed), -1.5, 1.5)


def _bars(seen: Estimate, said: SaidPlan, tempo: int) -> int:
    if said.bars:
        return int(_within(said.bars, *BARS_BOUNDS))
    return 16 if seen.style in usual.DANCES or tempo > 96 else 8


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))
