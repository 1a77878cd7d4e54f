"""Melodies as files: notation, MIDI, sound and pictures, the recipe in each.

All takes of a work are made at once: their sound is one batch.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import soundfile
import torch

from studio.crafts.craft import Output
from studio.music.abc_reader import read_lead_sheet
from studio.render.midi import midi_file
from studio.render.musicxml import musicxml_file
from studio.render.performance import Performance, perform
from studio.render.piano_roll import roll_svg
from studio.render.recipe import KEY, recipe_text
from studio.render.rendered_file import RenderedFile
from studio.render.score import Score, score_svg
from studio.render.score_pdf import score_pdf
from studio.render.synth import RATE, Play, sounds_of
from studio.render.waveform import wave_svg

Files = tuple[RenderedFile, ...]


@dataclass(frozen=True, slots=True)
class _Take:
    """One take, read and played, not yet heard."""

    text: str
    score: Score
    performance: Performance
    instrument: str


def melody_files(
    outputs: Sequence[Output], recipes: Sequence[Mapping[str, object]], play: Play = sounds_of
) -> list[Files]:
    """The files of every take, whose text is ABC: melody.abc, .mid, .musicxml, .wav, score.svg,
    score.pdf, roll.svg, wave.svg. Raises InvalidInput (field "abc") when one does not read."""
    takes = [_taken(output) for output in outputs]
    sounds = play([take.performance for take in takes], [take.instrument for take in takes])
    each = zip(takes, sounds, recipes, strict=True)
    return [_files(take, sound, recipe) for take, sound, recipe in each]


def take_files(output: Output, recipe: Mapping[str, object]) -> Files:
    """The files of one take alone."""
    return melody_files([output], [recipe])[0]


def _taken(output: Output) -> _Take:
    sheet = read_lead_sheet(output.text)
    style, under = (str(output.data.get(name, "")) for name in ("style", "accompaniment"))
    return _Take(
        output.text,
        Score(sheet.tune, sheet.chords, output.title or sheet.tune.title),
        perform(sheet.tune, style, under or "auto"),
        str(output.data.get("instrument", "piano")),
    )


def _files(take: _Take, sound: torch.Tensor, recipe: Mapping[str, object]) -> Files:
    score, performance, title = take.score, take.performance, take.score.title
    midi = midi_file(score.tune, performance, take.instrument, recipe)
    return (
        RenderedFile("melody.abc", "text/vnd.abc", _abc(take.text, recipe)),
        RenderedFile("melody.mid", "audio/midi", midi),
        RenderedFile(
            "melody.musicxml",
            "application/vnd.recordare.musicxml+xml",
            musicxml_file(score, recipe),
        ),
        RenderedFile("melody.wav", "audio/wav", _wav(sound, recipe)),
        RenderedFile("score.svg", "image/svg+xml", score_svg(score, recipe)),
        RenderedFile("score.pdf", "application/pdf", score_pdf(score, recipe)),
        RenderedFile("roll.svg", "image/svg+xml", roll_svg(performance, title, recipe)),
        RenderedFile("wave.svg", "image/svg+xml", wave_svg(sound, title, recipe)),
    )


def _abc(text: str, recipe: Mapping[str, object]) -> bytes:
    """The recipe is a stylesheet line (%%), which ABC programs that do not know it pass over."""
    first, _, rest = text.partition("\n")
    return f"{first}\n%%{KEY} {recipe_text(recipe)}\n{rest}".encode()


def _wav(sound: torch.Tensor, recipe: Mapping[str, object]) -> bytes:
    """44.1 kHz, 16 bit, stereo; the recipe is the comment of its INFO list."""
    held = io.BytesIO()
    with soundfile.SoundFile(held, "w", RATE, 2, "PCM_16", format="WAV") as file:
        file.comment = recipe_text(recipe)
        file.write(sound.T.numpy())
    return held.getvalue()
