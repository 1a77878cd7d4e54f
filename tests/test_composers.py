"""Who composes: the setting, the folder or hub id behind it, the form's choice, and the terms."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from studio.availability import Availability
from studio.catalog import Card, Catalog
from studio.composers import Composers
from studio.crafts.melody import CRAFT
from studio.crafts.melody_composers import COMPOSER_FIELDS
from studio.engine.manager import Manager
from studio.errors import InvalidInput, NotReady
from studio.families.loader import CardLoader
from studio.requests import Request, Sampling
from studio.roster import CatalogRoster, with_composer
from studio.settings import Settings
from studio.terms import AcceptedTerms
from studio.works import Arm
from tests.families.tiny_composer import tiny_composer_card

SHIPPED = "hub/musicgen-small"
OURS = "lm/melody"
CRAFT_WITH_FIELDS = replace(
    CRAFT,
    fields=(*(each for each in CRAFT.fields if each not in COMPOSER_FIELDS), *COMPOSER_FIELDS),
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.read(Settings.from_environ({}).models_dir)


def nobody(_: Card) -> bool:
    return False


def everybody(_: Card) -> bool:
    return True


# the setting


def test_a_card_or_the_hub_id_of_one_is_that_card(catalog: Catalog) -> None:
    assert with_composer(catalog, "") == (catalog, "")
    assert with_composer(catalog, SHIPPED) == (catalog, SHIPPED)
    assert with_composer(catalog, "facebook/musicgen-small") == (catalog, SHIPPED)
    assert Settings.from_environ({"STUDIO_COMPOSER": SHIPPED}).composer == SHIPPED


def test_any_other_hub_id_becomes_a_card(catalog: Catalog) -> None:
    full, name = with_composer(catalog, "somebody/musicgen-fine")
    card = full.card(name)
    assert (card.family, card.roles, card.crafts) == ("music_gen", ("melody",), ("melody",))
    assert not card.automatic


def test_a_folder_becomes_a_card_with_its_readmes_licence(catalog: Catalog, tmp_path: Path) -> None:
    folder = tiny_composer_card(tmp_path).folder
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n", "utf-8")
    full, name = with_composer(catalog, str(folder))
    card = full.card(name)
    assert (name, card.family, card.licence) == ("folder/mono", "music_gen", "cc-by-nc-4.0")
    assert card.parameters > 10_000


@pytest.mark.parametrize("config", [None, {"model_type": "llama"}, "[", []])
def test_a_folder_without_a_musicgen_is_named(
    catalog: Catalog, tmp_path: Path, config: object
) -> None:
    if config is not None:
        text = config if isinstance(config, str) else json.dumps(config)
        (tmp_path / "config.json").write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as wrong:
        with_composer(catalog, str(tmp_path))
    assert wrong.value.code == "no_composer_folder"


# the form


def test_the_fields_are_shown_once_a_composer_is_there(catalog: Catalog) -> None:
    without = Composers(catalog, nobody).craft(CRAFT_WITH_FIELDS)
    assert without.named("composer").hidden
    usable = Composers(catalog, lambda card: card.name == SHIPPED).craft(CRAFT_WITH_FIELDS)
    assert usable.named("composer").choices[:3] == ("auto", "own", SHIPPED)
    configured = Composers(catalog, nobody, composer=SHIPPED).craft(CRAFT_WITH_FIELDS)
    assert not configured.named("seconds").hidden


def test_who_composes_what(catalog: Catalog) -> None:
    free, set_ = Composers(catalog, everybody), Composers(catalog, everybody, composer=SHIPPED)
    asked, arm = {"composer": "auto", "start": "", "words": ""}, Arm("as asked")
    assert free.resolved(asked, arm) == ({**asked, "composer": "own"}, arm)
    assert set_.resolved(asked, arm) == ({**asked, "composer": SHIPPED}, replace(arm, card=SHIPPED))
    own = {**asked, "composer": "own"}
    assert set_.resolved(own, arm) == (own, arm)
    named = {**asked, "composer": SHIPPED}
    assert free.resolved(named, arm)[1].card == SHIPPED
    duel = Arm("the studio's own", card=OURS)
    assert set_.resolved(named, duel) == (own, duel)
    other_craft: dict[str, object] = {"text": "a story"}
    assert set_.resolved(other_craft, arm) == (other_craft, arm)


def test_what_needs_notes_stays_with_the_own_model(catalog: Catalog) -> None:
    composers = Composers(catalog, everybody, composer=SHIPPED)
    for more in ({"start": '{"verb": "vary"}'}, {"words": "Row, row"}):
        asked = {"composer": SHIPPED, "start": "", "words": "", **more}
        inputs, arm = composers.resolved(asked, Arm("as asked"))
        assert (inputs["composer"], arm.card) == ("own", "")
        with pytest.raises(InvalidInput) as refused:
            composers.resolved(asked, Arm("MusicGen", card=SHIPPED))
        assert refused.value.code == "composer_only_from_words"


def test_a_card_that_composes_nothing_is_named(catalog: Catalog) -> None:
    composers = Composers(catalog, everybody)
    with pytest.raises(InvalidInput) as wrong:
        composers.resolved({"composer": "hub/sd-turbo"}, Arm("as asked"))
    assert wrong.value.code == "not_a_composer"
    with pytest.raises(NotReady):
        composers.resolved({"composer": "hub/nobody"}, Arm("as asked"))


# the terms


def test_nobody_composes_with_it_unasked(catalog: Catalog) -> None:
    roster = CatalogRoster(catalog, "melody", everybody, accepted=lambda _: True)
    assert roster.choose("melody", "zh") == (OURS, None)
    named = CatalogRoster(catalog, "melody", everybody, accepted=lambda _: True, card=SHIPPED)
    assert named.choose("melody", "zh") == (SHIPPED, None)


def test_the_licence_is_accepted_before_it_is_used(catalog: Catalog, tmp_path: Path) -> None:
    card = catalog.card(SHIPPED)
    assert card.licence == "CC-BY-NC-4.0"
    assert card.terms is not None
    assert all(card.terms.summary[lang] for lang in ("en", "zh"))
    settings = Settings.from_environ({"STUDIO_DATA_DIR": str(tmp_path)})
    terms = AcceptedTerms(settings.accepted_terms)
    here = Availability(catalog, settings, terms)
    with pytest.raises(NotReady) as refused:
        here.roster("melody", Arm("MusicGen", card=SHIPPED)).choose("melody", "en")
    assert refused.value.code == "terms_not_accepted"
    with pytest.raises(NotReady) as unloaded:
        CardLoader(catalog, settings, device="cpu").load(SHIPPED)
    assert unloaded.value.code == "terms_not_accepted"
    terms.accept(card.terms)
    with pytest.raises(NotReady) as missing:
        here.roster("melody", Arm("MusicGen", card=SHIPPED)).choose("melody", "en")
    assert missing.value.code == "not_installed"


def test_a_folder_composes_through_the_loader_and_the_engine(tmp_path: Path) -> None:
    card = tiny_composer_card(tmp_path)
    settings = Settings.from_environ(
        {"STUDIO_DATA_DIR": str(tmp_path), "STUDIO_COMPOSER": str(card.folder)}
    )
    catalog, name = with_composer(Catalog([]), settings.composer)
    loader = CardLoader(catalog, settings, device="cpu")
    greedy = Sampling(temperature=0)
    request = Request(card=name, seed=1, prompt="jig", sampling=greedy, condition={"seconds": 1})
    with Manager(loader, budget_bytes=10**10) as manager:
        done = manager.submit(request).result(timeout_s=60)
    assert done.sound is not None
    assert done.sound.seconds == 1
