"""Atelier: an interactive web studio for creatives, on one shared model manager."""

__version__ = "0.1.0"
