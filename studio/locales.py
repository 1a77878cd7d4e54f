"""The words of the page, in every language there is a file for.

One file is one language: `assets/locales/<code>.toml`, tables of tables whose names joined by
dots are the keys (`error.busy`). Adding a language is adding a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from studio.errors import InvalidInput, StudioError

PREFIX = "st_"
"""Before every key handed to the browser: its own translations have names like "status" too."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language the page speaks: its code in the studio, the name it calls itself, and the
    BCP 47 tag a browser set to it would report."""

    code: str
    name: str
    tag: str


class Locales:
    """Every language's flattened table. The first language, English, fills the others' gaps."""

    def __init__(self, tables: Mapping[str, Mapping[str, str]], first: str = "en") -> None:
        if first not in tables:
            raise InvalidInput("lang", f"There is no locale file for {first}.", code="no_locale")
        codes = (first, *sorted(code for code in tables if code != first))
        self._tables = MappingProxyType({code: dict(tables[code]) for code in codes})
        self._first = first

    @classmethod
    def load(cls, folder: Path) -> Locales:
        """Read every `*.toml` of the folder. Raises InvalidInput for a file that is no table."""
        return cls({path.stem: _read(path) for path in sorted(folder.glob("*.toml"))})

    @property
    def languages(self) -> tuple[Language, ...]:
        """All languages, English first."""
        return tuple(
            Language(code, table.get("language.name", code), table.get("language.tag", code))
            for code, table in self._tables.items()
        )

    def keys(self, lang: str) -> frozenset[str]:
        """The keys this language's own file has."""
        return frozenset(self._tables[lang])

    def known(self, lang: str) -> str:
        """The language itself when there is a file for it, else the first one."""
        return lang if lang in self._tables else self._first

    def find(self, key: str, lang: str) -> str | None:
        """The raw sentence of a key, from the language or else from the first; None for neither."""
        own = self._tables.get(lang, {})
        return own.get(key, self._tables[self._first].get(key))

    def text(self, key: str, lang: str, **facts: object) -> str:
        """The sentence of a key with its facts filled in; the key itself when nobody wrote one."""
        found = self.find(key, lang)
        return key if found is None else _fill(found, facts)

    def name(self, group: str, name: str, lang: str, *within: str) -> str:
        """What a person calls `group.name`: the first of `group.<within>.name` and `group.name`
        that has a word, else the name itself, made readable."""
        for key in self.name_keys(group, name, *within):
            found = self.find(key, lang)
            if found is not None:
                return found
        return readable(name)

    def name_keys(self, group: str, name: str, *within: str) -> tuple[str, ...]:
        """Where `name` looks, most particular first."""
        return (*(f"{group}.{each}.{name}" for each in within), f"{group}.{name}")

    def sentence(self, error: StudioError, lang: str) -> str:
        """What to tell the person: `error.<code>` with its facts, else the error's own words."""
        facts = dict(error.facts)
        if "field" in facts:
            facts["field"] = self.name("field", str(facts["field"]), lang)
        key = f"error.{error.code}"
        if self.find(key, lang) is not None:
            return self.text(key, lang, **facts)
        return f"{error.message} {error.hint}".strip()

    def tables(self) -> dict[str, dict[str, str]]:
        """For the browser: tag -> {prefixed key: text}, gaps filled from the first language."""
        first = self._tables[self._first]
        return {
            each.tag: {
                browser_key(key): text for key, text in {**first, **self._tables[each.code]}.items()
            }
            for each in self.languages
        }


def browser_key(key: str) -> str:
    """The key as the browser knows it: no dots, which it would read as paths."""
    return PREFIX + key.replace(".", "__")


def readable(name: str) -> str:
    """A name from code as words: `first_line` -> "First line"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


class _Facts(dict[str, object]):
    """A sentence may name a fact that this error does not carry."""

    def __missing__(self, key: str) -> str:
        return "…"


def _fill(sentence: str, facts: Mapping[str, object]) -> str:
    try:
        return sentence.format_map(_Facts(facts)) if facts else sentence
    except (ValueError, LookupError, AttributeError, TypeError):  # braces that name no fact
        return sentence


def _read(path: Path) -> dict[str, str]:
    try:
        return _flat(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        told = f"{path.name} is no TOML: {str(error)[:200]}."
        raise InvalidInput(path.name, told, code="locale") from error


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = str(value)
    return flat
