"""Drawings made of cells: painted cells, corals, cracked glaze and chips, bent honeycombs."""

from studio.families.drawings.cells import corals, craquelure, honey, voronoi

FAMILIES = (voronoi.FAMILY, corals.FAMILY, craquelure.FAMILY, honey.FAMILY)
