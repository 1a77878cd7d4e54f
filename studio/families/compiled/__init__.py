"""A decoder's whole step in machine code (numba), for processors with 8-bit dot products."""
