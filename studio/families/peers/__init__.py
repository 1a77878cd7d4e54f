"""Other engines on the same weights, each in a process of its own, for `studio bench engine`.

A peer reads one JSON object a line and answers with one (see `serving`). Peers are never part of
the studio at run time; a peer whose package is not installed is left out.
"""
