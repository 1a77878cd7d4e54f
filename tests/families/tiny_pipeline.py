"""Tiny random diffusers pipelines, saved as a hub or a person would save them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from diffusers import (
    AutoencoderDC,
    AutoencoderKL,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxPipeline,
    FluxTransformer2DModel,
    SanaPipeline,
    SanaTransformer2DModel,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from peft import LoraConfig, get_peft_model_state_dict
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    Gemma2Config,
    Gemma2Model,
    PreTrainedTokenizerFast,
    T5Config,
    T5EncoderModel,
)

from studio.catalog import Card, Catalog
from studio.families.diffusion import Diffusion

WIDTH = 32
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,"
CARD, ADAPTER = "hub/tiny", "lora/tiny"


def tiny_painter(folder: Path, kind: str = "sd", **extra: object) -> Diffusion:
    """The family on a tiny pipeline of that architecture, on the CPU."""
    card = tiny_pipeline_card(folder, kind, **extra)
    return Diffusion.open(card, Catalog([card]), "cpu", "float32")


def tiny_pipeline_card(folder: Path, kind: str = "sd", **extra: object) -> Card:
    """The card of a tiny pipeline, saved below `folder`."""
    torch.manual_seed(11)
    place = folder / kind
    KINDS[kind](folder).save_pretrained(place)
    defaults = {"steps": 3, "guidance": 4.0, "width": 64, "height": 64}
    return Card(
        name=CARD,
        version="1",
        kind="base",
        family="diffusion",
        licence="CC0-1.0",
        folder=place,
        roles=("picture",),
        extra=MappingProxyType({"defaults": defaults, **extra}),
    )


def tiny_adapter_card(folder: Path, painter: Path, base: str = CARD) -> Card:
    """LoRA weights on the attention of the tiny UNet, strong enough to be seen."""
    torch.manual_seed(5)
    unet = UNet2DConditionModel.from_pretrained(painter / "unet")
    unet.add_adapter(LoraConfig(r=2, lora_alpha=2, target_modules=["to_q", "to_k", "to_v"]))
    state = get_peft_model_state_dict(unet)
    loud = {name: torch.randn_like(each) for name, each in state.items()}
    folder.mkdir(parents=True)
    StableDiffusionPipeline.save_lora_weights(folder, unet_lora_layers=loud)
    return Card(
        name=ADAPTER,
        version="1",
        kind="lora",
        family="diffusion",
        licence="CC0-1.0",
        folder=folder,
        base=base,
    )


def _stable_diffusion(folder: Path) -> StableDiffusionPipeline:
    return StableDiffusionPipeline(
        vae=_vae(4),
        text_encoder=CLIPTextModel(_clip()),
        tokenizer=_clip_tokenizer(folder),
        unet=_unet(cross=WIDTH),
        scheduler=_noise_schedule(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def _stable_diffusion_xl(folder: Path) -> StableDiffusionXLPipeline:
    more = {
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 8,
        "projection_class_embeddings_input_dim": WIDTH + 6 * 8,
    }
    return StableDiffusionXLPipeline(
        vae=_vae(4),
        text_encoder=CLIPTextModel(_clip()),
        text_encoder_2=CLIPTextModelWithProjection(_clip()),
        tokenizer=_clip_tokenizer(folder),
        tokenizer_2=_clip_tokenizer(folder),
        unet=_unet(cross=2 * WIDTH, **more),
        scheduler=_noise_schedule(),
    )


def _flux(folder: Path) -> FluxPipeline:
    transformer = FluxTransformer2DModel(
        patch_size=1,
        in_channels=16,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=WIDTH,
        pooled_projection_dim=WIDTH,
        axes_dims_rope=(4, 4, 8),
    )
    t5 = T5Config(vocab_size=64, d_model=WIDTH, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
    return FluxPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=_vae(4, shift_factor=0.1),
        text_encoder=CLIPTextModel(_clip()),
        tokenizer=_clip_tokenizer(folder),
        text_encoder_2=T5EncoderModel(t5),
        tokenizer_2=_word_tokenizer(folder),
        transformer=transformer,
    )


def _sana(folder: Path) -> SanaPipeline:
    blocks = ("ResBlock", "EfficientViTBlock")
    vae = AutoencoderDC(
        in_channels=3,
        latent_channels=4,
        attention_head_dim=2,
        encoder_block_types=blocks,
        decoder_block_types=blocks,
        encoder_block_out_channels=(8, 8),
        decoder_block_out_channels=(8, 8),
        encoder_qkv_multiscales=((), (5,)),
        decoder_qkv_multiscales=((), (5,)),
        encoder_layers_per_block=(1, 1),
        decoder_layers_per_block=(1, 1),
        downsample_block_type="conv",
        upsample_block_type="interpolate",
        decoder_norm_types="rms_norm",
        decoder_act_fns="silu",
        scaling_factor=0.41407,
    )
    gemma = Gemma2Config(
        vocab_size=64,
        hidden_size=WIDTH,
        intermediate_size=37,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=16,
    )
    transformer = SanaTransformer2DModel(
        patch_size=1,
        in_channels=4,
        out_channels=4,
        num_layers=1,
        num_attention_heads=2,
        attention_head_dim=4,
        num_cross_attention_heads=2,
        cross_attention_head_dim=4,
        cross_attention_dim=8,
        caption_channels=WIDTH,
        sample_size=32,
    )
    return SanaPipeline(
        tokenizer=_word_tokenizer(folder),
        text_encoder=Gemma2Model(gemma),
        vae=vae,
        transformer=transformer,
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
    )


KINDS: Mapping[str, Callable[[Path], Any]] = MappingProxyType(
    {
        "sd": _stable_diffusion,
        "sdxl": _stable_diffusion_xl,
        "flux": _flux,
        "sana": _sana,
    }
)


def _noise_schedule() -> EulerDiscreteScheduler:
    return EulerDiscreteScheduler(
        beta_schedule="scaled_linear", timestep_spacing="trailing", steps_offset=1
    )


def _unet(cross: int, **more: object) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        sample_size=16,
        in_channels=4,
        out_channels=4,
        block_out_channels=(8, 16),
        layers_per_block=1,
        norm_num_groups=4,
        attention_head_dim=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=cross,
        **more,
    )


def _vae(channels: int, **more: object) -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=(8, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        latent_channels=channels,
        norm_num_groups=4,
        sample_size=64,
        **more,
    )


def _clip() -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(_vocabulary()),
        hidden_size=WIDTH,
        intermediate_size=37,
        num_attention_heads=4,
        num_hidden_layers=2,
        max_position_embeddings=20,
        projection_dim=WIDTH,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )


def _vocabulary() -> dict[str, int]:
    pieces = [*LETTERS, *(f"{letter}</w>" for letter in LETTERS)]
    return {token: i for i, token in enumerate(["<|startoftext|>", "<|endoftext|>", *pieces])}


def _clip_tokenizer(folder: Path) -> CLIPTokenizer:
    place = folder / "letters"
    place.mkdir(exist_ok=True)
    (place / "vocab.json").write_text(json.dumps(_vocabulary()), "utf-8")
    (place / "merges.txt").write_text("#version: 0.2\n", "utf-8")
    return CLIPTokenizer(str(place / "vocab.json"), str(place / "merges.txt"), model_max_length=20)


def _word_tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    """One token a letter, with a pad and an end."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    tokens = ["<pad>", "<eos>", "<unk>", "<bos>", *LETTERS]
    made = Tokenizer(models.WordLevel({t: i for i, t in enumerate(tokens)}, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Split(Regex("."), behavior="isolated")
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="<pad>",
        eos_token="<eos>",
        unk_token="<unk>",
        bos_token="<bos>",
        model_max_length=32,
    )
