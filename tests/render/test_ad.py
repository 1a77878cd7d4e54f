"""An ad kit taken away: spreadsheet, reading copy, and a JSON that restores it."""

from __future__ import annotations

import csv
import io
import json

from studio.crafts.craft import Check, Output
from studio.render.ad import ad_files
from studio.render.recipe import recipe_of

RECIPE = {"craft": "ad_copy", "inputs": {"brand": "半亩茶"}}
KIT = Output(
    text="## headline\n- 冷水三分钟 (10/30)",
    title="半亩茶",
    data={
        "channel": "google_rsa",
        "fields": [
            {"name": "headline", "text": "冷水三分钟", "used": 10, "limit": 30, "by": "model"},
            {"name": "headline", "text": '=HYPERLINK("x")', "used": 15, "limit": 30, "by": "model"},
        ],
    },
    checks=(Check("within_limit", True, "10/30"),),
)


def files() -> dict[str, bytes]:
    return {each.name: each.content for each in ad_files(KIT, RECIPE)}


def test_json_holds_fields_checks_and_recipe():
    whole = json.loads(files()["ad.json"])
    assert whole["fields"][0]["text"] == "冷水三分钟"
    assert whole["checks"][0]["detail"] == "10/30"
    assert recipe_of("ad.json", files()["ad.json"]) == RECIPE


def test_csv_opens_in_a_spreadsheet_with_chinese_and_without_formulas():
    content = files()["ad.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0]["text"] == "冷水三分钟"
    assert rows[0]["channel"] == "google_rsa"
    assert rows[1]["text"].startswith("'=")


def test_markdown_reads_and_restores():
    content = files()["ad.md"]
    assert "冷水三分钟 (10/30)" in content.decode()
    assert recipe_of("ad.md", content) == RECIPE
