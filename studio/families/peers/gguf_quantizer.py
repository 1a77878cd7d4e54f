"""`python -m studio.families.peers.gguf_quantizer IN OUT TYPE`: llama.cpp's own quantizer.

It may start from a file that is quantized already, since that is the one that ships.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence

import llama_cpp


def quantize(source: str, target: str, kind: str) -> None:
    """Write `target`; `kind` is "Q8_0" or "Q4_0". Raises RuntimeError."""
    settings = llama_cpp.llama_model_quantize_default_params()
    settings.ftype = getattr(llama_cpp, f"LLAMA_FTYPE_MOSTLY_{kind}")
    settings.allow_requantize = True
    llama_cpp.llama_backend_init()
    if llama_cpp.llama_model_quantize(source.encode(), target.encode(), ctypes.byref(settings)):
        raise RuntimeError(f"{source} was not quantized to {kind}")


def main(arguments: Sequence[str]) -> None:
    """Three arguments: from, to, type."""
    quantize(*arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
