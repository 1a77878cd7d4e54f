"""What is done with melodies around a run: those that people bring are read, and what was made is
heard in any sound format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.archive import Archive, recipe_of_version
from studio.crafts.melody_kept import kept_melody, plan_like
from studio.crafts.melody_plan import form_values
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.analysis import analyse, plan_of_tune
from studio.render.composed import COMPOSED, heard
from studio.render.melody_upload import uploaded_tune
from studio.render.performance import Performance, perform
from studio.render.sound_file import encoded, media_type
from studio.render.soundfont import SoundFont
from studio.render.synth import Play, sounds_of
from studio.render.uploaded_tune import Remark
from studio.works import WorkOutput

MOST_UPLOAD_BYTES = 40_000_000
"""Minutes of hummed stereo; notes need far less."""


@dataclass(frozen=True, slots=True)
class MelodyUpload:
    """A melody that a person brought, as it was read: shown before it is used."""

    abc: str
    plan: Mapping[str, object]
    """As the form's fields hold it; with the ABC it is all that the verbs need."""
    analysis: Mapping[str, object]
    """See `studio.music.analysis.Analysis`."""
    kind: str
    """"midi", "abc", "musicxml" or "hum"."""
    remarks: tuple[Remark, ...] = ()
    """What the person should know about the reading."""

    @property
    def notice(self) -> str:
        """The remarks in English."""
        return " ".join(each.text for each in self.remarks)

    @property
    def kept(self) -> dict[str, object]:
        """What the verbs of the melody craft take as "of"."""
        return kept_melody(self.abc, {"plan": self.plan})


class Melodies:
    """Of one studio. Reading and rendering take their time: call them off the event loop."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def read(self, name: str, content: bytes) -> MelodyUpload:
        """A melody out of a file: MIDI, ABC, MusicXML, or a hummed WAV.

        Raises InvalidInput("upload") for what is none, and for what is too large.
        """
        found = uploaded_tune(name, content)
        measured = analyse(found.tune)
        plan = plan_like(plan_of_tune(found.tune, measured, found.style), found.tune)
        return MelodyUpload(
            write_abc(found.tune),
            form_values(plan),
            measured.as_dict(),
            found.kind,
            found.remarks,
        )

    def sound(self, work_id: str, version: int, form: str, rate_hz: int, user: str) -> bytes:
        """One take of the person's work as a sound file with its recipe inside.

        Raises InvalidInput when there is no such take, format or rate.
        """
        media_type(form)  # a wrong one is told before a take is rendered
        work = self._archive.work(work_id, user)
        if not 1 <= version <= len(work.outputs):
            raise InvalidInput("version", "This take is not there.", code="no_work")
        output = work.outputs[version - 1]
        recipe = recipe_of_version(work.recipe, version, output)
        if COMPOSED in output.files:
            return encoded(heard(output.files[COMPOSED].read_bytes()), form, rate_hz, recipe)
        performance, instrument = _performed(output)
        (sound,) = self._archive.play([performance], [instrument])
        return encoded(sound, form, rate_hz, recipe)


def player(soundfont: Path | None) -> Play:
    """A SoundFont, or the studio's own synthesizer.

    Raises NotReady or InvalidInput("soundfont") for a font that can not be played.
    """
    return sounds_of if soundfont is None else SoundFont(soundfont).sounds_of


def upload_report(found: MelodyUpload) -> dict[str, object]:
    """What was read, JSON-able; `start` is what the verbs of the melody craft work on."""
    return {
        "kind": found.kind,
        "abc": found.abc,
        "plan": dict(found.plan),
        "analysis": dict(found.analysis),
        "notice": found.notice,
        "remarks": [{"code": each.code, **each.facts} for each in found.remarks],
        "start": found.kept,
    }


def _performed(output: WorkOutput) -> tuple[Performance, str]:
    """How it is played, and on what."""
    if "notes" not in output.data:
        raise InvalidInput("id", "This work is no melody: it has no sound.", code="not_a_melody")
    style, pattern = (str(output.data.get(name, "")) for name in ("style", "accompaniment"))
    played = perform(read_abc(output.text), style, pattern or "auto")
    return played, str(output.data.get("instrument", "piano"))
