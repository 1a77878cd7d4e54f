"""The whole door, around the app: from the outside in

Proxied            the client's own address, where a proxy is trusted
SecurityHeaders    on every answer, errors too
BodyLimits         413
Guard              401, or the sign-in page; only with STUDIO_AUTH
RateLimits         429
FileGate           403 for files that are not for this person
"""

from __future__ import annotations

from starlette.routing import Route

from studio.door.accounts import Accounts
from studio.door.asgi import App
from studio.door.body_limits import BodyLimits
from studio.door.file_gate import FileGate
from studio.door.file_owners import FileOwners
from studio.door.guard import Guard
from studio.door.password_check import PasswordCheck
from studio.door.proxied import Proxied
from studio.door.rates import RateLimits
from studio.door.security_headers import SecurityHeaders
from studio.door.sign_in import SignIn
from studio.errors import InvalidInput
from studio.locales import Locales
from studio.service import Studio


class Door:
    """Holds what its parts share: the accounts, and which files belong to whom."""

    def __init__(self, studio: Studio, locales: Locales) -> None:
        """Raises InvalidInput for a setting that can not be read."""
        self._studio, self._locales = studio, locales
        self.accounts = Accounts.of(studio.settings)
        self.check = PasswordCheck(self.accounts) if self.accounts else None
        self.owners = FileOwners()

    def around(self, app: App) -> App:
        """The app behind the door."""
        settings, locales = self._studio.settings, self._locales
        fonts = settings.assets_dir / "fonts"
        app = FileGate(app, settings.works_dir, fonts, self.owners, self._owns)
        app = RateLimits(app, locales, settings.rate, settings.address_rate)
        if self.accounts and self.check:
            app = Guard(app, self.accounts, self.check, settings.api_key, locales)
        app = BodyLimits(app, locales)
        app = SecurityHeaders(app, space=settings.space)
        return Proxied(app) if settings.proxy else app

    def routes(self) -> list[Route]:
        """The sign-in page and what belongs to it; none where nobody signs in."""
        if not self.accounts or not self.check:
            return []
        return SignIn(self.accounts, self.check, self._locales, self._studio.settings).routes()

    async def _owns(self, work_id: str, person: str) -> bool:
        try:
            await self._studio.work(work_id, user=person)
        except InvalidInput:
            return False
        return True
