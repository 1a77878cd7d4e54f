"""Drawings of waves and hills: misty ridges, a banded sea, crossing ripples, dunes."""

from studio.families.drawings.waters import dunes, interference, ridges, swell

FAMILIES = (ridges.FAMILY, swell.FAMILY, interference.FAMILY, dunes.FAMILY)
