"""Gestural drawings: broad sweeps, one-breath brush lines, knife slabs, scrawls."""

from studio.families.drawings.gestures import calligraphy, knife, scrawl, sweeps

FAMILIES = (sweeps.FAMILY, calligraphy.FAMILY, knife.FAMILY, scrawl.FAMILY)
