"""Language models: many rows of different requests decoded together.

Rows join and leave between steps. A joining prompt is read in pieces beside the rows that write,
so nobody stalls. Each row has its own sampling, chance, adapter and constraint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from studio.catalog import Card, Catalog
from studio.engine.family import Stepped
from studio.errors import InvalidInput
from studio.families.adapter_file import unusable
from studio.families.adapter_versions import AdapterVersions, Version
from studio.families.causal_lm_loading import load_lm
from studio.families.device_memory import device_memory
from studio.families.forward import Prefix, Span
from studio.families.lm_estimate import estimate_lm
from studio.families.loaded_lm import LoadedLm
from studio.families.prefixes import Prefixes
from studio.families.row_text import RowText
from studio.families.sampler import Draw, draw_tokens, log_probabilities
from studio.families.shared_prompts import ReadPrompt, SharedPrompts
from studio.families.text_row import TextRow
from studio.families.token_masks import TokenMasks
from studio.requests import Request, TokenRule

LEAST_ROOM = 16
"""Tokens that must be left to write in."""


class CausalLm:
    """A loaded language model (see `studio.engine.family.Family`)."""

    linger_ms = 0.0

    def __init__(self, lm: LoadedLm, adapter_card: Callable[[str], Card]) -> None:
        """`adapter_card` finds an adapter by name, or raises what the person then reads."""
        self._lm = lm
        self._adapter_card = adapter_card
        self._masks = TokenMasks(lm.forward.vocabulary_size, lm.device)
        self._prefixes = Prefixes(lm.device)
        self._shared = SharedPrompts()
        self._versions = AdapterVersions()
        self._rows: dict[int, TextRow] = {}

    @classmethod
    def open(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> CausalLm:
        """Load the card's folder. Raises NotReady when something is missing in it."""
        lm = load_lm(card, torch.device(device), dtype)
        return cls(lm, lambda name: catalog.adapter(name, card.name))

    @classmethod
    def estimate(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> int:  # noqa: ARG003
        """Bytes it will need in the type it will have, known before it is loaded."""
        return estimate_lm(card, device, dtype)

    @property
    def lane(self) -> str:
        return self._lm.lane

    @property
    def capacity(self) -> int:
        return self._lm.slots

    def footprint(self) -> int:
        return self._lm.forward.footprint()

    @device_memory()
    @torch.inference_mode()
    def warm_up(self) -> None:
        self._shared.forget_all()
        self._lm.forward.run([Span(0, 0, (0, 0, 0)), Span(1 % self.capacity, 0, (0,))])

    @device_memory()
    @torch.inference_mode()
    def admit(self, request: Request) -> int:
        """Take a slot. InvalidInput `too_long`, NotReady for adapters, RuntimeError when full."""
        prompt = self._lm.prompt.tokens(request) or [self._lm.vocabulary.eos]
        voice, adapter, prefix = self._adapter(request.adapter)
        before = prefix.tokens if prefix is not None else 0
        room = self._room(before + len(prompt), request)
        slot = self._free_slot(voice, tuple(prompt))
        if prefix is not None:
            self._shared.forget(slot)
            self._place(slot, prefix, request)
        self._rows[slot] = TextRow(
            request,
            prompt,
            RowText(self._lm.prompt.tokenizer, prompt, request.sampling, request.opening),
            slot=slot,
            adapter=adapter,
            rule=self._rule(request),
            budget=min(room, request.sampling.max_tokens),
            room=room,
            before=before,
            voice=voice,
        )
        return slot

    @torch.inference_mode()
    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        """One forward: every writing row by a token, reading rows by a piece of their prompt.

        Raises DeviceOutOfMemory with all rows as they were.
        """
        rows = [self._rows[slot] for slot in slots]
        spans = self._spans(rows)
        writing = [self._rows[slot] for slot, span in spans.items() if span.wanted]
        with device_memory():
            drawn = self._drawn(writing, self._lm.forward.run(list(spans.values())))
        read = {slot: len(span.tokens) for slot, span in spans.items() if self.unread(slot)}
        for slot, span in spans.items():
            self._went(self._rows[slot], span)
        stepped = self._written(writing, drawn)
        for slot in slots:
            if slot in read or slot not in stepped:
                of = stepped.get(slot, Stepped(slot))
                stepped[slot] = replace(of, read=read.get(slot, 0), reading=self.unread(slot) > 0)
        return [stepped[slot] for slot in slots]

    @property
    def prompt_pieces(self) -> tuple[int, int]:
        return self._lm.piece, self._lm.pieces_alone

    def unread(self, slot: int) -> int:
        """Prompt tokens of the slot that have not gone through the model."""
        return self._rows[slot].unread

    def tokens_in(self, text: str) -> int:
        """How much of the context the text takes."""
        return len(self._lm.vocabulary.encode(text))

    def release(self, slot: int) -> None:
        del self._rows[slot]

    def close(self) -> None:
        self._rows.clear()
        del self._lm
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _room(self, prompt_tokens: int, request: Request) -> int:
        left = self._lm.tokens - prompt_tokens
        if left < min(LEAST_ROOM, request.sampling.max_tokens):
            raise InvalidInput(
                "text",
                f"The text is too long: {prompt_tokens} tokens, and {self._lm.tokens} fit.",
                "Shorten it, or use a model with a longer context.",
                code="too_long",
                tokens=prompt_tokens,
                most=self._lm.tokens,
            )
        return min(left, request.sampling.max_tokens + request.sampling.grace_tokens)

    def _adapter(self, name: str | None) -> tuple[Version | None, int, Prefix | None]:
        """The newest version of the adapter, and its place in the stack (0: none) or the prefix
        that it is. What was read with an older one is another voice's."""
        if name is None:
            return None, 0, None
        card, lora = self._adapter_card(name), self._lm.lora
        version, is_new = self._versions.newest(name, card.folder)
        if is_new:
            self._prefixes.retire(name)
            lora.retire(name)
        if (prefix := self._prefixes.of(name, card.folder)) is not None:
            return version, 0, prefix
        busy = [row.adapter for row in self._rows.values()]
        return version, lora.index(name) or lora.load(name, card.folder, busy), None

    def _place(self, slot: int, prefix: Prefix, request: Request) -> None:
        try:
            self._lm.forward.place(slot, prefix)
        except ValueError as error:
            raise unusable(request.adapter or "", str(error)) from error

    def _rule(self, request: Request) -> TokenRule | None:
        if request.constraint is None:
            return None
        return request.constraint.bind(self._lm.vocabulary)

    def _spans(self, rows: Sequence[TextRow]) -> dict[int, Span]:
        """What goes through the model now. Prompts share a budget of tokens, oldest first."""
        spans = {row.slot: row.span(1) for row in rows if not row.unread}
        left = self._lm.piece if spans else self._lm.pieces_alone
        reading: list[TextRow] = []
        for row in rows:
            if row.unread and left > 0 and not self._waits(row, reading):
                spans[row.slot] = row.span(left)
                left -= len(spans[row.slot].tokens)
                reading.append(row)
        return spans

    def _free_slot(self, voice: Version | None, prompt: Sequence[int]) -> int:
        """The first free slot: rows that lie close are seen without a copy. RuntimeError when
        full. What only this slot holds is set aside for those who may begin so again."""
        free = [slot for slot in range(self.capacity) if slot not in self._rows]
        if not free:
            raise RuntimeError("no free slot")
        slot, *others = free
        read = self._shared.only_in(slot)
        if read is not None and others and not read.shared(voice, prompt):
            aside = self._shared.least_missed(others)
            self._lm.forward.copy(slot, aside, len(read.tokens))
            self._shared.keep(aside, read.voice, read.tokens)
        return slot

    def _waits(self, row: TextRow, reading: Sequence[TextRow]) -> bool:
        """Take over what lies in the slots of the row's prompt; true when a row that reads now
        will have more of it after the step."""
        if row.before:
            return False
        slot, tokens = self._shared.longest(row.voice, row.prompt)
        if tokens > row.read:
            if slot != row.slot:
                self._lm.forward.copy(slot, row.slot, tokens)
            row.skip(tokens)
            self._keep(row)
        coming = (ReadPrompt(other.voice, other.prompt) for other in reading)
        return any(each.shared(row.voice, row.prompt) > row.read for each in coming)

    def _went(self, row: TextRow, span: Span) -> None:
        was_unread = row.unread
        row.went(span)
        if was_unread and not row.before:
            self._keep(row)

    def _keep(self, row: TextRow) -> None:
        self._shared.keep(row.slot, row.voice, row.prompt[: row.read])

    def _drawn(
        self, rows: Sequence[TextRow], logits: torch.Tensor
    ) -> Sequence[tuple[int, float] | Exception]:
        """A token and the model's opinion of it for each row, or why the row has none. Changes
        no row."""
        drawn: list[tuple[int, float] | Exception] = []
        draws, drawing = [], []
        for i, row in enumerate(rows):
            drawn.append((0, 0.0))
            try:
                draws.append(self._draw(row))
                drawing.append(i)
            except Exception as error:  # noqa: BLE001 - a constraint that breaks fails its own row
                drawn[i] = error
        if draws:
            raw = logits if len(draws) == len(rows) else logits[drawing]
            tokens = draw_tokens(raw.clone(), draws)
            opinions = log_probabilities(raw, tokens)
            for i, token, opinion in zip(drawing, tokens, opinions, strict=True):
                drawn[i] = token, opinion
        return drawn

    def _written(
        self, rows: Sequence[TextRow], drawn: Sequence[tuple[int, float] | Exception]
    ) -> dict[int, Stepped]:
        stepped = {}
        for row, each in zip(rows, drawn, strict=True):
            if isinstance(each, Exception):
                stepped[row.slot] = Stepped(row.slot, error=each)
            else:
                stepped[row.slot] = Stepped(row.slot, row.take(each[0], self._lm.ends, each[1]))
        return stepped

    def _draw(self, row: TextRow) -> Draw:
        allowed = row.allowed()
        return Draw(
            row.request.sampling,
            row.uniform(),
            row.generated,
            row.banned(),
            None if allowed is None else self._masks.forbidden(allowed),
            self._lm.ends,
        )
