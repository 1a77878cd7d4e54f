"""A person's own texts, from files to a checked data set that a writer can be trained on.

files -> `reading` (records) -> `rows` (what they mean) -> `duplicates` -> `split` -> `dataset`
(a folder); `chats` and `examples` turn rows into tokens, `preview` shows them.
"""
