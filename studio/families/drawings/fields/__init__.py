"""Colour fields: breathing blocks, poured veils, melting horizons, hard bands."""

from studio.families.drawings.fields import bands, horizon, rothko, veils

FAMILIES = (rothko.FAMILY, veils.FAMILY, horizon.FAMILY, bands.FAMILY)
