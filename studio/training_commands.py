"""`studio data` and `studio train`: own texts and pictures checked, shown as models see, learnt."""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from studio.catalog import Catalog
from studio.errors import InvalidInput
from studio.families.device import pick_device
from studio.families.text_prompt import TextPrompt
from studio.locales import Locales
from studio.settings import Settings
from studio.sources import located
from studio.training.data.checking import Checked, check_files
from studio.training.data.dataset import Dataset, write_dataset
from studio.training.data.preview import Seen, preview
from studio.training.data.rows import Assumed
from studio.training.own_pictures import CheckedPictures, check_pictures, write_picture_set
from studio.training.own_pictures_corpus import preview_sheet
from studio.training.own_pictures_reading import holds_pictures
from studio.training.tuning.personal import Outcome, TuneOptions, tune
from studio.training.tuning.progress import perplexity
from studio.training.tuning.recipe import TuningRecipe

PICTURE_FLAGS = (
    ("steps", "steps"),
    ("score_steps", "score_steps"),
    ("patience", "patience"),
    ("learning_rate", "rate"),
)
"""Flags of `studio train` that own pictures know too, and what they set."""
SHOWN = 20
"""Problems and doubles that are listed; report.json has them all."""


def data(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio data check FILES --out FOLDER`, `studio data preview FOLDER --card CARD`; FILES are
    texts, or pictures in folders and zips."""
    return (
        _check(arguments, settings) if arguments.action == "check" else _show(arguments, settings)
    )


def train(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio train`: with --base a person's own data set, else a card of the studio's own."""
    if not arguments.base:
        # Its module brings the page with it: only when it is needed.
        own: int = importlib.import_module("studio.commands").train(arguments, settings)
        return own
    if arguments.data is None:
        raise InvalidInput(
            "data",
            "Training on own texts needs a data set.",
            "Make one with: studio data check FILES --out FOLDER",
            code="data_no_set",
        )
    if arguments.base.startswith("gan/"):
        return _train_pictures(arguments, settings)
    outcome = tune(_options(arguments, settings))
    print(_told(outcome))
    return 0


def _train_pictures(arguments: argparse.Namespace, settings: Settings) -> int:
    # It brings the classifier of the [train] extra with it: only when it is needed.
    tuning = importlib.import_module("studio.training.picture_tuning")
    known = {flag: getattr(arguments, flag) for flag, _ in PICTURE_FLAGS}
    given = {flag: value for flag, value in known.items() if value is not None}
    options = tuning.PictureTuneOptions(
        card=arguments.card,
        base=arguments.base,
        data=arguments.data,
        out=arguments.out or settings.root / "runs" / arguments.card.replace("/", "-"),
        models=settings.models_dir,
        cache=settings.cache_dir,
        minutes=arguments.minutes,
        seed=arguments.seed,
        device=pick_device(arguments.device),
        threads=arguments.threads,
        wandb=arguments.wandb,
        fresh=arguments.fresh,
        command=_command(arguments, given),
        **{name: given[flag] for flag, name in PICTURE_FLAGS if flag in given},
    )
    print(_told_pictures(tuning.tune_pictures(options)))
    return 0


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.out is None:
        raise InvalidInput("out", "Say where to: --out FOLDER.", code="required")
    if holds_pictures(arguments.paths):
        return _check_pictures(arguments, settings)
    assumed = Assumed(arguments.kind, arguments.lang, arguments.licence)
    checked = check_files(arguments.paths, assumed)
    locales = Locales.load(settings.assets_dir / "locales")
    print("\n".join(_report(checked, locales, arguments.report)))
    write_dataset(checked, arguments.out)
    if arguments.json:
        print(json.dumps(checked.counts(), ensure_ascii=False, indent=2))
    return 0


def _check_pictures(arguments: argparse.Namespace, settings: Settings) -> int:
    checked = check_pictures(arguments.paths, arguments.out, arguments.licence)
    locales = Locales.load(settings.assets_dir / "locales")
    print("\n".join(_report_pictures(checked, locales, arguments.report)))
    if arguments.json:
        print(json.dumps(checked.counts(), indent=2))
    pictures = write_picture_set(checked, arguments.out)
    preview_sheet(pictures).save(arguments.out / "preview.png")
    return 0


def _report_pictures(checked: CheckedPictures, locales: Locales, lang: str) -> list[str]:
    head = locales.text("data.picture_counts", lang, **checked.counts())
    problems = [locales.sentence(each.error(), lang) for each in checked.problems]
    doubles = [
        locales.text(
            "data.picture_double",
            lang,
            file=each.place.file,
            other=each.of.file,
            percent=round(100 * each.likeness),
        )
        for each in checked.doubles
    ]
    return [head, *_some(problems, locales, lang), *_some(doubles, locales, lang)]


def _report(checked: Checked, locales: Locales, lang: str) -> list[str]:
    counts = checked.counts()
    head = locales.text("data.counts", lang, **counts)
    problems = [locales.sentence(each.error(), lang) for each in checked.problems]
    doubles = [
        locales.text(
            "data.double",
            lang,
            file=double.row.place.file,
            row=double.row.place.row,
            other=double.of.place.file,
            other_row=double.of.place.row,
            percent=round(100 * double.likeness),
        )
        for double in checked.doubles
    ]
    return [head, *_some(problems, locales, lang), *_some(doubles, locales, lang)]


def _some(lines: Sequence[str], locales: Locales, lang: str) -> list[str]:
    rest = len(lines) - SHOWN
    more = [locales.text("data.more", lang, count=rest)] if rest > 0 else []
    return [f"  {line}" for line in (*lines[:SHOWN], *more)]


def _show(arguments: argparse.Namespace, settings: Settings) -> int:
    (folder,) = arguments.paths
    card = located(Catalog.read(settings.models_dir).card(arguments.card), settings.cache_dir)
    rows = Dataset.read(folder).of_split("train")
    prompt = TextPrompt(card.name, card.folder)
    seen = list(preview(rows, prompt, arguments.context, arguments.n))
    if arguments.json:
        shown = [{name: getattr(each, name) for name in Seen.__slots__} for each in seen]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(_readable(number, each) for number, each in enumerate(seen, 1)))
    return 0


def _readable(number: int, seen: Seen) -> str:
    cut = ", cut" if seen.cut else ""
    head = f"== {number}: {seen.tokens} tokens, {seen.learnt} learnt{cut}"
    return f"{head}\n-- read:\n{seen.prompt}\n-- learnt:\n{seen.answer}"


def _options(arguments: argparse.Namespace, settings: Settings) -> TuneOptions:
    given = {each.name: getattr(arguments, each.name, None) for each in fields(TuningRecipe)}
    said = {name: value for name, value in given.items() if value is not None}
    out = arguments.out or settings.root / "runs" / arguments.card.replace("/", "-")
    return TuneOptions(
        card=arguments.card,
        base=arguments.base,
        data=arguments.data,
        out=Path(out),
        models=settings.models_dir,
        cache=settings.cache_dir,
        minutes=arguments.minutes,
        recipe=TuningRecipe(**said),
        device=pick_device(arguments.device),
        threads=arguments.threads,
        wandb=arguments.wandb,
        fresh=arguments.fresh,
        command=_command(arguments, said),
    )


def _command(arguments: argparse.Namespace, said: dict[str, object]) -> str:
    flags = [
        f"--{name.replace('_', '-')} {value}" for name, value in said.items() if name != "bf16"
    ]
    place = f"studio train {arguments.card} --base {arguments.base} --data DATASET"
    return " ".join([place, f"--minutes {arguments.minutes:g}", *flags])


def _told(outcome: Outcome) -> str:
    before, best = perplexity(outcome.progress.before), perplexity(outcome.progress.best)
    worse = " That is no better than before: more or cleaner texts may help."
    return (
        f"Ended ({outcome.ended}) at step {outcome.progress.step}. Held-out perplexity "
        f"{before:.2f} before, {best:.2f} at its best (step {outcome.progress.best_step}), "
        f"which is kept in {outcome.folder}.{'' if best < before else worse}"
    )


def _told_pictures(outcome: Any) -> str:
    progress = outcome.progress
    worse = "" if outcome.better else " That is no nearer: more or more alike pictures may help."
    return (
        f"Ended ({outcome.ended}) at step {outcome.steps}. Distance to the held-out pictures (kid) "
        f"{progress.before:.2f} before, {progress.best:.2f} at its best (step "
        f"{progress.best_step}), which is kept in {outcome.folder}.{worse}"
    )
