"""The score shows what is written: every note once, the words under it, the title whole."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc, read_lead_sheet
from studio.music.key import Key
from studio.music.meter import Meter
from studio.music.tune import Tune
from studio.render.score import Score, score_pages, score_svg
from studio.render.score_pdf import score_pdf

SONG = """X:1
T:The light
M:6/8
L:1/8
Q:3/8=60
K:Am
E | "Am"A2 B c2 A | B2 c d2 B- | "F"B3 e2 c | "E7"B3- B2 z |
w: The har-bour is a mir-ror_ of its lamps
A2 B (c2 A) | 江 |]
""".replace("A2 B (c2 A) | 江 |]\n", "A3 B3 | A6 |]\nw: 灯 火 啊\n")


def svg(score: Score) -> ElementTree.Element:
    return ElementTree.fromstring(score_svg(score, {"craft": "melody"}))


def written(root: ElementTree.Element) -> str:
    spans = [span.text or "" for span in root.iter("{http://www.w3.org/2000/svg}tspan")]
    return " ".join(" ".join(spans).split())


def drawn(root: ElementTree.Element) -> list[str]:
    groups = root.iter("{http://www.w3.org/2000/svg}g")
    return [each.get("id", "") for each in groups if each.get("class") == "note"]


def timemap(root: ElementTree.Element) -> list[tuple[float, list[str]]]:
    found = root.find(".//*[@id='timemap']")
    assert found is not None
    return [(at, ids) for at, ids in json.loads(found.text or "")]


def test_every_note_is_drawn_once_and_named_by_its_number() -> None:
    tune = read_abc(SONG)
    ids = drawn(svg(Score(tune)))
    assert len(ids) == len(set(ids)) == sum(s.pitch is not None for bar in tune.bars for s in bar)
    assert {each.split("-")[0] for each in ids} == {f"n{n}" for n in range(len(tune.notes()))}


def test_the_time_map_says_when_each_note_begins() -> None:
    tune = read_abc(SONG)
    begins = {name: at for at, names in timemap(svg(Score(tune))) for name in names}
    for number, note in enumerate(tune.notes()):
        assert begins[f"n{number}"] == pytest.approx(float(note.onset), abs=1e-3)


def test_words_chords_title_and_tempo_stand_in_the_score() -> None:
    sheet = read_lead_sheet(SONG)
    text = written(svg(Score(sheet.tune, sheet.chords, "The light & 灯火")))
    for expected in (
        "The har bour is a",
        "mir ror of lamps",
        "灯 火 啊",
        "Am",
        "E7",
        "The light & 灯火",
        "= 60",
    ):
        assert expected in text, expected


def test_a_title_that_is_markup_is_only_text() -> None:
    title = "<script>alert(1)</script> & <img onerror=x>"
    content = score_svg(Score(read_abc(SONG), (), title), {})
    assert b"<script" not in content
    assert b"<img" not in content
    assert "alert(1)" in written(ElementTree.fromstring(content))


@pytest.mark.parametrize(
    "title", ["A", "An exceptionally long title that a person typed for it", "春" * 30]
)
def test_a_title_is_never_wider_than_the_page(title: str) -> None:
    page = score_pages(Score(read_abc(SONG), (), title))[0]
    size = re.search(rf'font-size="(\d+)px">{title}', page)
    assert size is not None
    wide = stringWidth("n", "Times-Roman", float(size[1])) * len(title)
    wide = float(size[1]) * len(title) if title[0] > "z" else wide
    assert wide < 18_000


@pytest.mark.parametrize("meter", ["4/4", "3/4", "2/4", "6/8", "9/8", "12/8", "2/2", "5/4"])
def test_every_meter_is_engraved(meter: str) -> None:
    beats, unit = map(int, meter.split("/"))
    abc = f"X:1\nM:{meter}\nL:1/{unit}\nK:Eb\n" + ("G" * beats + " | ") * 4 + "\n"
    root = svg(Score(read_abc(abc)))
    assert len(drawn(root)) == 4 * beats


def test_long_songs_take_several_pages_and_none_runs_over_its_edge() -> None:
    bar = "A2 B2 c2 d2 | "
    abc = "X:1\nT:Long\nM:4/4\nL:1/8\nK:C\n" + (bar * 4 + "\nw: " + "mirror " * 16 + "\n") * 16
    pages = score_pages(Score(read_abc(abc)))
    assert len(pages) >= 2
    for page in pages:
        heights = [float(y) for y in re.findall(r'<text x="\d+" y="(\d+)"', page)]
        assert max(heights) < 29_700


def test_the_pdf_has_its_pages_and_holds_no_font_that_must_be_fetched() -> None:
    sheet = read_lead_sheet(SONG)
    content = score_pdf(Score(sheet.tune, sheet.chords, "灯火"), {"craft": "melody"})
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1
    fonts = set(re.findall(rb"/BaseFont /([A-Za-z-]+)", content))
    assert fonts <= {b"Times-Roman", b"Times-Bold", b"Times-Italic", b"STSong-Light",
                     b"STSong-Light-UniGB-UCS", b"Helvetica"}  # fmt: skip
    assert b"STSong-Light" in b" ".join(fonts)


def test_the_same_score_is_the_same_file() -> None:
    score = Score(read_abc(SONG))
    assert score_svg(score, {}) == score_svg(score, {})
    assert score_pdf(score, {}) == score_pdf(score, {})


def test_held_notes_of_odd_lengths_are_tied_not_lost() -> None:
    abc = "X:1\nM:4/4\nL:1/8\nK:C\nC5 D3 | E7 F | (3GAB c6 |]\n"
    root = svg(Score(read_abc(abc)))
    assert len(drawn(root)) == 8 + 2  # five eighths and seven are two notes each
    assert len({each.split("-")[0] for each in drawn(root)}) == 8


def test_a_tune_without_bars_is_refused() -> None:
    with pytest.raises(InvalidInput):
        score_svg(Score(Tune(Meter(4, 4), Key("C"), ())), {})


def test_chords_stand_over_the_beat_they_belong_to() -> None:
    tune = replace(read_abc(SONG), words=())
    root = svg(Score(tune, [(Fraction(1, 2), "Dm"), (Fraction(2), "G7")]))
    assert "Dm" in written(root)
    assert "G7" in written(root)
    assert (
        io.BytesIO(score_pdf(Score(tune, [(Fraction(1, 2), "Dm")]), {})).getbuffer().nbytes > 2000
    )
