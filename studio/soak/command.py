"""`studio bench soak`."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from studio.settings import Settings
from studio.soak.options import SoakOptions
from studio.soak.report import SoakReport
from studio.soak.run import soak


def bench_soak(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the report; 1 when a promise was broken. With --out also soak.json and soak.md."""
    options = SoakOptions(
        people=arguments.people,
        seconds=60 * arguments.minutes,
        seed=arguments.seed,
        url=arguments.url,
    )
    report = soak(replace(settings, fake=settings.fake or arguments.fake), options)
    told = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
    print(told if arguments.json else report.markdown())
    if arguments.out:
        _keep(report, told, arguments.out)
    return 0 if report.kept else 1


def _keep(report: SoakReport, told: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.json").write_text(told + "\n", "utf-8")
    (folder / "soak.md").write_text(report.markdown() + "\n", "utf-8")
