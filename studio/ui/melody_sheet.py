"""A take of a melody: play it on its piano roll, read its score, take it away."""

from __future__ import annotations

from markupsafe import Markup

from studio.ui.markup import NOTHING, file_url, fragment
from studio.ui.strings import Tongue
from studio.ui.text_sheet import file_links
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput


def melody_sheet(output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool) -> Markup:
    """One take. Nothing is drawn for a file that is not there."""
    label = tongue("melody.take", number=index + 1)
    return fragment(
        '<article class="sheet take" aria-label="{label}">'
        '<header>{play}<div><h3>{title}</h3><p class="version">{label}</p></div>{time}</header>'
        "{roll}{score}{verdicts}{tools}</article>",
        label=label,
        title=output.title or label,
        play=_player(output, tongue, label),
        time=Markup('<span class="time" data-time>0:00</span>'),
        roll=_roll(output, tongue),
        score=_score(output, tongue),
        verdicts=verdicts(output.checks, work.craft, tongue),
        tools=NOTHING
        if blind
        else fragment('<div class="tools">{files}</div>', files=file_links(output, work, tongue)),
    )


def _player(output: WorkOutput, tongue: Tongue, label: str) -> Markup:
    if "melody.wav" not in output.files:
        return NOTHING
    return fragment(
        '<button type="button" class="play" data-play aria-pressed="false" '
        'aria-label="{play} {label}"></button><audio preload="metadata" src="{url}"></audio>',
        play=tongue("melody.play"),
        label=label,
        url=file_url(output.files["melody.wav"]),
    )


def _roll(output: WorkOutput, tongue: Tongue) -> Markup:
    if "roll.svg" not in output.files:
        return NOTHING
    return fragment(
        '<div class="roll"><img src="{url}" alt="{alt}"><i class="cursor" aria-hidden="true"></i>'
        '<input type="range" min="0" max="1000" value="0" data-seek aria-label="{seek}"></div>',
        url=file_url(output.files["roll.svg"]),
        alt=tongue("melody.roll"),
        seek=tongue("melody.seek"),
    )


def _score(output: WorkOutput, tongue: Tongue) -> Markup:
    if "score.svg" not in output.files:
        return NOTHING
    return fragment(
        '<div class="score" tabindex="0" role="group" aria-label="{alt}">'
        '<img src="{url}" alt="" loading="lazy"></div>',
        url=file_url(output.files["score.svg"]),
        alt=tongue("melody.score", title=output.title),
    )
