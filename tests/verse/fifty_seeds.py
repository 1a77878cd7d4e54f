"""Every form, on real weights, judged by the rulebooks: which share of so many seeds is right.

    python tests/verse/fifty_seeds.py --seeds 50 [--lang zh|en] [--forms haiku ...] \
        [--cmudict cmudict.dict] [--out DIR]

Writes one line a form: its name, right, asked, mean log-probability a token. The poems are single
drafts, one a seed, straight from the model: nothing is chosen among candidates.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import rulebook_zh
import torch
from rulebook_en import FORMS as ENGLISH
from rulebook_en import Rulebook

from studio.catalog import Catalog
from studio.crafts.craft import Order
from studio.crafts.form import fill
from studio.crafts.poetry import CRAFT, order
from studio.families.causal_lm import CausalLm
from studio.families.loader import CardLoader
from studio.requests import Request
from studio.settings import Settings

IDEAS = {
    "zh": ("江上夜雨，客舟孤灯", "秋日黄昏，落叶", "春日茶园", "登高望远，思念故友", "雪夜归人"),
    "en": (
        "first frost on the tram lines",
        "a city that forgets its rivers",
        "my grandmother's radio",
        "the last bus home",
        "a graphic designer who hated beige",
    ),
}
HEADS = ("创意无限", "春风", "平安喜乐", "天道酬勤", "一帆风顺万事如意")
LETTERS = ("STUDIO", "LOVE", "RAIN", "HARBOR", "QUIET")
UPPERS = ("海阔凭鱼跃", "一帘春雨", "灯火万家迎客至", "万里江山来眼底", "书山有路勤为径")


class AnyRoster:
    """The card of each role, with an adapter or without."""

    def __init__(self, adapter: str | None) -> None:
        self._adapter = adapter

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        if role == "verse":
            return "lm/verse-zh", None
        return "base/smollm2-135m-instruct", self._adapter

    def drafts(self, card: str) -> int:
        return 1


def idea_of(form: str, seed: int) -> str:
    """What the poem of a seed is about."""
    special = {"藏头诗": HEADS, "acrostic": LETTERS, "对下联": UPPERS}
    ideas = special.get(form) or IDEAS["en" if form.isascii() else "zh"]
    return ideas[seed % len(ideas)]


def ordered(form: str, seed: int, adapter: str | None) -> Order:
    """One poem of a form."""
    given = {"text": idea_of(form, seed), "form": form, "seed": seed}
    return order(fill(CRAFT, given, lambda: seed), AnyRoster(adapter))


def faults(form: str, seed: int, text: str, english: Rulebook) -> list[str]:
    """What the rulebooks say."""
    idea, lines = idea_of(form, seed), rulebook_zh.lines_of(text)
    if form == "acrostic":
        return english.faults(form, text, idea)
    if form in ENGLISH:
        return english.faults(form, text)
    if form == "藏头诗":
        heads = [] if "".join(line[0] for line in lines) == idea else ["heads"]
        return heads + rulebook_zh.regulated_faults(text, len(idea), 7, idea)
    if form == "对下联":
        return rulebook_zh.couplet_faults(idea, "".join(lines))
    if form.endswith("对联"):
        return rulebook_zh.couplet_faults(*lines)
    if form.startswith("词·"):
        return rulebook_zh.tune_faults(form.removeprefix("词·"), text)
    count, width = 4 if form.endswith("绝句") else 8, 5 if form[0] == "五" else 7
    return rulebook_zh.regulated_faults(text, count, width)


def written(lm: CausalLm, requests: Sequence[Request]) -> Iterator[tuple[str, float]]:
    """The texts of these requests, as many at once as the model has slots, and how likely."""
    waiting, rows = list(enumerate(requests)), dict[int, int]()
    texts, likely = [""] * len(requests), [0.0] * len(requests)
    while waiting or rows:
        while waiting and len(rows) < lm.capacity:
            at, request = waiting.pop(0)
            rows[lm.admit(request)] = at
        for step in lm.step(list(rows)):
            if step.error is not None:
                raise step.error
            if step.chunk is not None:
                texts[rows[step.slot]] += step.chunk.text
                likely[rows[step.slot]] = step.chunk.mean_logprob or 0.0
            if step.ended:
                lm.release(step.slot)
                del rows[step.slot]
    yield from zip(texts, likely, strict=True)


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--forms", nargs="*")
    parser.add_argument("--adapter")
    parser.add_argument("--cmudict", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    settings = Settings.from_environ({})
    catalog = Catalog.read(settings.models_dir)
    name = "lm/verse-zh" if options.lang == "zh" else "base/smollm2-135m-instruct"
    lm = cast(CausalLm, CardLoader(catalog, settings, device="cpu").load(name))
    english = Rulebook.from_cmudict(options.cmudict) if options.cmudict else Rulebook.from_table()
    known = [form for form in CRAFT.named("form").choices if form not in ("auto", "free_verse")]
    chinese = [form for form in known if not form.isascii() and form != "现代诗"]
    forms = options.forms or (
        chinese if options.lang == "zh" else [f for f in known if f.isascii()]
    )
    for form in forms:
        start, seeds = time.monotonic(), range(1, options.seeds + 1)
        requests = [ordered(form, seed, options.adapter).requests[0] for seed in seeds]
        poems = list(written(lm, requests))
        found = [faults(form, s, text, english) for s, (text, _) in zip(seeds, poems, strict=True)]
        right = sum(not each for each in found)
        mean = sum(likely for _, likely in poems) / len(poems)
        seconds = time.monotonic() - start
        print(f"{form}\t{right}/{len(poems)}\t{mean:.2f}\t{seconds:.0f} s", flush=True)
        for at, each in enumerate(found):
            if each:
                print("   ", seeds[at], each, poems[at][0].replace("\n", " / "), flush=True)
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            rows = (json.dumps({"seed": s, "idea": idea_of(form, s), "text": t, "logprob": p},
                               ensure_ascii=False) + "\n"
                    for s, (t, p) in zip(seeds, poems, strict=True))  # fmt: skip
            (options.out / f"{form}.jsonl").write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    main()
