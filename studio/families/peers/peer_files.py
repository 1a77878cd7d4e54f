"""The weights in the forms that peers read: made once from the file as shipped, then kept."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from studio.families.peers.peer_process import CODE, PeerFailed

MADE_WITHIN_S = 300.0


class PeerFiles:
    """A folder of files made by the peers' own tools. Raises PeerFailed where one can not."""

    def __init__(self, shipped: Path, folder: Path, python: str) -> None:
        """`shipped`: the GGUF file; `python` runs the tools."""
        self._shipped, self._folder, self._python = shipped, folder, python
        folder.mkdir(parents=True, exist_ok=True)

    def gguf(self, kind: str) -> Path:
        """The shipped file quantized anew, by llama.cpp's quantizer; "" is the file itself."""
        if not kind:
            return self._shipped
        return self._made(self._folder / f"{kind}.gguf", "gguf_quantizer", self._shipped, kind)

    def openvino(self) -> Path:
        """A folder with an int8 model for OpenVINO."""
        return self._made(self._folder / "openvino-int8", "openvino_exporter", self.gguf("F16"))

    def _made(self, target: Path, module: str, source: Path, *more: str) -> Path:
        if target.exists():
            return target
        work = target.with_name(f"making-{target.name}")
        shutil.rmtree(work, ignore_errors=True)
        command = [self._python, "-m", f"studio.families.peers.{module}"]
        try:
            subprocess.run(
                [*command, str(source), str(work), *more],
                cwd=CODE, check=True, capture_output=True, timeout=MADE_WITHIN_S,
            )  # fmt: skip
        except subprocess.SubprocessError as error:
            raise PeerFailed(f"{module} did not make {target.name}") from error
        return work.rename(target)
