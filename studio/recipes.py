"""Everything needed to make a result again."""

from __future__ import annotations

from collections.abc import Mapping

from studio import __version__
from studio.catalog import Catalog
from studio.crafts.craft import Craft, Order

START_CARD = "start_card"
"""In a request's condition: the card that made the picture which it starts from."""


def recipe_of_order(craft: Craft, order: Order, catalog: Catalog) -> Mapping[str, object]:
    """The recipe of an order: JSON-able, the same for the database and the exported files.

    Filling the craft's form with `inputs` on the same card versions gives the same outputs.
    """
    models = {(each.card, each.adapter) for each in order.requests}
    begun = (each.condition.get(START_CARD) for each in order.requests)
    models |= {(str(card), None) for card in begun if card}
    models |= {(prior, None) for card, _ in models if (prior := _prior(catalog, card))}
    return {
        "studio": __version__,
        "craft": craft.name,
        "lang": order.lang,
        "inputs": {name: _plain(value) for name, value in order.inputs.items()},
        "plan": {name: _plain(value) for name, value in order.plan.items()},
        "models": [_model(catalog, *each) for each in sorted(models, key=str)],
    }


def version_of(catalog: Catalog, card: str) -> str:
    """Which weights go by the card's name now, those of its prior included."""
    names = [card, *filter(None, [_prior(catalog, card)])]
    return " ".join(f"{each} {catalog.card(each).digest}" for each in names)


def _prior(catalog: Catalog, card: str) -> str:
    """The card that this one draws its layouts with, if any."""
    return str(catalog.card(card).extra.get("prior", ""))


def _model(catalog: Catalog, card: str, adapter: str | None) -> Mapping[str, object]:
    known = catalog.card(card)
    model: dict[str, object] = {"card": card, "version": known.version, "digest": known.digest}
    if adapter:
        fitted = catalog.card(adapter)
        model |= {"adapter": adapter, "adapter_version": fitted.version}
        model |= {"adapter_digest": fitted.digest}
    return model


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
