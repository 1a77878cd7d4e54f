"""The fake family: believable enough to run the whole studio, strict enough to catch the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.catalog import Card, Catalog
from studio.families.fake import Fake
from studio.families.fake_vocabulary import BUILTIN, FakeVocabulary
from studio.requests import Message, Request, Sampling


def written(request: Request, fake: Fake | None = None) -> tuple[str, str, int]:
    """Text, finish and number of tokens of one request alone."""
    family = fake or Fake()
    slot = family.admit(request)
    text = ""
    while True:
        chunk = family.step([slot])[0].chunk
        if chunk is None:
            continue
        text += chunk.text
        if chunk.finish is not None and chunk.usage is not None:
            family.release(slot)
            return text, chunk.finish, chunk.usage.output_tokens


def ask(prompt: str = "a lighthouse", **more: object) -> Request:
    return Request(card="fake", prompt=prompt, **({"seed": 1} | more))  # type: ignore[arg-type]


def test_it_answers_in_the_language_it_is_asked_in() -> None:
    english, chinese = written(ask())[0], written(ask("江上夜雨"))[0]
    assert english.isascii()
    assert english.endswith(".")
    assert sum("\u4e00" <= each <= "\u9fff" for each in chinese) > len(chinese) / 2


def test_prompt_chat_seed_adapter_and_opening_all_matter_unless_greedy() -> None:
    chat = (Message("user", "a lighthouse"),)
    others = [ask(seed=2), ask("a boat"), ask(adapter="lora/x"), ask(opening="Once")]
    texts = {written(each)[0] for each in (ask(), ask("", messages=chat, seed=3), *others)}
    assert len(texts) == 6
    greedy = Sampling(temperature=0)
    assert written(ask(seed=1, sampling=greedy)) == written(ask(seed=2, sampling=greedy))


def test_the_opening_is_not_said_again() -> None:
    assert not written(ask(opening="Once upon a time"))[0].startswith("Once upon a time")


def test_it_stops_at_its_budget() -> None:
    assert written(ask(sampling=Sampling(max_tokens=5)))[1:] == ("length", 5)


def test_grace_lets_it_reach_the_end_of_a_sentence() -> None:
    text, finish, tokens = written(ask(sampling=Sampling(max_tokens=11, grace_tokens=20)))
    assert (finish, tokens) == ("length", 18)
    assert text.endswith(".")


def test_a_stop_string_ends_it_and_is_never_shown() -> None:
    whole = written(ask(sampling=Sampling(max_tokens=40)))[0]
    stop = whole.split()[3] + " " + whole.split()[4]
    text, finish, _ = written(ask(sampling=Sampling(max_tokens=40, stop=("never", stop))))
    assert finish == "stop"
    assert text == whole[: whole.index(stop)]


def test_pictures_have_the_asked_size_and_their_own_colours() -> None:
    fake = Fake("picture")
    slots = [fake.admit(ask(seed=n, condition={"edge": 48})) for n in (1, 2)]
    one, two = (each.chunk.picture for each in fake.step(slots) if each.chunk)
    assert one is not None
    assert two is not None
    assert (one.width, one.height, len(one.rgb)) == (48, 48, 48 * 48 * 3)
    assert one.rgb != two.rgb


def test_the_vocabulary_reads_what_it_writes() -> None:
    vocabulary = FakeVocabulary()
    text = "The moon, 七言绝句。\n still water"
    assert vocabulary.decode(vocabulary.encode(text)) == text
    assert len(BUILTIN) == len(set(BUILTIN)) == len(vocabulary) - 1
    assert vocabulary.text(vocabulary.eos) == ""


def test_a_vocabulary_of_whole_words_joins_them() -> None:
    vocabulary = FakeVocabulary(("|2", "n7d12", "r12"), joiner=" ")
    assert vocabulary.decode((1, 2, 3)) == "|2 n7d12 r12"
    assert vocabulary.encode("|2 n7d12 r12") == (1, 2, 3)


class TestAssertions:
    """What the engine must never do fails loudly."""

    def test_stepping_a_slot_twice(self) -> None:
        fake = Fake()
        slot = fake.admit(ask())
        with pytest.raises(AssertionError, match="twice"):
            fake.step([slot, slot])

    def test_stepping_or_releasing_a_free_slot(self) -> None:
        fake = Fake()
        slot = fake.admit(ask())
        fake.release(slot)
        with pytest.raises(AssertionError, match="free"):
            fake.step([slot])
        with pytest.raises(AssertionError, match="free"):
            fake.release(slot)

    def test_closing_over_somebody(self) -> None:
        fake = Fake()
        fake.admit(ask())
        with pytest.raises(AssertionError, match="closed with rows"):
            fake.close()


def test_it_stands_in_for_a_composer_of_sound(tmp_path: Path) -> None:
    card = Card(
        name="folder/composer", version="1", kind="base", family="music_gen", licence="",
        folder=tmp_path, roles=("melody",),
    )  # fmt: skip
    fake = Fake.open(card, Catalog([card]), "cpu", "auto")
    requests = [Request(card=card.name, seed=seed, condition={"seconds": 1}) for seed in (1, 1, 2)]
    stepped = fake.step([fake.admit(each) for each in requests])
    sounds = [each.chunk.sound for each in stepped if each.chunk]
    assert fake.lane == "melody"
    assert all(each.ended for each in stepped)
    assert sounds[0] is not None
    assert sounds[0].seconds == 1
    assert sounds[0] == sounds[1] != sounds[2]
