"""Who is signed in, and the way out, in the masthead."""

from __future__ import annotations

import gradio as gr
from markupsafe import Markup

from studio.ui.markup import NOTHING, fragment
from studio.ui.shell import QUIET
from studio.ui.strings import Words

FORM = """<form class="signed-in" method="post" action="/sign-out">
<span title="{who}">{name}</span><button type="submit" class="tool">{out}</button></form>"""


def signed_in_line(page: gr.Blocks, words: Words, language: gr.Radio) -> gr.HTML:
    """The name with a button that ends the session."""
    line = gr.HTML(elem_classes="signed-in-line")

    def told(lang: str, request: gr.Request) -> Markup:
        tongue, name = words.tongue(lang), request.username
        if not name:
            return NOTHING
        who = tongue("sign_in.who", name=name)
        return fragment(FORM, who=who, name=name, out=tongue("sign_in.out"))

    page.load(told, [language], [line], api_name="signed_in", queue=False, **QUIET)
    language.change(told, [language], [line], api_name="signed_in_again", queue=False, **QUIET)
    return line
