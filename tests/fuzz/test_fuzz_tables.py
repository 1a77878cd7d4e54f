"""Locale files and cards with anything in them: read, or refused by the file's own name."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from studio.catalog import Catalog
from studio.errors import StudioError
from studio.locales import Locales
from tests.fuzz.fuzzed import JUNK, allowed, bounded, fuzzed

CARD = {
    "name": '"lm/tiny"', "version": '"1"', "kind": '"lm"', "family": '"causal_lm"',
    "licence": '"CC0-1.0"', "roles": '["writer"]', "languages": '["en"]', "crafts": '["writing"]',
    "base": '""', "parameters": "1000", "context": "512",
    "files": '[{ path = "model.safetensors", sha256 = "0", bytes = 1 }]',
    "sources": '[{ kind = "hub", repo_id = "a/b" }]', "training": "{ steps = 3 }",
    "measured": "{ loss = 1.0 }", "terms": "{}",
}  # fmt: skip
WRONG = st.sampled_from(
    (
        "1", "-1", "nan", "inf", "true", '""', '"x"', "[]", "[1]", "[[]]", "{}", "{ a = 1 }",
        "1979-05-27", "[{ path = 1 }]", '[{ path = "../../x", sha256 = "0", bytes = 1 }]',
        '"../../etc"', "9223372036854775808", '"""', "[" * 400, '[{ kind = "wheel", parts = 3 }]',
        '{ summary = { en = "x" } }', "{ name = 1, summary = 2 }", '"lm/tiny\\u0000"',
    )
)  # fmt: skip


def _toml(table: dict[str, str], noise: str) -> str:
    return "\n".join(f"{name} = {value}" for name, value in table.items()) + noise


def _card(changes: dict[str, str], gone: set[str], noise: str) -> str:
    kept = {name: value for name, value in CARD.items() if name not in gone | {"terms"}}
    return _toml({**kept, **changes}, noise)


CARDS = st.builds(
    _card,
    st.dictionaries(st.sampled_from(sorted(CARD)), WRONG, max_size=2),
    st.sets(st.sampled_from(sorted(CARD)), max_size=2),
    st.just("") | JUNK.map(lambda text: "\n" + text),
)
BYTES = CARDS.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=80)


@fuzzed(few=80, content=BYTES)
def test_a_card_is_read_or_refused_by_name(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lm" / "tiny" / "model.toml"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        with bounded(), allowed(StudioError) as said:
            catalog = Catalog.read(Path(folder))
            assert [type(value) for value in _facts(catalog)]
    for error in said:
        assert "lm/tiny/model.toml" in error.message
        assert folder not in error.message


def _facts(catalog: Catalog) -> list[Any]:
    """What everybody asks of a card, whatever is in it."""
    (card,) = catalog
    told = (card.digest, card.bytes, card.automatic, sorted(card.roles), " ".join(card.languages))
    return [
        *told,
        catalog.serving("writer", "en"),
        catalog.terms(card),
        catalog.adapters(card.name),
    ]


@fuzzed(few=60, content=BYTES)
def test_a_locale_is_read_or_refused_by_name(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "en.toml").write_text('[error]\nbusy = "Busy: {position}."\n', "utf-8")
        (Path(folder) / "xx.toml").write_bytes(content)
        with bounded(), allowed(StudioError) as said:
            words = Locales.load(Path(folder))
            assert words.tables()
            assert words.text("error.busy", "xx", position=3)
    for error in said:
        assert "xx.toml" in error.message
        assert folder not in error.message


@fuzzed(
    few=60, sentence=JUNK | st.sampled_from(("{", "}", "{}", "{0}", "{a.b}", "{a!r:>9}", "{a[x]}"))
)
def test_a_sentence_with_wrong_braces_still_comes_out(sentence: str) -> None:
    words = Locales({"en": {"error.x": sentence}})
    assert isinstance(words.text("error.x", "en", a=1), str)
