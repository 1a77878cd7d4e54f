"""Families of flat planes: leaning bars, splinters, half discs on a module, folds and beams.

Directions gather around level and upright when still and around the diagonals when moving; sides
bulge when little angularity is wished."""

from studio.families.drawings.planes import bauhaus, beams, folded, shards, suprematist

FAMILIES = (suprematist.FAMILY, shards.FAMILY, bauhaus.FAMILY, folded.FAMILY, beams.FAMILY)
