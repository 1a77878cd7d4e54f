"""The words: one file is one language, nothing is missing, errors come out as sentences."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from studio.crafts import CRAFTS
from studio.errors import Busy, InvalidInput, StudioError
from studio.locales import Locales, browser_key
from studio.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Settings.from_environ({}).assets_dir / "locales"
NOT_FOR_THE_PAGE = {
    "api",
    "commands",
    "asker",
    "auth_command",
    "kit_command",
    "rebuild_command",
    "soak",
    "batch",
    "bench",
    "settings",
    "training",
    "locales",
}
"""Files and folders whose errors only a terminal or a program meets."""
AS_IT_IS = re.compile(r"[^a-z]|\d")
"""Choices such as 4/4, F# or 七言绝句 are their own names."""


@pytest.fixture(scope="module")
def locales() -> Locales:
    return Locales.load(FOLDER)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_chinese_has_a_word_for_everything_english_has(locales: Locales) -> None:
    assert locales.keys("en") - locales.keys("zh") == frozenset()


def test_a_translation_uses_only_facts_that_the_original_knows(locales: Locales) -> None:
    for key in locales.keys("en"):
        english, chinese = locales.find(key, "en") or "", locales.find(key, "zh") or ""
        assert placeholders(chinese) <= placeholders(english), key


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_field_and_choice_of_every_craft_has_a_name(locales: Locales, lang: str) -> None:
    nameless = []
    for craft in CRAFTS.values():
        nameless += [f"craft.{craft.name}"] * (f"craft.{craft.name}" not in locales.keys(lang))
        for field in craft.fields:
            keys = locales.name_keys("field", field.name, craft.name)
            nameless += [keys[-1]] * (not locales.keys(lang).intersection(keys))
            for choice in field.choices:
                own = locales.name_keys(f"choice.{field.name}", choice, craft.name)
                known = locales.keys(lang).intersection(own) or AS_IT_IS.search(choice)
                nameless += [own[-1]] * (not known)
    assert nameless == []


def test_every_error_that_the_code_raises_has_a_sentence(locales: Locales) -> None:
    used = {
        code
        for path in (ROOT / "studio").rglob("*.py")
        if not {path.stem, path.parent.name} & NOT_FOR_THE_PAGE
        for code in re.findall(r'\bcode="([a-z_]+)"', path.read_text("utf-8"))
    }
    known = {key.removeprefix("error.") for key in locales.keys("zh") if key.startswith("error.")}
    assert used - known == set()


def test_an_error_is_a_sentence_in_the_persons_language(locales: Locales) -> None:
    error = InvalidInput("text", "text is too long", code="too_long", used=9, limit=5)
    assert locales.sentence(error, "en") == "Your idea is too long: 9 of 5 characters."
    assert locales.sentence(error, "zh") == "你的想法太长：9 / 5 个字符。"
    assert "3" in locales.sentence(Busy(3), "zh")


def test_an_error_without_a_sentence_speaks_for_itself(locales: Locales) -> None:
    error = StudioError("The ink is dry.", "Add water.", code="never_heard_of")
    assert locales.sentence(error, "zh") == "The ink is dry. Add water."


def test_a_missing_fact_does_not_break_the_sentence(locales: Locales) -> None:
    assert "…" in locales.sentence(InvalidInput("x", "", code="too_long"), "en")


def test_the_text_of_a_person_is_not_read_as_a_format() -> None:
    locales = Locales({"en": {"error.odd": "“{value}” is odd."}})
    error = StudioError("", code="odd", value="{0} {broken")
    assert locales.sentence(error, "en") == "“{0} {broken” is odd."


def test_a_language_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[page]\nstop = "Stop"\nmore = "More"\n', "utf-8")
    (tmp_path / "fr.toml").write_text(
        '[language]\nname = "Français"\ntag = "fr"\n[page]\nstop = "Arrêter"\n', "utf-8"
    )
    locales = Locales.load(tmp_path)
    assert [each.name for each in locales.languages] == ["en", "Français"]
    assert locales.text("page.stop", "fr") == "Arrêter"
    assert locales.text("page.more", "fr") == "More"
    assert locales.tables()["fr"][browser_key("page.more")] == "More"
    assert locales.known("xx") == "en"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text("[page\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"en\.toml"):
        Locales.load(tmp_path)


def test_a_name_nobody_translated_is_readable(locales: Locales) -> None:
    assert locales.name("field", "first_line", "zh") == "First line"
