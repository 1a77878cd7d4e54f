"""Families of paper: leaves and algae cut with scissors, and a collage of torn printed scraps."""

from studio.families.drawings.papers import collage, cutouts

FAMILIES = (cutouts.FAMILY, collage.FAMILY)
