"""Every family, as the contract knows it: how to open it, and what to ask it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from studio.engine.family import Family
from studio.families.fake import REJECT, Fake
from studio.families.fake_vocabulary import FakeVocabulary
from studio.requests import Request, Sampling
from tests.families.loopback_endpoint import Unbound, loopback_endpoint
from tests.families.tiny_composer import tiny_composer
from tests.families.tiny_generator import tiny_generator
from tests.families.tiny_models import open_tiny, tiny_card
from tests.families.tiny_pipeline import tiny_painter

PALETTE = ("#e63946", "#f1faee", "#1d3557")


@dataclass(frozen=True)
class Subject:
    """One family under the contract."""

    open: Callable[[Path], Family]
    condition: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    bad: Mapping[str, object] = field(default_factory=lambda: {"prompt": REJECT})
    """What a request must say so that it is not admitted."""
    constrains: bool = True
    """Whether it can hold a constraint while it writes."""

    def ask(self, number: int, **more: object) -> Request:
        """A request that differs from every other number's, also in length."""
        sampling = Sampling(temperature=1.0, top_p=0.95, max_tokens=6 + 5 * (number % 4))
        fields: dict[str, object] = {
            "seed": number,
            "prompt": f"The keeper found letter {number} on the table.",
            "sampling": sampling,
            "condition": self.condition,
        }
        return Request(card="lm/tiny", **(fields | more))  # type: ignore[arg-type]


def _melody(_: Path) -> Family:
    words = [f"n{step}d{ticks}" for step in range(12) for ticks in (6, 12, 24)]
    return Fake("melody", vocabulary=FakeVocabulary(words, joiner=" "))


TOO_LONG = MappingProxyType({"prompt": "The keeper of the lighthouse. " * 400})
PICTURE = MappingProxyType({"palette": PALETTE, "edge": 64})
STEPS = MappingProxyType({"steps": 4, "scheduler": "euler_a"})
SECOND = MappingProxyType({"seconds": 1})
TOO_SHORT = MappingProxyType({"condition": {"seconds": 0}})

SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "fake text": Subject(lambda _: Fake("text")),
        "fake melody": Subject(_melody),
        "fake picture": Subject(lambda _: Fake("picture"), PICTURE),
        "causal_lm": Subject(lambda at: open_tiny(tiny_card(at, "llama")), bad=TOO_LONG),
        "causal_lm, sliding window": Subject(
            lambda at: open_tiny(tiny_card(at, "gemma3")), bad=TOO_LONG
        ),
        "causal_lm, generic forward": Subject(
            lambda at: open_tiny(tiny_card(at, "gemma3"), fused=False), bad=TOO_LONG
        ),
        "remote": Subject(loopback_endpoint, bad={"constraint": Unbound()}, constrains=False),
        "gan": Subject(tiny_generator, PICTURE, bad={"condition": {"palette": ("red",)}}),
        "diffusion": Subject(tiny_painter, STEPS, bad={"condition": {"steps": 0}}),
        "music_gen": Subject(tiny_composer, SECOND, bad=TOO_SHORT, constrains=False),
    }
)
"""A new family is one line here."""
