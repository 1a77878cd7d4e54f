"""Which peers there are, what each needs, and how each is opened."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from studio.families.peers.peer_process import CODE

Weights = Literal["float", "Q4_1", "Q4_0", "Q8_0", "int8"]
_VERSIONS = """
import importlib.metadata as found, json, sys
def version(name):
    try:
        return found.version(name)
    except found.PackageNotFoundError:
        return None
print(json.dumps({name: version(name) for name in sys.argv[1:]}))
"""


@dataclass(frozen=True, slots=True)
class PeerSpec:
    """One line of the table."""

    name: str
    module: str
    """Of this package, without `_peer`."""
    packages: tuple[str, ...]
    """As PyPI calls them, the engine's own first."""
    weights: Weights = "float"
    on_gpu: bool = False
    binary: str = ""
    """A program that must be found as well."""
    slow: bool = False
    """Its long turns are taken only once."""

    def missing(self, versions: Mapping[str, str | None], binaries: Mapping[str, str]) -> str:
        """How to install what is missing; "" when nothing is."""
        if lacking := [each for each in self.packages if not versions.get(each)]:
            return f"pip install {' '.join(PINS[each] for each in lacking)}"
        if self.binary and not binaries.get(self.binary):
            return f"build {self.binary} of the same llama.cpp, put it on the PATH"
        return ""


PINS: Mapping[str, str] = MappingProxyType(
    {
        **{"transformers": "transformers", "peft": "peft", "httpx": "httpx"},
        **{"llama-cpp-python": "llama-cpp-python==0.3.36", "nncf": "nncf==3.4.0"},
        "openvino-genai": "openvino-genai==2026.4.1.0",
    }
)
LLAMA, SERVER = ("llama-cpp-python",), "llama-server"
PEERS: Sequence[PeerSpec] = (
    PeerSpec("transformers_batching", "transformers_batching", ("transformers",), on_gpu=True),
    PeerSpec("llama_cpp_q4_1", "llama_cpp", LLAMA, "Q4_1"),
    PeerSpec("llama_cpp_q8_0", "llama_cpp", LLAMA, "Q8_0"),
    PeerSpec("llama_cpp_q4_0", "llama_cpp", LLAMA, "Q4_0"),
    PeerSpec("llama_server_q8_0", "llama_server", (*LLAMA, "httpx"), "Q8_0", binary=SERVER),
    PeerSpec("openvino_genai", "openvino", ("openvino-genai", "nncf", *LLAMA), "int8"),
)
GENERATE = PeerSpec("generate", "generate", ("transformers",), on_gpu=True)
PEFT = PeerSpec("peft", "generate", ("peft",), on_gpu=True)


def command(spec: PeerSpec, python: str) -> list[str]:
    """What runs the peer's child."""
    return [python, "-m", f"studio.families.peers.{spec.module}_peer"]


def installed(python: str) -> dict[str, str | None]:
    """The versions that this interpreter has; all None when it does not run."""
    names = sorted({name for spec in (*PEERS, PEFT) for name in spec.packages})
    asked = [python, "-c", _VERSIONS, *names]
    try:
        said = subprocess.run(asked, cwd=CODE, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return dict.fromkeys(names)
    versions: dict[str, Any] = json.loads(said.stdout)
    return versions


def binaries(python: str) -> dict[str, str]:
    """Where programs are: beside the interpreter, else on the PATH; "" for none."""
    beside = str(Path(python).parent)
    return {SERVER: shutil.which(SERVER, path=beside) or shutil.which(SERVER) or ""}
