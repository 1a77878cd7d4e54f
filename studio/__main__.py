"""The `studio` command: serve, generate, batch, models, data, train, evaluate, bench, history and
top."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.errors import StudioError
from studio.settings import Settings

FIELD_FLAGS = (
    *("kind", "form", "channel"),
    *("style", "palette", "finish", "size", "format", "painter"),
)
"""Fields of the crafts with a flag of their own; --set takes any other."""

Command = Callable[[argparse.Namespace, Settings], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 it failed, 2 it was asked wrongly."""
    arguments = _parser().parse_args(argv)
    try:
        return _command(arguments.command)(arguments, Settings.from_environ())
    except StudioError as error:
        print(f"studio: {error.message} {error.hint}".rstrip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _command(place: str) -> Command:
    """The function behind a verb: imported when it is asked for, since the page takes seconds."""
    module, _, name = place.partition(":")
    command: Command = getattr(importlib.import_module(module), name)
    return command


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="studio", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(verbs)
    _add_generate(verbs)
    _add_kit(verbs)
    _add_rebuild(verbs)
    _add_batch(verbs)
    _add_melody(verbs)
    _add_models(verbs)
    _add_compile(verbs)
    _add_data(verbs)
    _add_training(verbs)
    _add_history(verbs)
    _add_top(verbs)
    _add_auth(verbs)
    return parser


def _add_serve(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = verbs.add_parser("serve", help="open the page")
    serve.add_argument("--host", help="default STUDIO_HOST or 127.0.0.1")
    serve.add_argument("--port", type=int, help="default STUDIO_PORT or 7860")
    serve.set_defaults(command="studio.commands:serve")


def _add_generate(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    make = verbs.add_parser("generate", help="make one work")
    make.add_argument("craft", help="writing, poetry, melody, image or ad_copy")
    make.add_argument("text", nargs="?", default="", help="the idea")
    make.add_argument("--lang", choices=("auto", "en", "zh"), default="auto")
    for name in FIELD_FLAGS:
        make.add_argument(f"--{name}", help=f"the craft's {name}")
    make.add_argument(
        "--start",
        type=Path,
        metavar="FILE",
        help="image, melody: a JSON file to start from",
    )
    make.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="any field of the craft"
    )
    make.add_argument("--n", type=int, help="versions")
    make.add_argument("--seed", type=int, default=0, help="0 draws one")
    make.add_argument("--out", type=Path, help="folder for the files")
    make.add_argument("--json", action="store_true", help="print one JSON object")
    make.set_defaults(command="studio.commands:generate")


def _add_kit(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    kit = verbs.add_parser("kit", help="make a whole ad kit of one brief")
    kit.add_argument("brief", type=Path, help="a JSON file with brand, product, benefits ...")
    kit.add_argument("--out", type=Path, required=True, help="folder for the files")
    kit.add_argument("--brand", type=Path, help="a brand card as JSON")
    kit.add_argument("--picture", type=Path, help="a picture of your own for the banners")
    kit.add_argument("--print", action="store_true", help="with A4 and A3 for print")
    kit.add_argument("--only-channel", action="store_true", help="copy for the brief's channel")
    kit.add_argument("--seed", type=int, default=0, help="0 draws one")
    kit.add_argument("--json", action="store_true", help="print one JSON object")
    kit.set_defaults(command="studio.kit_command:kit")


def _add_rebuild(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    again = verbs.add_parser("rebuild", help="make a file again with all that it came from")
    again.add_argument("file", type=Path, help="any exported file, or a recipe as JSON")
    again.add_argument("--out", type=Path, help="folder for the files, one a work")
    again.add_argument("--json", action="store_true", help="print one JSON list")
    again.set_defaults(command="studio.rebuild_command:rebuild")


def _add_batch(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    batch = verbs.add_parser("batch", help="make every brief of a JSONL file")
    batch.add_argument("briefs", type=Path)
    batch.add_argument("--out", type=Path, required=True)
    batch.add_argument("--seed", type=int, default=1)
    batch.set_defaults(command="studio.commands:batch")


def _add_melody(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    melody = verbs.add_parser("melody", help="read a melody file: key, meter, mood, phrases")
    melody.add_argument("action", choices=("analyse",))
    melody.add_argument("file", type=Path, help="MIDI, ABC, MusicXML, or a hummed recording")
    melody.add_argument("--json", action="store_true", help="with a start to work on it from")
    melody.set_defaults(command="studio.commands:melody")


def _add_models(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    models = verbs.add_parser("models", help="what there is, and fetch or verify it")
    models.add_argument("action", choices=("list", "fetch", "verify"))
    models.add_argument("cards", nargs="*", help="default: all that need no model hub")
    models.add_argument(
        "--accept", action="append", default=[], metavar="NAME", help="terms of use you have read"
    )
    models.add_argument("--json", action="store_true")
    models.set_defaults(command="studio.model_commands:models")


def _add_data(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    data = verbs.add_parser(
        "data", help="check own texts or pictures, and see them as a model does"
    )
    data.add_argument("action", choices=("check", "preview"))
    data.add_argument(
        "paths",
        nargs="+",
        type=Path,
        help="check: jsonl, csv, txt, md, docx, or folders and zips of pictures; preview: a set",
    )
    data.add_argument("--out", type=Path, help="check: folder of the data set")
    data.add_argument("--kind", default="story", help="check: what texts with a brief are")
    data.add_argument("--lang", choices=("auto", "en", "zh"), default="auto")
    data.add_argument("--licence", default="not stated", help="check: of rows that name none")
    data.add_argument("--report", choices=("en", "zh"), default="en", help="check: its language")
    data.add_argument("--card", default="base/smollm2-135m-instruct", help="preview: whose eyes")
    data.add_argument("--n", type=int, default=3, help="preview: how many")
    data.add_argument("--context", type=int, default=512, help="preview: longest row in tokens")
    data.add_argument("--json", action="store_true")
    data.set_defaults(command="studio.training_commands:data")


def _add_training(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    train = verbs.add_parser("train", help="train a card; resumes where it stopped")
    train.add_argument("card")
    train.add_argument("--minutes", type=float, default=60.0)
    train.add_argument("--out", type=Path, help="default runs/<card>")
    train.add_argument("--threads", type=int, default=2)
    train.add_argument("--seed", type=int, default=0)
    train.add_argument("--device", default="auto")
    _add_tuning(train)
    train.set_defaults(command="studio.training_commands:train")
    measure = verbs.add_parser("evaluate", help="held-out numbers of a card")
    measure.add_argument("card")
    measure.add_argument("--json", action="store_true")
    measure.add_argument("--samples", action="store_true", help="write the card's samples.md")
    measure.add_argument("--drafts", type=int, default=0, help="compare N drafts with one")
    measure.set_defaults(command="studio.commands:evaluate")
    for each in (train, measure):
        each.add_argument("--data", type=Path, help="folder of the corpora, or of a data set")
    bench = verbs.add_parser("bench", help="ratios measured in one run")
    bench.add_argument("what", choices=("engine", "image", "melody", "estimate", "soak"))
    bench.add_argument("--json", action="store_true")
    _add_engine_flags(bench)
    bench.set_defaults(command="studio.commands:bench")
    _add_soak(bench)


def _add_soak(bench: argparse.ArgumentParser) -> None:
    soak = bench.add_argument_group("soak, estimate", "simulated people on this machine")
    soak.add_argument("--people", type=int, default=64)
    soak.add_argument("--minutes", type=float, default=10.0)
    soak.add_argument("--seed", type=int, default=1)
    soak.add_argument("--fake", action="store_true", help="on the fake family, without weights")
    soak.add_argument("--works", type=int, default=60, help="estimate: how many are counted")
    soak.add_argument("--url", default="", help="a server that runs: http://127.0.0.1:PORT")


def _add_engine_flags(bench: argparse.ArgumentParser) -> None:
    engine = bench.add_argument_group("engine")
    engine.add_argument("--peers", action="store_true", help="beside other engines: pip '.[peers]'")
    engine.add_argument("--batches", default="1,4,8,16,32", help="rows at once, with commas")
    engine.add_argument("--rounds", type=int, default=3)
    engine.add_argument("--tokens", type=int, default=32, help="written a row")
    engine.add_argument("--table", action="store_true", help="print Markdown")
    bench.add_argument(
        "--out", type=Path, help="engine: a file for the JSON; soak: a folder for its report"
    )


def _add_tuning(train: argparse.ArgumentParser) -> None:
    own = train.add_argument_group(
        "own texts and pictures", "with --base, --data is a folder of `studio data`"
    )
    own.add_argument("--base", help="the card to tune; CARD is then lora/, lm/ or gan/NAME")
    own.add_argument("--method", choices=("lora", "adalora", "prefix", "ia3", "full", "scratch"))
    for name in ("rank", "alpha", "prefix-tokens", "epochs", "steps", "warmup-steps", "freeze"):
        own.add_argument(f"--{name}", type=int)
    for name in ("batch-tokens", "accumulate", "score-steps", "val-rows", "patience", "context"):
        own.add_argument(f"--{name}", type=int)
    for name in ("width", "layers", "heads"):
        own.add_argument(f"--{name}", type=int, help="of a model from scratch")
    for name in ("learning-rate", "weight-decay", "dropout", "clip"):
        own.add_argument(f"--{name}", type=float)
    own.add_argument("--checkpointing", action="store_true", default=None, help="half the memory")
    own.add_argument("--float32", dest="bf16", action="store_false", default=None)
    own.add_argument("--wandb", action="store_true", help="also tell Weights & Biases")
    own.add_argument("--fresh", action="store_true", help="do not go on from an earlier run")


def _add_history(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    history = verbs.add_parser("history", help="the works of the command line's user")
    history.add_argument("action", choices=("list", "export"))
    history.add_argument("--query", default="")
    history.add_argument("--out", type=Path, help="export: the zip file to write")
    history.add_argument("--json", action="store_true")
    history.set_defaults(command="studio.commands:history")


def _add_top(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    live = verbs.add_parser("top", help="what a running studio does, live")
    live.add_argument("--url", help="default http://127.0.0.1 and STUDIO_PORT or 7860")
    live.add_argument("--every", type=float, default=2.0, metavar="SECONDS")
    live.add_argument("--once", action="store_true", help="one frame, then leave")
    live.add_argument("--json", action="store_true", help="one JSON object a frame")
    live.set_defaults(command="studio.top.command:top")


def _add_auth(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    auth = verbs.add_parser("auth", help="a password's hash, or a personal key")
    auth.add_argument("action", choices=("hash", "key"))
    auth.add_argument("name", nargs="?", default="", help="key: whose")
    auth.set_defaults(command="studio.auth_command:auth")


def _add_compile(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ahead = verbs.add_parser("compile", help="the engine's machine code, before somebody waits")
    ahead.set_defaults(command="studio.compile_command:compile_engine")


if __name__ == "__main__":
    sys.exit(main())
