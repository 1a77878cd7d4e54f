"""`studio bench engine`, `image` and `melody`: ratios and times of one interleaved run."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch

from studio import sources
from studio.catalog import Card, Catalog
from studio.crafts.craft import Output
from studio.families.causal_lm import CausalLm
from studio.families.device import pick_device
from studio.families.engine_bench import BATCHES, EngineBench
from studio.families.melody_bench import MelodyBench
from studio.families.picture_bench import PICTURES, PictureBench, spread
from studio.music.abc_reader import read_lead_sheet
from studio.render.melody import melody_files
from studio.render.performance import perform
from studio.render.picture import finished
from studio.render.score import Score, score_svg
from studio.render.synth import sounds_of
from studio.requests import Picture
from studio.settings import Settings

CARD = "base/smollm2-135m-instruct"
MELODY_CARD = "lm/melody"
PICTURE_CARD, PRIOR_CARD = "gan/abstract", "prior/layout"
FINISH = "oil"
SHOWN_EDGE, PRINT_EDGE = 256, 2048
"""Pixels of a finished picture in a sheet, and of a large one."""
_GOALS = (
    ("raw_16_s", 2.0, "at most"),
    ("finished_16_s", 6.0, "at most"),
    ("batch_x", 1.0, "at least"),
    ("print_s", 20.0, "at most"),
    ("print_bytes_over_idle", 2.0 * 10**9, "at most"),
    ("gpu_pictures_per_s", 2000.0, "at least"),
)
_MELODY_GOALS = (("batch_x", 2.5, "at least"), ("length_share", 0.1, "at most"))


def bench_engine(settings: Settings, *, tokens: int = 32, rounds: int = 3) -> dict[str, object]:
    """Ratios by batch size, of adapters and of a joining row. Raises NotReady without the base.

    `*_decode_x` and `*_first_x`: times as fast as `transformers.generate` in float32.
    """
    card = sources.located(Catalog.read(settings.models_dir).card(CARD), settings.cache_dir)
    device = pick_device(settings.device)
    with tempfile.TemporaryDirectory() as scratch:
        bench = EngineBench(card, device, Path(scratch), tokens=tokens, rounds=rounds)
        return {
            "card": card.name,
            "device": device,
            "tokens": tokens,
            "rounds": rounds,
            "batches": list(BATCHES),
            "speed": bench.speed(),
            "three_adapters_x": round(bench.adapters(), 2),
            "joining_first_token_x": round(bench.joining(), 2),
        }


def bench_image(settings: Settings, *, rounds: int = 5) -> dict[str, Any]:
    """Times of raw and finished pictures, what a print needs, and the composition beside FastGAN;
    `goals` says what is asked and whether it is met. Raises NotReady without the cards."""
    catalog = Catalog.read(settings.models_dir)
    card = catalog.card(PICTURE_CARD)
    prior = catalog.card(str(card.extra.get("prior", PRIOR_CARD)))
    folders = tuple(_folder(each, settings) for each in (card, prior))
    return picture_numbers(
        folders[0], folders[1], pick_device(settings.device), settings.dtype, rounds=rounds
    )


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
    catalog = Catalog.read(settings.models_dir)
    card, device = catalog.card(MELODY_CARD), pick_device(settings.device)
    shipped = sources.located(card, settings.cache_dir)
    family = CausalLm.open(shipped, catalog, device, settings.dtype)
    family.warm_up()
    parts = {"score": _engraved, "sound": _heard}
    bench = MelodyBench(card.name, family, _rendered, parts)
    head = {"card": card.name, "device": device, "threads": torch.get_num_threads()}
    return {**head, **melody_numbers(bench, rounds)}


def melody_numbers(bench: MelodyBench, rounds: int) -> dict[str, Any]:
    """`bench_melody` of what is warm."""
    numbers = bench.numbers(rounds)
    measured = {name: numbers[name]["median"] for name, _, _ in _MELODY_GOALS}
    return {"rounds": rounds, **numbers, "goals": _goals_of(measured, _MELODY_GOALS)}


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
    return _goals_of(measured, _GOALS)


def _goals_of(
    measured: Mapping[str, float | None], goals: Sequence[tuple[str, float, str]]
) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "measured": measured[name],
            "goal": f"{how} {goal:g}",
            "met": _is_met(measured[name], goal, how),
        }
        for name, goal, how in goals
    ]


def _is_met(value: float | None, goal: float, how: str) -> bool | None:
    """None: nothing was measured here."""
    if value is None:
        return None
    return value <= goal if how == "at most" else value >= goal


def _folder(card: Card, settings: Settings) -> Path:
    return sources.located(card, settings.cache_dir).folder
