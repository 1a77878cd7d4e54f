"""What crosses the engine's border: frozen values, standard library only.

A `Request` goes in, `Chunk`s come out. Text crafts and picture crafts use the same two words: a
picture is a sequence of length one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

T = TypeVar("T")

Finish = Literal["stop", "length", "loop", "deadline"]
"""Why a sequence ended: the model (or its constraint) said so, the budget ran out, it looped, it
ran longer than it was allowed to."""

Priority = Literal["interactive", "bulk"]
"""Whether a person waits for it at the screen, or it may come when it comes."""


class Vocabulary(Protocol):
    """The tokens of one model, as its constraints see them."""

    @property
    def eos(self) -> int:
        """The token that ends a sequence."""

    def __len__(self) -> int: ...

    def text(self, token: int) -> str:
        """The text of one token ("" for special tokens)."""

    def encode(self, text: str) -> tuple[int, ...]:
        """The tokens of a text, without special tokens."""

    def cached(self, key: Hashable, build: Callable[[], T]) -> T:
        """`build()` once per vocabulary and key, while it is used: tries and tables are dear."""


class TokenRule(Protocol):
    """A constraint bound to one row and one vocabulary. May keep state: one row, one rule."""

    def allowed(self, tokens: Sequence[int]) -> Sequence[int] | None:
        """Token ids that may follow the row's generated `tokens`; None allows all.

        Never empty. Return the same object for the same set: families cache masks by identity.
        """


class Constraint(Protocol):
    """A form that an output must have, whatever the model. A pure value; binds to a vocabulary."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule: ...


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How tokens are drawn. `temperature` 0 is greedy. 0 or 1.0 switch a filter off."""

    temperature: float = 0.8
    top_p: float = 0.95
    top_k: int = 0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    max_tokens: int = 256
    grace_tokens: int = 0
    """Tokens past `max_tokens` in which the row may still reach the end of a sentence."""
    stop: tuple[str, ...] = ()
    loop_guard: bool = False
    """End the row when it repeats a clause (finish "loop"), and cut the repetition."""


@dataclass(frozen=True, slots=True)
class Picture:
    """RGB bytes, row by row, `3 * width * height` of them."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class Sound:
    """Float32 samples, little end first, `channels` of them for each moment; full scale is 1.0,
    and a model may go over it."""

    rate_hz: int
    channels: int
    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return len(self.samples) / (4 * self.channels * self.rate_hz)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a request cost. Times in milliseconds from submission."""

    prompt_tokens: int = 0
    output_tokens: int = 0
    wait_ms: float = 0.0
    first_token_ms: float = 0.0
    total_ms: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one model is asked. The same request gives the same result in any batch."""

    card: str
    seed: int
    prompt: str = ""
    """Raw text for models without a chat template (their own prefix language)."""
    messages: tuple[Message, ...] = ()
    """A chat, rendered by the model's own template; used when not empty."""
    opening: str = ""
    """Text the answer already starts with (continue from the cursor). Not streamed back."""
    sampling: Sampling = Sampling()
    adapter: str | None = None
    constraint: Constraint | None = None
    must_hold: bool = True
    """Nothing but the constraint keeps the form. False: whoever asks checks the result and drops
    what does not hold, so a card that can not constrain may write without."""
    condition: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """What a picture model is asked: plan, truncation, layout, edge in px."""
    work: float = 1.0
    """How many usual rows of its card it takes as long as: pictures of twice the edge, four."""
    user: str = "local"
    deadline_s: float | None = None
    """How long it may wait for its turn."""
    run_deadline_s: float | None = None
    """How long it may run; what there is of a text then is kept (finish "deadline")."""
    priority: Priority = "interactive"
    weight: float = 0.0
    """Turns its user has while others have one; 0 leaves it to the settings."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a result. `finish` is set on the last one, and only there, with the usage."""

    text: str = ""
    picture: Picture | None = None
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    finish: Finish | None = None
    usage: Usage | None = None
    mean_logprob: float | None = None
    """On the last one, from families that know it: see `Completion`."""
    queue_position: int | None = None
    """Set while the request waits: 0 is next. Nothing but the two estimates comes with it."""
    first_s: float | None = None
    """Seconds until its first piece, as far as can be told; None when the card is not known yet."""
    estimate_s: float | None = None
    """Seconds until it is done."""
    sound: Sound | None = None
    """On the last one, from models that compose sound rather than notes."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole result: the chunks of one ticket, gathered."""

    text: str = ""
    picture: Picture | None = None
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    finish: Finish = "stop"
    usage: Usage = Usage()
    mean_logprob: float | None = None
    """Mean natural log-probability of the tokens it drew, by the model alone: no temperature, no
    penalty, no constraint. None when the family does not know it."""
    cut_short: bool = False
    """The person stopped it, or it ran past its deadline: the text is what there was."""
    coverage: float | None = None
    """How near the text is to what was asked, by the text encoder (cosine, -1 to 1). Measured by
    the studio for crafts that say what was asked (`Craft.brief`); None without an encoder."""
    sound: Sound | None = None
