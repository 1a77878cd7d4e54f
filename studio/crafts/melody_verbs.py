"""What is done to a finished melody at once, without any model: its key, tempo, instrument and
accompaniment, its notes, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.crafts.craft import Inputs
from studio.crafts.melody_kept import ACCOMPANIMENTS, LONGEST_ABC, named_key, plan_like
from studio.crafts.melody_notes import tune_of_notes
from studio.crafts.melody_start import Start
from studio.crafts.melody_whole import whole_tune
from studio.crafts.melody_wish import Wish, moved, title_of
from studio.crafts.melody_words import LONGEST_WORDS, sung
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.key import TONICS, write_key
from studio.music.plan import INSTRUMENTS, TEMPO_BOUNDS
from studio.music.tune import Tune

MOST_SEMITONES = 12
MIDI_PITCHES = (12, 115)
"""Lowest and highest that still sound."""


def transposed(start: Start, inputs: Inputs) -> list[Wish]:
    """The same melody so many semitones higher or lower, in the key that follows."""
    kept = start.of
    semitones = start.whole("semitones", 0, -MOST_SEMITONES, MOST_SEMITONES)
    tune = kept.tune
    tonic = TONICS[(tune.key.pitch_class + semitones) % 12]
    tune = replace(moved(tune, semitones), key=write_key(tonic, tune.key.mode))
    _check_pitches(tune)
    label = {"semitones": semitones, "key": tonic}
    return [_at_hand(start, inputs, tune, label)]


def in_tempo(start: Start, inputs: Inputs) -> list[Wish]:
    """The same melody faster or slower."""
    tempo_bpm = start.whole("tempo_bpm", 0, *TEMPO_BOUNDS)
    tune = replace(start.of.tune, tempo_bpm=tempo_bpm)
    return [_at_hand(start, inputs, tune, {"tempo_bpm": tempo_bpm})]


def on_instrument(start: Start, inputs: Inputs) -> list[Wish]:
    """The same melody on another instrument; nothing else changes."""
    instrument = start.choice("instrument", "", INSTRUMENTS)
    wish = _at_hand(start, inputs, start.of.tune, {"instrument": instrument})
    return [replace(wish, plan=replace(wish.plan, instrument=instrument))]


def accompanied(start: Start, inputs: Inputs) -> list[Wish]:
    """The same melody with another accompaniment, or none."""
    pattern = start.choice("accompaniment", "", ACCOMPANIMENTS)
    wish = _at_hand(start, inputs, start.of.tune, {"accompaniment": pattern})
    return [replace(wish, accompaniment=pattern)]


def edited(start: Start, inputs: Inputs) -> list[Wish]:
    """What the person made of it: as ABC, or note by note on the piano roll."""
    if ("abc" in start.told) == ("notes" in start.told):
        raise InvalidInput(
            "start", "An edit is either ABC or notes.", code="melody_edit", verb=start.verb
        )
    if "abc" in start.told:
        read = whole_tune(read_abc(start.text("abc", LONGEST_ABC)))
        tune = replace(read, key=named_key(start.of.plan, read.key))
    else:
        tune = whole_tune(tune_of_notes(start.told["notes"], start.of.tune))
    tune = replace(tune, title=tune.title or start.of.tune.title)
    _check_pitches(tune)
    return [_at_hand(start, inputs, tune, {})]


def sung_to(start: Start, inputs: Inputs) -> list[Wish]:
    """The same melody with a text under its notes."""
    text = start.text("words", LONGEST_WORDS)
    return [_at_hand(start, inputs, sung(start.of.tune, text), {})]


def _at_hand(start: Start, inputs: Inputs, tune: Tune, label: Mapping[str, object]) -> Wish:
    """A take that no model is asked for: the melody's plan, with what the tune itself decides."""
    kept = start.of
    plan = plan_like(kept.melody_plan, tune)
    title = tune.title or title_of(str(inputs["text"]), plan)
    return Wish(
        plan=plan,
        title=title,
        accompaniment=kept.accompaniment,
        seed=int(float(str(inputs["seed"]))),
        tune=replace(tune, title=title),
        verb=start.verb,
        label=label,
        parent=kept,
    )


def _check_pitches(tune: Tune) -> None:
    low, high = MIDI_PITCHES
    pitches = [note.pitch for note in tune.notes()]
    if min(pitches) < low or max(pitches) > high:
        raise InvalidInput(
            "start", "This lies too high or too low to be heard.", code="melody_out_of_hearing"
        )
