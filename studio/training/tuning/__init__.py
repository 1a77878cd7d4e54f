"""Fine-tuning a card on a person's own texts, by PEFT or in full.

`recipe` says how, `methods` knows the ways, `loop` runs one, `personal` is `studio train` on a
data set. A run works in its own process and folder: it can be stopped, killed and resumed.
"""
