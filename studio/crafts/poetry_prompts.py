"""What the English writer is asked: one short task with one example of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.requests import Message

SYSTEM = "You are a poet. You write in plain, concrete images. You answer with the poem only."


@dataclass(frozen=True, slots=True)
class Example:
    """A form as the writer is asked for it, with a poem that has it."""

    task: str
    idea: str
    poem: str


SYSTEM_ZH = "你是诗人，意象具体，语言干净。只写诗，不加说明。"
TASKS_ZH: Mapping[str, str] = MappingProxyType(
    {"现代诗": "写一首现代诗", "儿歌": "写一首儿歌", "歌词": "写一段歌词"}
)
"""What the bilingual writer is asked for; classical forms are the verse model's."""


def poem_messages(form: str, idea: str, *, tuned: bool = False) -> tuple[Message, ...]:
    """The chat for a poem of this English form on an idea; a writer `tuned` by an adapter of
    this craft is shown no example."""
    example = EXAMPLES[form]
    shown = (Message("user", _task(example.task, example.idea)), Message("assistant", example.poem))
    return (
        Message("system", SYSTEM),
        *(() if tuned else shown),
        Message("user", _task(example.task, idea)),
    )


def chinese_poem_messages(form: str, idea: str) -> tuple[Message, ...]:
    """The chat for free Chinese verse (现代诗, 儿歌, 歌词) on an idea."""
    task = f"{TASKS_ZH[form]}：{' '.join(idea.split())}"
    return Message("system", SYSTEM_ZH), Message("user", task)


def _task(task: str, idea: str) -> str:
    return f"Write {task} about: {' '.join(idea.split())}"


# Written for this project.
EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "haiku": Example(
            "a haiku",
            "an old bicycle in the rain",
            "rain on the saddle\na spider spins its small web\nbetween silent wheels",
        ),
        "couplet": Example(
            "a rhyming couplet",
            "the last train home",
            "The platform empties and the signals glow,\n"
            "And one late moth rides with me, soft and slow.",
        ),
        "quatrain_abab": Example(
            "a four-line poem that rhymes ABAB",
            "a garden in winter",
            "The garden sleeps beneath the snow,\nA robin counts the frozen seeds,\n"
            "And deep in roots the waters flow\nTo every flower that winter needs.",
        ),
        "quatrain_aabb": Example(
            "a four-line poem that rhymes AABB",
            "a lighthouse",
            "The lighthouse turns its patient eye\nAcross the dark and moving sky,\n"
            "And every boat that hears the bell\nComes home upon the harbor swell.",
        ),
        "limerick": Example(
            "a funny limerick",
            "a baker who was always late",
            "A baker who slept until ten\nBurned all of his bread once again;\n"
            "He said with a grin,\nWhile sweeping the tin,\nI bake for the hungriest men.",
        ),
        "sonnet": Example(
            "a sonnet of fourteen lines",
            "the end of summer",
            "The summer leaves her sandals on the sand,\nThe empty chairs are folded by the wall,\n"
            "A single kite still tugs against the hand\n"
            "Of one small child who will not come at all.",
        ),
        "acrostic": Example(
            "an acrostic poem, one line for each letter,",
            "SEA",
            "Silver morning on the water,\nEvery gull awake and calling,\n"
            "A tide that knows my name.",
        ),
        "free_verse": Example(
            "a short poem in free verse",
            "a kitchen at night",
            "The tap keeps its slow time.\nOn the table, half an orange\nand the light it saved\n"
            "from the afternoon.\nNobody is hungry.\nStill the kettle listens.",
        ),
    }
)
