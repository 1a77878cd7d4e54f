"""The remote family on a server of its own, which ends with it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from studio.api import create_app
from studio.archive import Archive
from studio.catalog import Catalog
from studio.engine.manager import Manager
from studio.families.fake import Fake
from studio.families.remote import Remote
from studio.families.remote_endpoint import Endpoint
from studio.history.store import Store
from studio.locales import Locales
from studio.requests import TokenRule, Vocabulary
from studio.service import Studio
from studio.settings import Settings
from studio.sources.endpoint import endpoint_card
from tests.loopback import served

MODEL = "base/smollm2-135m-instruct"


class Unbound:
    """A form that somebody relies on."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        raise AssertionError("bound to a vocabulary that is not there")


class QuickFakes:
    """A loader of fakes that take no time."""

    def footprint(self, card: str) -> int:
        return 1

    def load(self, card: str) -> Fake:
        return Fake("text", capacity=32)


class Served(Remote):
    """Takes its server down with it."""

    server: ExitStack

    def close(self) -> None:
        super().close()
        self.server.close()


def loopback_endpoint(folder: Path) -> Served:
    """A card of the studio's own /v1 over a real connection."""
    given = {"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(folder)}
    settings = Settings.from_environ(given)
    server = ExitStack()
    manager = Manager(QuickFakes(), budget_bytes=10**9)
    archive = Archive(Store(settings.database), settings.works_dir)
    studio = Studio(settings, Catalog.read(settings.models_dir), manager, archive)
    server.callback(studio.close)
    locales = Locales.load(settings.assets_dir / "locales")
    address = server.enter_context(served(create_app(studio, locales)))
    endpoint = {"STUDIO_ENDPOINT": f"{address}/v1", "STUDIO_ENDPOINT_MODEL": MODEL}
    card = endpoint_card(Settings.from_environ(endpoint))
    family = Served(card, Catalog([card]), Endpoint.of(card))
    family.server = server
    return family
