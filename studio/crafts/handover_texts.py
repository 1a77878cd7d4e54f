"""What a poem or a prose text passes on: to a picture, a melody, a board, a scene, another text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from studio.crafts.handover_view import Passed, WorkView, said, shortened
from studio.crafts.handover_words import a, mood_word
from studio.crafts.image_board import MOST_PANELS, board_start
from studio.crafts.image_form import form_values
from studio.crafts.image_plan import ImagePlan, read_plan
from studio.crafts.image_reading import colours_of, found_concepts
from studio.crafts.insight import keywords
from studio.crafts.melody_plan import form_values as melody_values
from studio.crafts.melody_plan import plan_of
from studio.crafts.melody_words import LONGEST_WORDS
from studio.crafts.moments import four_moments, sentences

IMAGES, MOST_READ = 6, 14
LONGEST_LINE, LONGEST_HAN_LINE = 60, 16
SUNG = ("mood", "mode", "meter", "tempo", "density", "register", "style", "instrument")
"""What a poem decides of its song's plan; key and bars follow the lyrics."""
BOARD_SIZE: Mapping[str, object] = {"size": "512", "finish": "gouache"}
_CLAUSE = re.compile(r"(?<=[，。；！？])")
_SIGNS = " ,.;:，。；：、！？!?—-"


def first_line(view: WorkView) -> str:
    """What the work is called by: its title, else how it begins."""
    begins = view.title or next(iter(view.lines), "") or view.asked
    clause = re.split(r"[,.;:!?，。；：！？\n—]", begins.strip())[0].strip()
    return shortened(clause, LONGEST_HAN_LINE if view.lang == "zh" else LONGEST_LINE)


def images_of(text: str, lang: str) -> tuple[str, ...]:
    """The telling words of a text in the order in which they stand there: what can be seen before
    what can only be said."""
    telling = keywords(text, lang, MOST_READ)
    visible = [each for each in telling if found_concepts(each) or colours_of(each)]
    found = list(dict.fromkeys(visible if len(visible) > 2 else (*visible, *telling)))[:IMAGES]
    low = text.lower()
    return tuple(sorted(found, key=lambda each: low.find(each.lower())))


def described(view: WorkView) -> str:
    """The work as the description of a picture, before its mood is known."""
    return _described(view, "")


def poem_picture(view: WorkView) -> Passed:
    """Title, mood and images as words; style, palette and numbers as the plan reads them."""
    plan = _picture_plan(view)
    text = _described(view, plan.mood)
    values = form_values(plan)
    rows = said(("text", text), ("mood", plan.mood), ("style", plan.style))
    return Passed("image", {"text": text, **values}, (*rows, ("palette", str(values["palette"]))))


def poem_board(view: WorkView) -> Passed:
    """A picture a line, in one style and one palette."""
    return _board(view, verse_panels(view))


def story_board(view: WorkView) -> Passed:
    """A picture for each of four moments."""
    return _board(view, four_moments(view.text, view.lang))


def poem_melody(view: WorkView) -> Passed:
    """The lines under the notes; mood, mode, tempo and the like as the plan reads them."""
    words = "\n".join(view.lines)[:LONGEST_WORDS]
    text = song_words(view)
    plan = melody_values(plan_of({"text": text, "guesses": view.guesses}))
    given = {name: plan[name] for name in SUNG}
    rows = said(("words", words), ("mood", plan["mood"]), ("mode", plan["mode"]))
    return Passed(
        "melody", {"text": text, "words": words, **given}, (*rows, ("tempo", str(plan["tempo"])))
    )


def song_words(view: WorkView) -> str:
    """The poem as the description of a melody."""
    mood = mood_word(read_plan(_whole(view), 1).mood, view.lang)
    if view.lang == "zh":
        return f"{first_line(view)}：{mood}的歌，中国风"
    return f"{first_line(view)}: {a(mood)} song"


def story_scene(view: WorkView) -> Passed:
    """The idea and its most visible moment, to be played."""
    told = sentences(view.text)
    moment = four_moments(view.text, view.lang)[2:3] or told[-1:]
    idea = (view.asked.strip() or view.title or next(iter(told), "")).rstrip(".。")
    apart = "。" if view.lang == "zh" else ". "
    text = apart.join((idea, *moment))
    return Passed(
        "writing", {"text": text, "kind": "scene", "lang": view.lang}, said(("text", text))
    )


def text_poem(view: WorkView) -> Passed:
    """What a text is called and what it shows, as the idea of a poem."""
    images = images_of(view.text, view.lang)
    apart = "，" if view.lang == "zh" else ", "
    text = apart.join((first_line(view), *images[:4]))
    return Passed("poetry", {"text": text, "lang": view.lang}, said(("text", text)))


def _board(view: WorkView, panels: Sequence[str]) -> Passed:
    plan = _picture_plan(view)
    values = form_values(plan)
    text = _described(view, plan.mood)
    inputs = {"text": text, **values, **BOARD_SIZE, "start": board_start(panels)}
    numbered = " / ".join(f"{number} {line}" for number, line in enumerate(panels, 1))
    rows = (("panels", shortened(numbered, 600)), ("style", plan.style))
    return Passed("image", inputs, (*rows, ("palette", str(values["palette"]))))


def verse_panels(view: WorkView) -> tuple[str, ...]:
    """Lines, Chinese ones by their clauses; those of a long poem by twos and threes."""
    lines = [each.strip(_SIGNS) for each in clauses_of(view) if each.strip(_SIGNS)]
    step = -(-len(lines) // MOST_PANELS)
    apart = "" if view.lang == "zh" else " "
    return tuple(apart.join(lines[at : at + step]) for at in range(0, len(lines), step or 1))


def clauses_of(view: WorkView) -> Sequence[str]:
    """The lines of a poem as it is spoken: a Chinese line holds two."""
    if view.lang != "zh":
        return view.lines
    return [each for line in view.lines for each in _CLAUSE.split(line)]


def _picture_plan(view: WorkView) -> ImagePlan:
    """Of the whole text by its words; a reader card's guesses are of its description."""
    if view.guesses is None:
        return read_plan(_whole(view), 1)
    return read_plan(_described(view, ""), 1, guesses=view.guesses)


def _described(view: WorkView, mood: str) -> str:
    word = mood_word(mood, view.lang)
    images = images_of(view.text or view.asked, view.lang)
    if view.lang == "zh":
        kind = f"{word}的抽象画" if word else "抽象画"
        return f"{first_line(view)}：{'，'.join((kind, *images))}"
    kind = a(f"{word} abstract picture".strip())
    return f"{first_line(view)}: {kind} of {', '.join(images)}" if images else first_line(view)


def _whole(view: WorkView) -> str:
    return f"{view.asked}\n{view.text}"
