"""Drawings that follow a field: strands, ribbons, smoke of an attractor, strokes in the wind."""

from studio.families.drawings.flows import attractor, ribbons, threads, wind

FAMILIES = (threads.FAMILY, ribbons.FAMILY, attractor.FAMILY, wind.FAMILY)
