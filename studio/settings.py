"""All settings, read once from STUDIO_* variables: the only reader of os.environ."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from studio.errors import InvalidInput
from studio.secret import Secret


@dataclass(frozen=True, slots=True)
class Settings:
    """Frozen; handed down, never global. Every field has a default that works on a laptop."""

    root: Path
    """The repository: models/ and assets/ lie in it."""
    data_dir: Path
    """STUDIO_DATA_DIR: database, works and cache. Default `data` in the repository."""
    host: str = "127.0.0.1"
    port: int = 7860
    device: str = "auto"
    """STUDIO_DEVICE: auto | cpu | cuda | cuda:1."""
    dtype: str = "auto"
    """STUDIO_DTYPE: auto | float32 | bfloat16 | int8 (CPU only)."""
    budget_mb: int = 0
    """STUDIO_BUDGET_MB: what loaded cards may take; 0 takes most of what the device has."""
    max_queue: int = 256
    """STUDIO_MAX_QUEUE: waiting requests before the studio says it is busy."""
    deadline_s: float = 600.0
    """STUDIO_DEADLINE_S: how long one request may wait for its turn."""
    writer: str = ""
    """STUDIO_WRITER: a card, a Hugging Face id or a model's folder, that writes prose in every
    language it knows."""
    painter: str = ""
    """STUDIO_PAINTER: a card, a Hugging Face id or a pipeline's folder (diffusers), that paints
    from words; "" leaves pictures to the studio's own generator."""
    composer: str = ""
    """STUDIO_COMPOSER: a card, a Hugging Face id or a model's folder (MusicGen in transformers'
    form), that composes melodies as sound; "" leaves melodies to the studio's own model."""
    soundfont: Path | None = None
    """STUDIO_SOUNDFONT: an .sf2 or .sf3 file that plays melodies instead of the studio's own
    synthesizer."""
    picture_filter: str = ""
    """STUDIO_PICTURE_FILTER: "off" lets pictures of pipelines through that meet the filter's rule;
    the verdict stays beside them."""
    endpoint: str = ""
    """STUDIO_ENDPOINT: an OpenAI-compatible server that writes, for example
    http://127.0.0.1:8000/v1; it becomes a card of its own."""
    endpoint_model: str = ""
    """STUDIO_ENDPOINT_MODEL: the model's name there; "" takes the first that it lists."""
    endpoint_key: Secret = field(default_factory=Secret)
    """STUDIO_ENDPOINT_KEY: the bearer key that it asks for."""
    endpoint_timeout_s: float = 120.0
    """STUDIO_ENDPOINT_TIMEOUT_S: how long it may be silent."""
    api_key: Secret = field(default_factory=Secret)
    """STUDIO_API_KEY: the bearer key that the studio's own /v1 asks for; "" lets everybody in."""
    accept: frozenset[str] = frozenset()
    """STUDIO_ACCEPT: names of terms that the operator has read and accepts, with commas between."""
    corpora: Path | None = None
    """STUDIO_CORPORA: folder of the training corpora; nothing else needs it."""
    fake: bool = False
    """STUDIO_FAKE=1: everything on the fake family, without weights."""
    secret: str = "atelier"
    """STUDIO_SECRET: key of the browser's own storage. Set it on a public server."""

    @property
    def models_dir(self) -> Path:
        return self.root / "models"

    @property
    def assets_dir(self) -> Path:
        return self.root / "assets"

    @property
    def cache_dir(self) -> Path:
        return self.data_dir / "cache"

    @property
    def works_dir(self) -> Path:
        return self.data_dir / "works"

    @property
    def database(self) -> Path:
        return self.data_dir / "studio.sqlite3"

    @property
    def accepted_terms(self) -> Path:
        return self.data_dir / "accepted_terms.json"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read STUDIO_* variables. Raises InvalidInput naming the variable that is wrong."""
        given = os.environ if environ is None else environ
        root = Path(given.get("STUDIO_ROOT", "") or Path(__file__).resolve().parent.parent)
        return cls(
            root=root,
            data_dir=Path(given.get("STUDIO_DATA_DIR", "") or root / "data").resolve(),
            host=given.get("STUDIO_HOST", "0.0.0.0" if "SPACE_ID" in given else "127.0.0.1"),
            port=_whole(given, "STUDIO_PORT", 7860),
            device=given.get("STUDIO_DEVICE", "auto"),
            dtype=given.get("STUDIO_DTYPE", "auto"),
            budget_mb=_whole(given, "STUDIO_BUDGET_MB", 0),
            max_queue=_whole(given, "STUDIO_MAX_QUEUE", 256),
            deadline_s=float(_whole(given, "STUDIO_DEADLINE_S", 600)),
            writer=given.get("STUDIO_WRITER", ""),
            painter=given.get("STUDIO_PAINTER", ""),
            composer=given.get("STUDIO_COMPOSER", ""),
            soundfont=Path(given["STUDIO_SOUNDFONT"]) if given.get("STUDIO_SOUNDFONT") else None,
            picture_filter=_switch(given, "STUDIO_PICTURE_FILTER"),
            endpoint=_address(given, "STUDIO_ENDPOINT"),
            endpoint_model=given.get("STUDIO_ENDPOINT_MODEL", ""),
            endpoint_key=Secret(given.get("STUDIO_ENDPOINT_KEY", "")),
            endpoint_timeout_s=float(_whole(given, "STUDIO_ENDPOINT_TIMEOUT_S", 120)),
            api_key=Secret(given.get("STUDIO_API_KEY", "")),
            accept=frozenset(given.get("STUDIO_ACCEPT", "").replace(",", " ").split()),
            corpora=Path(given["STUDIO_CORPORA"]) if given.get("STUDIO_CORPORA") else None,
            fake=given.get("STUDIO_FAKE", "") not in ("", "0"),
            secret=given.get("STUDIO_SECRET", "atelier"),
        )


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    try:
        return int(text)
    except ValueError:
        raise InvalidInput(
            name, f"{name} must be a whole number, not {text!r}.", code="setting", value=text
        ) from None


def _switch(given: Mapping[str, str], name: str) -> str:
    """ "" or "off"."""
    text = given.get(name, "").strip().lower()
    if text in ("", "on", "off"):
        return text.removeprefix("on")
    raise InvalidInput(
        name, f'{name} is "off" or nothing, not {text!r}.', code="setting", value=text
    )


def _address(given: Mapping[str, str], name: str) -> str:
    """An http(s) address without a slash at its end; "" when it is not set."""
    text = given.get(name, "").strip().rstrip("/")
    parts = urlsplit(text)
    if not text or (parts.scheme in ("http", "https") and parts.hostname and "@" not in text):
        return text
    raise InvalidInput(
        name,
        f"{name} must be an address such as http://127.0.0.1:8000/v1.",
        "A key belongs into STUDIO_ENDPOINT_KEY.",
        code="setting_address",
    )
