"""A person's own files: read, complained about in plain words, rid of doubles, split for good."""

from __future__ import annotations

import json
import random
from pathlib import Path

import docx
import pytest

from studio.errors import InvalidInput
from studio.locales import Locales
from studio.settings import Settings
from studio.training.data.checking import Checked, check_files
from studio.training.data.dataset import Dataset, write_dataset
from studio.training.data.duplicates import without_doubles
from studio.training.data.pieces import MOST, in_pieces
from studio.training.data.record import Place
from studio.training.data.row import DataRow
from studio.training.data.rows import Assumed
from studio.training.data.split import split

LOCALES = Locales.load(Settings.from_environ({}).assets_dir / "locales")
STORY = "The keeper climbed the stairs. He lit the lamp, and the sea went on as before."


def jsonl(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def problems(checked: Checked) -> list[tuple[int, str]]:
    return [(each.place.row, each.code) for each in checked.problems]


def invented(draw: random.Random, count: int) -> list[str]:
    """Words that share little with one another."""
    return [
        "".join(draw.choices("abdefgiklmnoprstuvz", k=draw.randint(2, 8))) for _ in range(count)
    ]


def row(text: str, brief: str = "a lamp") -> DataRow:
    fields = {"kind": "story", "brief": brief, "tone": "", "genre": ""}
    return DataRow("writing", "en", text, fields, "CC0-1.0", Place("x.jsonl", 1))


def test_each_wrong_row_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "mine.jsonl",
        {"brief": "a keeper", "text": STORY, "licence": "CC-BY-4.0"},
        "{broken",
        [1, 2],
        {"brief": "nothing"},
        {"brief": "a keeper", "text": "Too"},
        {"brief": "a keeper", "text": "The caf\ufffd was closed for the whole winter."},
        {"brief": "a keeper", "text": STORY, "kind": "sermon"},
        {"form": "ode", "brief": "a lamp", "text": "O lamp that burns\nthe whole night long"},
        {"kind": "rewrite", "text": "A text that nobody gave the source of, to be rewritten."},
    )
    checked = check_files([path], Assumed(licence="my own"))
    assert problems(checked) == [
        (2, "data_json"),
        (3, "data_no_object"),
        (4, "data_no_text"),
        (5, "data_short"),
        (6, "data_garbled"),
        (7, "data_kind"),
        (8, "data_poem_form"),
        (9, "data_no_brief"),
    ]
    (kept,) = checked.rows
    assert (kept.licence, kept.place) == ("CC-BY-4.0", Place("mine.jsonl", 1))
    for lang, mark in (("en", "mine.jsonl, row 4"), ("zh", "mine.jsonl 第 4 行")):
        sentence = LOCALES.sentence(checked.problems[2].error(), lang)
        assert sentence.startswith(mark)
        assert "brief" in sentence, "and says which columns it found"


def test_tables_of_other_hands_are_understood(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'Prompt;Completion;License\na lamp;"He lit it; it smoked.\nThen it burned.";CC0-1.0\n'
        "a stair;She climbed it in the dark, counting.;\n",
        encoding="utf-8",
    )
    chinese = "简报,正文\n雨夜,雨下了一夜，修表匠没有睡。他在等一个人。\n"
    (tmp_path / "b.csv").write_bytes(chinese.encode("gb18030"))
    (tmp_path / "c.csv").write_bytes("brief,text\nx,caf\xe9 life in winter".encode("latin-1"))
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv", "d.csv", "e.pdf")]
    paths[4].write_bytes(b"%PDF")
    checked = check_files(paths, Assumed(licence="my own"))
    assert [each.code for each in checked.problems] == [
        "data_encoding",
        "data_no_file",
        "data_format",
    ]
    first, second, third = checked.rows
    assert first.text == "He lit it; it smoked.\nThen it burned."
    assert (first.fields["brief"], first.licence) == ("a lamp", "CC0-1.0")
    assert second.licence == "my own"
    assert (third.lang, third.fields["brief"]) == ("zh", "雨夜")


def test_a_ragged_table_says_where(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("brief,text\na lamp,He lit it, and it smoked.\n", "utf-8")
    assert problems(check_files([tmp_path / "a.csv"])) == [(2, "data_columns")]


def test_documents_become_texts_under_their_headings(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"---\ntags: x\n---\n# The Lamp\n{STORY}\n\n## The Stair\n\nShe climbed it, counting. "
        "There were ninety.\n\n---\n\nAnd one.\n",
        encoding="utf-8",
    )
    word = docx.Document()
    word.add_heading("The Letter", 1)
    word.add_paragraph("It lay on the table. It was for the next keeper.")
    word.save(str(tmp_path / "b.docx"))
    (tmp_path / "c.docx").write_bytes(b"no zip")
    checked = check_files([tmp_path / name for name in ("a.md", "b.docx", "c.docx")])
    briefs = [(each.fields["brief"], each.place.row) for each in checked.rows]
    assert briefs == [("The Lamp", 4), ("The Stair", 7), ("The Letter", 1)]
    assert checked.rows[1].text == ("She climbed it, counting. There were ninety.\n\nAnd one.")
    assert [each.code for each in checked.problems] == ["data_docx"]


def test_a_long_text_goes_on_with_itself_and_nothing_is_lost(tmp_path: Path) -> None:
    draw = random.Random(1)
    sentences = [" ".join(invented(draw, 12)).capitalize() + "." for _ in range(120)]
    paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, 120, 4)]
    whole = "\n\n".join(paragraphs)
    (tmp_path / "novel.txt").write_text(whole, encoding="utf-8")
    checked = check_files([tmp_path / "novel.txt"])
    assert len(checked.rows) > 3
    assert all(len(each.text) <= MOST["en"] + 10 for each in checked.rows)
    assert all(each.fields["kind"] == "continue" for each in checked.rows)
    first = checked.rows[0]
    joined = first.fields["opening"] + "".join(each.text for each in checked.rows)
    assert joined == whole
    for earlier, later in zip(checked.rows, checked.rows[1:], strict=False):
        assert earlier.text.endswith(later.fields["opening"]), "each is opened by the one before"


def test_lines_that_an_editor_broke_are_one_paragraph_and_verse_is_not(tmp_path: Path) -> None:
    prose = "This is a line that some editor broke at the seventieth column\nof the page."
    verse = "The lamp is lit,\nthe sea is wide,\nthe keeper sleeps."
    (tmp_path / "a.md").write_text(f"# Prose\n{prose}\n# Verse\n{verse}\n", encoding="utf-8")
    texts = [each.text for each in check_files([tmp_path / "a.md"]).rows]
    assert texts == [prose.replace("\n", " "), verse]


def test_planted_doubles_are_found_and_nothing_else(tmp_path: Path) -> None:
    draw = random.Random(5)
    words = invented(draw, 800)
    texts = [" ".join(draw.choice(words) for _ in range(60)) for _ in range(120)]
    planted = []
    for text in texts[:40]:
        changed = text.split()
        for at in draw.sample(range(60), 4):  # four words of sixty are others
            changed[at] = draw.choice(words)
        planted.append(" ".join(changed))
    shouted = [text.upper() + "!" for text in texts[40:50]]
    kept, doubles = without_doubles([row(text) for text in [*texts, *planted, *shouted]])
    assert [each.text for each in kept] == texts, "every original stays, in order"
    assert len(doubles) == 50
    assert all(each.likeness == 1 for each in doubles[40:])
    assert [each.of.text for each in doubles] == texts[:50]


def test_adding_rows_moves_no_row_to_the_other_side() -> None:
    rows = [row(f"{STORY} {number}", brief=f"lamp {number}") for number in range(200)]
    before = {each.key: each.split for each in split(rows[:150])}
    after = {each.key: each.split for each in split(rows)}
    assert all(after[key] == side for key, side in before.items())
    assert 10 <= sum(side == "val" for side in after.values()) <= 32
    assert {each.split for each in split(rows[:2])} == {"train", "val"}
    assert [each.split for each in split(rows[:1])] == ["train"]


def test_a_data_set_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "m.jsonl", *({"brief": f"{n}", "text": STORY * n} for n in (1, 3)), "{")
    written = write_dataset(check_files([path]), tmp_path / "set")
    again = Dataset.read(tmp_path / "set")
    assert again.rows == written.rows
    assert [each.split for each in again.rows] == [each.split for each in written.rows]
    report = json.loads((tmp_path / "set" / "report.json").read_text("utf-8"))
    assert report["problems"] == [{"file": "m.jsonl", "row": 3, "code": "data_json", "column": 2}]


def test_a_set_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_dataset(check_files([jsonl(tmp_path / "m.jsonl", "{")]), tmp_path / "set")
    assert refused.value.code == "data_no_rows"
    with pytest.raises(InvalidInput) as refused:
        Dataset.read(tmp_path / "set")
    assert refused.value.code == "data_no_set"
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "rows.jsonl").write_text('{"text": "x"}\n')
    with pytest.raises(InvalidInput) as refused:
        Dataset.read(tmp_path / "set")
    assert refused.value.code == "data_set_broken"


def test_chinese_is_cut_at_its_own_sentence_ends() -> None:
    text = "他说：“灯亮了。”海还是海。" * 120
    pieces = in_pieces(text, "zh")
    assert "".join(pieces) == text
    assert all(piece.startswith(("他", "海")) for piece in pieces), "no quotation mark is left over"
