"""What two versions may differ in, read from the craft's fields and the cards that are here."""

from __future__ import annotations

import random
from collections.abc import Sequence

from gradio.i18n import I18nData

from studio.crafts.craft import Craft, Field
from studio.errors import InvalidInput
from studio.ui.shell import Shell
from studio.works import Arm

SEED = "seed"
CARD = "card"
ADAPTER = "adapter"
NO_ADAPTER = "none"
FIELD = "field:"

Options = list[tuple[I18nData | str, str]]


def differences(shell: Shell, craft: Craft) -> Options:
    """(label, value): another seed first, then every number and choice of the form, then cards."""
    words = shell.words
    options: Options = [(words("compare.seed"), SEED)]
    options += [
        (words.field(craft.name, each), FIELD + each.name) for each in comparable_fields(craft)
    ]
    for key in (CARD, ADAPTER):
        if len(names_of(shell, craft, key)) > 1:
            options.append((words(f"compare.{key}"), key))
    return options


def comparable_fields(craft: Craft) -> tuple[Field, ...]:
    """Fields that a duel can set differently."""
    return tuple(each for each in craft.fields if each.kind in ("number", "choice", "toggle"))


def sides(shell: Shell, craft: Craft, difference: str) -> Options:
    """What each side may be set to, for a difference that has values; empty for a seed."""
    if difference in (CARD, ADAPTER):
        return [(each, each) for each in names_of(shell, craft, difference)]
    field = field_of(craft, difference)
    if field is None:
        return []
    if field.kind == "choice":
        return shell.words.choices(craft.name, field)
    if field.kind == "toggle":
        return [(shell.words("word.yes"), "true"), (shell.words("word.no"), "false")]
    return [(each, each) for each in _stops(field)]


def field_of(craft: Craft, difference: str) -> Field | None:
    """The field a difference is about, if it is about one."""
    name = difference.removeprefix(FIELD)
    found = [each for each in comparable_fields(craft) if each.name == name]
    return found[0] if found and difference.startswith(FIELD) else None


def names_of(shell: Shell, craft: Craft, kind: str) -> tuple[str, ...]:
    """Cards, or adapters and none, that say they are for this craft."""
    cards = [each for each in shell.studio.catalog if craft.name in each.crafts]
    if kind == CARD:
        return tuple(each.name for each in cards if each.kind != "lora")
    return (NO_ADAPTER, *(each.name for each in cards if each.kind == "lora"))


def arms(difference: str, chosen: Sequence[str]) -> list[Arm]:
    """The two arms. Raises InvalidInput when a side is not chosen or both are the same."""
    if difference == SEED:
        seeds = random.SystemRandom().sample(range(1, 2**31), 2)
        return [Arm(label=SEED, settings={SEED: seed}) for seed in seeds]
    first, second = (each.strip() for each in chosen)
    if not first or not second or first == second:
        raise InvalidInput("difference", "Choose two different values.", code="same_sides")
    return [_arm(difference, each) for each in (first, second)]


def _arm(difference: str, value: str) -> Arm:
    if difference == CARD:
        return Arm(label=value, card=value)
    if difference == ADAPTER:
        return Arm(label=value, adapter=value)
    name = difference.removeprefix(FIELD)
    return Arm(label=f"{name} = {value}", settings={name: value})


def _stops(field: Field) -> list[str]:
    span = field.maximum - field.minimum
    if span <= 0:
        return []
    raw = {field.minimum + span * share / 4 for share in range(5)}
    whole = float(field.step).is_integer()
    return [f"{round(each) if whole else round(each, 2):g}" for each in sorted(raw)]
