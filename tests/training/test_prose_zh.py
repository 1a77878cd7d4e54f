"""The from-scratch Chinese candidate: it trains, publishes and scores on a tiny corpus."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from studio.catalog import Catalog
from studio.training import prose_zh
from studio.training.options import TrainOptions

STORY = "雨下了一夜。老人把灯放在窗前，等船回来。船没有回来，灯也没有灭。" * 8


def corpora(folder: Path) -> Path:
    told = [{"style": "白话", "split": "train", "text": STORY}]
    with gzip.open(folder / prose_zh.STORIES, "wt", encoding="utf-8") as out:
        out.write("\n".join(json.dumps(row) for row in told))
    brief = {"lang": "zh", "kind": "story", "genre": "", "tone": "", "brief": "一盏灯"}
    rows = [{**brief, "text": STORY[:33], "split": split} for split in ("train", "val")]
    for name in prose_zh.WRITTEN:
        kept = rows if name.startswith("writing") else []
        (folder / name).write_text("\n".join(json.dumps(row) for row in kept), "utf-8")
    return folder


def test_it_trains_publishes_a_card_without_a_role_and_scores_it(tmp_path, monkeypatch):
    monkeypatch.setattr(prose_zh, "PIECES_AN_EPOCH", 24)
    data = corpora(tmp_path)
    options = TrainOptions(
        card="lm/prose-zh",
        data=data,
        out=tmp_path / "run",
        models=tmp_path / "models",
        minutes=0.02,
        threads=1,
    )
    prose_zh.train(options)
    card = Catalog.read(options.models).card("lm/prose-zh")
    assert card.roles == ()
    scores = prose_zh.evaluate(card.folder, data)
    assert scores["answer_perplexity"] > 1
    assert scores["heldout_perplexity"] > 1
