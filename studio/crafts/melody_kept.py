"""A finished melody, or one that a person brought, as the verbs take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from studio.crafts.melody_plan import PLAN_FIELDS, plan_of
from studio.crafts.melody_whole import whole_tune
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.key import FIFTHS, TONICS, Key
from studio.music.meter import read_meter
from studio.music.plan import COMPASS, MelodyPlan
from studio.music.tune import Tune

AUTO = "auto"
ACCOMPANIMENTS = (
    AUTO, "none", "block", "arpeggio", "waltz", "oompah", "alberti", "drone", "march", "ballad",
    "chip",
)  # fmt: skip
"""How chords go along; "auto" follows the style."""
LONGEST_ABC = 40_000
_KEYS = ("abc", "plan", "accompaniment", "work", "version")
_FARTHEST = 1000
"""Of a number in a plan: as the music has it, tempo may lie outside the bounds of the form."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One melody. Its ABC is the music; its plan says what ABC does not."""

    abc: str
    plan: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Values of the form's plan fields; missing ones are open."""
    accompaniment: str = AUTO
    work: str = ""
    """The work it was shown in; "" when it comes from a file."""
    version: int = 0
    """Its number in that work, from 1."""

    @classmethod
    def read(cls, given: object) -> Kept:
        """The melody of a start, strictly. Raises InvalidInput("start"), or ("abc") for ABC that
        does not read."""
        if not isinstance(given, Mapping) or not _is_whole(given):
            raise InvalidInput(
                "start",
                "This is no melody that can be worked on.",
                "Make it again from its recipe first.",
                code="melody_kept",
            )
        kept = cls(**{**given, "plan": _whole_numbers(given.get("plan") or {})})
        whole_tune(read_abc(kept.abc))
        return kept

    @property
    def tune(self) -> Tune:
        """The music, in the mode that the plan names where ABC has no word for it (羽)."""
        tune = whole_tune(read_abc(self.abc))
        return replace(tune, key=named_key(self.plan, tune.key))

    @property
    def melody_plan(self) -> MelodyPlan:
        """What it was asked, as far as it is known, with meter, key, tempo and bars of the music
        itself."""
        return plan_like(plan_of({**self.plan, "text": ""}), self.tune)

    @property
    def origin(self) -> dict[str, object]:
        """Where it came from, as a child's data keeps it."""
        return {"work": self.work, "version": self.version}


def kept_melody(
    abc: str, data: Mapping[str, object], work: str = "", version: int = 0
) -> dict[str, object]:
    """What a start needs of an output: its text and its data."""
    plan = data.get("plan")
    return {
        "abc": abc,
        "plan": dict(plan) if isinstance(plan, Mapping) else {},
        "accompaniment": str(data.get("accompaniment", AUTO)),
        "work": work,
        "version": version,
    }


def named_key(plan: Mapping[str, object], key: Key) -> Key:
    """The key in the plan's mode when that is written with the very same signature: ABC has no
    word for 羽."""
    mode = str(plan.get("mode", AUTO))
    same = mode in FIFTHS and FIFTHS[mode] == FIFTHS[key.mode]
    return Key(key.tonic, mode) if same else key


def plan_like(plan: MelodyPlan, tune: Tune) -> MelodyPlan:
    """The plan with everything that the music itself decides."""
    return replace(
        plan,
        tonic=TONICS[tune.key.pitch_class],
        mode=tune.key.mode,
        meter=str(tune.meter),
        tempo_bpm=tune.tempo_bpm or plan.tempo_bpm,
        bars=tune.full_bars,
        register=_register(plan.register, tune),
    )


def _register(asked: str, tune: Tune) -> str:
    """The asked one if the tune keeps to it, else the one that it leaves least."""
    pitches = [note.pitch for note in tune.notes()]

    def outside(name: str) -> int:
        low, high = COMPASS[name]
        return sum(max(0, low - each) + max(0, each - high) for each in pitches)

    return min((asked, *COMPASS), key=outside)


def _is_whole(given: Mapping[str, object]) -> bool:
    abc, version = given.get("abc"), given.get("version", 0)
    return (
        set(given) <= set(_KEYS)
        and isinstance(abc, str)
        and 0 < len(abc) <= LONGEST_ABC
        and _is_plan(given.get("plan") or {})
        and given.get("accompaniment", AUTO) in ACCOMPANIMENTS
        and isinstance(given.get("work", ""), str)
        and isinstance(version, int)
    )


def _is_plan(given: object) -> bool:
    known = {each.name: each for each in PLAN_FIELDS}
    if not isinstance(given, Mapping) or not set(given) <= set(known):
        return False
    return all(_fits(known[name].choices, name, value) for name, value in given.items())


def _fits(choices: tuple[str, ...], name: str, value: object) -> bool:
    if name == "meter":
        return isinstance(value, str) and (value == AUTO or _is_meter(value))
    if choices:
        return value in choices
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) <= _FARTHEST  # type: ignore[arg-type]


def _is_meter(text: str) -> bool:
    try:
        return bool(read_meter(text))
    except InvalidInput:
        return False


def _whole_numbers(plan: Mapping[str, object]) -> dict[str, object]:
    """Tempo and bars as the form has them."""
    return {
        name: round(value) if name in ("tempo", "bars") and isinstance(value, float) else value
        for name, value in plan.items()
    }
