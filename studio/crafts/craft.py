"""The declaration language: what a craft is.

A craft is data and two pure functions: `order` turns a filled form into requests, `finish` turns
what the models gave into outputs with their checks. It knows no page, no torch and no disk.
The page, the command line and the API all render the same declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from studio.crafts.desk import Desk
from studio.crafts.reading import Reading
from studio.requests import Completion, Picture, Request, Sound

Inputs = Mapping[str, object]
"""A form, filled and validated: every declared field has a value of its kind."""

FieldKind = Literal["paragraph", "text", "choice", "choices", "number", "toggle", "lines", "seed"]
"""paragraph: many lines; lines: one item a line (a tuple of str); choices: some of them (a tuple,
in their own order; none stands for all); seed: an int, 0 draws one."""

BETWEEN_VERSIONS = "\n\n* * *\n\n"
"""Between the texts of several versions, where a preview shows them as one."""

OutputKind = Literal["text", "melody", "picture", "ad", "kit"]


@dataclass(frozen=True, slots=True)
class Field:
    """One control of the form. Labels live in the locales: `field.<craft>.<name>`,
    else `field.<name>`; choices: `choice.<field name>.<choice>`, else the choice itself."""

    name: str
    kind: FieldKind
    default: object = ""
    choices: tuple[str, ...] = ()
    minimum: float = 0
    maximum: float = 0
    step: float = 1
    max_length: int = 4000
    required: bool = False
    advanced: bool = False
    hidden: bool = False
    """Filled by the page's own tools, not typed: no control of its own. Mostly JSON; a mapping or
    a list is taken as well."""


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict a person can see: "line 2: 7 syllables", passed or not. `name` is a locale key
    `check.<name>`; `detail` is plain facts ("7/7", "28/30")."""

    name: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """One finished version, before it is rendered to files. `data` must be JSON-able."""

    text: str = ""
    title: str = ""
    picture: Picture | None = None
    frames: tuple[Picture, ...] = ()
    """Of a loop, in order; `picture` is the first of them."""
    sound: Sound | None = None
    """Of a composer that writes no notes."""
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    checks: tuple[Check, ...] = ()
    seed: int = 0
    parts: tuple[Part, ...] = ()
    """Of a whole that is made of several outputs, each of its own kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """One output inside another. `name` tells parts of a kind apart."""

    name: str
    kind: OutputKind
    output: Output


@dataclass(frozen=True, slots=True)
class Order:
    """What a filled form asks of the models, and the plan the person may see and change."""

    requests: tuple[Request, ...]
    inputs: Inputs
    lang: str
    plan: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Resolved plan fields (JSON-able); names equal the craft's plan fields, so that
    filling the form with it gives the same order again."""
    parts: tuple[OrderPart, ...] = ()
    """Of a craft that is made of others: what `requests` are for, part after part."""


@dataclass(frozen=True, slots=True)
class OrderPart:
    """One craft's order inside another's: its requests are a run of the whole's."""

    name: str
    kind: OutputKind
    order: Order
    preview: Callable[[Sequence[str]], str] | None = None
    """What to show of its unfinished texts (one a request)."""


class Roster(Protocol):
    """Which models serve which role here and now. Made from catalog and settings."""

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        """(card, adapter) for a role such as "writer", "verse", "melody", "picture".

        Raises NotReady with a hint when no installed card can do it in this language.
        """

    def drafts(self, card: str) -> int:
        """How many drafts of one text this card can write for one that is shown: many where it is
        small and its rows share a step, few where each costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Craft:
    """A creative task a person chooses: one tab."""

    name: str
    output: OutputKind
    fields: tuple[Field, ...]
    order: Callable[[Inputs, Roster], Order]
    """Raises InvalidInput(field) or NotReady."""
    finish: Callable[[Order, Sequence[Completion]], tuple[Output, ...]]
    """One output per version; checks the form, repairs what can be repaired."""
    preview: Callable[[Order, Sequence[str]], str] | None = None
    """What to show of the unfinished texts (one per request) while they stream; None: join."""
    brief: Callable[[Inputs], str] | None = None
    """What a text is to be about. A craft that tells it gets `Completion.coverage` measured before
    `finish`, where several drafts wait to be ranked and the text encoder is there."""
    writes_as: str = ""
    """The craft whose adapters serve this one, too; "" for its own."""
    reading: Reading | None = None
    """Which text a reader card reads before `order`; what it guesses stands in the inputs as
    `studio.crafts.guesses.GUESSES`, when the card and the text encoder are there."""
    desk: Desk | None = None
    """What can be done with a finished text; None: it is shown, not edited."""
    examples: tuple[Inputs, ...] = ()
    """Partial forms in both languages; the rest are defaults."""

    def named(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        return next(each for each in self.fields if each.name == name)
