"""All settings, read once from STUDIO_* variables: the only reader of os.environ."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from studio.errors import InvalidInput
from studio.secret import Secret

_UNITS: Mapping[str, int] = MappingProxyType({"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12})


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
    memory_budget_bytes: int = 0
    """STUDIO_MEMORY_BUDGET: what loaded cards may take together, as 6GB or 800MB (older name:
    STUDIO_BUDGET_MB, in MB); 0 takes what the device has, less a reserve to work in."""
    idle_unload_s: float = 0.0
    """STUDIO_IDLE_UNLOAD_S: a card that nobody has used for so long gives its memory back; 0 lets
    it stay."""
    max_queue: int = 256
    """STUDIO_MAX_QUEUE: waiting requests before the studio says it is busy."""
    max_per_user: int = 128
    """STUDIO_MAX_PER_USER: waiting requests of one person; 0 leaves only the queue's own bound."""
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """STUDIO_WEIGHTS: turns that a person has while others have one, as "ann=3 bob=0.5"; the names
    are those of sign-in."""
    deadline_s: float = 600.0
    """STUDIO_DEADLINE_S: how long one request may wait for its turn."""
    run_deadline_s: float = 900.0
    """STUDIO_RUN_DEADLINE_S: how long one request may run; what there is of a text then is kept. 0:
    as long as it takes."""
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
    peers_python: Path | None = None
    """STUDIO_PEERS_PYTHON: the interpreter of `studio bench engine --peers`, where other engines
    are installed; without it, the studio's own."""
    corpora: Path | None = None
    """STUDIO_CORPORA: folder of the training corpora; nothing else needs it."""
    log: str = "text"
    """STUDIO_LOG: text | json, the form of the log's lines."""
    log_level: str = "info"
    """STUDIO_LOG_LEVEL: debug | info | warning | error."""
    admins: frozenset[str] = frozenset()
    """STUDIO_ADMINS: names of sign-in that may give a card's memory back, with commas between.
    Without any: everybody on a studio without sign-in that only this machine reaches."""
    fake: bool = False
    """STUDIO_FAKE=1: everything on the fake family, without weights."""
    secret: Secret = field(default_factory=lambda: Secret("atelier"))
    """STUDIO_SECRET: key of the browser's own storage, and of sessions where people sign in. Set
    it on a public server."""
    auth: Secret = field(default_factory=Secret)
    """STUDIO_AUTH: who may come in: name:password pairs with spaces between, @file with one a line,
    or hf (with names after it, or everybody) on a Space; "" lets everybody in."""
    rate: str = ""
    """STUDIO_RATE: how often one person may ask for work, for example 60/minute; "" is no limit."""
    address_rate: str = ""
    """STUDIO_ADDRESS_RATE: the same for one address, behind which many people may sit."""
    proxy: bool = False
    """STUDIO_PROXY=1: a proxy in front of the studio names the client (X-Forwarded-For). Always so
    on a Space."""
    space: bool = False
    """Whether this is a Hugging Face Space: there the hub shows the page in a frame."""

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
            memory_budget_bytes=_size(given, "STUDIO_MEMORY_BUDGET")
            or 10**6 * _whole(given, "STUDIO_BUDGET_MB", 0),
            idle_unload_s=float(_whole(given, "STUDIO_IDLE_UNLOAD_S", 0)),
            max_queue=_whole(given, "STUDIO_MAX_QUEUE", 256),
            max_per_user=_whole(given, "STUDIO_MAX_PER_USER", 128),
            weights=_weights(given, "STUDIO_WEIGHTS"),
            deadline_s=float(_whole(given, "STUDIO_DEADLINE_S", 600)),
            run_deadline_s=float(_whole(given, "STUDIO_RUN_DEADLINE_S", 900)),
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
            peers_python=_path(given, "STUDIO_PEERS_PYTHON"),
            corpora=Path(given["STUDIO_CORPORA"]) if given.get("STUDIO_CORPORA") else None,
            log=_one_of(given, "STUDIO_LOG", ("text", "json")),
            log_level=_one_of(given, "STUDIO_LOG_LEVEL", ("info", "debug", "warning", "error")),
            admins=frozenset(given.get("STUDIO_ADMINS", "").replace(",", " ").split()),
            fake=given.get("STUDIO_FAKE", "") not in ("", "0"),
            secret=Secret(given.get("STUDIO_SECRET", "atelier")),
            auth=Secret(given.get("STUDIO_AUTH", "")),
            rate=given.get("STUDIO_RATE", ""),
            address_rate=given.get("STUDIO_ADDRESS_RATE", ""),
            proxy=given.get("STUDIO_PROXY", "1" if "SPACE_ID" in given else "") not in ("", "0"),
            space="SPACE_ID" in given,
        )


def _path(given: Mapping[str, str], name: str) -> Path | None:
    """None when it is not set."""
    return Path(given[name]) if given.get(name) else None


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


def _one_of(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first when it is not set."""
    text = given.get(name, "").strip().lower() or choices[0]
    if text in choices:
        return text
    told = f"{name} is one of {', '.join(choices)}, not {text!r}."
    raise InvalidInput(name, told, code="setting", value=text)


def _weights(given: Mapping[str, str], name: str) -> Mapping[str, float]:
    """Names with their weights, "ann=3 bob=0.5", with spaces or commas between."""
    weights: dict[str, float] = {}
    for each in given.get(name, "").replace(",", " ").split():
        found = re.fullmatch(r"(.+)=(\d+(?:\.\d+)?)", each)
        if not found or not 0.01 <= float(found[2]) <= 100:
            told = f"{name} names people and weights of 0.01 to 100 as ann=3, not {each!r}."
            raise InvalidInput(name, told, code="setting", value=each)
        weights[found[1]] = float(found[2])
    return MappingProxyType(weights)


def _size(given: Mapping[str, str], name: str) -> int:
    """Bytes of a size such as 6GB, 1.5 GB or 800MB (decimal units); 0 when it is not set."""
    text = given.get(name, "").strip()
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?(TB|GB|MB|kB)", text, re.IGNORECASE)
    if found:
        return int(float(found[1]) * _UNITS[found[2].upper()])
    if text in ("", "0"):
        return 0
    told = f"{name} must be a size such as 6GB or 800MB, not {text!r}."
    raise InvalidInput(name, told, code="setting", value=text)


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
