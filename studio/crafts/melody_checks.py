"""The verdicts on a melody: what a musician would look at first, in numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from studio.crafts.craft import Check
from studio.music.features import Features
from studio.music.key import Key
from studio.music.plan import MelodyPlan
from studio.music.takes import distance
from studio.music.traits import corner
from studio.music.tune import Bar, Tune

ENOUGH_IN_SCALE = 0.93
CLOSE_FEELING = 0.75
"""Distance of valence and arousal up to which a melody counts as feeling as asked."""


def melody_checks(plan: MelodyPlan, found: Features) -> tuple[Check, ...]:
    """One verdict each on bars, their number, key, range and mood."""
    return (
        Check("bars_add_up", found.bars_right == found.bars, f"{found.bars_right}/{found.bars}"),
        Check("bar_count", found.bars == plan.bars, f"{found.bars}/{plan.bars}"),
        _key(plan, found),
        _range(plan, found),
        _mood(plan, found),
    )


def pitch_name(pitch: int, key: Key) -> str:
    """MIDI 60 is "C4" (in B major "B#3" would be the same key of a piano)."""
    letter, alteration, octave = key.spell(pitch)
    return f"{letter}{'#' * alteration or 'b' * -alteration}{octave}"


def kept_check(before: Tune, after: Tune, bars: Collection[int]) -> Check:
    """Whether the bars that were to stay are the same, note for note."""
    old, new = before.bars[int(before.upbeat) :], after.bars[int(after.upbeat) :]
    same = sum(_struck(old[number - 1]) == _struck(new[number - 1]) for number in bars)
    return Check("bars_kept", same == len(bars), f"{same}/{len(bars)}")


def words_check(tune: Tune, words: Sequence[str]) -> Check:
    """Whether every syllable found its note."""
    laid, asked = ([each for each in said if each not in ("", "_")] for said in (tune.words, words))
    return Check("words_laid", laid == asked, f"{len(laid)}/{len(asked)}")


def _struck(bar: Bar) -> list[tuple[int | None, int]]:
    return [(sound.pitch, sound.ticks) for sound in bar]


def _key(plan: MelodyPlan, found: Features) -> Check:
    passed = found.closes and found.in_scale >= ENOUGH_IN_SCALE
    end = plan.key.tonic if found.closes else "?"
    return Check("key", passed, f"{plan.key.tonic} {plan.mode}, {found.in_scale:.0%} → {end}")


def _range(plan: MelodyPlan, found: Features) -> Check:
    form = plan.form()
    lowest, highest = plan.tonic_pitch + form.lowest, plan.tonic_pitch + form.highest
    passed = lowest <= found.lowest and found.highest <= highest
    return Check(
        "range",
        passed,
        f"{pitch_name(found.lowest, plan.key)}–{pitch_name(found.highest, plan.key)}",
    )


def _mood(plan: MelodyPlan, found: Features) -> Check:
    """Same corner of the valence-arousal plane, or close to it."""
    valence, arousal = plan.feeling
    same = corner(valence, arousal) == corner(found.valence, found.arousal)
    # Adding 0 turns -0.0 into 0.0.
    light = f"valence {round(valence, 1) + 0:g} → {round(found.valence, 1) + 0:g}"
    detail = f"{light}, arousal {round(arousal, 1) + 0:g} → {round(found.arousal, 1) + 0:g}"
    return Check("mood_match", same or distance(plan, found) <= CLOSE_FEELING, detail)
