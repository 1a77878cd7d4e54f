"""After hundreds of mixed requests the process takes as much memory as before them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("mixed_requests.py")


def measured(folder: Path, count: int) -> dict[str, int]:
    """What the process of the requests says of itself."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), str(count)],
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="RSS and malloc_trim of Linux")
@pytest.mark.parametrize("count", [200, pytest.param(4000, marks=pytest.mark.soak)])
def test_memory_returns_to_its_base(tmp_path: Path, count: int) -> None:
    found = measured(tmp_path, count)
    assert found["after"] <= 1.05 * found["loaded"], found
    assert found["empty"] <= found["after"], found
    before, after = found["threads"]  # type: ignore[misc]
    assert after <= before
