"""STUDIO_AUTH: who may come in, and what proves it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from studio.door.passwords import fits, hashed, readable
from studio.errors import InvalidInput
from studio.secret import Secret
from studio.settings import Settings

HUB = "hf"
SESSION_S = 30 * 24 * 3600
"""How long a browser stays signed in."""
LEAST_SECRET = 16
LONGEST_NAME, LONGEST_PASSWORD = 100, 1000
_FROM_HUB = "hugging face"
_SIGNING: Mapping[str, Any] = MappingProxyType({"digest_method": hashlib.sha256})


class Accounts:
    """Names, and their passwords or the hub's word for them. Nothing of it is ever shown.

    Sessions and keys are signed with the studio's secret and hold a print of the password: a new
    password ends them all.
    """

    def __init__(self, passwords: Mapping[str, str], secret: Secret, *, hub: bool = False) -> None:
        """`hub` lets the hub's people in: those named in `passwords`, or everybody."""
        self._passwords = dict(passwords)
        self._secret = secret
        self.hub = hub
        self._nobody = hashed("")
        """Unknown names take as long as known ones."""

    @classmethod
    def of(cls, settings: Settings) -> Accounts | None:
        """The accounts of STUDIO_AUTH; None lets everybody in. Raises InvalidInput for an entry
        that can not be read, and without a STUDIO_SECRET that is one."""
        given = settings.auth.reveal().strip()
        if not given:
            return None
        if len(settings.secret.reveal()) < LEAST_SECRET:
            raise InvalidInput(
                "STUDIO_SECRET",
                f"STUDIO_AUTH needs a STUDIO_SECRET of at least {LEAST_SECRET} characters.",
                "It signs the sessions: draw it at random and keep it.",
                code="setting_secret",
            )
        words = _file(given[1:]).split("\n") if given.startswith("@") else given.split()
        if words[0] == HUB:
            _check_space(settings)
            return cls(dict.fromkeys(words[1:], _FROM_HUB), settings.secret, hub=True)
        return cls(dict(_pair(line.strip()) for line in words if _says(line)), settings.secret)

    def __repr__(self) -> str:
        return f"Accounts({len(self._passwords)} names)"

    def lets_in(self, name: str, password: str) -> bool:
        """Whether the password is that name's. Slow on purpose where passwords are hashed."""
        if self.hub or len(name) > LONGEST_NAME or len(password) > LONGEST_PASSWORD:
            return False
        known = name in self._passwords
        return fits(self._passwords.get(name, self._nobody), password) and known

    def knows(self, name: str) -> bool:
        """Whether somebody of that name may come in at all."""
        return name in self._passwords or (self.hub and not self._passwords and bool(name))

    def person(self, name: str) -> str:
        """The id of that name's works: the same on every device, and nobody can guess it."""
        key = self._secret.reveal().encode()
        return hmac.new(key, b"person:" + name.encode(), hashlib.sha256).hexdigest()[:32]

    def session(self, name: str) -> str:
        """What a browser keeps as its cookie."""
        return str(self._sessions().dumps(self._claim(name)))

    def of_session(self, cookie: str) -> str | None:
        """The name that a cookie was made for; None when it is forged, old, or ended."""
        try:
            return self._claimed(self._sessions().loads(cookie, max_age=SESSION_S))
        except BadSignature:
            return None

    def key(self, name: str) -> str:
        """A personal key, for programs: it lasts until the password changes."""
        return str(self._keys().dumps(self._claim(name)))

    def of_key(self, key: str) -> str | None:
        """The name that a personal key was made for."""
        try:
            return self._claimed(self._keys().loads(key))
        except BadSignature:
            return None

    def _claim(self, name: str) -> list[str]:
        return [name, self._print(name)]

    def _claimed(self, claim: object) -> str | None:
        if not isinstance(claim, list) or len(claim) != 2 or not self.knows(str(claim[0])):
            return None
        name, said = str(claim[0]), str(claim[1])
        return name if hmac.compare_digest(said.encode(), self._print(name).encode()) else None

    def _print(self, name: str) -> str:
        known = self._passwords.get(name, _FROM_HUB)
        key = self._secret.reveal().encode()
        return hmac.new(key, f"print:{known}".encode(), hashlib.sha256).hexdigest()[:16]

    def _sessions(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self._secret.reveal(), "atelier session", signer_kwargs=dict(_SIGNING)
        )

    def _keys(self) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret.reveal(), "atelier key", signer_kwargs=dict(_SIGNING))


def _check_space(settings: Settings) -> None:
    if not settings.space:
        raise InvalidInput(
            "STUDIO_AUTH",
            "STUDIO_AUTH=hf works on a Hugging Face Space.",
            "Set hf_oauth: true in the Space's README.",
            code="setting_hub",
        )


def _file(name: str) -> str:
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            "STUDIO_AUTH", "The file of STUDIO_AUTH can not be read.", code="setting_auth"
        ) from error


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _pair(line: str) -> tuple[str, str]:
    """A name and its password. The error shows neither."""
    name, separator, password = line.partition(":")
    if not separator or not name or len(name) > LONGEST_NAME or not readable(password):
        raise InvalidInput(
            "STUDIO_AUTH",
            "An entry of STUDIO_AUTH is no name:password.",
            "One name:password each; studio auth hash makes a hashed one.",
            code="setting_auth",
        )
    return name, password
