"""The studio's own decoding, in this process, asked as the peers are."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch

from studio.catalog import Card, Catalog
from studio.families.causal_lm import CausalLm
from studio.families.causal_lm_loading import Sizes, load_lm
from studio.families.loaded_lm import LoadedLm
from studio.families.peers.first_tokens import FirstTokens
from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.token_prompt import TokenPrompt
from studio.requests import Request, Sampling


class OurEngine:
    """A peer (see `Peer`)."""

    def __init__(self, card: Card, device: str, dtype: str, slots: int) -> None:
        """`slots`: rows at once; more would wait."""
        lm = load_lm(card, torch.device(device), dtype, Sizes(slots=slots))
        self.prompt = TokenPrompt(card.name, card.folder)
        self.lm: LoadedLm = replace(lm, ends=frozenset(), prompt=self.prompt)
        self._card = card
        self._adapters: Mapping[str, Card] = {}
        self._family = CausalLm(self.lm, lambda name: self._catalog().adapter(name, card.name))
        self._family.warm_up()
        self.batch([[0, 1]], 2, [])

    def adopt(self, adapters: Sequence[Card]) -> None:
        """Adapters that rows may name."""
        self._adapters = {each.name: each for each in adapters}

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """See Peer."""
        named = [each or None for each in adapters] or [None] * len(prompts)
        pairs = zip(prompts, named, strict=True)
        clock = FirstTokens(len(prompts), tokens)
        slots = [self._family.admit(self._request(p, tokens, name)) for p, name in pairs]
        live = list(slots)
        while live:
            stepped = self._family.step(live)
            for each in stepped:
                if each.error is not None:
                    raise each.error
                if each.chunk is not None:
                    clock.saw(slots.index(each.slot))
            live = [each.slot for each in stepped if not each.ended]
        timed = clock.timed()
        self._release(slots)
        return timed

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        """See Peer."""
        alone = self._first(joiner, [])
        slots = [self._family.admit(self._request(prompt, tokens)) for prompt in running]
        while any(self._family.unread(slot) for slot in slots):
            self._family.step(slots)
        joined = self._first(joiner, slots)
        self._release(slots)
        return Joined(alone, joined)

    def _first(self, prompt: Tokens, running: Sequence[int]) -> float:
        begun = time.perf_counter()
        slot = self._family.admit(self._request(prompt, 1))
        while self._family.unread(slot):
            self._family.step([*running, slot])
        taken = time.perf_counter() - begun
        self._release([slot])
        return taken

    def _request(self, prompt: Tokens, tokens: int, adapter: str | None = None) -> Request:
        numbers = " ".join(map(str, prompt))
        sampling = Sampling(temperature=0, max_tokens=tokens)
        return Request(
            card=self._card.name, seed=0, prompt=numbers, adapter=adapter, sampling=sampling
        )

    def _release(self, slots: Sequence[int]) -> None:
        for slot in slots:
            self._family.release(slot)

    def _catalog(self) -> Catalog:
        return Catalog([self._card, *self._adapters.values()])
