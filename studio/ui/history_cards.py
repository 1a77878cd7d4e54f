"""Works as cards in the history."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from studio.ui.kit_banners import chosen_banners
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.picture_files import picture_file, shown_url
from studio.ui.strings import Tongue
from studio.works import Work, WorkOutput

THUMBNAILS = 4
EXCERPT = 150


def history_cards(works: Sequence[Work], tongue: Tongue) -> Markup:
    """All cards, newest first, or a word that there are none."""
    if not works:
        return fragment('<p class="nothing">{text}</p>', text=tongue("history.nothing"))
    return fragment(
        '<ol class="works">{cards}</ol>', cards=joined(_card(each, tongue) for each in works)
    )


def _card(work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<li class="work {craft}" data-work="{id}"><header><span class="craft">{name}</span>'
        '<time datetime="{created}">{created}</time>{star}</header>'
        '<p class="asked">{asked}</p>{thumbnails}{excerpt}'
        '<div class="tools">{open}{use}</div></li>',
        craft=work.craft,
        id=work.id,
        name=tongue.name("craft", work.craft),
        created=work.created,
        star=_star(work, tongue),
        asked=_short(work.text or work.title),
        thumbnails=_thumbnails(work),
        excerpt=_excerpt(work),
        open=_button("open", work, tongue("history.open")),
        use=_button("use", work, tongue("history.use")),
    )


def _star(work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<button type="button" class="star-toggle" data-do="{action}" data-id="{id}" '
        'aria-pressed="{pressed}" aria-label="{label}">{mark}</button>',
        action="unstar" if work.starred else "star",
        id=work.id,
        pressed="true" if work.starred else "false",
        label=tongue("history.star"),
        mark="★" if work.starred else "☆",
    )


def _button(action: str, work: Work, label: str) -> Markup:
    return fragment(
        '<button type="button" class="tool" data-do="{action}" data-id="{id}">{label}</button>',
        action=action,
        id=work.id,
        label=label,
    )


def _thumbnails(work: Work) -> Markup:
    paths = [path for output in work.outputs for path in _pictured(output)][:THUMBNAILS]
    if not paths:
        return NOTHING
    return fragment(
        '<div class="thumbnails">{images}</div>',
        images=joined(
            fragment('<img src="{url}" alt="" loading="lazy">', url=shown_url(each))
            for each in paths
        ),
    )


def _pictured(output: WorkOutput) -> list[Path]:
    """What there is to see of a version: its picked banners, its picture, or every drawing."""
    banners = [each.image for each in chosen_banners(output) if each.image]
    if banners:
        return sorted(banners, key=lambda path: "1080x1080" not in path.name)
    picture = picture_file(output.files)
    drawn = (p for name, p in output.files.items() if name.endswith(".png") or name == "roll.svg")
    return [picture] if picture else list(drawn)


def _excerpt(work: Work) -> Markup:
    text = work.outputs[0].text if work.outputs and work.craft != "melody" else ""
    return fragment('<p class="excerpt">{text}</p>', text=_short(text)) if text else NOTHING


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rstrip() + "…"
