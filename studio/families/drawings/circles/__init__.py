"""Families of rings around a focus: ripples, orbits, sectored discs, tree rings and halos.

Rings are wide ovals when still and lean along a diagonal when moving; they square off when
angularity is wished. More density: more and thinner rings."""

from studio.families.drawings.circles import growth, halos, orbits, ripples, simultaneous

FAMILIES = (ripples.FAMILY, orbits.FAMILY, simultaneous.FAMILY, growth.FAMILY, halos.FAMILY)
