"""`studio bench soak`: many simulated people at one server, and what it promised them.

`person` acts, `exchange` speaks HTTP and checks every answer, `tally` counts, `watch` looks at the
server's own numbers, `report` says which promises were kept. Only ever to this machine.
"""
