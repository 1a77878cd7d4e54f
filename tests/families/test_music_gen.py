"""MusicGen on tiny random weights: step by step, batched, cancelled, guided; and always what
transformers itself would have composed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from transformers import (
    AutoTokenizer,
    MusicgenForConditionalGeneration,
    MusicgenMelodyForConditionalGeneration,
)

from studio.catalog import Card, Catalog
from studio.engine.family import DeviceOutOfMemory, Stepped
from studio.engine.manager import Manager
from studio.errors import Cancelled, InvalidInput, NotReady
from studio.families.music_gen import MusicGen
from studio.families.music_gen_estimate import ROWS, music_gen_need, rows_bytes
from studio.families.music_gen_model import CHROMA_HZ, pitch_classes
from studio.requests import Chunk, Request, Sampling, Sound
from tests.families.tiny_composer import (
    CARD,
    FRAMES_A_SECOND,
    RATE_HZ,
    tiny_composer,
    tiny_composer_card,
)

LULLABY = "slow lullaby in a minor, 6/8, music box"
GREEDY = Sampling(temperature=0)
WILD = Sampling(temperature=1.0, top_k=20, top_p=1.0)
OTHER = 1e-3
"""Music that differs by more is other music; rounding is a hundredth of that."""
SCALE = [[60 + step, step * 0.5, 0.5] for step in range(8)]


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Card:
    return tiny_composer_card(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def loaded(card: Card) -> Iterator[MusicGen]:
    family = MusicGen.open(card, Catalog([card]), "cpu", "float32")
    yield family
    family.close()


@pytest.fixture
def composer(loaded: MusicGen) -> Iterator[MusicGen]:
    """The loaded family; a test that failed leaves no rows to the next."""
    yield loaded
    for slot in list(loaded._rows):
        loaded.release(slot)


def ask(
    seed: int, prompt: str = LULLABY, sampling: Sampling = WILD, **condition: object
) -> Request:
    told = {"seconds": 1, **condition}
    return Request(card=CARD, seed=seed, prompt=prompt, sampling=sampling, condition=told)


@dataclass
class Heard:
    """What came of one request."""

    sound: Sound | None = None
    chunks: list[Chunk] = field(default_factory=list)

    def add(self, stepped: Stepped) -> None:
        if stepped.error is not None:
            raise stepped.error
        if stepped.chunk is not None:
            self.chunks.append(stepped.chunk)
            self.sound = stepped.chunk.sound or self.sound

    @property
    def samples(self) -> NDArray[np.float32]:
        assert self.sound is not None
        flat: NDArray[np.float32] = np.frombuffer(self.sound.samples, "<f4")
        return flat.reshape(-1, self.sound.channels).T


def composed(family: MusicGen, requests: Sequence[Request]) -> list[Heard]:
    """All requests in one batch until all have ended."""
    slots = [family.admit(each) for each in requests]
    heard = {slot: Heard() for slot in slots}
    go_on(family, heard, list(slots))
    return [heard[slot] for slot in slots]


def go_on(family: MusicGen, heard: dict[int, Heard], live: list[int]) -> None:
    while live:
        for stepped in family.step(live):
            heard[stepped.slot].add(stepped)
            if stepped.ended:
                family.release(stepped.slot)
                live.remove(stepped.slot)


def differ(one: Heard, other: Heard) -> float:
    """The most by which two samples differ: sums over other batches round in the last bits."""
    return float(np.abs(one.samples - other.samples).max())


def plainly(card: Card, request: Request, **more: Any) -> NDArray[np.float32]:
    """What one ordinary call of transformers composes for the request."""
    melody = "melody" in card.folder.name
    kind: Any = (
        MusicgenMelodyForConditionalGeneration if melody else MusicgenForConditionalGeneration
    )
    network = kind.from_pretrained(card.folder).eval()
    read = AutoTokenizer.from_pretrained(card.folder)(request.prompt, return_tensors="pt")
    asked, frames = request.condition, round(FRAMES_A_SECOND * float(request.condition["seconds"]))  # type: ignore[arg-type]
    torch.manual_seed(request.seed)
    drawn: dict[str, Any] = {"do_sample": False}
    if request.sampling.temperature:
        drawn = {
            "do_sample": True,
            "temperature": request.sampling.temperature,
            "top_k": request.sampling.top_k,
            "top_p": request.sampling.top_p,
        }
    values = network.generate(
        input_ids=read.input_ids,
        attention_mask=read.attention_mask,
        max_new_tokens=frames + 3,
        guidance_scale=asked.get("guidance", 3.0),
        **drawn,
        **more,
    )
    samples: NDArray[np.float32] = values[0].numpy()
    return samples


# what is composed


@pytest.mark.parametrize("sampling", [GREEDY, WILD, Sampling(temperature=0.7, top_p=0.8, top_k=9)])
@pytest.mark.parametrize("guidance", [1.0, 3.0])
def test_step_by_step_is_what_transformers_composes_in_one_call(
    card: Card, composer: MusicGen, sampling: Sampling, guidance: float
) -> None:
    asked = ask(5, sampling=sampling, guidance=guidance, seconds=2)
    plain = plainly(card, asked)
    ours = composed(composer, [asked])[0]
    assert np.abs(ours.samples - plain).max() < 1e-5
    assert plain.std() > OTHER, "silence would prove nothing"


def test_both_channels_of_a_stereo_model(tmp_path: Path) -> None:
    card = tiny_composer_card(tmp_path, "stereo")
    family = MusicGen.open(card, Catalog([card]), "cpu", "float32")
    for sampling in (GREEDY, WILD):
        asked = ask(2, sampling=sampling)
        ours = composed(family, [asked])[0]
        assert ours.samples.shape == (2, RATE_HZ)
        assert np.abs(ours.samples - plainly(card, asked)).max() < 1e-5
        assert np.abs(ours.samples[0] - ours.samples[1]).max() > OTHER
    family.close()


def test_the_length_that_is_asked(composer: MusicGen) -> None:
    for seconds in (1, 1.5, 4):
        sound = composed(composer, [ask(1, seconds=seconds)])[0].sound
        assert sound is not None
        assert (sound.rate_hz, sound.channels) == (RATE_HZ, 1)
        assert sound.seconds == seconds


def test_the_card_says_what_is_done_when_nothing_is_asked(tmp_path: Path) -> None:
    told = {"defaults": {"seconds": 2, "guidance": 1.0}}
    card = tiny_composer_card(tmp_path, extra=told)
    family = MusicGen.open(card, Catalog([card]), "cpu", "float32")
    silent = replace(ask(1), condition={})
    sound = composed(family, [silent])[0]
    assert sound.sound is not None
    assert sound.sound.seconds == 2
    assert differ(sound, composed(family, [ask(1, seconds=2, guidance=1)])[0]) < 1e-6
    family.close()


def test_guidance_changes_the_music_and_each_row_has_its_own(composer: MusicGen) -> None:
    scales = (1.0, 2.0, 6.0)
    alone = [composed(composer, [ask(3, guidance=scale)])[0] for scale in scales]
    together = composed(composer, [ask(3, guidance=scale) for scale in scales])
    assert [differ(*pair) < 1e-5 for pair in zip(together, alone, strict=True)] == [True] * 3
    assert min(differ(alone[0], alone[1]), differ(alone[1], alone[2])) > OTHER


def test_the_words_change_the_music(composer: MusicGen) -> None:
    one, other = composed(composer, [ask(3), ask(3, "a wild jig in d, fiddles and drums")])
    assert differ(one, other) > OTHER


def test_greedy_does_not_ask_the_seed(composer: MusicGen) -> None:
    one, other = composed(composer, [ask(1, sampling=GREEDY), ask(2, sampling=GREEDY)])
    assert differ(one, other) < 1e-6


# in company


def test_four_takes_share_every_call_of_the_decoder(
    composer: MusicGen, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    real = composer._model._decoder.forward

    def counted(*given: Any, **named: Any) -> Any:
        calls.append(named["input_ids"].shape[0])
        return real(*given, **named)

    monkeypatch.setattr(composer._model._decoder, "forward", counted)
    takes = composed(composer, [ask(seed) for seed in range(4)])
    assert calls == [4 * 2 * 4] * (FRAMES_A_SECOND + 3)
    assert all(differ(takes[0], each) > OTHER for each in takes[1:])


def test_a_batch_of_other_words_lengths_and_settings_equals_its_rows_alone(
    composer: MusicGen,
) -> None:
    requests = [
        ask(1),
        ask(2, "jig", seconds=2),
        ask(3, "a march for a robot", guidance=1.0, seconds=1.3),
        ask(4, seconds=1.5, sampling=Sampling(temperature=0.6, top_k=5)),
        ask(5, "", sampling=GREEDY),
    ]
    alone = [composed(composer, [each])[0] for each in requests]
    together = composed(composer, requests)
    assert [differ(*pair) < 1e-5 for pair in zip(together, alone, strict=True)] == [True] * 5


def test_who_is_done_leaves_and_the_others_go_on(composer: MusicGen) -> None:
    short, long = composer.admit(ask(1)), composer.admit(ask(2, seconds=3))
    heard = {short: Heard(), long: Heard()}
    while heard[short].sound is None:
        for stepped in composer.step([short, long]):
            heard[stepped.slot].add(stepped)
    assert heard[long].sound is None
    composer.release(short)
    go_on(composer, heard, [long])
    assert differ(heard[long], composed(composer, [ask(2, seconds=3)])[0]) < 1e-5


def test_a_cancelled_row_gives_back_its_keys_and_values(composer: MusicGen) -> None:
    slots = [composer.admit(ask(seed)) for seed in range(3)]
    heard = {slot: Heard() for slot in slots}
    for _ in range(4):
        for stepped in composer.step(slots):
            heard[stepped.slot].add(stepped)
    composer.release(slots[1])
    go_on(composer, heard, [slots[0], slots[2]])
    for number in (0, 2):
        assert differ(heard[slots[number]], composed(composer, [ask(number)])[0]) < 1e-5
    lone = composer.admit(ask(9))
    composer.step([lone])
    assert composer._loops
    composer.release(lone)
    assert not composer._loops


def test_each_step_tells_how_far_it_is(composer: MusicGen) -> None:
    heard = composed(composer, [ask(1)])[0]
    steps = [each.data["step"] for each in heard.chunks]
    assert steps == list(range(1, FRAMES_A_SECOND + 5))
    assert {each.data["steps"] for each in heard.chunks} == {FRAMES_A_SECOND + 4}
    assert heard.chunks[-1].usage is not None
    assert heard.chunks[-1].usage.output_tokens == FRAMES_A_SECOND


def test_what_has_no_room_waits(composer: MusicGen, monkeypatch: pytest.MonkeyPatch) -> None:
    one = composer._bytes(composer._row(ask(1)))
    monkeypatch.setattr("studio.families.music_gen.rows_bytes", lambda _: 2 * one)
    slots = [composer.admit(ask(seed)) for seed in range(5)]
    heard = {slot: Heard() for slot in slots}
    for stepped in composer.step(slots):
        heard[stepped.slot].add(stepped)
    assert [len(heard[slot].chunks) for slot in slots] == [1, 1, 0, 0, 0]
    go_on(composer, heard, list(slots))
    monkeypatch.undo()
    for seed, slot in enumerate(slots):
        assert differ(heard[slot], composed(composer, [ask(seed)])[0]) < 1e-5
    large = composer.admit(ask(1, seconds=30))
    monkeypatch.setattr("studio.families.music_gen.rows_bytes", lambda _: 1)
    assert composer.step([large])[0].chunk is not None, "one alone always begins"


@pytest.mark.parametrize("after", [0, 3])
def test_running_out_of_memory_changes_nothing_and_halves_go_on(
    composer: MusicGen, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    expected = [composed(composer, [ask(seed)])[0] for seed in range(4)]
    slots = [composer.admit(ask(seed)) for seed in range(4)]
    heard = {slot: Heard() for slot in slots}
    for _ in range(after):
        for stepped in composer.step(slots):
            heard[stepped.slot].add(stepped)
    last = composer._model._decoder.model.decoder.layers[-1]
    real = last.forward

    def too_many(states: torch.Tensor, *given: Any, **named: Any) -> Any:
        done = real(states, *given, **named)
        if states.shape[0] > 4:
            raise torch.OutOfMemoryError
        return done

    with monkeypatch.context() as patched:
        patched.setattr(last, "forward", too_many)
        with pytest.raises(DeviceOutOfMemory):
            composer.step(slots)
        for half in (slots[:2], slots[2:]):
            for stepped in composer.step(half):
                heard[stepped.slot].add(stepped)
    go_on(composer, heard, list(slots))
    pairs = zip((heard[slot] for slot in slots), expected, strict=True)
    assert [differ(*pair) < 1e-5 for pair in pairs] == [True] * 4


def test_running_out_of_memory_at_the_sound_can_be_tried_again(
    composer: MusicGen, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = composed(composer, [ask(1)])[0]
    slot = composer.admit(ask(1))
    heard = {slot: Heard()}
    for _ in range(FRAMES_A_SECOND + 3):
        heard[slot].add(composer.step([slot])[0])

    def no_memory(*_: Any, **__: Any) -> Any:
        raise torch.OutOfMemoryError

    with monkeypatch.context() as patched:
        patched.setattr(composer._model._network.audio_encoder, "decode", no_memory)
        with pytest.raises(DeviceOutOfMemory):
            composer.step([slot])
    go_on(composer, heard, [slot])
    assert differ(heard[slot], expected) < 1e-6


def test_a_failing_loop_fails_alone(composer: MusicGen, monkeypatch: pytest.MonkeyPatch) -> None:
    free, guided = composer.admit(ask(1, guidance=1.0)), composer.admit(ask(2))
    real = composer._model.scores

    def broken_when_guided(*given: Any, guided: bool) -> Any:
        if guided:
            raise ValueError("a bug in a model")
        return real(*given, guided=guided)

    monkeypatch.setattr(composer._model, "scores", broken_when_guided)
    stepped = [each for _ in range(2) for each in composer.step([free, guided])]
    assert {each.slot for each in stepped if each.error is not None} == {guided}


def test_a_stopped_request_ends_in_the_engine_while_others_go_on(card: Card) -> None:
    family = MusicGen.open(card, Catalog([card]), "cpu", "float32")

    class OneCard:
        def footprint(self, card: str) -> int:
            return 1

        def load(self, card: str) -> MusicGen:
            return family

    with Manager(OneCard(), budget_bytes=10**12) as manager:
        stopped = manager.submit(ask(1, seconds=30))
        other = manager.submit(ask(2))
        sound = other.result(timeout_s=60).sound
        assert sound is not None
        assert sound.seconds == 1
        stopped.cancel()
        with pytest.raises(Cancelled):
            stopped.result(timeout_s=60)


# a melody to play


def test_a_melody_is_played_as_transformers_would(tmp_path: Path) -> None:
    card = tiny_composer_card(tmp_path, "melody")
    family = MusicGen.open(card, Catalog([card]), "cpu", "float32")
    plain = ask(4, sampling=GREEDY)
    assert np.abs(composed(family, [plain])[0].samples - plainly(card, plain)).max() < 1e-5
    told = ask(4, sampling=GREEDY, notes=SCALE)
    classes = torch.tensor([pitch_classes([(60 + i, i * 0.5, 0.5) for i in range(8)], 30)])
    features = torch.nn.functional.one_hot(classes, 12).float()
    ours = composed(family, [told, plain, ask(5, "jig", notes=SCALE[:2])])
    assert np.abs(ours[0].samples - plainly(card, told, input_features=features)).max() < 1e-5
    assert differ(ours[0], ours[1]) > OTHER
    assert differ(ours[2], composed(family, [ask(5, "jig", notes=SCALE[:2])])[0]) < 1e-5
    family.close()


def test_the_pitch_classes_of_a_melody() -> None:
    heard = pitch_classes([(62, 1.0, 0.5), (60, 0.0, 0.5)], 99)
    assert len(heard) == 12 == round(1.5 * CHROMA_HZ)
    assert heard == [0] * 8 + [2] * 4, "a rest holds the note before it"
    assert pitch_classes([], 99) == [0]
    assert len(pitch_classes([(60, 0.0, 60.0)], 99)) == 99


def test_who_can_not_listen_says_so(composer: MusicGen) -> None:
    with pytest.raises(InvalidInput) as refused:
        composer.admit(ask(1, notes=SCALE))
    assert refused.value.field == "notes"


# what is refused


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seconds", 0),
        ("seconds", 31),
        ("seconds", "long"),
        ("seconds", True),
        ("seconds", float("nan")),
        ("guidance", 0.5),
        ("guidance", 11),
    ],
)
def test_a_wrong_option_is_named_and_takes_no_slot(
    composer: MusicGen, name: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        composer.admit(ask(1, **{name: value}))
    assert refused.value.field == name
    assert [composer.admit(ask(1)) for _ in range(composer.capacity)] == list(range(16))


@pytest.mark.parametrize("notes", ["c d e", [[60, 0]], [[60, 0, 0]], [[999, 0, 1]], [["a", 0, 1]]])
def test_wrong_notes_are_named(tmp_path: Path, notes: object) -> None:
    family = tiny_composer(tmp_path, "melody")
    with pytest.raises(InvalidInput) as refused:
        family.admit(ask(1, notes=notes))
    assert refused.value.field == "notes"


def test_too_long_a_description_is_named(composer: MusicGen) -> None:
    with pytest.raises(InvalidInput) as refused:
        composer.admit(ask(1, "la " * 400))
    assert refused.value.field == "text"


# the card


def test_a_folder_without_its_weights_is_named(tmp_path: Path) -> None:
    card = tiny_composer_card(tmp_path)
    (card.folder / "model.safetensors").unlink()
    with pytest.raises(NotReady) as missing:
        MusicGen.open(card, Catalog([card]), "cpu", "float32")
    assert missing.value.code == "composer_unreadable"


def test_a_model_that_composes_nothing_is_named(tmp_path: Path) -> None:
    card = tiny_composer_card(tmp_path)
    (card.folder / "config.json").write_text('{"model_type": "llama"}', "utf-8")
    with pytest.raises(NotReady) as wrong:
        MusicGen.open(card, Catalog([card]), "cpu", "float32")
    assert wrong.value.code == "composer_unreadable"
    assert "llama" in wrong.value.message


def test_pickled_weights_are_never_loaded(tmp_path: Path) -> None:
    card = tiny_composer_card(tmp_path)
    weights = card.folder / "model.safetensors"
    torch.save({"harm": torch.zeros(1)}, card.folder / "pytorch_model.bin")
    weights.unlink()
    with pytest.raises(NotReady):
        MusicGen.open(card, Catalog([card]), "cpu", "float32")


def test_half_precision_leaves_the_codec_whole(card: Card) -> None:
    family = MusicGen.open(card, Catalog([card]), "cpu", "bfloat16")
    network: Any = family._model.network
    assert network.decoder.dtype is torch.bfloat16
    assert network.text_encoder.dtype is torch.bfloat16
    assert {each.dtype for each in network.audio_encoder.parameters()} == {torch.float32}
    sound = composed(family, [ask(1)])[0]
    assert np.isfinite(sound.samples).all()
    assert sound.samples.std() > OTHER
    assert family.footprint() < tiny_footprint(card)
    family.close()


def tiny_footprint(card: Card) -> int:
    family = MusicGen.open(card, Catalog([card]), "cpu", "float32")
    bytes_ = family.footprint()
    family.close()
    return bytes_


def test_the_estimate_is_the_footprint(card: Card, composer: MusicGen) -> None:
    estimate = MusicGen.estimate(card, Catalog([card]), "cpu", "float32")
    assert abs(estimate - composer.footprint()) < 0.02 * composer.footprint()


def test_what_is_not_fetched_is_estimated_by_its_card(tmp_path: Path) -> None:
    told = {"codec_parameters": 5 * 10**7, "numbers_a_token": 50_000}
    card = Card(
        name=CARD, version="1", kind="base", family="music_gen", licence="", folder=tmp_path / "no",
        parameters=6 * 10**8, extra=told,
    )  # fmt: skip
    full, half = (music_gen_need(card, "cpu", dtype) for dtype in ("float32", "bfloat16"))
    weights = 2 * 55 * 10**7
    assert full - half == weights + rows_bytes(4 * 50_000) - rows_bytes(2 * 50_000)
    assert rows_bytes(1) == ROWS * 2 * 1500


def test_warming_up_takes_no_slot(composer: MusicGen) -> None:
    composer.warm_up()
    assert not composer._rows
    assert not composer._loops
