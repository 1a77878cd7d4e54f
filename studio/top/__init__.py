"""`studio top`: what a studio does, live in a terminal, from its own /metrics and /readyz."""
