"""The page: header, a tab for every craft, history, the engine's line."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

import gradio as gr

from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.ui.drafts import form_draft, keep_drafts
from studio.ui.endpoints import endpoints
from studio.ui.engine_panel import engine_panel
from studio.ui.handovers import wire_hand_overs
from studio.ui.history_tab import history_tab
from studio.ui.language import READ_JS, SWITCH_JS, head_script, language_switch
from studio.ui.shell import QUIET, Shell
from studio.ui.signed_in_line import signed_in_line
from studio.ui.signed_page import PERSON_KEY, SignedPage
from studio.ui.strings import Words
from studio.ui.tab import craft_tab
from studio.ui.theme import studio_css, studio_theme

OPEN_SECRET = "atelier"
"""What a laptop has instead of a STUDIO_SECRET."""
MOST_UPLOAD = "40mb"


def build_page(studio: Studio, locales: Locales) -> gr.Blocks:
    """The whole page of a studio. Mount it with `mount_options`, and `page_head` around the app."""
    words = Words(locales)
    page: gr.Blocks
    with SignedPage(
        title="Atelier", analytics_enabled=False, delete_cache=(3600, 86400), fill_width=True
    ) as page:
        shell = _header(page, studio, words)
        with gr.Tabs(elem_id="crafts", selected=next(iter(studio.crafts), None)) as tabs:
            crafts = [craft_tab(shell, each) for each in studio.crafts.values()]
            history_tab(shell, tabs, crafts)
        wire_hand_overs(shell, tabs, crafts)
        engine_panel(shell)
        endpoints(shell)
        page.load(None, None, [shell.language], js=READ_JS, **QUIET)
        page.load(
            know_person,
            [shell.person],
            [shell.person],
            api_name="person",
            **QUIET,
            queue=False,
        )
        places = [place for each in crafts for place in (each.desk, each.easel) if place]
        drafts = [form_draft(each.form) for each in crafts] + [each.draft() for each in places]
        filled = keep_drafts(page, drafts)
        for place in places:
            place.after(filled)
    return page


def mount_options(locales: Locales, settings: Settings) -> dict[str, Any]:
    """Keyword arguments for `gr.mount_gradio_app(app, page, path="/", ...)`."""
    assets = settings.assets_dir
    return {
        "theme": studio_theme(),
        "css": studio_css(assets),
        "i18n": Words(locales).i18n,
        "favicon_path": str(assets / "icons" / "seal.svg"),
        "allowed_paths": [str(settings.works_dir), str(assets / "fonts")],
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
        "show_error": True,
        "max_file_size": MOST_UPLOAD,
    }


def page_head(locales: Locales, settings: Settings) -> str:
    """What `PageHead` puts into the document's head."""
    return head_script(locales.languages, settings.assets_dir)


def know_person(person: str) -> str:
    """The person's random id; drawn on the first visit, then kept by their browser."""
    return person or uuid.uuid4().hex


def _storage_secret(settings: Settings) -> str:
    """gradio packs the browser's storage with it, and tells it to every browser: so it is never
    the secret that sessions are signed with."""
    if settings.secret.matches(OPEN_SECRET):
        return OPEN_SECRET
    return hashlib.sha256(f"browser storage {settings.secret.reveal()}".encode()).hexdigest()[:32]


def _header(page: gr.Blocks, studio: Studio, words: Words) -> Shell:
    with gr.Row(elem_classes="masthead", equal_height=True):
        gr.HTML(words("page.masthead"), elem_classes="brand")
        language = language_switch(words)
        if studio.settings.auth:
            signed_in_line(page, words, language)
        gr.HTML(words("page.theme_button"), elem_classes="theme-switch")
    person = gr.BrowserState("", storage_key=PERSON_KEY, secret=_storage_secret(studio.settings))
    language.input(None, [language], None, js=SWITCH_JS, **QUIET)
    return Shell(studio, words, language, person)
