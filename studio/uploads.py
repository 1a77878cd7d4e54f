"""Pictures that a person brings to be worked with: kept by their content, for that person alone."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from studio.crafts.craft import Output, Part
from studio.errors import InvalidInput
from studio.render.picture_upload import uploaded_picture
from studio.requests import Picture
from studio.storage import storing

FIELD = "upload"
"""The form's field that names one."""
PART = "picture/upload"
LONGEST_EDGE = 4096
"""In px; a larger picture is made smaller when it is kept."""
_ID = re.compile(r"[0-9a-f]{64}")


class Uploads:
    """The folder of them. A person's id is hashed, so that no path comes from outside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, picture: Picture, user: str) -> str:
        """Keep a picture; its id, the same for the same picture. Raises StorageFailed."""
        encoded = _png(picture)
        name = hashlib.sha256(encoded).hexdigest()
        place = self._place(name, user)
        if not place.exists():
            with storing():
                place.parent.mkdir(parents=True, exist_ok=True)
                half = place.with_suffix(".part")
                half.write_bytes(encoded)
                half.replace(place)
        return name

    def opened(self, name: str, user: str) -> Picture:
        """The person's picture of that id. Raises InvalidInput("upload") when there is none."""
        return brought(self._found(name, user).read_bytes())

    def check(self, inputs: Mapping[str, object], user: str) -> None:
        """Raises InvalidInput("upload") when a form names a picture that is not there."""
        if inputs.get(FIELD):
            self._found(str(inputs[FIELD]), user)

    def beside(
        self, outputs: Sequence[Output], inputs: Mapping[str, object], user: str
    ) -> tuple[Output, ...]:
        """The outputs with the picture that their form names as a part of each."""
        if not inputs.get(FIELD):
            return tuple(outputs)
        picture = self.opened(str(inputs[FIELD]), user)
        brought = Part(PART, "picture", Output(picture=picture))
        return tuple(replace(each, parts=(*each.parts, brought)) for each in outputs)

    def _found(self, name: str, user: str) -> Path:
        place = self._place(name, user) if _ID.fullmatch(name) else None
        if place is None or not place.is_file():
            raise InvalidInput(
                FIELD,
                "The picture that was brought is not here any more.",
                "Choose it again.",
                code="no_upload",
            )
        return place

    def _place(self, name: str, user: str) -> Path:
        owner = hashlib.sha256(user.encode()).hexdigest()[:32]
        return self._folder / owner / f"{name}.png"


def brought(content: bytes) -> Picture:
    """A picture as it is kept. Raises InvalidInput("file") for what is none, or too large."""
    return uploaded_picture(content, LONGEST_EDGE)


def _png(picture: Picture) -> bytes:
    file = io.BytesIO()
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()
