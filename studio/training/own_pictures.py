"""A person's own pictures as a checked data set: `studio data check PICTURES --out FOLDER`.

The folder then holds `pictures/0001.png ...`, `pictures.jsonl` (one row a picture, with its split),
`report.json` (what was left out and why) and `preview.png` (as the generator will see them).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.errors import InvalidInput
from studio.training.data.record import Place, Problem
from studio.training.own_pictures_reading import FoundPicture, read_pictures
from studio.training.provenance import replaced

LEAST_PICTURES = 50
ROWS, REPORT, PICTURES = "pictures.jsonl", "report.json", "pictures"
HELD_OUT = 0.1
_LEAST_HELD_OUT = 4
_NEAR = 0.12
"""Difference of two thumbnails, in their own spread, below which they are one picture."""

Thumbnail = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """One picture of a data set."""

    file: str
    """Its path in the data set's folder."""
    origin: str
    """What the person called it."""
    width: int
    height: int
    sha256: str
    """Of its pixels."""
    licence: str
    split: str = ""
    """"train" or "val"."""


@dataclass(frozen=True, slots=True)
class DoublePicture:
    """A picture that is left out, the earlier one it repeats, how alike they are (1: the same)."""

    place: Place
    of: Place
    likeness: float


@dataclass(frozen=True, slots=True)
class CheckedPictures:
    """What was found: pictures to keep, and what is left out."""

    pictures: tuple[OwnPicture, ...]
    problems: tuple[Problem, ...]
    doubles: tuple[DoublePicture, ...]

    def counts(self) -> Mapping[str, int]:
        """Pictures by split, and what was left out."""
        held = sum(each.split == "val" for each in self.pictures)
        left_out = {"problems": len(self.problems), "doubles": len(self.doubles)}
        return {"train": len(self.pictures) - held, "val": held, **left_out}

    def require_enough(self) -> None:
        """Raises InvalidInput `data_few_pictures`."""
        if len(self.pictures) < LEAST_PICTURES:
            raise InvalidInput(
                "data",
                f"{len(self.pictures)} pictures can be used; a generator needs {LEAST_PICTURES}.",
                "Add more, or mend the ones that were left out.",
                code="data_few_pictures",
                count=len(self.pictures),
                least=LEAST_PICTURES,
            )


@dataclass(frozen=True, slots=True)
class PictureSet:
    """A checked data set of pictures, as it lies in its folder."""

    folder: Path
    pictures: tuple[OwnPicture, ...]

    @classmethod
    def read(cls, folder: Path) -> PictureSet:
        """Raises InvalidInput `data_no_set` when the folder holds none, `data_set_broken`."""
        path = folder / ROWS
        if not path.is_file():
            raise InvalidInput(
                "data",
                f"{folder} is no data set of pictures.",
                "Make one with: studio data check PICTURES --out FOLDER",
                code="data_no_set",
                folder=folder.name,
            )
        try:
            lines = path.read_text("utf-8").splitlines()
            pictures = tuple(OwnPicture(**json.loads(line)) for line in lines)
        except (ValueError, TypeError) as error:
            raise InvalidInput(
                "data", f"{path} can not be read: {error}.", code="data_set_broken", file=path.name
            ) from error
        return cls(folder, pictures)

    def of_split(self, split: str) -> list[OwnPicture]:
        """The pictures of "train" or "val"."""
        return [each for each in self.pictures if each.split == split]

    def image(self, picture: OwnPicture) -> Image.Image:
        """The picture, RGB. Raises InvalidInput `data_set_broken` when its file is damaged."""
        try:
            with Image.open(self.folder / picture.file, formats=("PNG",)) as image:
                return image.convert("RGB")
        except OSError as error:
            raise InvalidInput(
                "data",
                f"{picture.file} of the data set can not be read.",
                "Make the data set again: studio data check PICTURES --out FOLDER",
                code="data_set_broken",
                file=picture.file,
            ) from error

    @property
    def licences(self) -> tuple[str, ...]:
        """Every licence that a picture carries."""
        return tuple(sorted({each.licence for each in self.pictures}))


def check_pictures(paths: Sequence[Path], out: Path, licence: str) -> CheckedPictures:
    """Read, judge and copy the usable pictures into `out / pictures`; nothing is raised for what
    can not be read. `write_picture_set` then makes `out` a data set."""
    young = out / f"{PICTURES}.young"
    shutil.rmtree(young, ignore_errors=True)
    young.mkdir(parents=True)
    kept, problems = list[OwnPicture](), list[Problem]()
    doubles, thumbnails = list[DoublePicture](), list[Thumbnail]()
    for found in read_pictures(paths):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        thumbnail = _thumbnail(found.image)
        like, of = _nearest(thumbnail, thumbnails)
        if like > 1 - _NEAR:
            doubles.append(DoublePicture(found.place, Place(kept[of].origin), like))
            continue
        thumbnails.append(thumbnail)
        kept.append(_saved(found, young, len(kept) + 1, licence))
    return CheckedPictures(tuple(_split(kept)), tuple(problems), tuple(doubles))


def write_picture_set(checked: CheckedPictures, out: Path) -> PictureSet:
    """Make `out` a data set of what `check_pictures` has kept there. Raises InvalidInput
    `data_few_pictures`; a data set that lay there before then stays as it was."""
    young = out / f"{PICTURES}.young"
    try:
        checked.require_enough()
    except InvalidInput:
        shutil.rmtree(young)
        raise
    (out / ROWS).unlink(missing_ok=True)
    shutil.rmtree(out / PICTURES, ignore_errors=True)
    young.rename(out / PICTURES)
    lines = [json.dumps(asdict(each), ensure_ascii=False) for each in checked.pictures]
    replaced(out / REPORT, json.dumps(_report(checked), ensure_ascii=False, indent=2) + "\n")
    replaced(out / ROWS, "\n".join(lines) + "\n")
    return PictureSet(out, checked.pictures)


def _saved(found: FoundPicture, folder: Path, number: int, licence: str) -> OwnPicture:
    image, name = found.image, f"{number:04d}.png"
    image.save(folder / name, compress_level=4)
    digest = hashlib.sha256(image.tobytes()).hexdigest()
    width, height = image.size
    return OwnPicture(f"{PICTURES}/{name}", found.place.file, width, height, digest, licence)


def _thumbnail(image: Image.Image) -> Thumbnail:
    return np.asarray(image.resize((16, 16), Image.Resampling.BOX), np.float32)


def _nearest(one: Thumbnail, others: Sequence[Thumbnail]) -> tuple[float, int]:
    """(how alike, place) of the most alike of the others."""
    if not others:
        return 0.0, 0
    apart = np.sqrt(np.square(np.stack(others) - one).mean((1, 2, 3)))
    # A pale picture differs from its pale neighbour by few levels: its own spread is the measure.
    far = apart / max(1.0, float(one.std()))
    place = int(far.argmin())
    return max(0.0, 1 - float(far[place])), place


def _split(pictures: Sequence[OwnPicture]) -> list[OwnPicture]:
    """A tenth held out, chosen by the pictures' own hashes; four at least."""
    count = min(len(pictures) // 2, max(_LEAST_HELD_OUT, round(HELD_OUT * len(pictures))))
    held = {each.sha256 for each in sorted(pictures, key=lambda each: each.sha256)[:count]}
    return [replace(each, split="val" if each.sha256 in held else "train") for each in pictures]


def _report(checked: CheckedPictures) -> dict[str, Any]:
    return {
        "counts": dict(checked.counts()),
        "problems": [
            {"file": each.place.file, "code": each.code, **each.facts} for each in checked.problems
        ],
        "doubles": [
            {"file": each.place.file, "of": each.of.file, "likeness": round(each.likeness, 3)}
            for each in checked.doubles
        ],
    }
