"""A melody as files: ABC, MIDI, WAV, score and piano roll, the recipe in each."""

from __future__ import annotations

import io
from collections.abc import Mapping

import soundfile

from studio.crafts.craft import Output
from studio.music.abc_reader import read_abc
from studio.render.midi import midi_file
from studio.render.performance import Performance, perform
from studio.render.piano_roll import roll_svg
from studio.render.recipe import KEY, recipe_text
from studio.render.rendered_file import RenderedFile
from studio.render.score import score_svg
from studio.render.synth import RATE, sound_of


def melody_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """melody.abc, melody.mid, melody.wav, score.svg, roll.svg of a melody output, whose text is
    ABC. Raises InvalidInput (field "abc") when it does not read."""
    tune = read_abc(output.text)
    instrument = str(output.data.get("instrument", "piano"))
    performance = perform(tune, str(output.data.get("style", "")))
    title = output.title or tune.title
    return (
        RenderedFile("melody.abc", "text/vnd.abc", _abc(output.text, recipe)),
        RenderedFile("melody.mid", "audio/midi", midi_file(tune, performance, instrument, recipe)),
        RenderedFile("melody.wav", "audio/wav", _wav(performance, instrument, recipe)),
        RenderedFile("score.svg", "image/svg+xml", score_svg(output.text, title, recipe)),
        RenderedFile("roll.svg", "image/svg+xml", roll_svg(performance, title, recipe)),
    )


def _abc(text: str, recipe: Mapping[str, object]) -> bytes:
    """The recipe is a stylesheet line (%%), which ABC programs that do not know it pass over."""
    first, _, rest = text.partition("\n")
    return f"{first}\n%%{KEY} {recipe_text(recipe)}\n{rest}".encode()


def _wav(performance: Performance, instrument: str, recipe: Mapping[str, object]) -> bytes:
    """44.1 kHz, 16 bit, stereo; the recipe is the comment of its INFO list."""
    sound = sound_of(performance, instrument).T.numpy()
    held = io.BytesIO()
    with soundfile.SoundFile(held, "w", RATE, 2, "PCM_16", format="WAV") as file:
        file.comment = recipe_text(recipe)
        file.write(sound)
    return held.getvalue()
