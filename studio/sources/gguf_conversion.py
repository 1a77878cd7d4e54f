"""A GGUF file -> safetensors, config and tokenizer that transformers loads.

transformers can read GGUF itself, in about a minute, and gets the tokenizer wrong (the digits of
SmolLM2) or gives none (Gemma 3); this takes seconds, once. What differs between models is in two
tables: the architecture, and the kind of vocabulary. Format:
https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize
from safetensors.numpy import save_file

from studio.sources.gguf_architecture import Architecture
from studio.sources.gguf_byte_bpe import byte_bpe
from studio.sources.gguf_file import GgufFacts, write_json
from studio.sources.gguf_gemma3 import GEMMA3
from studio.sources.gguf_llama import LLAMA
from studio.sources.gguf_sentencepiece import sentencepiece_bpe
from studio.sources.gguf_tokenizer import MakeTokenizer, tokenizer_config
from studio.sources.progress import Progress
from studio.sources.unavailable import SourceUnavailable

ARCHITECTURES: Mapping[str, Architecture] = MappingProxyType({"llama": LLAMA, "gemma3": GEMMA3})
"""`general.architecture` -> how its config and weights are named elsewhere."""
TOKENIZERS: Mapping[str, MakeTokenizer] = MappingProxyType(
    {"gpt2": byte_bpe, "llama": sentencepiece_bpe}
)
"""`tokenizer.ggml.model` -> how the vocabulary becomes a tokenizer."""


def convert_gguf(path: Path, folder: Path, progress: Progress) -> None:
    """Write model.safetensors (float16), config.json and the tokenizer into `folder`.

    The quantised values fit float16 but for its rounding (2^-11). Raises SourceUnavailable for
    an architecture or a vocabulary that is in no table, and for values that float16 can not hold.
    """
    reader = GGUFReader(path)
    facts = GgufFacts.of(reader)
    architecture = ARCHITECTURES.get(facts.text("general.architecture"))
    make = TOKENIZERS.get(facts.text("tokenizer.ggml.model"))
    if architecture is None or make is None:
        raise SourceUnavailable(f"{path.name}: this kind of GGUF can not be converted.")
    make(facts).save(str(folder / "tokenizer.json"))
    write_json(folder / "tokenizer_config.json", tokenizer_config(facts, architecture))
    write_json(folder / "config.json", architecture.config(facts))
    _write_weights(reader, facts, architecture, folder, progress)


def _write_weights(
    reader: GGUFReader,
    facts: GgufFacts,
    architecture: Architecture,
    folder: Path,
    progress: Progress,
) -> None:
    total, done, weights = sum(int(each.n_bytes) for each in reader.tensors), 0, {}
    for tensor in reader.tensors:
        values = dequantize(tensor.data, tensor.tensor_type)
        name = architecture.name_of(tensor.name)
        values = architecture.values(tensor.name, values, facts).astype(np.float16)
        if not np.isfinite(values).all():
            raise SourceUnavailable(f"{tensor.name} has values that float16 can not hold.")
        weights[name] = np.ascontiguousarray(values)
        done += int(tensor.n_bytes)
        progress(done, total, "convert")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
