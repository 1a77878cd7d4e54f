"""A melody as a piano roll: time from left to right over the whole sound, pitch upwards.

The notes of the tune are `<rect data-index="i">`, i as in `Tune.notes()`, so that a page can light
them up and edit them; the `<svg>` says how a place is read: data-highest (pitch of the top row),
data-row and data-margin (height of a row and of the margin above it) and data-seconds (the width).
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.render.performance import Performance, Struck
from studio.render.recipe import KEY, recipe_text

WIDTH, ROW, MARGIN = 1000.0, 7.0, 10.0
SPARE = 2
"""Free rows above and below the notes, to drag a note to."""
FEWEST_ROWS = 24
TUNE, CHORDS, BASS, DRUMS = "#9f2d1c", "#b59a6a", "#5f7685", "#8c8478"
LINES, BLACK_KEYS = "#8c8478", "#8c8478"
DRUM_STRIP = 14.0
"""Height of the strip under the roll that shows when a drum is struck."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How the notes of a voice are drawn."""

    voice: str
    colour: str
    opacity: float


def roll_svg(performance: Performance, title: str, recipe: Mapping[str, object]) -> bytes:
    """SVG whose full width is the whole sound, so that a cursor can run over it."""
    lowest, highest = _compass(performance)
    rolled = (highest - lowest + 1) * ROW + 2 * MARGIN
    height = rolled + (DRUM_STRIP if performance.drums else 0.0)
    name = html.escape(title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'preserveAspectRatio="none" role="img" aria-label="{name}" '
        f'data-seconds="{performance.seconds:.3f}" data-highest="{highest}" '
        f'data-lowest="{lowest}" data-row="{ROW:g}" data-margin="{MARGIN:g}">',
        f"<title>{name}</title>",
        f"<desc>{len(performance.tune)} notes, {performance.seconds:.0f} s</desc>",
        f'<metadata id="{KEY}">{html.escape(recipe_text(recipe), quote=False)}</metadata>',
        *_black_keys(lowest, highest),
        *_bar_lines(performance, height),
        *_voice(performance.bass, performance.seconds, highest, _Look("bass", BASS, 0.8)),
        *_voice(performance.chords, performance.seconds, highest, _Look("chords", CHORDS, 0.8)),
        *_voice(performance.tune, performance.seconds, highest, _Look("tune", TUNE, 1.0)),
        *_drums(performance, rolled),
        "</svg>",
    ]
    return "\n".join(parts).encode()


def _compass(performance: Performance) -> tuple[int, int]:
    """Lowest and highest row, centred on the notes."""
    voices = (performance.tune, performance.chords, performance.bass)
    pitches = [note.pitch for voice in voices for note in voice] or [60]
    lowest, highest = min(pitches) - SPARE, max(pitches) + SPARE
    missing = max(0, FEWEST_ROWS - (highest - lowest + 1))
    return max(0, lowest - missing // 2), min(127, highest + missing - missing // 2)


def _black_keys(lowest: int, highest: int) -> Iterator[str]:
    for pitch in range(lowest, highest + 1):
        if pitch % 12 in (1, 3, 6, 8, 10):
            y = MARGIN + (highest - pitch) * ROW
            yield (
                f'<rect class="key" x="0" y="{y:g}" width="{WIDTH:g}" height="{ROW:g}" '
                f'fill="{BLACK_KEYS}" fill-opacity="0.07"/>'
            )


def _bar_lines(performance: Performance, height: float) -> Iterator[str]:
    at = performance.upbeat_s
    while at < performance.seconds:
        x = WIDTH * at / performance.seconds
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height:g}" stroke="{LINES}" '
            'stroke-opacity="0.3" stroke-width="1" vector-effect="non-scaling-stroke"/>'
        )
        at += performance.bar_s


def _voice(notes: Sequence[Struck], seconds: float, highest: int, look: _Look) -> Iterator[str]:
    if not notes:
        return
    yield f'<g class="voice" data-voice="{look.voice}" fill="{look.colour}">'
    for number, note in enumerate(notes):
        x = WIDTH * note.start_s / seconds
        width = max(2.0, WIDTH * note.duration_s / seconds - 0.8)
        y = MARGIN + (highest - note.pitch) * ROW
        index = f' data-index="{number}" data-pitch="{note.pitch}"' if look.voice == "tune" else ""
        yield (
            f'<rect{index} x="{x:.2f}" y="{y:g}" width="{width:.2f}" height="{ROW - 1:g}" rx="2" '
            f'fill-opacity="{min(1.0, look.opacity * (0.55 + 0.5 * note.loudness)):.2f}"/>'
        )
    yield "</g>"


def _drums(performance: Performance, top: float) -> Iterator[str]:
    """A tick for each stroke, the louder the taller."""
    if not performance.drums:
        return
    yield f'<g class="voice" data-voice="drums" fill="{DRUMS}" fill-opacity="0.6">'
    for note in performance.drums:
        x = WIDTH * note.start_s / performance.seconds
        height = max(2.0, (DRUM_STRIP - 4) * min(1.0, note.loudness))
        y = top + DRUM_STRIP - 3 - height
        yield f'<rect x="{x:.2f}" y="{y:.1f}" width="1.6" height="{height:.1f}"/>'
    yield "</g>"
