"""What the melody model wrote becomes takes: the best of the candidates for each, with everything
that the page shows of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.crafts.craft import Check, Output
from studio.crafts.melody_checks import kept_check, melody_checks, pitch_name, words_check
from studio.crafts.melody_plan import form_values
from studio.crafts.melody_wish import Wish
from studio.music.abc_writer import write_abc
from studio.music.copies import training_copies
from studio.music.features import Features, features, quarter_seconds, seconds
from studio.music.harmony import chord_names
from studio.music.meter import QUARTER
from studio.music.phrases import phrase_forms
from studio.music.takes import merit
from studio.music.tune import Tune, bar_ticks
from studio.requests import Completion


@dataclass(frozen=True, slots=True)
class Take:
    """A tune that came out, the wish it answers, and how many candidates it was chosen of."""

    wish: Wish
    tune: Tune
    found: Features
    drawn: int = 1

    @property
    def copies(self) -> bool:
        """Whether it says nine notes of a training tune that it was not given."""
        given = self.wish.parent.tune.notes() if self.wish.parent else ()
        copied = training_copies().longest_run
        return copied(self.tune.notes()) > copied(given)

    @property
    def merit(self) -> float:
        """See `studio.music.takes.merit`."""
        return merit(self.wish.plan, self.found)

    def output(self) -> Output:
        """The take as the page has it."""
        chords = () if self.wish.accompaniment == "none" else chord_names(self.tune)
        return Output(
            write_abc(self.tune, chords),
            self.tune.title,
            data={**self._music(chords), **self._origin()},
            checks=tuple(self._checks()),
            seed=self.wish.seed,
        )

    def _music(self, chords: Sequence[str]) -> dict[str, object]:
        tune, plan = self.tune, self.wish.plan
        return {
            "plan": form_values(plan),
            "notes": [
                {
                    "pitch": note.pitch,
                    "onset": float(note.onset),
                    "duration": float(note.duration),
                }
                for note in tune.notes()
            ],
            "upbeat": bar_ticks(tune.bars[0]) / QUARTER if tune.upbeat else 0.0,
            "quarter_s": round(quarter_seconds(tune.meter, tune.tempo_bpm or plan.tempo_bpm), 6),
            "tempo_bpm": tune.tempo_bpm or plan.tempo_bpm,
            "meter": str(tune.meter),
            "bars": tune.full_bars,
            "instrument": plan.instrument,
            "style": plan.style,
            "accompaniment": self.wish.accompaniment,
            "chords": list(chords),
            "words": list(tune.words),
            "seconds": round(seconds(tune), 2),
            "measured": self._measured(),
            "copied": training_copies().longest_run(tune.notes()),
        }

    def _measured(self) -> dict[str, object]:
        found, key = self.found, self.tune.key
        return {
            "valence": found.valence,
            "arousal": found.arousal,
            "notes_per_s": round(found.notes_per_s, 2),
            "key": f"{found.tonic} {found.mode}",
            "phrase_form": " ".join(phrase_forms(self.tune.bars[int(self.tune.upbeat) :])),
            "range": f"{pitch_name(found.lowest, key)}–{pitch_name(found.highest, key)}",
        }

    def _origin(self) -> dict[str, object]:
        wish = self.wish
        parents = [wish.parent.origin] if wish.parent else []
        label: Mapping[str, object] = dict(wish.label)
        return {"chosen_of": self.drawn, "verb": wish.verb, "label": label, "parents": parents}

    def _checks(self) -> Iterator[Check]:
        yield from melody_checks(self.wish.plan, self.found)
        if self.wish.kept and self.wish.parent:
            yield kept_check(self.wish.parent.tune, self.tune, self.wish.kept)
        if any(words := self._expected_words()):
            yield words_check(self.tune, words)

    def _expected_words(self) -> Sequence[str]:
        """The text of the form, that of the melody that the model went on from, or its own."""
        wish = self.wish
        if wish.words or wish.parent is None or wish.tune is not None:
            return wish.words or self.tune.words
        return wish.parent.tune.words


def chosen(wishes: Sequence[Wish], completions: Sequence[Completion]) -> tuple[Take, ...]:
    """The best candidate of each take, in their order. A take whose candidates all failed is
    filled up with the best of what is left."""
    written = [_taken(wish, each) for wish, each in zip(wishes, completions, strict=True)]
    takes = [take for take in written if take is not None]
    ranked = sorted(takes, key=lambda take: (take.copies, -take.merit, take.wish.seed))
    best = {take.wish.take: take for take in reversed(ranked)}
    spare = (take for take in ranked if take not in best.values())
    for number in sorted({wish.take for wish in wishes} - set(best)):
        if (other := next(spare, None)) is not None:
            best[number] = other
    ordered = sorted(best.values(), key=lambda take: take.wish.seed)
    return tuple(Take(each.wish, each.tune, each.found, len(takes)) for each in ordered)


def at_hand(wish: Wish, tune: Tune) -> Take:
    """The take of a wish that asked no model."""
    return Take(wish, tune, features(tune))


def _taken(wish: Wish, completion: Completion) -> Take | None:
    tune = wish.read(completion.text)
    return None if tune is None else Take(wish, tune, features(tune))
