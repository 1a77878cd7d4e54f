"""What a finished melody is: key, meter, range, mood, phrases; and the plan it would have had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from types import MappingProxyType

from studio.music.features import PROFILES, features
from studio.music.key import PENTATONIC, SCALES, TONICS, Key, write_key
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note
from studio.music.plan import (
    COMPASS,
    FEELING,
    METERS,
    TEMPO_BOUNDS,
    MelodyPlan,
)
from studio.music.tune import Bar, Tune, bar_ticks

PHRASE_BARS = 4
AGAIN, VARIED = 0.92, 0.55
"""Likeness from which a phrase is an earlier one again, or a variation of it."""
CLOSES, BEGINS = 0.35, 0.1
"""What ending (beginning) on the tonic speaks for a key, in correlations."""
FOREIGN = 1.2
"""What a note outside the scale speaks against it."""
KEY_MODES = ("major", "minor", "dorian", "mixolydian", "lydian", "phrygian")
HABIT: Mapping[str, float] = MappingProxyType(
    {"major": 0.06, "minor": 0.05, "pentatonic": 0.1, "yu": 0.08, "zhi": 0.04, "shang": 0.02}
)
"""How much likelier a mode is before anything is heard."""
NOTES_A_QUARTER = ((0.7, 0.15), (1.0, 0.32), (1.4, 0.5), (1.9, 0.68))
"""Up to so many notes a quarter -> density."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything is plain, so that it can be JSON."""

    key: str
    """"D minor", "G yu"."""
    tonic: str
    mode: str
    meter: str
    bars: int
    tempo_bpm: int
    lowest: int
    highest: int
    """MIDI pitches."""
    semitones: int
    """From the lowest to the highest note."""
    mood: str
    valence: float
    arousal: float
    phrase_form: str
    """A letter for each four bars, "'" for a variation: "AA'BA'"."""
    stepwise: float
    """Shares of the moves: a step (1 or 2 semitones), a leap (more), the same note again."""
    leaps: float
    repeated: float
    notes: int
    notes_per_s: float
    in_scale: float

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def analyse(tune: Tune) -> Analysis:
    """Measure a tune with at least one note. Its own key is taken as it is written."""
    found, notes = features(tune), tune.notes()
    moves = [abs(late.pitch - early.pitch) for early, late in pairwise(notes)]
    whole = max(1, len(moves))
    return Analysis(
        key=f"{tune.key.tonic} {tune.key.mode}",
        tonic=tune.key.tonic,
        mode=tune.key.mode,
        meter=str(tune.meter),
        bars=tune.full_bars,
        tempo_bpm=tune.tempo_bpm,
        lowest=found.lowest,
        highest=found.highest,
        semitones=found.highest - found.lowest,
        mood=nearest_mood(found.valence, found.arousal),
        valence=found.valence,
        arousal=found.arousal,
        phrase_form="".join(phrase_form(tune)),
        stepwise=round(sum(0 < move <= 2 for move in moves) / whole, 3),
        leaps=round(sum(move > 2 for move in moves) / whole, 3),
        repeated=round(sum(move == 0 for move in moves) / whole, 3),
        notes=len(notes),
        notes_per_s=round(found.notes_per_s, 2),
        in_scale=round(found.in_scale, 3),
    )


def found_key(notes: Sequence[Note], fifths: int | None = None) -> Key:
    """The likeliest key of some notes: Krumhansl's profiles, the last note, the tones that are
    used. `fifths`: the signature is known (sharps positive) and only the tonic is asked."""
    shares = [0.0] * 12
    for note in notes:
        shares[note.pitch % 12] += float(note.duration)
    whole = sum(shares) or 1.0
    shares = [each / whole for each in shares]
    used = sum(share > 0.01 for share in shares)
    modes = (*KEY_MODES, *PENTATONIC) if used <= 5 else KEY_MODES
    keys = [write_key(tonic, mode) for tonic in TONICS for mode in modes]
    if fifths is not None:
        keys = [key for key in keys if (key.fifths - fifths) % 12 == 0] or keys
    return max(keys, key=lambda key: _speaks_for(key, shares, notes))


def _speaks_for(key: Key, shares: Sequence[float], notes: Sequence[Note]) -> float:
    scale = SCALES[key.mode]
    profile = PROFILES["major" if 4 in scale else "minor"]
    # The profile's own tones, so that modes are told apart by the tones they have.
    toned = [weight if step in scale else 1.5 for step, weight in enumerate(profile)]
    heard = [shares[(key.pitch_class + step) % 12] for step in range(12)]
    foreign = 1 - sum(heard[step] for step in scale)
    closes = CLOSES * (notes[-1].pitch % 12 == key.pitch_class) if notes else 0.0
    begins = BEGINS * (notes[0].pitch % 12 == key.pitch_class) if notes else 0.0
    plain = HABIT.get(key.mode, 0.0)
    return _correlation(heard, toned) + closes + begins + plain - FOREIGN * foreign


def _correlation(left: Sequence[float], right: Sequence[float]) -> float:
    mean_left, mean_right = sum(left) / len(left), sum(right) / len(right)
    a, b = [each - mean_left for each in left], [each - mean_right for each in right]
    norm = (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5
    return sum(x * y for x, y in zip(a, b, strict=True)) / norm if norm else 0.0


def phrase_form(tune: Tune) -> tuple[str, ...]:
    """A letter for each four bars: the letter of the earlier phrase it is like, "'" when varied.
    Phrases are alike by the notes that sound together, wherever they were moved to."""
    bars = tune.bars[int(tune.upbeat) :]
    phrases = [bars[at : at + PHRASE_BARS] for at in range(0, len(bars), PHRASE_BARS)]
    firsts: list[tuple[Sequence[Bar], str]] = []
    marks: list[str] = []
    for phrase in phrases:
        likeness, letter = max(
            ((_likeness(phrase, earlier), name) for earlier, name in firsts),
            key=lambda each: each[0],
            default=(0.0, ""),
        )
        if likeness < VARIED:
            letter = chr(ord("A") + min(len(firsts), 25))
            firsts.append((phrase, letter))
            marks.append(letter)
        else:
            marks.append(letter if likeness >= AGAIN else f"{letter}'")
    return tuple(marks)


def _likeness(phrase: Sequence[Bar], earlier: Sequence[Bar]) -> float:
    """0 to 1: share of the time in which both sound the same note; rhythm alone counts a third.
    A phrase that begins with the same bar is a variation at least."""
    one, other = _ticks(phrase), _ticks(earlier)
    length = max(len(one), len(other), 1)
    same = sum(a == b for a, b in zip(one, other, strict=False)) / length
    onsets, others = ({at for at, (_, new) in enumerate(each) if new} for each in (one, other))
    rhythm = len(onsets & others) / max(1, len(onsets | others))
    share = 0.75 * same + 0.25 * rhythm
    first = bool(phrase and earlier) and phrase[0] == earlier[0]
    return max(share, VARIED) if first else share


def _ticks(phrase: Sequence[Bar]) -> list[tuple[int | None, bool]]:
    """For every third tick: (pitch, whether a note begins)."""
    found: list[tuple[int | None, bool]] = []
    for sound in (sound for bar in phrase for sound in bar):
        struck = sound.pitch is not None and not sound.tied
        steps = max(1, sound.ticks // 3)
        found += [(sound.pitch, struck and step == 0) for step in range(steps)]
    return found


def nearest_mood(valence: float, arousal: float) -> str:
    """The mood whose place is nearest."""
    return min(
        FEELING,
        key=lambda mood: (FEELING[mood][0] - valence) ** 2 + (FEELING[mood][1] - arousal) ** 2,
    )


def guessed_style(tune: Tune) -> str:
    """The style of the page that a tune without a name is nearest to."""
    quick = (tune.tempo_bpm or 100) >= 96
    busy = _notes_a_quarter(tune)
    if tune.key.mode in PENTATONIC:
        return "chinese"
    if tune.meter.compound:
        return "jig" if quick and busy > 1.2 else "lullaby"
    if tune.meter.beats == 3:
        return "waltz" if quick else "lullaby"
    if tune.meter == Meter(2, 4):
        return "march" if busy < 1.6 else "reel"
    if busy > 1.7 and quick:
        return "reel"
    return "folk" if quick else "ballad"


def plan_of_tune(
    tune: Tune, analysis: Analysis, style: str = "", instrument: str = ""
) -> MelodyPlan:
    """The plan that a tune fulfils, so that it can be continued, varied and played. A meter that
    the model does not know becomes the nearest it does."""
    key = Key(analysis.tonic, analysis.mode)
    lowest, highest = TEMPO_BOUNDS
    tonic = TONICS[key.pitch_class]
    return MelodyPlan(
        mood=analysis.mood,
        valence=analysis.valence,
        arousal=analysis.arousal,
        tonic=tonic,
        mode=analysis.mode,
        meter=analysis.meter if analysis.meter in METERS else _nearest_meter(tune.meter),
        tempo_bpm=max(lowest, min(highest, tune.tempo_bpm or 100)),
        bars=max(PHRASE_BARS, min(64, tune.full_bars)),
        density=_density(_notes_a_quarter(tune)),
        register=_register(tune),
        style=style or guessed_style(tune),
        instrument=instrument or "piano",
    )


def _nearest_meter(meter: Meter) -> str:
    found: list[tuple[int, str]] = []
    for name in METERS:
        beats, unit = map(int, name.split("/"))
        found.append((abs(Meter(beats, unit).bar - meter.bar), name))
    return min(found)[1]


def _notes_a_quarter(tune: Tune) -> float:
    return len(tune.notes()) / max(0.01, sum(map(bar_ticks, tune.bars)) / QUARTER)


def _density(notes_a_quarter: float) -> float:
    return next((value for edge, value in NOTES_A_QUARTER if notes_a_quarter <= edge), 0.88)


def _register(tune: Tune) -> str:
    """The register whose compass holds most of the notes, the middle one first."""
    pitches = [note.pitch for note in tune.notes()]

    def outside(name: str) -> int:
        low, high = COMPASS[name]
        return sum(not low <= pitch <= high for pitch in pitches)

    return min(("mid", "low", "high"), key=outside)
