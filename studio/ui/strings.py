"""Words for components (translated in the browser) and for markup (chosen here)."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr
from gradio.i18n import I18nData

from studio.crafts.craft import Field
from studio.errors import StudioError
from studio.locales import Locales, browser_key, readable


class Words:
    """Labels that the browser translates: the same page serves every language."""

    def __init__(self, locales: Locales) -> None:
        self.locales = locales
        self.i18n = gr.I18n(**locales.tables())

    def __call__(self, key: str) -> I18nData:
        """The label of a key."""
        return self.i18n(browser_key(key))

    def named(self, group: str, name: str, *within: str) -> I18nData | str:
        """The label of `group.name`, or the name made readable when no file has a word for it."""
        first = self.locales.languages[0].code
        for key in self.locales.name_keys(group, name, *within):
            if any(self.locales.find(key, each.code) for each in self.locales.languages):
                return self(key)
        return name if _is_written(name) else readable(name) or first

    def craft(self, name: str) -> I18nData | str:
        """The name of a tab."""
        return self.named("craft", name)

    def field(self, craft: str, field: Field) -> I18nData | str:
        """The label of a field."""
        return self.named("field", field.name, craft)

    def choices(self, craft: str, field: Field) -> list[tuple[I18nData | str, str]]:
        """(label, value) of every choice of a field."""
        return self.options(craft, field.name, field.choices)

    def options(
        self, craft: str, field: str, choices: Sequence[str]
    ) -> list[tuple[I18nData | str, str]]:
        """(label, value) of some choices of a field."""
        return [(self.named(f"choice.{field}", each, craft), each) for each in choices]

    def tongue(self, lang: str) -> Tongue:
        """The words of one language, for markup and messages."""
        return Tongue(self.locales, self.locales.known(lang))


class Tongue:
    """The words of one language."""

    def __init__(self, locales: Locales, lang: str) -> None:
        self._locales = locales
        self.lang = lang

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence of a key."""
        return self._locales.text(key, self.lang, **facts)

    def name(self, group: str, name: str, *within: str) -> str:
        """What a person calls `group.name`."""
        if _is_written(name) and all(
            self._locales.find(key, self.lang) is None
            for key in self._locales.name_keys(group, name, *within)
        ):
            return name
        return self._locales.name(group, name, self.lang, *within)

    def speaking(self, lang: str) -> Tongue:
        """The words of another language: the one that a work is in."""
        return Tongue(self._locales, self._locales.known(lang))

    def known(self, key: str) -> str:
        """The sentence of a key, or nothing when no file has one."""
        return self._locales.find(key, self.lang) or ""

    def choice(self, craft: str, field: str, choice: str) -> str:
        """What a person calls a choice of a field."""
        return self.name(f"choice.{field}", choice, craft)

    def sentence(self, error: StudioError) -> str:
        """An error in plain words."""
        return self._locales.sentence(error, self.lang)


def _is_written(name: str) -> bool:
    """Chinese names of forms and proper names stand as they are."""
    return not name.isascii() or not name.islower()
