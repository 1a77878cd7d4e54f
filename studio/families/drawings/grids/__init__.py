"""Families on a net: uneven lattices, lit windows, ribbons, patchwork and swelling checkers.

The net leans with movement (level .. diagonal), bends when little angularity is wished, and its
cells get smaller with density."""

from studio.families.drawings.grids import neoplastic, pulse, quilt, windows, woven

FAMILIES = (neoplastic.FAMILY, windows.FAMILY, woven.FAMILY, quilt.FAMILY, pulse.FAMILY)
