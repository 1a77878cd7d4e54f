"""The process as the system sees it, under the names that every Prometheus client uses.

https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]

from studio import __version__
from studio.telemetry.metric import Metric, labelled, single


@dataclass(frozen=True, slots=True)
class Process:
    """What the process takes at one moment."""

    resident_bytes: int
    threads: int
    open_files: int
    """File descriptors, sockets among them; 0 where the system does not tell."""
    cpu_s: float
    started_at: float
    """Seconds since 1970."""
    machine_bytes: int
    """All memory of the machine."""
    machine_free_bytes: int


def process_now() -> Process:
    """Ask the system."""
    process, machine = psutil.Process(), psutil.virtual_memory()
    with process.oneshot():
        times = process.cpu_times()
        return Process(
            resident_bytes=process.memory_info().rss,
            threads=process.num_threads(),
            open_files=process.num_fds() if hasattr(process, "num_fds") else 0,
            cpu_s=times.user + times.system,
            started_at=process.create_time(),
            machine_bytes=machine.total,
            machine_free_bytes=machine.available,
        )


def process_metrics(now: Process) -> Iterator[Metric]:
    """The numbers of the process, its age and its version."""
    build = {__version__: 1}
    age = max(0.0, time.time() - now.started_at)
    yield single(
        "process_resident_memory_bytes", "gauge", "Memory of the process.", now.resident_bytes
    )
    yield single("process_threads", "gauge", "Threads of the process.", now.threads)
    yield single("process_open_fds", "gauge", "Open files and sockets.", now.open_files)
    yield single("process_cpu_seconds_total", "counter", "Processor time.", now.cpu_s)
    yield single(
        "process_start_time_seconds", "gauge", "Start, in seconds since 1970.", now.started_at
    )
    yield single("studio_uptime_seconds", "gauge", "Age of the process.", age)
    yield single("studio_machine_bytes", "gauge", "Memory of the machine.", now.machine_bytes)
    yield single(
        "studio_machine_free_bytes", "gauge", "Free memory of the machine.", now.machine_free_bytes
    )
    yield labelled("studio_build_info", "gauge", "Always 1, by version.", "version", build)
