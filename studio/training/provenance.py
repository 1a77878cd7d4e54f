"""What every card writer needs: the commit of the code, and files never seen half written."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def commit_of_code() -> str:
    """The commit of the code that trains, "" outside a checkout."""
    git = shutil.which("git")
    if git is None:
        return ""
    asked = [git, "-C", str(Path(__file__).parent), "rev-parse", "HEAD"]
    shown = subprocess.run(asked, capture_output=True, text=True, check=False)
    return shown.stdout.strip() if shown.returncode == 0 else ""


def replaced(path: Path, text: str) -> None:
    """Write a file in one go: readers see the old or the new."""
    young = path.with_name(path.name + ".young")
    young.write_text(text, encoding="utf-8")
    os.replace(young, path)
