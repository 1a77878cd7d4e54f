"""A kit.zip held to the rules that clients, ad servers and platforms have.

Written from those rules: nothing of the studio is imported here.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from tests.kit_checker_banners import SIZES, check_banner
from tests.kit_checker_copy import check_copy, check_tables
from tests.kit_checker_finding import Finding
from tests.kit_checker_jingle import check_jingle

FILES = (
    "copy.csv", "copy.json", "brand.json", "recipe.json", "contact-sheet.pdf", "jingle.wav",
    "jingle.mid",
)  # fmt: skip
_BANNER = re.compile(r"banners/banner-(\d+x\d+)-(\d)\.(png|svg)")


def check_kit(archive: Path, page: Page | None) -> list[Finding]:
    """Every finding of a kit. Without a page of Chromium its banners are only counted."""
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    findings = list(check_files(files))
    if any(each.where in FILES for each in findings if each.rule == "missing"):
        return findings
    channels = json.loads(files["copy.json"])["channels"]
    inputs = json.loads(files["recipe.json"])["inputs"]
    findings += check_copy(channels, inputs)
    table, google = files["copy.csv"].decode(), files.get("google-ads.csv", b"").decode()
    findings += check_tables(table, channels, google)
    notation = files.get("jingle.abc", b"").decode()
    findings += check_jingle(files["jingle.wav"], files["jingle.mid"], notation)
    if page is not None:
        findings += check_banners(files, channels, inputs, page)
    return findings


def check_files(files: dict[str, bytes]) -> Iterator[Finding]:
    """What is missing, unreadable, or tells of the machine it was made on."""
    for name in FILES:
        if not files.get(name):
            yield Finding("missing", name, "")
    found = [m.groups() for name in files if (m := _BANNER.fullmatch(name))]
    for size in SIZES:
        for kind in ("png", "svg"):
            many = sum(size == each[0] and kind == each[2] for each in found)
            if many != 1:
                yield Finding("missing", f"banner {size}.{kind}", f"{many} of them")
    pictures = [name for name in files if name.startswith("pictures/")]
    for name in pictures:
        with Image.open(io.BytesIO(files[name])) as opened:
            opened.load()
    if not pictures:
        yield Finding("missing", "pictures/", "")
    yield from _pdf(files.get("contact-sheet.pdf", b""))
    for name, content in files.items():
        if name.startswith("/") or ".." in name or "\\" in name:
            yield Finding("path", name, "leaves the archive")
        if name.endswith((".json", ".csv", ".svg", ".abc")) and re.search(
            rb"/(?:home|tmp|work|root|Users)/", content
        ):
            yield Finding("path", name, "an absolute path")


def check_banners(
    files: dict[str, bytes], channels: list[Any], inputs: dict[str, Any], page: Page
) -> Iterator[Finding]:
    """Every banner on its pixels."""
    texts = [row["text"] for each in channels for row in each["fields"]]
    texts += [inputs["brand"], inputs["product"], *inputs["benefits"]]
    for name, content in sorted(files.items()):
        if (match := _BANNER.fullmatch(name)) and match[3] == "png" and match[1] in SIZES:
            svg = files[name.removesuffix("png") + "svg"].decode()
            yield from check_banner(match[1], content, svg, texts, page)


def _pdf(content: bytes) -> Iterator[Finding]:
    start = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", content)
    at = int(start[1]) if start else -1
    ok = content.startswith(b"%PDF-") and re.match(rb"xref|\d+ \d+ obj", content[at : at + 20])
    if not ok or at < 0 or not re.search(rb"/Type\s*/Page\b", content):
        yield Finding("pdf", "contact-sheet.pdf", "not a whole PDF with a page")
