"""What Google Ads Editor imports."""

from __future__ import annotations

from dataclasses import dataclass

from studio.ads.google_ads import google_ads_rows


@dataclass
class Text:
    name: str
    text: str


def test_one_ad_is_one_row_with_the_names_that_are_imported():
    texts = [Text("headline", f"H{n}") for n in range(4)] + [Text("description", "D0")]
    texts += [Text("path", "tea"), Text("slogan", "no column for it")]
    (row,) = google_ads_rows(texts, campaign="Morrow", ad_group="bottle", positions={"H1": 1})
    assert list(row)[:5] == ["Campaign", "Ad Group", "Ad type", "Headline 1", "Headline 1 position"]
    assert (row["Headline 2"], row["Headline 2 position"]) == ("H1", "1")
    assert (row["Headline 1 position"], row["Headline 15"]) == ("", "")
    assert (row["Description 1"], row["Path 1"], row["Final URL"]) == ("D0", "tea", "")
    assert "no column for it" not in row.values()
