"""No pinned package has a known hole. Needs the advisory service, so it runs by name only:
`pytest -m network tests/door/test_audit.py`, or `make audit`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PINS = Path(__file__).parents[2] / "constraints.txt"


@pytest.mark.network
def test_no_pinned_package_has_a_known_hole() -> None:
    command = [sys.executable, "-m", "pip_audit", "-r", str(PINS), "--no-deps", "--disable-pip"]
    found = subprocess.run(
        [*command, "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    told = found.stdout + found.stderr
    unknown = told.count("could not be audited")
    if "ServiceError" in told or unknown == len(PINS.read_text("utf-8").splitlines()):
        pytest.skip("the advisory service can not be reached")
    assert found.returncode == 0, told
    assert unknown == 0, told
