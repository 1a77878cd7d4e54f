"""Drawings of liquids: marbled paper, agate, ink in water, poured paint."""

from studio.families.drawings.fluids import ink_bloom, marbling, pour, warped

FAMILIES = (marbling.FAMILY, warped.FAMILY, ink_bloom.FAMILY, pour.FAMILY)
