"""An ad through the studio: made, edited without a writer, and made again from its recipe."""

from __future__ import annotations

import json
from typing import Any

from studio.batch import finished
from studio.service import Studio

OAK = {"brand": "Oak", "product": "oak boards", "benefits": ["oiled by hand"], "channel": "email"}


async def test_an_ad_is_edited_without_a_writer(studio: Studio) -> None:
    first = await finished(studio, "ad_copy", {**OAK, "lang": "en"}, user="ada")
    rows: Any = json.loads(json.dumps(first.outputs[0].data["fields"]))
    rows[0]["text"] = "Boards, oiled by hand"
    start = json.dumps({"verb": "edit", "of": {"channel": "email", "fields": rows}})
    edited = await finished(studio, "ad_copy", {**OAK, "lang": "en", "start": start}, user="ada")
    fields: Any = edited.outputs[0].data["fields"]
    assert [each["text"] for each in fields] == [each["text"] for each in rows]
    assert edited.outputs[0].files
