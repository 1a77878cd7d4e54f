"""One simulated person: does something, thinks, does the next thing, until the soak is over."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import httpx

from studio.soak import briefs
from studio.soak.exchange import Exchange, Failed, Json
from studio.soak.tally import Tally

THINK_S = 0.5
"""Mean pause between two acts."""
KITS_FROM_S = 60.0
"""A shorter soak leaves kits out: one takes most of a minute on a small machine."""
MOST_REMEMBERED = 12
KEEPS = frozenset({"writing", "poetry"})
"""Crafts whose stopped works are kept as far as they are."""
TEXTS = frozenset({"writing", "poetry", "melody", "ad_copy"})
"""Crafts whose versions can be compared by their text."""
CHAT = "/v1/chat/completions"
ACTS: Mapping[str, int] = MappingProxyType(
    {
        "stream": 26, "plain": 18, "stop_stream": 10, "stop_plain": 6, "again": 6, "reload": 14,
        "wrong": 10, "pry": 7, "duel": 5, "upload": 3, "tune": 4, "chat": 12, "stop_chat": 3,
        "kit": 1,
    }
)  # fmt: skip
"""What a person does how often."""


class Person:
    """Their own mark, their own random draw, and what they have got."""

    def __init__(
        self, client: httpx.AsyncClient, mark: str, seed: str, tally: Tally, others: list[str]
    ) -> None:
        """`others` holds the addresses of everybody's works, each under its owner's mark."""
        self.got: set[str] = set()
        """Ids of the works that they were given."""
        self.stops = 0
        """How many of their own works a stop may have left in the history."""
        self._client, self._mark, self._tally, self._others = client, mark, tally, others
        self._draw = random.Random(seed)
        self._http = Exchange(client, mark, tally)
        self._asked: list[tuple[str, Json, list[str]]] = []
        self._chats: list[tuple[Json, str]] = []
        self._files: list[str] = []

    async def live(self, until: float) -> None:
        """Act until that moment (`time.monotonic`)."""
        begun = time.monotonic()
        acts = [name for name in ACTS if name != "kit" or until - begun >= KITS_FROM_S]
        weights = [ACTS[name] for name in acts]
        await asyncio.sleep(self._draw.random())
        while time.monotonic() < until:
            (act,) = self._draw.choices(acts, weights)
            with suppress(Failed):
                await self._act(act)
            await asyncio.sleep(min(3.0, self._draw.expovariate(1 / THINK_S)))

    async def settle(self) -> None:
        """At the end: the history holds exactly what they got, and what their stops left."""
        kept = await self._history()
        missing, more = self.got - kept, kept - self.got
        if missing:
            self._tally.break_promise("lost", f"{len(missing)} works of {self._mark}: {missing}")
        if len(more) > self.stops:
            note = f"{len(more)} works more than {self._mark} got, {self.stops} stops"
            self._tally.break_promise("lost", note)

    async def _act(self, name: str) -> None:
        acts: Mapping[str, Callable[[], Awaitable[None]]] = {
            "stream": self._stream,
            "plain": self._plain,
            "stop_stream": self._stop_stream,
            "stop_plain": self._stop_plain,
            "again": self._again,
            "reload": self._reload,
            "wrong": self._wrong,
            "pry": self._pry,
            "duel": self._duel,
            "upload": self._upload,
            "tune": self._tune,
            "chat": self._chat,
            "stop_chat": self._stop_chat,
            "kit": self._kit,
        }
        await acts[name]()

    async def _stream(self) -> None:
        craft, inputs = briefs.a_form(self._draw, self._mark)
        events = await self._http.streamed(craft, _place(craft, True), inputs, _never)
        self._keep(craft, inputs, events[-1][1])

    async def _plain(self) -> None:
        craft, inputs = briefs.a_form(self._draw, self._mark)
        self._keep(craft, inputs, await self._made(craft, inputs))

    async def _kit(self) -> None:
        """As it comes: what takes minutes is not waited for in silence."""
        inputs = briefs.a_kit(self._draw, self._mark)
        events = await self._http.streamed("kit", _place("kit", True), inputs, _never)
        self._keep("kit", inputs, events[-1][1])

    async def _made(self, craft: str, inputs: Json) -> Json:
        return await self._http.json(craft, "POST", _place(craft), json=inputs)

    def _keep(self, craft: str, inputs: Json, work: Json) -> None:
        self.got.add(work["id"])
        self._http.owned(work, f"a work of {craft}")
        self._files += [at for each in work["outputs"] for at in each["files"].values()]
        self._files = self._files[-MOST_REMEMBERED:]
        self._others.append(f"{self._mark} /api/works/{work['id']}")
        if craft in TEXTS:
            self._asked = [*self._asked, (craft, inputs, _texts(work))][-MOST_REMEMBERED:]

    async def _again(self) -> None:
        """The same form and seed give the same texts, whoever else is in the batch."""
        if not self._asked:
            return
        craft, inputs, before = self._draw.choice(self._asked)
        work = await self._made(craft, inputs)
        self.got.add(work["id"])
        if _texts(work) != before:
            note = f"{craft} {inputs}: {before} became {_texts(work)}"
            self._tally.break_promise("changed", note)

    async def _stop_stream(self) -> None:
        craft, inputs = briefs.a_form(self._draw, self._mark)
        most = self._draw.randint(1, 12)
        events = await self._http.streamed(craft, _place(craft, True), inputs, _after(most))
        if events[-1][0] == "work":
            self._keep(craft, inputs, events[-1][1])
        else:
            self.stops += 1

    async def _stop_plain(self) -> None:
        craft, inputs = briefs.a_form(self._draw, self._mark)
        self.stops += 1
        try:
            async with asyncio.timeout(self._draw.uniform(0.02, 0.8)):
                self._keep(craft, inputs, await self._made(craft, inputs))
        except TimeoutError:
            self._tally.stopped[craft] += 1

    async def _reload(self) -> None:
        """The page anew: the history, a work, a file."""
        found = await self._http.json("history", "GET", "/api/history?limit=20")
        for work in found["works"]:
            self._http.owned(work, "the history")
        if found["works"]:
            work = self._draw.choice(found["works"])
            read = await self._http.json("work", "GET", f"/api/works/{work['id']}")
            if read["id"] != work["id"] or read["outputs"] != work["outputs"]:
                self._tally.break_promise("changed", f"the work {work['id']} reads otherwise")
        if self._files:
            await self._http.answer("file", "GET", self._draw.choice(self._files))

    async def _wrong(self) -> None:
        thing = briefs.something_wrong(self._draw, self._mark)
        await self._http.wrong("wrong", "POST", thing.path, **thing.sent)

    async def _pry(self) -> None:
        """Somebody else's work is not there."""
        foreign = [each for each in self._others[-400:] if not each.startswith(self._mark)]
        if foreign:
            path = self._draw.choice(foreign).split()[1]
            await self._http.wrong("pry", "GET", path)

    async def _duel(self) -> None:
        craft = self._draw.choice(("writing", "poetry"))
        form = {"text": f"{self._mark} {self._draw.choice(briefs.SUBJECTS)}"}
        arms = [{"settings": {"temperature": value}} for value in (0.4, 1.1)]
        body = {"craft": craft, "inputs": form, "arms": arms}
        self.stops += 2  # should it fail half-way, one arm's work may be kept
        duel = await self._started(body)
        told = await self._http.json("duel_read", "GET", f"/api/duels/{duel['id']}")
        if told["choice"] or "arms" in told:
            self._tally.break_promise("crossed", "a duel told its arms before the vote")
        await self._vote(duel["id"])

    async def _started(self, body: Json) -> Json:
        if self._draw.random() < 0.5:
            return await self._http.json("duel", "POST", "/api/duels", json=body)
        events = await self._http.streamed("duel", "/api/duels?stream=1", body, _never)
        return events[-1][1]

    async def _vote(self, duel: str) -> None:
        choice = {"choice": self._draw.choice(("a", "b", "tie", "both_bad"))}
        path = f"/api/duels/{duel}/vote"
        told = await self._http.json("vote", "POST", path, json=choice)
        self.stops -= 2
        self.got.update(each["work"] for each in told["arms"])
        if {each["label"] for each in told["arms"]} != {"temperature = 0.4", "temperature = 1.1"}:
            self._tally.break_promise("changed", f"a duel's arms are {told['arms']}")
        await self._http.wrong("vote_twice", "POST", path, json=choice)

    async def _upload(self) -> None:
        content = briefs.a_picture(self._draw)
        await self._http.json("upload", "POST", "/api/uploads", content=content)
        await self._http.json("colours", "POST", "/api/brands/colours", content=content)

    async def _tune(self) -> None:
        """A melody that is brought, and made anew in another key."""
        content = briefs.a_tune(self._draw, self._mark)
        read = await self._http.json("tune", "POST", "/api/melodies?name=a.abc", content=content)
        told = {"verb": "transpose", "of": read["start"], "semitones": self._draw.randint(1, 5)}
        inputs = {"text": self._mark, "start": told, "seed": 1}
        self._keep("melody", inputs, await self._made("melody", inputs))

    async def _chat(self) -> None:
        if self._chats and self._draw.random() < 0.3:
            body, before = self._draw.choice(self._chats)
        else:
            body, before = briefs.a_chat(self._draw, self._mark), None
        text = await self._said(body)
        if before is None:
            self._chats = [*self._chats, (body, text)][-MOST_REMEMBERED:]
        elif text != before:
            self._tally.break_promise("changed", f"a chat: {before!r} became {text!r}")

    async def _said(self, body: Json) -> str:
        if self._draw.random() < 0.4:
            told = await self._http.json("chat", "POST", CHAT, json=body)
            return str(told["choices"][0]["message"]["content"])
        events = await self._http.streamed("chat", CHAT, {**body, "stream": True}, _never)
        choices = [choice for _, told in events for choice in told["choices"]]
        return "".join(each["delta"].get("content", "") for each in choices)

    async def _stop_chat(self) -> None:
        body = {**briefs.a_chat(self._draw, self._mark), "stream": True}
        await self._http.streamed("chat", CHAT, body, _after(self._draw.randint(1, 8)))

    async def _history(self) -> set[str]:
        kept: set[str] = set()
        while True:
            path = f"/api/history?limit=200&offset={len(kept)}"
            try:
                found: Sequence[Any] = (await self._http.json("history", "GET", path))["works"]
            except Failed:
                return kept
            kept.update(each["id"] for each in found)
            if len(found) < 200:
                return kept


def _place(craft: str, stream: bool = False) -> str:
    return f"/api/generate/{craft}" + ("?stream=1" if stream else "")


def _texts(work: Json) -> list[str]:
    return [each["text"] for each in work["outputs"]]


def _never(_: int) -> bool:
    return False


def _after(most: int) -> Callable[[int], bool]:
    return lambda events: events >= most
