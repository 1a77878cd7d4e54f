"""Poured and thrown paint: skeins, runs, splatters, drifting flecks."""

from studio.families.drawings.drips import confetti, pollock, runs, splatter

FAMILIES = (pollock.FAMILY, runs.FAMILY, splatter.FAMILY, confetti.FAMILY)
