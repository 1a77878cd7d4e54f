"""Abstract pictures drawn by rules: what the picture models learn from, and first sketches.

A folder a group, a file a family; each draws on a sheet from a generator and a wish. What several
groups share lies beside the folders. A new family is one file and one name in its group's
`FAMILIES`; the order of the families is part of what a seed means. Own work, CC0.
"""
