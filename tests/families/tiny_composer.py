"""Tiny random MusicGen checkpoints, saved as a hub or a person would save them."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from transformers import (
    EncodecConfig,
    EncodecModel,
    MusicgenConfig,
    MusicgenForConditionalGeneration,
    MusicgenMelodyConfig,
    MusicgenMelodyForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
)

from studio.catalog import Card, Catalog
from studio.families.music_gen import MusicGen

CARD = "hub/tiny-composer"
RATE_HZ, FRAMES_A_SECOND = 800, 10
CODES = 32
"""Entries of a codebook; the next number is the pad."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789., -/"


def tiny_composer(folder: Path, kind: str = "mono") -> MusicGen:
    """The family on a tiny MusicGen of that kind, on the CPU."""
    card = tiny_composer_card(folder, kind)
    return MusicGen.open(card, Catalog([card]), "cpu", "float32")


def tiny_composer_card(folder: Path, kind: str = "mono", **more: object) -> Card:
    """The card of a tiny MusicGen ("mono", "stereo" or "melody"), saved below `folder`."""
    torch.manual_seed(3)
    place = folder / kind
    model = _melody() if kind == "melody" else _plain(channels=2 if kind == "stereo" else 1)
    _excite(model)
    model.save_pretrained(place)
    tiny_tokenizer().save_pretrained(place)
    fields: dict[str, object] = {
        "name": CARD,
        "version": "1",
        "kind": "base",
        "family": "music_gen",
        "licence": "CC0-1.0",
        "folder": place,
        "roles": ("melody",),
        "extra": MappingProxyType({"automatic": False}),
    }
    return Card(**(fields | more))  # type: ignore[arg-type]


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """One token a letter, an end after the last, as T5 has it."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors

    tokens = ["<pad>", "</s>", "<unk>", *LETTERS]
    made = Tokenizer(models.WordLevel({t: i for i, t in enumerate(tokens)}, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Split(Regex("."), behavior="isolated")
    made.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )


def _plain(channels: int) -> Any:
    config = MusicgenConfig(
        text_encoder=_t5(), audio_encoder=_encodec(), decoder=_decoder(4 * channels, channels)
    )
    return MusicgenForConditionalGeneration(config)


def _melody() -> Any:
    config = MusicgenMelodyConfig(
        text_encoder=_t5(), audio_encoder=_encodec(), decoder=_decoder(4, 1), chroma_length=30
    )
    return MusicgenMelodyForConditionalGeneration(config)


def _t5() -> dict[str, Any]:
    return T5Config(
        vocab_size=len(LETTERS) + 3, d_model=24, d_kv=6, d_ff=32, num_layers=2, num_heads=4,
        is_encoder_decoder=False, use_cache=False,
    ).to_dict()  # fmt: skip


def _encodec() -> dict[str, Any]:
    return EncodecConfig(
        target_bandwidths=[0.2], sampling_rate=RATE_HZ, audio_channels=1, normalize=False,
        chunk_length_s=None, hidden_size=16, num_filters=2, num_residual_layers=1,
        upsampling_ratios=[5, 4, 4], norm_type="weight_norm", codebook_size=CODES,
        num_lstm_layers=1, use_causal_conv=False,
    ).to_dict()  # fmt: skip


def _decoder(codebooks: int, channels: int) -> dict[str, Any]:
    return {
        "vocab_size": CODES, "max_position_embeddings": 512, "num_hidden_layers": 2,
        "ffn_dim": 48, "num_attention_heads": 4, "hidden_size": 32, "num_codebooks": codebooks,
        "audio_channels": channels, "pad_token_id": CODES, "bos_token_id": CODES,
    }  # fmt: skip


def _excite(model: Any) -> None:
    """Fresh weights say nearly nothing, and an empty codebook sounds like silence."""
    for name, tensor in model.state_dict().items():
        if name.endswith("codebook.embed"):
            tensor.normal_()
        elif name.startswith(("decoder.", "enc_to_dec", "audio_enc_to_dec")) and tensor.ndim == 2:
            tensor.mul_(8.0)
    assert isinstance(model.audio_encoder, EncodecModel)
