"""Finished works handed on to other crafts: what goes over, found and filled in for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from studio.archive import Archive
from studio.crafts.craft import Craft
from studio.crafts.guesses import Guesses
from studio.crafts.handover import Handover, handover_named, offered
from studio.crafts.handover_view import Passed, WorkView
from studio.crafts.origin import FIELD, Origin, Source
from studio.errors import InvalidInput
from studio.uploads import FIELD as UPLOAD
from studio.works import Work, WorkOutput

READABLE = (".png", ".jpg", ".webp")
Read = Callable[[str, str, frozenset[str]], Guesses | None]
"""(reader card, text, concepts) -> its guesses, if it is there."""


class HandingOver:
    """Of one studio. It reads, and keeps nothing but a picture that goes along."""

    def __init__(
        self,
        archive: Archive,
        crafts: Mapping[str, Craft],
        keep_upload: Callable[[bytes, str], str],
        *,
        read: Read | None = None,
        caption: Callable[[Path], str] | None = None,
    ) -> None:
        """`read` guesses for crafts that read a description, `caption` says what a picture shows;
        None leaves that out."""
        self._archive = archive
        self._crafts = crafts
        self._keep_upload = keep_upload
        self._read = read
        self._caption = caption

    def passed(self, work_id: str, version: int, name: str, user: str) -> Passed:
        """What the version passes on, with the origin that links both. Raises InvalidInput for no
        such work, version or hand-over, or when there is nothing in it to pass on."""
        work = self._archive.work(work_id, user)
        output = version_of(work, version)
        handover = handover_named(name, work.craft)
        view = self._seen(work, version, handover)
        if handover.target not in self._crafts or not handover.fits(view):
            raise InvalidInput(
                "name", "There is nothing in this work to pass on.", code="handover_empty"
            )
        passed = handover.pass_on(view)
        origin = Origin((Source(work.id, version, name),))
        inputs = {**passed.inputs, FIELD: origin.text}
        if passed.upload:
            inputs[UPLOAD] = self._keep_upload(picture_of(output).read_bytes(), user)
        return replace(passed, inputs=inputs)

    def _seen(self, work: Work, version: int, handover: Handover) -> WorkView:
        view = view_of(work, version)
        reading = self._crafts[handover.target].reading if handover.target in self._crafts else None
        if self._read is not None and handover.read is not None and reading is not None:
            text = handover.read(view)
            guesses = self._read(reading.card, text, reading.concepts(text))
            view = replace(view, guesses=guesses)
        if self._caption is not None and work.craft == "image":
            view = replace(view, caption=self._caption(picture_of(version_of(work, version))))
        return view


def version_of(work: Work, version: int) -> WorkOutput:
    """One version of a work, from 1. Raises InvalidInput when there is none of that number."""
    if not 1 <= version <= len(work.outputs):
        raise InvalidInput(
            "version",
            f"This work has no version {version}.",
            code="no_version",
            version=version,
        )
    return work.outputs[version - 1]


def view_of(work: Work, version: int = 1) -> WorkView:
    """A version as the hand-overs see it. Raises InvalidInput for no such version."""
    output = version_of(work, version)
    return WorkView(
        craft=work.craft,
        lang=work.lang or "en",
        text=output.text,
        title=output.title,
        asked=work.text,
        data=output.data,
        inputs=work.inputs,
        plan=work.plan,
        work=work.id,
        version=version,
    )


def menu_of(work: Work, crafts: Mapping[str, Craft]) -> tuple[Handover, ...]:
    """What can be made of a work, by its first version; nothing of one without versions."""
    return offered(view_of(work), crafts) if work.outputs else ()


def picture_of(output: WorkOutput) -> Path:
    """The finished picture's file. Raises InvalidInput when the version has none to pass on."""
    found = (path for name, path in output.files.items() if name.startswith("picture."))
    for path in found:
        if path.suffix in READABLE and path.is_file():
            return path
    raise InvalidInput(
        "version", "This version has no picture to pass on.", code="handover_picture"
    )
