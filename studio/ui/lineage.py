"""Where a text came from, and what a person writes about: the history as more than a list."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from studio.prose.topics import Topic
from studio.ui.manuscript import version_name
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.trail import steps_of
from studio.works import Work


def lineage_line(works: Sequence[Work], shown: str, tongue: Tongue) -> Markup:
    """Every version of a text, oldest first, each a button; nothing for a single one."""
    if len(works) < 2:
        return NOTHING
    return fragment(
        '<nav class="lineage" aria-label="{title}"><h4>{title}</h4><ol>{items}</ol></nav>',
        title=tongue("history.lineage"),
        items=joined(
            fragment(
                '<li><button type="button" class="tool" data-do="open" data-id="{id}"{current}>'
                "{number} {how}</button></li>",
                id=each.id,
                current=Markup(' aria-current="true"') if each.id == shown else NOTHING,
                number=number,
                how=version_name(steps_of(each)[0].how, tongue) if each.outputs else "",
            )
            for number, each in enumerate(works, 1)
        ),
    )


def topics_line(topics: Sequence[Topic], tongue: Tongue) -> Markup:
    """The topics, each a button that searches for its first word; nothing for none."""
    if not topics:
        return NOTHING
    return fragment(
        '<section class="topics" aria-label="{title}"><h4>{title}</h4>{items}</section>',
        title=tongue("history.topics"),
        items=joined(
            fragment(
                '<button type="button" class="tool" data-do="topic" data-id="{word}">'
                "{words} <small>{count}</small></button>",
                word=each.words[0],
                words=" · ".join(each.words),
                count=len(each.works),
            )
            for each in topics
        ),
    )
