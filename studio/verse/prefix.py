"""The prompt language of the verse model: `<bos><form>theme words<诗>`, then the poem.

The model was trained on prefixes whose words were drawn from the poem itself, so words a person
gives steer what it writes. Special symbols stand in the text as they are; the tokenizer knows them.
"""

from __future__ import annotations

from collections.abc import Sequence

BEGIN = "<bos>"
END = "<eos>"
POEM = "<诗>"
FORMS = ("五言绝句", "七言绝句", "五言律诗", "七言律诗", "浣溪沙")
MAX_THEME_WORDS = 4


def form_symbol(form: str) -> str:
    """The symbol that stands for a form in the model's vocabulary."""
    return f"<{form}>"


def verse_prefix(form: str, theme: Sequence[str] = ()) -> str:
    """The prompt for a poem of this form (one of `FORMS`) on at most `MAX_THEME_WORDS` words."""
    return f"{BEGIN}{form_symbol(form)}{' '.join(theme[:MAX_THEME_WORDS])}{POEM}"


def poem_body(lines: Sequence[str], form: str) -> str:
    """The lines as the model writes them: one string, 。 after a sentence, ， inside a couplet."""
    if form == "浣溪沙":
        return "".join(f"{line}。" for line in lines)
    return "".join(f"{line}{'，。'[number % 2]}" for number, line in enumerate(lines))
