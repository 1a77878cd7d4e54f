"""An ad and a kit as finished works, made by hand: what the page shows needs no model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageDraw

from studio.ads.channels import CHANNELS
from studio.crafts.craft import Check
from studio.works import Work, WorkOutput

LINES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": {
            "headline": (
                "Cold for a day, light all week",
                "The cap you can repair",
                "Steel that was steel before",
                "Water that keeps up with you",
            ),
            "long": (
                "A bottle for long walks: cold after 24 hours, with a cap you mend yourself.",
                "Made from recycled steel. Carry it for years, then refill it again.",
                "Where the path ends and the sun does not, your water is still cold.",
            ),
            "path": ("hikers", "bottles"),
            "business_name": ("Morrow",),
            "slogan": ("Refill the mountain",),
            "cta": ("See the bottle",),
            "hashtag": ("hiking", "refill", "trailwater"),
        },
        "zh": {
            "headline": ("冷水三分钟", "一壶清凉乌龙", "茶袋也会回土里", "无糖的凉"),
            "long": (
                "冷水一冲，三分钟就有茶香。",
                "无糖，清爽，下午喝正好。茶袋可降解。",
                "不用等水开，也不用等茶凉。",
            ),
            "path": ("冷泡茶", "乌龙"),
            "business_name": ("半亩茶",),
            "slogan": ("慢下来，凉下来",),
            "cta": ("看看怎么泡",),
            "hashtag": ("冷泡茶", "乌龙", "办公室"),
        },
    }
)
SIZES = (
    ("300x250", "display"), ("728x90", "display"), ("970x250", "display"), ("160x600", "display"),
    ("320x50", "display"), ("1080x1080", "social"), ("1080x1920", "social"), ("1200x628", "social"),
)  # fmt: skip
BRIEFS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "en": {
            "brand": "Morrow",
            "product": "refillable steel water bottle for hikers",
            "benefits": ("keeps cold 24 h", "repairable cap", "made from recycled steel"),
        },
        "zh": {
            "brand": "半亩茶",
            "product": "冷泡乌龙茶包",
            "benefits": ("冷水三分钟", "无糖", "可降解茶袋"),
        },
    }
)


def fields_for(channel: str, lang: str = "en") -> list[dict[str, object]]:
    """Rows as an ad craft puts them into its data."""
    rows: list[dict[str, object]] = []
    for field in CHANNELS[channel].fields:
        short = field.limit <= 45 or field.name in ("headline", "title")
        known = LINES[lang].get(field.name) or LINES[lang]["headline" if short else "long"]
        for number, text in enumerate(known[: max(field.least, min(field.most, 4))]):
            if field.used(text) <= field.limit:
                rows.append(
                    {
                        "name": field.name,
                        "text": text,
                        "used": field.used(text),
                        "limit": field.limit,
                        "angle": ("benefit", "proof", "curiosity", "story")[number % 4],
                        "by": "rule" if number == 3 else "model",
                        "locked": False,
                    }
                )
    return rows


def an_ad(channel: str = "google_rsa", lang: str = "en", id: str = "ad1") -> Work:
    """A finished ad of one channel."""
    data = {"channel": channel, "fields": fields_for(channel, lang), "diversity": 0.72}
    checks = (Check("within_limit", True, "12/12"), Check("no_all_caps", True, "12/12"))
    output = WorkOutput("the ad", "Morrow", data, checks, {}, 7)
    return _work("ad_copy", id, lang, (output,))


def a_kit(folder: Path, lang: str = "en", id: str = "kit1") -> Work:
    """A finished kit, its files drawn into the folder."""
    files = _files(folder)
    channels = [
        {
            "channel": name,
            "fields": fields_for(name, lang),
            "diversity": 0.35 + 0.1 * number,
            "checks": [{"name": "within_limit", "passed": True, "detail": "12/12"}],
        }
        for number, name in enumerate(CHANNELS)
    ]
    banners = [
        {
            "size": size, "width": int(size.split("x")[0]), "height": int(size.split("x")[1]),
            "kind": kind, "layout": layout, "file": f"banner-{size}-{layout}.png",
            "svg": f"banner-{size}-{layout}.svg", "contrasts": {"headline": 7.2, "cta": 5.1},
            "clipped": False, "chosen": layout == 1,
        }
        for size, kind in SIZES
        for layout in (1, 2, 3)
    ]  # fmt: skip
    data = {
        "brand_name": BRIEFS[lang]["brand"],
        "lang": lang,
        "channels": channels,
        "colours": ["#0b3c49", "#e8d8b4", "#d95d39"],
        "banners": banners,
        "layouts": {},
        "jingle": {
            "seconds": 6.4, "tempo_bpm": 108,
            "plan": {"key": "D", "mode": "major", "instrument": "marimba", "meter": "4/4"},
        },
        "kept": {"copy": {each["channel"]: each["fields"] for each in channels}},
    }  # fmt: skip
    checks = (Check("within_limit", True, "58/58"), Check("contrast", True, "5.1 (24/24)"))
    title = f"{BRIEFS[lang]['brand']}: {BRIEFS[lang]['product']}"
    return _work("kit", id, lang, (WorkOutput("copy", title, data, checks, files, 7),))


def _work(craft: str, id: str, lang: str, outputs: tuple[WorkOutput, ...]) -> Work:
    return Work(
        id=id,
        craft=craft,
        lang=lang,
        title=str(BRIEFS[lang]["brand"]),
        text=str(BRIEFS[lang]["product"]),
        inputs={**BRIEFS[lang], "start": "", "seed": 7},
        plan={},
        outputs=outputs,
        recipe={},
        created="2026-11-22T10:00:00Z",
    )


def _files(folder: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for size, _ in SIZES:
        width, height = map(int, size.split("x"))
        for layout, colour in zip((1, 2, 3), ("#0b3c49", "#d95d39", "#e8d8b4"), strict=True):
            image = Image.new("RGB", (width, height), colour)
            draw = ImageDraw.Draw(image)
            draw.ellipse((width * 0.55, -height * 0.2, width * 1.1, height * 0.8), fill="#2f6f73")
            draw.rectangle((8, height - 18, 8 + width * 0.4, height - 10), fill="#fffdfa")
            files[f"banner-{size}-{layout}.png"] = folder / f"banner-{size}-{layout}.png"
            image.save(files[f"banner-{size}-{layout}.png"])
    for shape, box in (("wide", (800, 320)), ("square", (540, 540)), ("tall", (480, 960))):
        path = files[f"picture-{shape}.png"] = folder / f"picture-{shape}.png"
        Image.linear_gradient("L").resize(box).convert("RGB").save(path)
    for name in ("kit.zip", "copy.csv", "google-ads.csv", "brand.json", "contact-sheet.pdf"):
        files[name] = folder / name
        files[name].write_bytes(b"made by hand")
    return files
