"""Abstract pictures drawn by rules: what the picture models learn from, and first sketches.

One file a group of families, each a function of (paper, generator, wish); own work, CC0.
"""
