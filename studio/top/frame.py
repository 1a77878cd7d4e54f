"""One frame of `studio top`, as rich renderables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studio.top.reading import CardRow, ErrorRow, Reading

_LEVELS = " ▁▂▃▄▅▆▇█"
_BAR = 24
_MOST_SQUARES = 32
_MOST_ERRORS = 8
SOFT, ACCENT, STRONG = "dim", "red", "bold"


def frame(reading: Reading, speeds: Iterable[float], notice: str = "") -> RenderableType:
    """The whole picture; `speeds` are the tokens per second of the last frames."""
    parts: list[RenderableType] = [_head(reading)]
    if notice:
        parts += [Text(notice, style=ACCENT)]
    parts += [Text(), _figures(reading, speeds), Text(), _memory(reading), Text()]
    parts += [_cards(reading.cards)]
    if reading.errors:
        parts += [Text(), _errors(reading.errors[:_MOST_ERRORS])]
    if reading.missing:
        parts += [Text(), Text(f"not installed: {', '.join(reading.missing)}", style=SOFT)]
    return Group(*parts)


def away(url: str, reason: str, tries: int) -> RenderableType:
    """Nobody answers; said with how often it was tried."""
    return Group(
        Text.assemble(("Atelier ", STRONG), (url, SOFT)),
        Text(),
        Text(f"No answer: {reason}", style=ACCENT),
        Text(f"Trying again ({tries}). Is the studio running? studio serve", style=SOFT),
    )


def bytes_in_words(size: float) -> str:
    """ "412 MB", "12.2 GB"."""
    return f"{size / 1e6:.0f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"


def spark(values: Sequence[float]) -> str:
    """The values as one line of blocks."""
    most = max(values, default=0.0)
    if most <= 0:
        return _LEVELS[1] * len(values)
    return "".join(_LEVELS[1 + round((len(_LEVELS) - 2) * each / most)] for each in values)


def _head(reading: Reading) -> Text:
    up = timedelta(seconds=int(reading.uptime_s))
    return Text.assemble(
        ("Atelier ", STRONG),
        f"{reading.version}  ",
        (f"{reading.url}  {reading.device}  up {up}", SOFT),
    )


def _figures(reading: Reading, speeds: Iterable[float]) -> Table:
    table = Table.grid(padding=(0, 4, 0, 0))
    cells = (
        ("tokens/s", f"{reading.tokens_per_s:.0f}", spark([*speeds][-20:])),
        ("first word", f"{reading.first_token_p50_s:.2f} s", _p95(reading)),
        ("at work", f"{reading.running}", f"batch {100 * reading.batch_fill:.0f} % full"),
        ("waiting", f"{reading.waiting}", f"of at most {reading.queue_limit}"),
        ("done", f"{reading.completed}", f"{reading.failed} failed, {reading.cancelled} stopped"),
    )
    table.add_row(*(Text(name, style=SOFT) for name, _, _ in cells))
    table.add_row(*(Text(value, style=STRONG) for _, value, _ in cells))
    table.add_row(*(Text(note, style=SOFT) for _, _, note in cells))
    return table


def _p95(reading: Reading) -> str:
    return f"p95 {reading.first_token_p95_s:.2f} s"


def _memory(reading: Reading) -> Text:
    share = min(1.0, reading.resident_bytes / reading.budget_bytes) if reading.budget_bytes else 0.0
    full = round(_BAR * share)
    return Text.assemble(
        ("memory ", SOFT),
        ("█" * full, ""),
        ("░" * (_BAR - full), SOFT),
        f" {bytes_in_words(reading.resident_bytes)} of {bytes_in_words(reading.budget_bytes)}",
        (
            f"   process {bytes_in_words(reading.process_bytes)}, {reading.threads} threads, "
            f"{reading.open_files} files",
            SOFT,
        ),
    )


def _cards(cards: Iterable[CardRow]) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style=SOFT)
    table.add_column("card", overflow="fold")
    table.add_column("slots")
    table.add_column("waiting", justify="right")
    table.add_column("memory", justify="right")
    for each in cards:
        size = bytes_in_words(each.resident_bytes) if each.resident_bytes else "not loaded"
        waiting = Text(str(each.waiting), style=ACCENT if each.waiting else SOFT)
        table.add_row(each.card, _slots(each), waiting, size)
    return table


def _slots(card: CardRow) -> Text:
    if not card.slots:
        return Text()
    squares = min(card.slots, _MOST_SQUARES)
    used = min(squares, -(-card.slots_used * squares // card.slots))
    drawn = (("■" * used, ACCENT), ("□" * (squares - used), SOFT))
    return Text.assemble(*drawn, f" {card.slots_used}/{card.slots}")


def _errors(errors: Iterable[ErrorRow]) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style=SOFT)
    for name in ("last errors", "", "card", "request"):
        table.add_column(name, overflow="fold")
    for each in errors:
        clock = f"{datetime.fromtimestamp(each.at):%H:%M:%S}"
        table.add_row(clock, each.code, each.card, Text(each.request_id, style=SOFT))
    return table
