"""What each concept does to a plan: fitted by `studio.training.image_plans`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MEANS: Mapping[str, float] = MappingProxyType(
    {
        "warmth": 0.59,
        "saturation": 0.37,
        "brightness": 0.56,
        "contrast": 0.51,
        "density": 0.44,
        "movement": 0.42,
        "angularity": 0.32,
    }
)
"""The plan of a description that says nothing."""
EFFECTS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "angry": (0.05, 0.13, -0.07, 0.13, 0.15, 0.28, 0.16),
        "bright": (-0.03, -0.00, 0.05, 0.01, -0.01, -0.03, 0.03),
        "calm": (0.00, -0.03, 0.05, -0.05, -0.07, -0.08, -0.03),
        "cold": (-0.11, -0.07, -0.01, -0.01, 0.00, -0.01, -0.03),
        "commission": (-0.01, -0.02, 0.07, -0.02, 0.01, -0.04, -0.02),
        "contrasty": (-0.03, 0.00, -0.06, 0.09, 0.02, 0.08, 0.05),
        "crowded": (0.05, 0.03, -0.03, -0.02, 0.14, -0.03, 0.02),
        "dark": (-0.01, -0.02, -0.11, 0.08, 0.02, 0.02, 0.04),
        "earthy": (0.06, -0.03, -0.02, -0.02, -0.02, -0.05, -0.02),
        "empty": (-0.02, -0.07, 0.05, -0.02, -0.10, -0.06, -0.05),
        "green_things": (0.05, 0.04, -0.03, 0.00, 0.07, 0.03, 0.01),
        "happy": (0.04, 0.15, 0.14, -0.04, 0.02, 0.12, -0.05),
        "heroic": (0.02, 0.04, -0.02, 0.09, 0.04, 0.09, 0.08),
        "metal": (-0.01, -0.04, -0.01, 0.05, 0.05, 0.07, -0.03),
        "moving": (0.00, 0.08, -0.00, 0.03, 0.04, 0.14, -0.02),
        "muted": (-0.01, -0.12, 0.03, -0.04, -0.00, -0.06, 0.01),
        "mysterious": (-0.02, 0.00, -0.07, -0.01, -0.03, -0.06, -0.04),
        "nostalgic": (0.04, -0.05, 0.04, -0.06, -0.00, -0.08, -0.06),
        "playful": (0.02, 0.15, 0.10, -0.03, 0.04, 0.13, -0.06),
        "romantic": (0.05, -0.04, 0.04, -0.02, -0.07, -0.07, -0.11),
        "round": (0.00, -0.01, 0.04, -0.02, -0.06, 0.01, -0.10),
        "sad": (-0.05, -0.05, -0.05, 0.01, -0.06, -0.07, 0.02),
        "says_cells": (0.01, -0.00, 0.02, -0.03, 0.16, -0.08, 0.06),
        "says_colorfield": (-0.00, 0.08, -0.01, -0.08, -0.14, -0.11, -0.08),
        "says_drip": (-0.01, 0.03, -0.00, 0.01, 0.02, 0.04, -0.06),
        "says_flow": (-0.02, -0.03, -0.00, 0.03, 0.04, 0.12, -0.05),
        "says_geometric": (-0.01, 0.11, -0.02, 0.10, 0.05, -0.01, 0.19),
        "says_gestural": (-0.01, -0.01, -0.03, 0.07, -0.04, 0.10, 0.04),
        "says_grid": (-0.03, -0.01, -0.00, -0.01, 0.08, -0.11, 0.27),
        "says_lyrical": (0.01, 0.05, -0.02, 0.05, 0.02, 0.05, 0.08),
        "says_marble": (-0.01, -0.05, -0.00, -0.05, 0.04, 0.02, -0.16),
        "says_minimal": (-0.00, -0.03, 0.02, -0.00, -0.06, -0.04, -0.02),
        "says_rings": (-0.00, 0.03, 0.00, 0.01, 0.04, -0.03, -0.06),
        "says_waves": (-0.03, 0.01, -0.01, 0.00, -0.01, 0.01, -0.06),
        "sharp": (0.00, 0.04, -0.03, 0.02, 0.03, 0.07, 0.25),
        "soft": (0.02, -0.05, 0.08, -0.09, -0.04, -0.05, -0.02),
        "still": (-0.03, -0.06, 0.01, -0.07, -0.06, -0.08, -0.02),
        "tense": (-0.03, -0.02, -0.07, 0.17, 0.04, 0.07, 0.13),
        "vivid": (0.02, 0.07, -0.04, 0.03, 0.04, 0.07, 0.06),
        "warm": (0.13, 0.10, -0.02, -0.05, 0.00, -0.00, -0.02),
    }
)
"""Added to the plan: warmth, saturation, brightness, contrast, density, movement, angularity."""
VOTES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "angry": {},
        "bright": {"lyrical": -0.09},
        "calm": {"colorfield": 0.10, "gestural": 0.10},
        "cold": {},
        "commission": {"cells": 0.09},
        "contrasty": {"cells": -0.08, "drip": 0.12},
        "crowded": {"drip": 0.12, "geometric": -0.08, "waves": -0.10},
        "dark": {},
        "earthy": {},
        "empty": {},
        "green_things": {},
        "happy": {"drip": 0.10, "flow": 0.11, "waves": -0.08},
        "heroic": {},
        "metal": {"colorfield": -0.11},
        "moving": {},
        "muted": {},
        "mysterious": {},
        "nostalgic": {},
        "playful": {},
        "romantic": {},
        "round": {},
        "sad": {"colorfield": 0.10},
        "says_cells": {"cells": 0.64, "geometric": -0.09},
        "says_colorfield": {"colorfield": 0.49},
        "says_drip": {"drip": 0.49},
        "says_flow": {"flow": 0.46},
        "says_geometric": {"drip": -0.09, "geometric": 0.44},
        "says_gestural": {"gestural": 0.58, "minimal": -0.10},
        "says_grid": {"geometric": -0.10, "grid": 0.56, "marble": -0.12},
        "says_lyrical": {"flow": -0.13, "lyrical": 0.47},
        "says_marble": {
            "drip": -0.09,
            "flow": -0.10,
            "lyrical": -0.09,
            "marble": 0.70,
            "waves": -0.11,
        },
        "says_minimal": {"minimal": 0.27, "waves": -0.11},
        "says_rings": {"minimal": -0.09, "rings": 0.45, "waves": -0.13},
        "says_waves": {"waves": 0.29},
        "sharp": {"geometric": 0.14},
        "soft": {"rings": -0.10, "waves": 0.11},
        "still": {},
        "tense": {},
        "vivid": {"drip": -0.09},
        "warm": {"colorfield": 0.11},
    }
)
"""For and against styles; small votes are left out."""
