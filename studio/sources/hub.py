"""A model repository on the Hugging Face hub. An interrupted download goes on where it stopped."""

from __future__ import annotations

import fnmatch
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import HTTPError, OfflineModeIsEnabled  # type: ignore[attr-defined]
from huggingface_hub.hf_api import ModelInfo, RepoSibling
from tqdm.std import tqdm  # type: ignore[import-untyped]

from studio.catalog import Source
from studio.sources.pipeline_files import is_pipeline, pipeline_files
from studio.sources.progress import Progress
from studio.sources.stamp import sha256_of
from studio.sources.unavailable import SourceUnavailable

WANTED = (
    *("config.json", "generation_config.json", "*.safetensors", "*.safetensors.index.json"),
    *("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "*.jinja"),
    *("vocab.json", "merges.txt", "tokenizer.model", "adapter_config.json"),
)
"""Top-level files a text model needs. Never pickles (*.bin, *.pt) and never code."""


def fetch_from_hub(source: Source, work: Path, progress: Progress) -> Path:
    """Download a model's safetensors, config and tokenizer; check what the hub gives hashes for.

    `source.sha256`, when given, is the SHA-256 of the weights file (of `source.member`, else of
    model.safetensors). Raises SourceUnavailable.
    """
    ready = work / "ready"
    try:
        info = HfApi().model_info(
            source.repo_id, revision=source.revision or None, files_metadata=True, timeout=10
        )
        _download(source, info, ready, progress)
    except (HTTPError, OfflineModeIsEnabled, OSError) as error:
        raise SourceUnavailable(f"{source.repo_id} is not reachable on the hub.") from error
    shutil.rmtree(ready / ".cache", ignore_errors=True)
    return ready


def _download(source: Source, info: ModelInfo, ready: Path, progress: Progress) -> None:
    files = list(_wanted_files(info))
    if not any(each.rfilename.endswith(".safetensors") for each in files):
        raise SourceUnavailable(f"{source.repo_id} has no safetensors weights.")
    total, done = sum(each.size or 0 for each in files), 0
    for each in files:
        hf_hub_download(
            source.repo_id,
            each.rfilename,
            revision=info.sha,
            local_dir=ready,
            tqdm_class=_reporting(progress, done, total),
        )
        done += each.size or 0
        progress(done, total, "check")
        _check(source, each, ready)


def _wanted_files(info: ModelInfo) -> Iterator[RepoSibling]:
    names = [each.rfilename for each in info.siblings or ()]
    if is_pipeline(names):
        wanted = set(pipeline_files(names))
    else:
        wanted = {each for each in names if any(fnmatch.fnmatch(each, one) for one in WANTED)}
    yield from (each for each in info.siblings or () if each.rfilename in wanted)


def _check(source: Source, file: RepoSibling, ready: Path) -> None:
    named = file.rfilename == (source.member or "model.safetensors")
    expected = (source.sha256 if named else "") or (file.lfs.sha256 if file.lfs else "")
    if expected and sha256_of(ready / file.rfilename) != expected:
        (ready / file.rfilename).unlink()
        raise SourceUnavailable(f"{file.rfilename} of {source.repo_id} has the wrong SHA-256.")


def _reporting(progress: Progress, before: int, total: int) -> type[tqdm]:
    class Reporting(tqdm):  # type: ignore[misc]
        """A bar that draws nothing and tells `progress` instead."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "disable": True})
            self._done = int(kwargs.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool | None:
            self._done += int(n or 0)
            progress(before + self._done, total, "download")
            return None

    return Reporting
