"""The writing desk's side of the history: where a result goes in a manuscript, versions written by
hand, where a version came from, and what a person's works are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studio import __version__
from studio.archive import Archive, Finished
from studio.crafts.craft import Craft, Order, Output
from studio.crafts.form import spoken_language
from studio.crafts.insight import insight_of, keywords
from studio.errors import InvalidInput
from studio.prose.passage import Passage, continuation
from studio.prose.topics import Topic, topics_of
from studio.works import Work, WorkOutput

BY_HAND, ALTERNATIVE = "by_hand", "alternative"
MOST_READ = 300
"""Works that topics are looked for in, the newest."""
LONGEST_MANUSCRIPT = 60_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a revision's result goes: a passage of a manuscript, and the version it is made of."""

    passage: Passage
    how: str
    """The revision's name."""
    goes_on: bool = False
    parent: str = ""
    """The work that holds the manuscript as it was; "" for none."""


def placed(outputs: Sequence[Output], place: Place) -> list[Output]:
    """The same versions as whole manuscripts. `data["place"]` tells the piece from the rest."""
    return [_placed(each, place) for each in outputs]


def framed(recipe: Mapping[str, object], place: Place) -> Mapping[str, object]:
    """The recipe with what stands around the piece: it makes the whole version again."""
    passage = place.passage
    around = {"how": place.how, "before": passage.before, "after": passage.after}
    return {**recipe, "desk": {**around, "parent": place.parent}}


def piece_of(text: str, place: Place) -> str:
    """What takes the passage's place: the result, or the passage and what it goes on with."""
    if not place.goes_on:
        return text.strip()
    return place.passage.text + continuation(place.passage.text, text).rstrip()


class Manuscripts:
    """Keeps versions that no model made, and reads a person's works as a whole."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def keep(self, craft: Craft, text: str, user: str, parent: str = "") -> Work:
        """A version as its writer left it, as a work of its own: only they can make it again.

        Raises InvalidInput for an empty one, for one beyond LONGEST_MANUSCRIPT, or for a parent
        that is not theirs.
        """
        _check(text)
        came_from = self._archive.work(parent, user) if parent else None
        inputs = dict(came_from.inputs) if came_from else {}
        lang = spoken_language(text)
        title = came_from.outputs[0].title if came_from and came_from.outputs else ""
        output = Output(text, title, data={"insight": dict(insight_of(text, lang))})
        recipe = {
            "studio": __version__,
            "craft": craft.name,
            "lang": lang,
            "inputs": inputs,
            "desk": {"how": _how(text, came_from), "parent": parent},
        }
        order = Order((), inputs, lang)
        return self._archive.record(Finished(craft, order, [output], recipe, (), parent), user)

    def lineage(self, work_id: str, user: str) -> tuple[Work, ...]:
        """All versions that hang together with this one, oldest first."""
        return self._archive.lineage(work_id, user)

    def topics(self, user: str) -> tuple[Topic, ...]:
        """What the person's works are about: works of one lineage count once."""
        works = self._archive.search(user, "", None, False, MOST_READ, 0)
        return topics_of({each.id: _telling_words(each) for each in works if not each.parent})


def _placed(output: Output, place: Place) -> Output:
    piece = piece_of(output.text, place)
    whole = place.passage.replaced(piece).whole
    lang = str(output.data.get("lang", "")) or spoken_language(whole)
    data = {
        **output.data,
        "insight": dict(insight_of(whole, lang)),
        "place": {
            "how": place.how,
            "start": len(place.passage.before),
            "was": place.passage.text,
            "now": piece,
        },
        "alternatives": [_alternative(each, place) for each in _listed(output)],
    }
    return replace(output, text=whole, data=data)


def _listed(output: Output | WorkOutput) -> Sequence[Mapping[str, object]]:
    found = output.data.get("alternatives", ())
    return found if isinstance(found, list | tuple) else ()


def _alternative(given: Mapping[str, object], place: Place) -> Mapping[str, object]:
    piece = piece_of(str(given["text"]), place)
    return {**given, "text": place.passage.replaced(piece).whole, "now": piece}


def _how(text: str, came_from: Work | None) -> str:
    """A model's alternative that is kept for itself is not said to be written by hand."""
    outputs = came_from.outputs if came_from else ()
    offered = (each.get("text") for output in outputs for each in _listed(output))
    return ALTERNATIVE if text in offered else BY_HAND


def _telling_words(work: Work) -> tuple[str, ...]:
    text = " ".join((work.text, work.title, *(each.text for each in work.outputs[:1])))
    return keywords(text, work.lang, 8)


def _check(text: str) -> None:
    if not text.strip():
        raise InvalidInput("text", "There is nothing to keep.", code="required")
    if len(text) > LONGEST_MANUSCRIPT:
        raise InvalidInput(
            "text",
            f"The text is too long: {len(text)} of {LONGEST_MANUSCRIPT} characters.",
            code="too_long",
            used=len(text),
            limit=LONGEST_MANUSCRIPT,
        )
