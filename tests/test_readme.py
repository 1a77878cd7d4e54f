"""Every command in the README does what it says, on fake models."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from studio.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
LINES = [shlex.split(line, comments=True) for block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if line]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_command_runs(
    words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STUDIO_FAKE", "1")
    monkeypatch.setenv("STUDIO_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    monkeypatch.chdir(tmp_path)
    if words[0] == "make":
        # A dry run: make knows the target and all it depends on.
        subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, check=True, capture_output=True)
    else:
        assert words[0] == "studio"
        assert main(words[1:]) == 0


@pytest.mark.parametrize("verb", ["batch", "serve", "train", "evaluate", "bench"])
def test_the_other_verbs_explain_themselves(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([verb, "--help"])
    assert left.value.code == 0
    assert "usage: studio" in capsys.readouterr().out
