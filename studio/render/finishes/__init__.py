"""The finishes: how a composition is painted. A new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.render.finishes import cut_paper, glass, gouache, ink, oil, raw, risograph, vector
from studio.render.finishes.finish import Finish, Tuning

_TABLE = (
    Finish("oil", oil.plan, (Tuning("stroke"), Tuning("texture"))),
    Finish("gouache", gouache.plan, (Tuning("brush"), Tuning("paper"))),
    Finish("ink", ink.plan, (Tuning("bleed"), Tuning("dryness"), Tuning("colour"))),
    Finish("risograph", risograph.plan, (Tuning("inks"), Tuning("screen"), Tuning("grain"))),
    Finish("cut_paper", cut_paper.plan, (Tuning("depth"), Tuning("fibre"))),
    Finish("glass", glass.plan, (Tuning("pieces"), Tuning("lead"), Tuning("glow"))),
    Finish("vector", vector.plan, (Tuning("detail", 0.7), Tuning("colours", 0.7))),
    Finish("none", raw.plan),
)

FINISHES: Mapping[str, Finish] = MappingProxyType({each.name: each for each in _TABLE})

FORMER: Mapping[str, str] = MappingProxyType({"smooth": "none"})
"""Names that older recipes hold."""
