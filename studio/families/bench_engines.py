"""The engines of a benchmark, opened: ours here, the others in processes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from studio.catalog import Card
from studio.families.bench_adapters import random_adapters
from studio.families.decoder_shape import DecoderShape
from studio.families.lm_estimate import cache_number_bytes, config_of, float_type, is_packed
from studio.families.peers.our_engine import OurEngine
from studio.families.peers.peer import Peer
from studio.families.peers.peer_files import PeerFiles
from studio.families.peers.peer_list import (
    SERVER,
    PeerSpec,
    binaries,
    command,
    installed,
)
from studio.families.peers.peer_process import PeerFailed, PeerProcess
from studio.families.roofline import EngineFacts
from studio.sources.parameters import count_parameters

ROW_TOKENS = 512
"""Longest row that peers make room for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where engines run and what they share."""

    card: Card
    device: str
    threads: int
    rows: int
    """Most at once, one that joins among them."""
    scratch: Path
    python: str
    files: PeerFiles | None = None
    """None: no peer that reads files of its own."""


@dataclass(slots=True)
class BenchEngines:
    """What was opened, and what is to be said of each engine."""

    place: Place
    opened: dict[str, Peer] = field(default_factory=dict)
    facts: dict[str, EngineFacts] = field(default_factory=dict)
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    adapters: Sequence[Card] = ()
    """That rows of ours and of PEFT's may name."""

    def open_ours(self, dtypes: Sequence[str], adapters: int) -> OurEngine:
        """Ours in each type, with so many random adapters; the last one is returned."""
        place = self.place
        device = torch.device(place.device)
        parameters = place.card.parameters or count_parameters(place.card.folder)
        shape = DecoderShape.of(config_of(place.card))
        for dtype in dtypes:
            engine = OurEngine(place.card, place.device, dtype, place.rows)
            packed = is_packed(parameters, shape, dtype, device)
            number = cache_number_bytes(packed, dtype, device)
            floats = _float(float_type(dtype, device))
            facts = EngineFacts("int8", 1, "int8", number) if packed else floats
            self._keep(dtype, engine, facts, {"state": "ran", "engine": "the studio's own"})
            if not self.adapters:
                made = place.scratch / "adapters"
                self.adapters = random_adapters(place.card, engine.lm, adapters, made)
            engine.adopt(self.adapters)
        return engine

    def open_peers(self, specs: Sequence[PeerSpec]) -> None:
        """Those that are installed and run on this device; the others are named."""
        versions, programs = installed(self.place.python), binaries(self.place.python)
        for spec in specs:
            version = versions.get(spec.packages[0])
            if lacking := spec.missing(versions, programs):
                told = {"state": "not installed", "install": lacking}
            elif not (spec.on_gpu or self.place.device == "cpu"):
                told = {"state": "runs on a CPU here"}
            else:
                told = self._opened(spec, programs)
            self.said[spec.name] = {"weights": _called(spec, self.place), "version": version} | told

    def close(self) -> None:
        """End the peers' processes."""
        for engine in self.opened.values():
            if isinstance(engine, PeerProcess):
                engine.close()

    def _opened(self, spec: PeerSpec, programs: dict[str, str]) -> dict[str, Any]:
        log = self.place.scratch / f"{spec.name}.log"
        try:
            given = self._given(spec) | {"server": programs[SERVER]}
            peer = PeerProcess(command(spec, self.place.python), log)
            seconds = peer.open(given)
        except PeerFailed as error:
            return {"state": f"failed: {error}"}
        self.opened[spec.name] = peer
        self.facts[spec.name] = self._facts(spec, given)
        return {"state": "ran", "open_s": round(seconds, 2)}

    def _given(self, spec: PeerSpec) -> dict[str, Any]:
        place = self.place
        given: dict[str, Any] = {
            "threads": place.threads,
            "device": place.device,
            "rows": place.rows,
            "row_tokens": ROW_TOKENS,
            "folder": str(place.card.folder),
            "dtype": _number_name(place.device),
        }
        if spec.name == "peft":
            given["adapters"] = {each.name: str(each.folder) for each in self.adapters}
        return given | ({} if spec.weights == "float" else {"file": str(self._file(spec))})

    def _file(self, spec: PeerSpec) -> Path:
        if self.place.files is None:
            raise PeerFailed("this card has no GGUF file")
        if spec.weights == "int8":
            return self.place.files.openvino()
        return self.place.files.gguf("" if spec.weights == "Q4_1" else spec.weights)

    def _facts(self, spec: PeerSpec, given: dict[str, Any]) -> EngineFacts:
        if spec.weights == "float":
            return _float(getattr(torch, given["dtype"]))
        if spec.weights == "int8":
            return EngineFacts("int8", 1, "int8", 1)
        parameters = self.place.card.parameters or count_parameters(self.place.card.folder)
        a_weight = Path(given["file"]).stat().st_size / parameters
        return EngineFacts(spec.weights, a_weight, "int8", 2)

    def _keep(self, name: str, engine: Peer, facts: EngineFacts, told: dict[str, Any]) -> None:
        self.opened[name], self.facts[name] = engine, facts
        self.said[name] = {"weights": facts.weights} | told


def _float(number: torch.dtype) -> EngineFacts:
    name = str(number).removeprefix("torch.")
    return EngineFacts(name, number.itemsize, name, number.itemsize)


def _number_name(device: str) -> str:
    """What `generate` runs in: what we would without packing."""
    return str(float_type("auto", torch.device(device))).removeprefix("torch.")


def _called(spec: PeerSpec, place: Place) -> str:
    return _number_name(place.device) if spec.weights == "float" else spec.weights
