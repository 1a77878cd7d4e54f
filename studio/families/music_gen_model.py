"""The networks of a MusicGen: words in, codes step by step, sound out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoTokenizer,
    DynamicCache,
    EncoderDecoderCache,
    MusicgenForConditionalGeneration,
    MusicgenMelodyForConditionalGeneration,
)

from studio.catalog import Card
from studio.errors import NotReady
from studio.families.music_gen_order import TimedNote
from studio.families.music_gen_row import MusicGenRow
from studio.requests import Sound

_WHOLE = ("audio_encoder",)
"""The codec stays in float32: it turns codes into what is heard."""


class _FromWords(MusicgenForConditionalGeneration):  # type: ignore[no-untyped-call]
    _keep_in_fp32_modules_strict = _WHOLE  # type: ignore[assignment]


class _FromMelody(MusicgenMelodyForConditionalGeneration):  # type: ignore[no-untyped-call]
    _keep_in_fp32_modules_strict = _WHOLE  # type: ignore[assignment]


ARCHITECTURES: Mapping[str, type[Any]] = MappingProxyType(
    {"musicgen": _FromWords, "musicgen_melody": _FromMelody}
)
CHROMA_HZ = 32000 / 4096
"""Frames of a melody's pitch classes in a second: what musicgen-melody was trained on."""
_CLASSES = 12


class MusicGenModel:
    """Loaded networks: text encoder and decoder in the asked type, the codec in float32."""

    def __init__(self, network: Any, tokenizer: Any) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._decoder = network.decoder
        self.listens = isinstance(network, MusicgenMelodyForConditionalGeneration)
        """Whether it can be given a melody to play."""
        codebooks, channels = self._decoder.num_codebooks, self._decoder.config.audio_channels
        self.delays = torch.arange(codebooks) // channels
        self.frame_rate = int(network.audio_encoder.config.frame_rate)
        self.chroma_length = int(network.config.chroma_length) if self.listens else 0
        self.pad = int(self._decoder.config.pad_token_id)

    @classmethod
    def load(cls, card: Card, device: torch.device, dtype: torch.dtype) -> MusicGenModel:
        """Load the folder's safetensors; never pickles, never code.

        Raises NotReady (`composer_unreadable`) when the folder is no complete MusicGen.
        """
        try:
            config = AutoConfig.from_pretrained(card.folder, local_files_only=True)
            kind = ARCHITECTURES[config.model_type]
            network: Any = kind.from_pretrained(
                card.folder,
                dtype=dtype,
                use_safetensors=True,
                local_files_only=True,
            )
            tokenizer = AutoTokenizer.from_pretrained(card.folder, local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise _unreadable(card, str(error).splitlines()[0]) from error
        return cls(network.to(device).eval().requires_grad_(False), tokenizer)

    @property
    def network(self) -> torch.nn.Module:
        network: torch.nn.Module = self._network
        return network

    @property
    def numbers_a_token(self) -> int:
        """Of keys and values, in all layers."""
        config = self._decoder.config
        return int(2 * config.num_hidden_layers * config.hidden_size)

    @property
    def number_bytes(self) -> int:
        itemsize: int = self._decoder.dtype.itemsize
        return itemsize

    def words(self, prompt: str) -> list[int]:
        """The prompt in tokens, with the end token."""
        tokens: list[int] = self._tokenizer(prompt)["input_ids"]
        return tokens

    def new_cache(self) -> EncoderDecoderCache:
        """Keys and values of a loop that has not begun."""
        own, cross = (DynamicCache(config=self._decoder.config) for _ in range(2))
        return EncoderDecoderCache(own, cross)

    @torch.inference_mode()
    def read(
        self, rows: Sequence[MusicGenRow], *, guided: bool
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """What the decoder sees of the words (and of a melody) [rows, length, width], and its
        mask [rows, length]. Guided: twice the rows, the second half without words."""
        ids, mask = self._padded([row.words for row in rows])
        states = self._network.text_encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        if not self.listens:
            states, mask = _with_silent(states, mask) if guided else (states, mask)
            return self._projected(states) * mask[..., None], mask
        states = self._projected(states)
        states, mask = _with_silent(states, mask) if guided else (states, mask)
        chroma = self._network.audio_enc_to_dec_proj(self._chroma(rows, guided=guided))
        return torch.cat([chroma, states * mask[..., None]], dim=1), mask

    @torch.inference_mode()
    def scores(
        self,
        rows: Sequence[MusicGenRow],
        seen: torch.Tensor,
        mask: torch.Tensor,
        cache: EncoderDecoderCache,
        *,
        guided: bool,
    ) -> torch.Tensor:
        """Float32 scores [rows, codebooks, codes] on the CPU of each row's next column; the cache
        grows by it."""
        ids = torch.cat([row.heard(self.pad) for row in rows])[:, None].to(seen.device)
        ids = ids.repeat(2, 1) if guided else ids
        given = {"input_ids": ids, "past_key_values": cache, "use_cache": True}
        if not self.listens:
            given |= {"encoder_hidden_states": seen, "encoder_attention_mask": mask}
        elif not cache.get_seq_length():
            given["encoder_hidden_states"] = seen
        logits = self._decoder(**given).logits[:, -1].float()
        logits = logits.view(-1, len(self.delays), logits.shape[-1])
        return (_guided(logits, rows) if guided else logits).cpu()

    @torch.inference_mode()
    def sound(self, codes: torch.Tensor) -> Sound:
        """What codes [codebooks, frames] sound like."""
        codec = self._network.audio_encoder
        channels = int(self._decoder.config.audio_channels)
        held = codes.to(codec.device)[None, None]
        parts = [
            codec.decode(held[:, :, side::channels], audio_scales=[None]).audio_values[0]
            for side in range(channels)
        ]
        samples = torch.cat(parts).T.contiguous().float().cpu().numpy()
        return Sound(int(codec.config.sampling_rate), samples.shape[1], samples.tobytes())

    def _padded(self, words: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        device, longest = self._decoder.device, max(map(len, words))
        pad = self._tokenizer.pad_token_id or 0
        ids = [[*each, *[pad] * (longest - len(each))] for each in words]
        mask = [[1] * len(each) + [0] * (longest - len(each)) for each in words]
        return torch.tensor(ids, device=device), torch.tensor(mask, device=device)

    def _projected(self, states: torch.Tensor) -> torch.Tensor:
        project = getattr(self._network, "enc_to_dec_proj", None)
        return states if project is None else project(states)

    def _chroma(self, rows: Sequence[MusicGenRow], *, guided: bool) -> torch.Tensor:
        """[rows, chroma_length, 12], a class a frame: a melody that is shorter comes again, the
        first class throughout stands for none."""
        most = self.chroma_length
        heard = [pitch_classes(row.order.notes, most) for row in rows]
        heard += [[0]] * len(rows) if guided else []
        classes = [(each * math.ceil(most / len(each)))[:most] for each in heard]
        held = torch.tensor(classes, device=self._decoder.device)
        return torch.nn.functional.one_hot(held, _CLASSES).to(self._decoder.dtype)


def pitch_classes(notes: Sequence[TimedNote], most: int) -> list[int]:
    """The pitch class that sounds, or sounded last, at each of at most `most` frames; [0] without
    notes."""
    if not notes:
        return [0]
    ordered = sorted(notes, key=lambda note: note[1])
    end_s = max(onset_s + duration_s for _, onset_s, duration_s in ordered)
    count = max(1, min(most, math.ceil(end_s * CHROMA_HZ)))
    middles = [(number + 0.5) / CHROMA_HZ for number in range(count)]
    before = ([note for note in ordered if note[1] <= middle] for middle in middles)
    return [(found[-1] if found else ordered[0])[0] % _CLASSES for found in before]


def _with_silent(states: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """As many rows again that were told nothing."""
    nothing = torch.cat([states, torch.zeros_like(states)])
    return nothing, torch.cat([mask, torch.zeros_like(mask)])


def _guided(logits: torch.Tensor, rows: Sequence[MusicGenRow]) -> torch.Tensor:
    """Classifier-free guidance (Ho and Salimans 2022), each row by its own scale."""
    told, untold = logits.chunk(2)
    scales = torch.tensor([row.order.guidance for row in rows], device=logits.device)
    return untold + (told - untold) * scales[:, None, None]


def _unreadable(card: Card, reason: str) -> NotReady:
    return NotReady(
        card.name,
        f"{card.name} is no complete MusicGen: {reason}.",
        f"Get it again with: studio models fetch {card.name}",
        code="composer_unreadable",
        reason=reason,
    )
