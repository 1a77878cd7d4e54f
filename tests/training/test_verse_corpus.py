from __future__ import annotations

import gzip
import json
import random
from itertools import permutations
from pathlib import Path

import pytest

from studio.training.verse_corpus import (
    PAD,
    VerseCorpus,
    draw_theme,
    poem_rows,
    read_corpus,
    verse_tokenizer,
)

LINES = ("白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Six orders of four lines, each twice; a rare character; a held-out poem; another form."""
    orders = list(permutations(LINES))[:6]
    rows = [row(lines) for lines in orders for _ in range(2)]
    rows.append(row((*LINES[:3], "更上一层鑫")))
    rows.append(row((*LINES[1:], LINES[0]), split="val"))
    rows.append({"form": "词", "title": "", "text": "更上一层楼。", "split": "train"})
    text = "\n".join(json.dumps(each, ensure_ascii=False) for each in rows)
    (tmp_path / "poetry_zh.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "poetry_zh_written.jsonl").write_text("", encoding="utf-8")
    return tmp_path


def row(lines: tuple[str, ...], split: str = "train") -> dict[str, str]:
    text = f"{lines[0]}，{lines[1]}。\n{lines[2]}，{lines[3]}。"
    return {"form": "五言绝句", "title": "登楼", "text": text, "split": split}


@pytest.fixture
def corpus(data: Path) -> VerseCorpus:
    return read_corpus(data)


def test_doubles_other_forms_and_rare_characters_are_left_out(corpus: VerseCorpus) -> None:
    assert len(corpus.poems) == 7
    assert "鑫" not in corpus.characters
    assert len(corpus.of_split("val")) == 1


def test_theme_words_come_from_the_poem(corpus: VerseCorpus) -> None:
    poem = corpus.poems[0]
    whole = "".join(poem.lines) + poem.title
    for seed in range(30):
        theme = draw_theme(poem, frozenset({"白日", "黄河", "千里"}), random.Random(seed))
        assert len(theme) <= 4
        assert all(word in whole for word in theme)


def test_a_row_is_prefix_poem_and_end(corpus: VerseCorpus) -> None:
    tokenizer = verse_tokenizer(corpus.characters)
    ids = tokenizer.get_vocab()
    rows = poem_rows(corpus.of_split("val"), frozenset(), ids, seed=1)
    names = {number: symbol for symbol, number in ids.items()}
    text = "".join(names[each] for each in rows[0].tolist() if each != ids[PAD])
    assert text.startswith("<bos><五言绝句>")
    assert text.endswith("<诗>黄河入海流，欲穷千里目。更上一层楼，白日依山尽。<eos>")


def test_the_tokenizer_file_cuts_as_the_rows_do(corpus: VerseCorpus) -> None:
    tokens = verse_tokenizer(corpus.characters).encode("<bos><五言绝句>白日 楼<诗>黄河").tokens
    assert tokens == ["<bos>", "<五言绝句>", "白", "日", " ", "楼", "<诗>", "黄", "河"]
