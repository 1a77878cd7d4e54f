"""`studio bench engine`, `image` and `melody`: ratios and times of one interleaved run."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch

from studio import sources
from studio.catalog import Card, Catalog
from studio.crafts.craft import Output
from studio.errors import InvalidInput, NotReady
from studio.families.bench_engines import Place
from studio.families.bench_goals import goals_of
from studio.families.bench_table import engine_table
from studio.families.causal_lm import CausalLm
from studio.families.device import pick_device
from studio.families.engine_report import EngineRuns, engine_numbers
from studio.families.melody_bench import TAKES, MelodyBench
from studio.families.peers.peer_files import PeerFiles
from studio.families.picture_bench import PICTURES, PictureBench, orders, spread
from studio.music.abc_reader import read_lead_sheet
from studio.render.melody import melody_files
from studio.render.performance import perform
from studio.render.picture import finished
from studio.render.score import Score, score_svg
from studio.render.synth import sounds_of
from studio.requests import Picture
from studio.settings import Settings
from studio.sources.wheel import checked_member

__all__ = ["bench_engine", "bench_image", "bench_melody", "engine_runs", "engine_table"]
CARD = "base/smollm2-135m-instruct"
MELODY_CARD = "lm/melody"
PICTURE_CARD, PRIOR_CARD = "gan/abstract", "prior/layout"
FINISH = "oil"
SHOWN_EDGE, PRINT_EDGE = 256, 2048
"""Pixels of a finished picture in a sheet, and of a large one."""
EDGES, LONE_ROUNDS = (256, 1024), 3
"""Pixels of the pictures that are counted, and how often a lone one is made."""
LEAST_TOKENS, LEAST_ROWS = 4, 8
_GOALS = (
    ("raw_16_s", 2.0, "at most"),
    ("finished_16_s", 6.0, "at most"),
    ("batch_x", 1.0, "at least"),
    ("print_s", 20.0, "at most"),
    ("print_bytes_over_idle", 2.0 * 10**9, "at most"),
    ("gpu_pictures_per_s", 2000.0, "at least"),
)
_MELODY_GOALS = (("batch_x", 2.5, "at least"), ("length_share", 0.1, "at most"))


def engine_runs(batches: str, rounds: int, tokens: int, peers: bool) -> EngineRuns:
    """Of the words of a command line. Raises InvalidInput."""
    try:
        sizes = tuple(int(each) for each in batches.split(","))
    except ValueError:
        sizes = ()
    if not sizes or min(*sizes, rounds) < 1 or tokens < LEAST_TOKENS:
        raise InvalidInput(
            "batches",
            "Batches are whole numbers with commas between, rounds at least 1, "
            f"tokens at least {LEAST_TOKENS}.",
            code="set",
        )
    return EngineRuns(batches=sizes, rounds=rounds, tokens=tokens, peers=peers)


def bench_engine(settings: Settings, runs: EngineRuns | None = None) -> dict[str, Any]:
    """The engine beside `transformers.generate`, and with `peers` beside other engines; pictures
    and melodies a second; `goals` says what is asked and whether it is met. Raises NotReady
    without the base."""
    runs = runs or EngineRuns()
    card = sources.located(Catalog.read(settings.models_dir).card(CARD), settings.cache_dir)
    python = str(settings.peers_python or sys.executable)
    with tempfile.TemporaryDirectory() as scratch:
        place = Place(
            card=card,
            device=pick_device(settings.device),
            threads=torch.get_num_threads(),
            rows=max(LEAST_ROWS, *runs.batches) + 1,
            scratch=Path(scratch),
            python=python,
            files=_peer_files(card, settings, python) if runs.peers else None,
        )
        numbers = engine_numbers(place, runs)
    media = {"pictures": _pictures_per_s(settings), "melodies": _melodies_per_s(settings)}
    return {**numbers, **media}


def _peer_files(card: Card, settings: Settings, python: str) -> PeerFiles | None:
    """Made from the GGUF file in the card's wheel; None when no source has one."""
    source = next((each for each in card.sources if each.member.endswith(".gguf")), None)
    if source is None:
        return None
    folder = settings.cache_dir / "peers" / card.name.replace("/", "-")
    shipped = checked_member(source, folder, lambda *_: None)
    return PeerFiles(shipped, folder, python)


def _pictures_per_s(settings: Settings) -> dict[str, Any] | None:
    """Pictures a second from words to their finish, by edge and number; None without the cards."""
    try:
        bench = _picture_bench(settings)
    except NotReady:
        return None
    return {str(edge): _paced(bench, edge) for edge in EDGES}


def _paced(bench: PictureBench, edge: int) -> dict[str, Any]:
    found = {}
    for count in (1, PICTURES):
        rounds = LONE_ROUNDS if count == 1 else 1
        paint = partial(_painted, bench, count, edge)
        seconds = [bench.watch.seconds(paint) for _ in range(rounds)]
        found[str(count)] = {"pictures_per_s": spread([count / each for each in seconds])}
    return found


def _painted(bench: PictureBench, count: int, edge: int) -> None:
    for seed, picture in enumerate(bench.raw(orders()[:count])):
        finished(picture, FINISH, edge, seed)


def _melodies_per_s(settings: Settings) -> dict[str, Any] | None:
    """Melodies a second with all their files, of one batch of four; None without the card."""
    try:
        bench = _melody_bench(settings)
    except NotReady:
        return None
    measured = bench.numbers(1)
    a_second = [TAKES / measured["batch_s"][each] for each in ("low", "high")]
    return {"melodies_per_s": spread(a_second), "takes": TAKES, "bars": measured["bars"]}


def bench_image(settings: Settings, *, rounds: int = 5) -> dict[str, Any]:
    """Times of raw and finished pictures, what a print needs, and the composition beside FastGAN;
    `goals` says what is asked and whether it is met. Raises NotReady without the cards."""
    card, prior = _picture_folders(settings)
    device = pick_device(settings.device)
    return picture_numbers(card, prior, device, settings.dtype, rounds=rounds)


def picture_numbers(
    card: Path, prior: Path, device: str, dtype: str, *, rounds: int, print_edge: int = PRINT_EDGE
) -> dict[str, Any]:
    """`bench_image` of two card folders."""
    bench = PictureBench.load(card, prior, device, dtype, rounds)
    numbers: dict[str, Any] = {
        "card": f"{card.parent.name}/{card.name}",
        "device": device,
        "dtype": dtype,
        "threads": torch.get_num_threads(),
        "rounds": rounds,
        "raw": bench.batches(),
        "finished": finished_numbers(bench, rounds),
        "composition": bench.against_fast_gan(),
        "print": _in_a_fresh_process(card, prior, device, dtype, print_edge),
    }
    if device.startswith("cuda"):
        numbers["gpu_pictures_per_s"] = round(bench.compositions_per_s(), 1)
    return {**numbers, "goals": _goals(numbers)}


def bench_melody(settings: Settings, *, rounds: int = 5) -> dict[str, Any]:
    """Four takes of 16 bars with all their files in one batch and one after another, and what of
    the time the parts take. Raises NotReady without the card."""
    device = pick_device(settings.device)
    head = {"card": MELODY_CARD, "device": device, "threads": torch.get_num_threads()}
    return {**head, **melody_numbers(_melody_bench(settings), rounds)}


def _melody_bench(settings: Settings) -> MelodyBench:
    catalog = Catalog.read(settings.models_dir)
    shipped = sources.located(catalog.card(MELODY_CARD), settings.cache_dir)
    family = CausalLm.open(shipped, catalog, pick_device(settings.device), settings.dtype)
    family.warm_up()
    return MelodyBench(MELODY_CARD, family, _rendered, {"score": _engraved, "sound": _heard})


def melody_numbers(bench: MelodyBench, rounds: int) -> dict[str, Any]:
    """`bench_melody` of what is warm."""
    numbers = bench.numbers(rounds)
    measured = {name: numbers[name]["median"] for name, _, _ in _MELODY_GOALS}
    return {"rounds": rounds, **numbers, "goals": goals_of(measured, _MELODY_GOALS)}


def _rendered(takes: Sequence[Output]) -> None:
    melody_files(takes, [{}] * len(takes))


def _engraved(takes: Sequence[Output]) -> None:
    for sheet in (read_lead_sheet(take.text) for take in takes):
        score_svg(Score(sheet.tune, sheet.chords, sheet.tune.title), {})


def _heard(takes: Sequence[Output]) -> None:
    played = [perform(read_lead_sheet(each.text).tune, str(each.data["style"])) for each in takes]
    sounds_of(played, [str(each.data["instrument"]) for each in takes])


def finished_numbers(bench: PictureBench, rounds: int) -> dict[str, Any]:
    """16 pictures from words to their finish, one finish after another, and the finish's share."""
    whole, shares = list[float](), list[float]()
    for _ in range(rounds):
        begun = time.perf_counter()
        raw = bench.raw()
        between = time.perf_counter()
        for seed, picture in enumerate(raw):
            finished(picture, FINISH, SHOWN_EDGE, seed)
        whole.append(time.perf_counter() - begun)
        shares.append((time.perf_counter() - between) / whole[-1])
    return {
        "finish": FINISH,
        "pictures": PICTURES,
        "edge": SHOWN_EDGE,
        "seconds": spread(whole),
        "finish_share": spread(shares),
    }


def printed(card: Path, prior: Path, device: str, dtype: str, edge: int) -> dict[str, Any]:
    """One picture from words to a finish of `edge` px, warm: seconds, and bytes over idle.

    For a process of its own: the peak is that of the process."""
    bench = PictureBench.load(card, prior, device, dtype, 1)
    raw: list[Picture] = bench.raw()
    finished(raw[1], FINISH, SHOWN_EDGE, 1)
    idle = _reset_peak()
    begun = time.perf_counter()
    finished(bench.raw()[0], FINISH, edge, 0)
    seconds = time.perf_counter() - begun
    over = max(0, _peak_bytes() - idle)
    return {"finish": FINISH, "edge": edge, "seconds": round(seconds, 3), "bytes_over_idle": over}


def _in_a_fresh_process(*given: Any) -> dict[str, Any]:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(printed, *given).result()


def _reset_peak() -> int:
    """Bytes resident now; from here on the peak counts anew where the system can do that."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        return _status_bytes("VmRSS")
    except OSError:  # not Linux: the peak so far stands for idle
        return _peak_bytes()


def _peak_bytes() -> int:
    try:
        # getrusage would do, but its peak is handed down from the parent when a process begins.
        return _status_bytes("VmHWM")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _status_bytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))


def _goals(numbers: Mapping[str, Any]) -> list[dict[str, Any]]:
    measured = {
        "raw_16_s": numbers["raw"]["batch_s"]["median"],
        "finished_16_s": numbers["finished"]["seconds"]["median"],
        "batch_x": numbers["raw"]["batch_x"]["median"],
        "print_s": numbers["print"]["seconds"],
        "print_bytes_over_idle": numbers["print"]["bytes_over_idle"],
        "gpu_pictures_per_s": numbers.get("gpu_pictures_per_s"),
    }
    return goals_of(measured, _GOALS)


def _picture_bench(settings: Settings) -> PictureBench:
    card, prior = _picture_folders(settings)
    return PictureBench.load(card, prior, pick_device(settings.device), settings.dtype, 1)


def _picture_folders(settings: Settings) -> tuple[Path, Path]:
    catalog = Catalog.read(settings.models_dir)
    card = catalog.card(PICTURE_CARD)
    prior = catalog.card(str(card.extra.get("prior", PRIOR_CARD)))
    return _folder(card, settings), _folder(prior, settings)


def _folder(card: Card, settings: Settings) -> Path:
    return sources.located(card, settings.cache_dir).folder
