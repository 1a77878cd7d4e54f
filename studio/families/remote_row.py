"""One request under way at an endpoint: filled by the network's thread, read by the device's."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from studio.errors import StudioError
from studio.families.shown_text import ShownText
from studio.requests import Chunk, Finish, Request, Usage

LEAST_ECHO = 8
"""A shorter opening may well come again by itself."""
CHARACTERS_A_TOKEN = 40
"""No tokenizer has more on average: an endpoint that goes on and on is cut."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One event of the stream."""

    text: str = ""
    finish: Finish | None = None
    usage: Usage | None = None


class RemoteRow:
    """Text that has come and was not told yet, and how it ended. Bounded by the token budget."""

    def __init__(self, request: Request) -> None:
        self._sampling = request.sampling
        self._shown = ShownText(request.sampling, request.opening)
        self._opening = request.opening.strip()
        self._echo = "" if len(self._opening) >= LEAST_ECHO else None
        self._swallow = request.opening.endswith(" ")
        self._pieces = self._characters = 0
        self._finish: Finish | None = None
        self._usage: Usage | None = None
        self._changed = threading.Lock()
        self._pending = ""
        self._ended: Finish | None = None
        self._error: StudioError | None = None

    # the network's thread

    @property
    def enough(self) -> bool:
        """Nothing more is wanted, whatever the endpoint still has to say."""
        cut = self._shown.stopped or self._shown.looped
        return cut or self._spent() or self._characters > self._most_characters()

    def take(self, piece: Piece) -> None:
        """The next event of the stream."""
        self._finish = piece.finish or self._finish
        self._usage = piece.usage or self._usage
        if piece.text and not self.enough:
            self._pieces += 1
            self._characters += len(piece.text)
            self._show(self._shown.feed(self._without_echo(piece.text)))

    def finish(self) -> None:
        """The stream is over, or enough of it has come."""
        held, self._echo = self._echo or "", None
        text = self._shown.feed(held) + self._shown.flush()
        with self._changed:
            self._pending += text
            self._ended = self._why()

    def fail(self, error: StudioError) -> None:
        """The stream broke."""
        with self._changed:
            self._error = error

    # the device's thread

    @property
    def failing(self) -> bool:
        """It failed; the next `news` tells what came before, the one after raises."""
        return self._error is not None

    def news(self) -> Chunk | None:
        """What has come since the last call. Raises what the row failed with, after its text."""
        with self._changed:
            text, self._pending = self._pending, ""
            error, ended = self._error, self._ended
        if error is not None and not text:
            raise error
        if ended is None:
            return Chunk(text=text) if text else None
        usage = self._usage or Usage(output_tokens=self._pieces)
        return Chunk(text=text, finish=ended, usage=usage)

    def _show(self, text: str) -> None:
        with self._changed:
            self._pending += text

    def _why(self) -> Finish:
        if self._shown.looped:
            return "loop"
        if self._shown.stopped:
            return "stop"
        return "length" if self.enough else self._finish or "stop"

    def _spent(self) -> bool:
        """The budget without grace is spent and a sentence has ended."""
        limits = self._sampling
        over = limits.grace_tokens > 0 and self._pieces >= limits.max_tokens
        return over and self._shown.at_sentence_end

    def _most_characters(self) -> int:
        limits = self._sampling
        return CHARACTERS_A_TOKEN * (limits.max_tokens + limits.grace_tokens)

    def _without_echo(self, text: str) -> str:
        """Chat servers that know no opening may write it again: it is there already."""
        if self._echo is not None:
            text = self._echo + text
            begun = text.lstrip()
            if self._opening.startswith(begun) and begun != self._opening:
                self._echo = text
                return ""
            self._echo = None
            text = begun.removeprefix(self._opening) if begun.startswith(self._opening) else text
        if self._swallow and text:
            self._swallow, text = False, text.removeprefix(" ")
        return text
