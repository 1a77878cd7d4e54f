"""Many kits, each held to the rules: `python -m tests.kit_survey --kits 200 --out DIR [--fake]`.

Resumable: what DIR/survey.json has is not made again. One process; a kit's files are thrown away
once it was checked, except the archive of one with findings.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from studio.batch import finished, inputs_of_brief
from studio.service import Studio
from studio.settings import Settings
from studio.works import Work
from tests.kit_checker import check_kit
from tests.kit_checker_banners import SIZES, check_banner
from tests.kit_checker_finding import Finding

CHROMIUM_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
BRIEFS = Path(__file__).resolve().parent.parent / "assets" / "briefs" / "kits.jsonl"
FOUR: tuple[Mapping[str, object], ...] = (
    {"lang": "en", "brand": "Morrow", "product": "refillable steel water bottle for hikers",
     "benefits": ["keeps cold 24 h", "repairable cap", "made from recycled steel"],
     "tone": "warm"},
    {"lang": "en", "brand": "Tinder & Oak", "product": "weekend wood-carving course",
     "benefits": ["small groups", "tools included"], "tone": "playful"},
    {"lang": "zh", "brand": "半亩茶", "product": "冷泡乌龙茶包",
     "benefits": ["冷水三分钟", "无糖", "可降解茶袋"], "tone": "诗意"},
    {"lang": "zh", "brand": "慢修", "product": "家电维修上门服务",
     "benefits": ["当天上门", "明码标价"], "tone": "诚恳"},
)  # fmt: skip
WORDS: tuple[Mapping[str, object], ...] = (
    {"lang": "en", "brand": "Io", "product": "tea", "benefits": ["hot"], "tone": "dry"},
    {"lang": "en", "brand": "Internationalisation Partners", "tone": "formal",
     "product": "counterrevolutionary upholstery refurbishment for conference centres",
     "benefits": ["uncharacteristically straightforward appointments",
                  "environmentally uncompromising adhesives"]},
    {"lang": "en", "brand": "Zoë & Núñez", "product": "crème brûlée torches", "tone": "funny",
     "benefits": ["piezo start", "1 300 °C flame", "dishwasher-safe handle"]},
    {"lang": "zh", "brand": "禾", "product": "茶", "benefits": ["香"], "tone": "诗意"},
    {"lang": "zh", "brand": "长江以南手工竹编文化合作社", "tone": "正式",
     "product": "给城市家庭客厅使用的可拆洗手工竹编收纳篮与座椅套装",
     "benefits": ["十二位老师傅轮流编织每一只篮子", "坏了可以寄回来免费修补", "支持按尺寸定做"]},
    {"lang": "zh", "brand": "LUMA 露玛", "product": "USB-C 充电台灯", "tone": "冷静",
     "benefits": ["三档亮度", "充一次用 20 小时", "Type-C 接口"]},
)  # fmt: skip
PALETTES = (
    "", "#0b3c49 #e8d8b4 #d95d39", "#111111 #222222 #333333", "#ffffff #fafafa #f4f0e8",
    "#ffe600 #ffd000", "#7f7f7f #808080", "#e63946 #2a9d8f", "#c9ada7 #f2e9e4 #9a8c98",
)  # fmt: skip
CHANNELS = (
    (), ("google_rsa", "x"), ("xiaohongshu", "wechat_moments"), ("pmax", "email", "app_store"),
    ("meta_feed", "meta_story", "tiktok", "display"), ("linkedin", "google_rsa", "display"),
)  # fmt: skip
TONES = ("auto", "warm", "playful", "dry", "tender", "formal", "funny", "poetic", "bold")
FINISHES = ("gouache", "none")


def brief_of(number: int) -> dict[str, object]:
    """The brief of one kit of the survey: first those as given, then varied by its number."""
    given = [*FOUR, *(json.loads(each) for each in BRIEFS.read_text("utf-8").splitlines() if each)]
    if number < len(given):
        return {**given[number], "seed": 100 + number, "finish": FINISHES[number % 2]}
    dice = random.Random(number)
    chosen: dict[str, Any] = dict(dice.choice([*given, *WORDS, *WORDS]))
    chosen |= {
        "palette": dice.choice(PALETTES),
        "channel": list(dice.choice(CHANNELS)),
        "tone": dice.choice(TONES),
        "finish": dice.choice(FINISHES),
        "temperature": dice.choice((0.2, 0.5, 0.9, 1.3)),
        "seed": 1000 + number,
        "brand_card": json.dumps(_card(chosen, dice)) if dice.random() < 0.6 else "",
    }
    return chosen


def _card(brief: Mapping[str, Any], dice: random.Random) -> dict[str, object]:
    return {
        "name": brief["brand"],
        "font": dice.choice(("sans", "serif")),
        "valence": round(dice.uniform(-0.8, 0.9), 2),
        "arousal": round(dice.uniform(-0.8, 0.9), 2),
        "logo": dice.choice(("", _logo("#ffffff"), _logo("#f6d743"), _logo("#202020"))),
        "dont_words": ["cheap", "便宜"],
    }


def _logo(colour: str) -> str:
    image = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 70, 70), fill=colour)
    ImageDraw.Draw(image).rectangle((90, 28, 190, 52), fill=colour)
    file = io.BytesIO()
    image.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


class Survey:
    """Kits made, checked and counted into one file."""

    def __init__(self, out: Path, studio: Studio, driver: Playwright) -> None:
        self._file, self._out, self._studio = out / "survey.json", out, studio
        self._driver, self._thread = driver, ThreadPoolExecutor(1)
        self.told: dict[str, Any] = (
            json.loads(self._file.read_text("utf-8")) if self._file.exists() else {"kits": {}}
        )

    def run(self, first: int, kits: int) -> None:
        """Every kit that is not there yet."""
        for number in range(first, kits):
            if str(number) not in self.told["kits"]:
                self.told["kits"][str(number)] = self._one(number)
                self._keep()

    def _one(self, number: int) -> dict[str, Any]:
        brief, began = brief_of(number), time.monotonic()
        inputs = {**inputs_of_brief(self._studio.crafts["kit"], brief), "lang": brief["lang"]}
        inputs.pop("craft", None)
        try:
            work = self._thread.submit(asyncio.run, finished(self._studio, "kit", inputs)).result()
            findings = self._checked(work, number)
        except Exception as error:  # noqa: BLE001 - a kit that fails is a finding
            work, findings = None, [Finding("failed", "kit", repr(error)[:600])]
        row = {
            "brand": brief["brand"], "lang": brief["lang"], "palette": brief.get("palette", ""),
            "channel": brief.get("channel", []), "seed": brief["seed"],
            "seconds": round(time.monotonic() - began, 1),
            "findings": [asdict(each) for each in findings],
        }  # fmt: skip
        if work is not None:
            archive = Path(work.outputs[0].files["kit.zip"])
            if findings:
                shutil.copy(archive, self._out / f"kit-{number:03d}.zip")
            shutil.rmtree(archive.parent, ignore_errors=True)
        print(
            number,
            brief["brand"],
            row["seconds"],
            *(f"\n   {each}" for each in findings),
            flush=True,
        )
        return row

    def _checked(self, work: Work, number: int) -> list[Finding]:
        """In a browser of its own; once more where the machine took that away."""
        for _ in range(2):
            try:
                with self._browser() as browser:
                    return self._check(work, number, browser.new_page())
            except PlaywrightError as error:
                print("browser lost:", error.message[:80], flush=True)
        return [Finding("unchecked", "kit", "the browser was lost twice")]

    def _browser(self) -> Browser:
        path = shutil.which("chromium")
        return self._driver.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))

    def _check(self, work: Work, number: int, page: Page) -> list[Finding]:
        """The archive, and one of the layouts that were not chosen."""
        output = work.outputs[0]
        found = check_kit(Path(output.files["kit.zip"]), page)
        told: Any = output.data
        texts = [row["text"] for each in told["channels"] for row in each["fields"]]
        texts += [told["brand_name"], told["product"], *map(str, told["banner_copy"].values())]
        layout = 2 + number % 2
        for size in SIZES:
            files = [
                Path(output.files[f"banner-{size}-{layout}.{each}"]) for each in ("png", "svg")
            ]
            made = check_banner(size, files[0].read_bytes(), files[1].read_text(), texts, page)
            found += [Finding(f.rule, f"{f.where} layout {layout}", f.detail) for f in made]
        return found

    def _keep(self) -> None:
        rows = self.told["kits"].values()
        self.told["counts"] = Counter(f["rule"] for row in rows for f in row["findings"])
        self.told["made"] = len(rows)
        self.told["clean"] = sum(not row["findings"] for row in rows)
        partial = self._file.with_suffix(".part")
        partial.write_text(json.dumps(self.told, ensure_ascii=False, indent=1), "utf-8")
        partial.replace(self._file)


def main() -> None:
    """Read the arguments, open studio and browser, survey."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kits", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="kits before it are left out")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fake", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    environ = {
        **os.environ,
        "STUDIO_ACCEPT": "gemma",
        **({"STUDIO_FAKE": "1"} if given.fake else {}),
    }
    environ.setdefault("STUDIO_DATA_DIR", str(given.out / "data"))
    studio = Studio.open(Settings.from_environ(environ))
    with sync_playwright() as driver:
        Survey(given.out, studio, driver).run(given.first, given.kits)
    studio.close()


if __name__ == "__main__":
    main()
