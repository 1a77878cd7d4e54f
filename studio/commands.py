"""What each `studio` command does, as functions of parsed arguments and settings."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from studio.api import serve_page
from studio.batch import BriefResult, copy_work, finished, read_briefs, run_batch
from studio.catalog import Catalog
from studio.errors import InvalidInput
from studio.families.device import pick_device
from studio.melodies import upload_report
from studio.service import Studio
from studio.settings import Settings
from studio.training.measured_table import write_measured
from studio.training.options import TrainOptions
from studio.training.recipes import evaluation, recipe
from studio.works import Work

USER = "local"
NOT_FIELDS = frozenset({"command", "craft", "set", "start", "out", "json"})
"""What `studio generate` is told beside the fields of the craft."""


def serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio serve`: the page, until it is stopped."""
    host = arguments.host or settings.host
    port = arguments.port or settings.port
    serve_page(replace(settings, host=host, port=port))
    return 0


def generate(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio generate CRAFT "text"`: one work, printed or as one JSON object."""
    studio = Studio.open(settings)
    try:
        inputs = _inputs(arguments)
        work = asyncio.run(finished(studio, arguments.craft, inputs, USER))
    finally:
        studio.close()
    copied = copy_work(work, arguments.out) if arguments.out else _own_files(work)
    if arguments.json:
        print(json.dumps(_report(work, copied), ensure_ascii=False, indent=2))
    else:
        print(_readable(work, copied))
    return 0


def batch(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio batch BRIEFS --out DIR`: a table; 1 when a brief was not made."""
    briefs = read_briefs(arguments.briefs)
    arguments.out.mkdir(parents=True, exist_ok=True)
    studio = Studio.open(settings)
    try:
        results = asyncio.run(_print_rows(studio, briefs, arguments))
    finally:
        studio.close()
    made = sum(each.state == "ok" for each in results)
    print(f"{made} of {len(results)} briefs made, files in {arguments.out}")
    return 0 if made == len(results) else 1


def melody(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio melody analyse FILE`: what a melody file holds; in the JSON, `start` is what the
    verbs of the melody craft work on."""
    studio = Studio.open(settings)
    try:
        content = _bytes(arguments.file)
        found = asyncio.run(studio.read_melody(arguments.file.name, content))
    finally:
        studio.close()
    if arguments.json:
        print(json.dumps(upload_report(found), ensure_ascii=False, indent=2))
    else:
        measured = [f"{name}: {value}" for name, value in found.analysis.items()]
        print("\n".join([found.kind, *filter(None, [found.notice]), *measured, "", found.abc]))
    return 0


def train(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio train CARD`: train or resume within the minutes given, then publish the card."""
    out = arguments.out or settings.root / "runs" / arguments.card.replace("/", "-")
    options = TrainOptions(
        card=arguments.card,
        data=_corpora(arguments, settings),
        out=out,
        models=settings.models_dir,
        minutes=arguments.minutes,
        threads=arguments.threads,
        seed=arguments.seed,
        device=pick_device(arguments.device),
    )
    recipe(arguments.card).train(options)
    return 0


def evaluate(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio evaluate CARD`: its numbers on held-out data, written into the card; with --samples
    a sheet of what it writes; with --drafts N what choosing among N drafts is worth."""
    card = Catalog.read(settings.models_dir).card(arguments.card)
    folder, data = card.folder, _corpora(arguments, settings)
    if arguments.samples:
        sheet = importlib.import_module("studio.training.writer_samples")
        print(sheet.write_samples(folder, data, settings))
        return 0
    if arguments.drafts:
        study = importlib.import_module("studio.training.draft_study")
        numbers = study.study_drafts(folder, data, settings, arguments.drafts)
    else:
        numbers = evaluation(card).evaluate(folder, data)
    write_measured(folder, f"studio evaluate {arguments.card} --json", numbers)
    if arguments.json:
        print(json.dumps({"card": arguments.card, **numbers}, indent=2))
    else:
        print("\n".join(f"{name}: {value}" for name, value in numbers.items()))
    return 0


def bench(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio bench engine|image|melody --json`: ratios, and times beside their goals;
    `studio bench soak`: see `studio.soak.command`; `studio bench estimate`: see
    `studio.estimate_bench`."""
    if arguments.what == "soak":
        # It needs no torch, and the benches of the models nothing of it.
        ended: int = importlib.import_module("studio.soak.command").bench_soak(arguments, settings)
        return ended
    if arguments.what == "estimate":
        return _bench_estimate(arguments, settings)
    module = importlib.import_module("studio.bench")
    if arguments.what == "engine":
        runs = module.engine_runs(
            arguments.batches, arguments.rounds, arguments.tokens, arguments.peers
        )
        numbers = module.bench_engine(settings, runs)
        told = module.engine_table(numbers) if arguments.table else json.dumps(numbers, indent=2)
    else:
        numbers = getattr(module, f"bench_{arguments.what}")(settings)
        told = json.dumps(numbers, indent=2)
    if arguments.out:
        arguments.out.write_text(json.dumps(numbers, indent=2), "utf-8")
    print(told)
    return 0


def _bench_estimate(arguments: argparse.Namespace, settings: Settings) -> int:
    module = importlib.import_module("studio.estimate_bench")
    run = module.EstimateRun(arguments.works, arguments.people, arguments.seed)
    numbers = module.bench_estimate(replace(settings, fake=settings.fake or arguments.fake), run)
    print(json.dumps(numbers, indent=2))
    return 0


def history(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio history list|export`."""
    studio = Studio.open(settings)
    try:
        works = asyncio.run(_all_works(studio, arguments.query))
    finally:
        studio.close()
    if arguments.action == "export":
        return _export(works, arguments.out or Path("atelier-history.zip"))
    rows = [_row(work) for work in works]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print("\n".join("  ".join(str(value) for value in row.values()) for row in rows))
    return 0


def _inputs(arguments: argparse.Namespace) -> dict[str, object]:
    inputs: dict[str, object] = {
        name: value
        for name, value in vars(arguments).items()
        if name not in NOT_FIELDS and value is not None
    }
    if arguments.start:
        inputs["start"] = _read(arguments.start)
    for pair in arguments.set:
        name, separator, value = pair.partition("=")
        if not separator:
            raise InvalidInput("set", f"--set wants NAME=VALUE, not {pair!r}.", code="set")
        inputs[name] = value
    return inputs


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("start", f"{path} can not be read: {error}", code="set") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput("file", f"{path} can not be read: {error}", code="set") from error


def _own_files(work: Work) -> list[Path]:
    return [path for output in work.outputs for path in output.files.values()]


def _report(work: Work, files: Sequence[Path]) -> Mapping[str, object]:
    return {
        "id": work.id,
        "craft": work.craft,
        "lang": work.lang,
        "plan": dict(work.plan),
        "outputs": [
            {"title": each.title, "text": each.text, "seed": each.seed, "data": dict(each.data)}
            for each in work.outputs
        ],
        "files": [str(path) for path in files],
        "checks": [
            {"version": number, **asdict(check)}
            for number, output in enumerate(work.outputs, 1)
            for check in output.checks
        ],
        "recipe": dict(work.recipe),
        "timings": dict(work.usage),
    }


def _readable(work: Work, files: Sequence[Path]) -> str:
    parts = []
    for output in work.outputs:
        parts.append(
            "\n".join(part for part in (output.title, "", output.text) if part or output.title)
        )
        parts += [f"  [{'x' if c.passed else ' '}] {c.name} {c.detail}" for c in output.checks]
    return "\n".join([*parts, *(f"  {path}" for path in files)])


async def _print_rows(
    studio: Studio, briefs: list[Mapping[str, object]], arguments: argparse.Namespace
) -> list[BriefResult]:
    results = []
    async for row in run_batch(studio, briefs, arguments.out, arguments.seed):
        checks = f"{row.checks_passed}/{row.checks}" if row.checks else "-"
        print(f"{row.name:14} {row.state:9} {checks:>7}  {row.detail}", flush=True)
        results.append(row)
    return results


def _corpora(arguments: argparse.Namespace, settings: Settings) -> Path:
    folder: Path | None = arguments.data or settings.corpora
    if folder is None or not folder.is_dir():
        raise InvalidInput(
            "data",
            "Training needs the folder of the corpora.",
            "Give --data FOLDER or set STUDIO_CORPORA.",
            code="no_corpora",
        )
    return folder


async def _all_works(studio: Studio, query: str) -> list[Work]:
    return list(await studio.search(user=USER, query=query, limit=10_000))


def _row(work: Work) -> Mapping[str, object]:
    return {"id": work.id, "created": work.created, "craft": work.craft, "title": work.title}


def _export(works: Sequence[Work], path: Path) -> int:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for work in works:
            archive.writestr(f"{work.id}/recipe.json", json.dumps(work.recipe, ensure_ascii=False))
            for number, output in enumerate(work.outputs, 1):
                for name, file in output.files.items():
                    archive.write(file, f"{work.id}/{number:02d}/{name}")
    print(f"{len(works)} works in {path}")
    return 0
