"""Lyrical signs: Bauhaus constellations, washed gardens, syncopated shapes, colour storms."""

from studio.families.drawings.signs import garden, jazz, lyrical, storm

FAMILIES = (lyrical.FAMILY, garden.FAMILY, jazz.FAMILY, storm.FAMILY)
