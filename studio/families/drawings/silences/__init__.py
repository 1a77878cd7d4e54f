"""Quiet drawings: stones on a still horizon, one thread, one breath of the brush, margins."""

from studio.families.drawings.silences import breath, margins, pebble, thread

FAMILIES = (pebble.FAMILY, thread.FAMILY, breath.FAMILY, margins.FAMILY)
