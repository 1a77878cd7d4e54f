"""The checker of kits finds planted faults, and passes a kit that the studio made."""

from __future__ import annotations

import asyncio
import io
import json
import wave
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from studio.batch import finished
from studio.service import Studio
from studio.settings import Settings
from tests.kit_checker import check_files, check_kit
from tests.kit_checker_banners import check_banner
from tests.kit_checker_copy import check_copy
from tests.kit_checker_jingle import check_jingle, loudness, true_peak
from tests.kit_checker_limits import double, weighted
from tests.ui.conftest import browser, chromium_path, playwright_driver

__all__ = ["browser", "chromium_path", "playwright_driver"]
Files = dict[str, bytes]
MORROW: Mapping[str, object] = {
    "brand": "Morrow",
    "product": "refillable steel water bottle for hikers",
    "benefits": ["keeps cold 24 h", "repairable cap"],
    "channel": ["google_rsa", "x"],
    "finish": "none",
    "seed": 5,
}
BRIEF = {
    "brand": "半亩茶",
    "product": "冷泡乌龙茶包",
    "benefits": ["冷水三分钟"],
    "dont_words": ["减肥"],
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kit")
    environ = {"STUDIO_FAKE": "1", "STUDIO_ACCEPT": "gemma", "STUDIO_DATA_DIR": str(folder)}
    studio = Studio.open(Settings.from_environ(environ))
    with ThreadPoolExecutor(1) as thread:
        work = thread.submit(asyncio.run, finished(studio, "kit", MORROW)).result()
    studio.close()
    return Path(work.outputs[0].files["kit.zip"])


@pytest.fixture(scope="module")
def files(archive: Path) -> Files:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def rules_of(text: str, field: str = "description", channel: str = "google_rsa") -> set[str]:
    rows = [{"name": field, "text": text}]
    found = check_copy([{"channel": channel, "fields": rows}], BRIEF)
    return {each.rule for each in found} - {"field_count"}


@pytest.mark.parametrize(
    ("text", "field", "rule"),
    [
        ("x" * 31, "headline", "over_limit"),
        ("茶" * 16, "headline", "over_limit"),
        ("Cold tea now!", "headline", "headline_exclamation"),
        ("Cold tea! Good tea!", "description", "exclamations"),
        ("GREAT cold tea", "description", "all_caps"),
        ("Cold tea~ for you", "description", "gimmick"),
        ("Cold cold tea", "description", "repeated_word"),
        ("最香的乌龙", "description", "absolute_word"),
        ("全国第一的茶", "description", "absolute_word"),
        ("冷泡只要5分钟", "description", "number"),
        ("冷泡只要五分钟", "description", "number"),
        ("喝了能减肥", "description", "dont_word"),
        ("Tea for you and", "description", "cut"),
    ],
)
def test_words_against_a_rule_are_found(text: str, field: str, rule: str) -> None:
    assert rule in rules_of(text, field)


@pytest.mark.parametrize(
    "text",
    ["冷水三分钟，一杯乌龙。", "冷水3分钟就好。", "最后一包留给你。", "A tea for a quiet day."],
)
def test_plain_words_pass(text: str) -> None:
    assert rules_of(text) == set()


def test_lengths_are_counted_as_the_platforms_do() -> None:
    assert double("茶 tea") == 6
    assert weighted("见 https://example.com/a/very/long/way") == 2 + 1 + 23
    assert weighted("👩‍👩‍👧") == 2


def sound(content: bytes, gain: float) -> bytes:
    """The same WAV, `gain` times as loud."""
    with wave.open(io.BytesIO(content)) as read:
        told, raw = read.getparams(), np.frombuffer(read.readframes(read.getnframes()), "<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setparams(told)
        made.writeframes((raw * gain).astype("<i2").tobytes())
    return file.getvalue()


def test_a_quiet_and_a_cut_jingle_are_found(files: Files) -> None:
    heard, midi = files["jingle.wav"], files["jingle.mid"]
    assert list(check_jingle(heard, midi)) == []
    assert "loudness" in {each.rule for each in check_jingle(sound(heard, 0.3), midi)}


def test_loudness_of_a_known_tone() -> None:
    """A 997 Hz sine of full scale in one channel is -3.01 LUFS (BS.1770-4)."""
    tone = np.sin(2 * np.pi * 997 * np.arange(48_000 * 3) / 48_000)
    assert loudness(tone[:, None], 48_000) == pytest.approx(-3.01, abs=0.05)
    assert true_peak(tone[:, None]) == pytest.approx(0, abs=0.1)


def test_a_missing_banner_is_found(files: Files) -> None:
    left = {name: each for name, each in files.items() if "728x90" not in name}
    assert [f.where for f in check_files(left)] == ["banner 728x90.png", "banner 728x90.svg"]


def test_an_absolute_path_is_found(files: Files) -> None:
    planted = {**files, "brand.json": json.dumps({"logo": "/home/ada/logo.png"}).encode()}
    assert "path" in {each.rule for each in check_files(planted)}


@pytest.mark.browser
def test_a_kit_of_the_studio_passes(archive: Path, page: Page) -> None:
    assert [str(each) for each in check_kit(archive, page)] == []


def paled(svg: str) -> str:
    """Letters nearly as light as the white that is laid under them."""
    ground = svg.replace(
        '<text id="headline"', '<rect width="300" height="250" fill="#fff"/><text id="headline"'
    )
    head, rest = ground.split('<text id="headline"')
    start = rest.index('fill="') + 6
    return f'{head}<text id="headline"{rest[:start]}#cccccc{rest[start + 7 :]}'


def moved(svg: str) -> str:
    """The headline half out of the banner."""
    head, rest = svg.split('<text id="headline"')
    return f'{head}<text transform="translate(-40 0)" id="headline"{rest}'


def foreign(svg: str) -> str:
    """A letter that no font of the file holds."""
    head, rest = svg.split('<text id="headline"')
    return f'{head}<text id="headline"{rest.replace("</tspan>", "龘</tspan>", 1)}'


@pytest.mark.browser
@pytest.mark.parametrize(
    ("spoil", "rule"), [(paled, "contrast"), (moved, "clipped"), (foreign, "tofu")]
)
def test_spoiled_banners_are_found(
    files: Files, page: Page, spoil: Callable[[str], str], rule: str
) -> None:
    svg = spoil(files["banners/banner-300x250-1.svg"].decode())
    png = drawn(page, svg)
    assert rule in {each.rule for each in check_banner("300x250", png, svg, (), page)}


def drawn(page: Page, svg: str) -> bytes:
    page.set_viewport_size({"width": 300, "height": 250})
    page.set_content(f"<style>html,body{{margin:0}}svg{{display:block}}</style>{svg}")
    page.evaluate("async()=>{await Promise.all([...document.fonts].map(f=>f.load()))}")
    return page.screenshot()
