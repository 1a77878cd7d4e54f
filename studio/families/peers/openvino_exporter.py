"""`python -m studio.families.peers.openvino_exporter GGUF FOLDER`: an int8 model for OpenVINO.

OpenVINO GenAI reads the float16 GGUF file and saves its graph; NNCF packs the weights into 8 bits
a channel, which is what OpenVINO's own export does by default.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import copy2

import nncf
import openvino
import openvino_genai


def export(source: Path, folder: Path) -> None:
    """Write the model and its tokenizer into `folder`."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / source.name
        place.symlink_to(source.resolve())
        openvino_genai.LLMPipeline(str(place), "CPU", enable_save_ov_model=True)
        model = openvino.Core().read_model(place.with_name("openvino_model.xml"))
        packed = nncf.compress_weights(model, mode=nncf.CompressWeightsMode.INT8_ASYM)
        folder.mkdir(parents=True, exist_ok=True)
        for each in place.parent.glob("openvino_*tokenizer.*"):
            copy2(each, folder / each.name)
        openvino.save_model(packed, folder / "openvino_model.xml", compress_to_fp16=False)


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
