"""Type measures, draws and writes outlines of the same lengths, and shows every character."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont, features

from studio.render.typography import Typeface, draw_setting, set_text, typeface
from studio.render.typography.font_file import FontFile

ROOT = Path(__file__).resolve().parents[3]
FACES = [(family, weight) for family in ("sans", "serif") for weight in ("regular", "bold")]
SAMPLES = (
    "Sleep better tonight", "AVATAR To Yo, fj “Éñ” Ágil 50 %", "让每一次呼吸都回到森林",
    "她说：“今晚，早点睡吧。”——枕头", "Atelier 工作室，用 AI 写诗……", "jÅg|Q（、《",
)  # fmt: skip


@pytest.fixture(params=FACES, ids=" ".join)
def face(request: pytest.FixtureRequest) -> Typeface:
    return typeface(*request.param)


def _touched(image: Image.Image) -> tuple[int, int, int, int] | None:
    return image.convert("L").point([255 - each for each in range(256)]).getbbox()


def _random_texts(count: int) -> list[str]:
    chance = random.Random(5)
    letters = (
        "abcdefghijklmnopqrstuvwxyzABQWTVfjgy ÁÅç.,;!?()’“”%&@#—…"
        + "永和九年岁在癸丑暮春之初，。！？：；“”《》（）"
    )
    return ["".join(chance.choices(letters, k=chance.randint(1, 24))) for _ in range(count)]


def test_ink_is_exactly_inside_the_box_it_reports(face: Typeface) -> None:
    for place, text in enumerate(_random_texts(60)):
        size = random.Random(place).choice((7.5, 11, 16.25, 33, 64, 130))
        at = (120 + place % 3 / 2, 200)
        image = Image.new("RGB", (4000, 420), "white")
        face.draw(image, at, text, size, "#000000")
        ink, touched = face.ink(text, size, at), _touched(image)
        assert (ink is None) == (touched is None)
        if ink and touched:
            assert all(abs(one - other) <= 1 for one, other in zip(ink, touched, strict=True))
            assert ink[0] <= touched[0]
            assert ink[1] <= touched[1]
            assert ink[2] >= touched[2]
            assert ink[3] >= touched[3]


def test_a_setting_stays_in_its_box_and_its_ink_where_it_says(face: Typeface) -> None:
    chance = random.Random(7)
    fitted = 0
    for text in (*SAMPLES, *_random_texts(50)):
        box = (chance.randint(60, 900), chance.randint(20, 400))
        align = chance.choice(("left", "center", "right"))
        setting = set_text(text, face, box, (8, 120), "zh", most_lines=5, align=align)
        if setting is None or not setting.lines:
            continue
        fitted += 1
        image = Image.new("RGB", (box[0] + 100, box[1] + 100), "white")
        draw_setting(image, setting, face, (50, 50), "#000000")
        touched = _touched(image)
        assert touched is not None
        left, top, right, bottom = (each - 50 for each in touched)
        assert left >= setting.ink[0] >= 0
        assert top >= setting.ink[1] >= 0
        assert right <= setting.ink[2] <= box[0]
        assert bottom <= setting.ink[3] <= box[1]
        assert 8 <= setting.size <= 120
    assert fitted > 35


def test_the_largest_size_that_fits(face: Typeface) -> None:
    setting = set_text("让呼吸回到森林", face, (400, 200), (10, 300), "zh", most_lines=1)
    assert setting is not None
    assert setting.ink[2] - setting.ink[0] > 394
    assert set_text("让呼吸回到森林", face, (40, 10), (10, 300), "zh", most_lines=1) is None


def test_outlines_are_where_the_pixels_are(face: Typeface) -> None:
    for text in SAMPLES:
        ink = face.ink(text, 150)
        outlines = face.outlines(text, 150)
        box = BoundsPen(None)
        for one in outlines:
            parse_path(one.path, box)
        assert ink is not None
        assert set(re.findall(r"[A-Za-z]", "".join(one.path for one in outlines))) <= set("MLCZ")
        assert box.bounds == pytest.approx(ink, abs=1.5)
        end = outlines[-1].x + outlines[-1].advance
        assert end == pytest.approx(face.width(text, 150), abs=0.01)


def test_width_grows_with_size_and_holds_on_pixels(face: Typeface) -> None:
    """A hint that rounds widths to whole px would make small type wider than large type."""
    text = "Illiterate willow, filling little millilitres"
    assert face.width(text, 11) == pytest.approx(face.width(text, 110) / 10)
    small, large = face.ink(text, 11), face.ink(text, 110)
    assert small is not None
    assert large is not None
    assert small[2] - small[0] == pytest.approx((large[2] - large[0]) / 10, abs=2)


def test_pairs_are_kerned_and_full_width_signs_share_their_blank(face: Typeface) -> None:
    assert face.width("AV", 100) < face.width("A", 100) + face.width("V", 100) - 2
    pair = face.width("：“", 100)
    assert face.width("他：“好", 100) == pytest.approx(350, abs=1), pair
    assert face.width("用AI写", 100) > face.width("用写", 100) + face.width("AI", 100) + 20


def test_quotation_marks_follow_their_language(face: Typeface) -> None:
    assert face.width("“早安”", 100) == pytest.approx(400, abs=1)
    assert face.width("“Hi”", 100) < 250
    assert face.width("It’s", 100) < 200
    chinese, english = "今天他又说“早安”，", "for less “quotes” km"
    both = face.width(chinese + english, 100)
    assert both == pytest.approx(face.width(chinese, 100) + face.width(english, 100), abs=1)


def _texts_of_the_tree() -> str:
    files = [
        *ROOT.glob("assets/corpora/*.jsonl"),
        *ROOT.glob("assets/locales/*.toml"),
        *ROOT.glob("models/lm/verse-zh/tokenizer.json"),
    ]
    texts = [path.read_text("utf-8") for path in sorted(files)]
    return "".join(sorted(set("".join(re.sub(r"\\u[0-9a-f]{4}", "", each) for each in texts))))


def test_no_text_of_the_tree_has_a_character_without_a_glyph(face: Typeface) -> None:
    """By the shipped fonts alone: another machine has no others. Noto CJK itself lacks 41 rare
    characters beyond the basic plane that the verse model knows; `missing` names those."""
    known = [each for each in _texts_of_the_tree() if each <= "\uffff"]
    letters = [each for each in known if each.isalnum() or each in "，。《》·—…"]
    assert not [each for each in letters if not any(each in file for file in face.files)]
    common = bytes(
        each for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for each in (high, low)
    ).decode("gb2312", errors="ignore")
    assert not [each for each in common if not any(each in file for file in face.files)]


def test_what_no_font_has_is_named(face: Typeface) -> None:
    assert face.missing("茶 tea 🚀\ufe0f ok") == {"🚀"}
    assert face.missing("Tea\u200d 茶\n“—…” 50 %") == frozenset()
    assert typeface("sans", "bold").width("茶\ufe0f\u200d", 10) == 10


def test_a_subset_measures_like_the_typeface_and_is_small(face: Typeface) -> None:
    texts = ("Sleep better, AVATAR", "让每一次呼吸都回到森林")
    content = face.subset(texts)
    assert len(content) < 20_000
    font = TTFont(io.BytesIO(content))
    assert set(map(chr, font.getBestCmap())) == set("".join(texts))
    assert "Open Font License" in font["name"].getDebugName(13)
    unpacked = io.BytesIO()
    font.flavor = None
    font.save(unpacked)
    for text in texts:
        unpacked.seek(0)
        drawn = ImageFont.truetype(unpacked, 1000).getlength(text)
        assert drawn == pytest.approx(face.width(text, 1000), abs=len(text))


def test_colour_with_alpha_and_a_clear_ground(face: Typeface) -> None:
    image = Image.new("RGBA", (200, 100))
    face.draw(image, (10, 70), "茶T", 60, (200, 30, 40, 128))
    colours = {each[:3] for _, each in image.getcolors(9999) or () if each[3] > 20}
    assert all(abs(one - other) <= 6 for each in colours for one, other in
               zip(each, (200, 30, 40), strict=True))  # fmt: skip
    assert max(each[3] for _, each in image.getcolors(9999) or ()) == 128


def test_what_runs_off_the_picture_is_cut_not_an_error(face: Typeface) -> None:
    image = Image.new("RGB", (50, 20), "white")
    face.draw(image, (-30, 10), "Sleep 森林", 60, "black")
    face.draw(image, (900, 900), "Sleep", 60, "black")
    assert _touched(image)


def test_two_settings_of_one_text_are_the_same(face: Typeface) -> None:
    one, two = (set_text(SAMPLES[3], face, (300, 90), (8, 60), "zh", most_lines=3) for _ in "ab")
    assert one == two


def test_the_shipped_fonts_are_small_and_licensed() -> None:
    folder = ROOT / "assets" / "fonts"
    files = sorted(folder.glob("noto-*.woff2"))
    assert len(files) == 8
    assert all(path.stat().st_size < 1_000_000 for path in files)
    assert sum(path.stat().st_size for path in files) < 6_000_000
    for path in files:
        assert "SIL Open Font License" in TTFont(path, lazy=True)["name"].getDebugName(13)
    for name in ("OFL-NotoSansSC.txt", "OFL-NotoSerifSC.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / name).read_text("utf-8")


def test_without_a_shaper_type_is_set_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow without raqm: less kerning, nothing else."""
    monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", False)
    monkeypatch.setattr(features, "check", lambda _: False)
    shipped = typeface("sans", "regular")
    files = [FontFile(each.path, each.number) for each in shipped.files]
    face = Typeface("sans", "regular", files)
    setting = set_text("AVATAR 让呼吸回到森林", face, (300, 120), (10, 60), "zh", most_lines=3)
    assert setting is not None
    assert face.width("Sleep", 100) == pytest.approx(shipped.width("Sleep", 100), abs=3)
    image = Image.new("RGB", (300, 120), "white")
    draw_setting(image, setting, face, (0, 0), "black")
    assert _touched(image)
