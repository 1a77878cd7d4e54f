"""A take of a melody: play it on its waveform, see how it feels, read its score, take it away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from studio.ui.markup import NOTHING, download, file_url, fragment, joined
from studio.ui.melody_facts import (
    feelings,
    measured_of,
    phrase_form,
    roll_facts,
    step_word,
)
from studio.ui.strings import Tongue
from studio.ui.text_sheet import file_label
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput

GROUPS = (
    ("sound", ("melody.wav", "melody.flac", "melody.ogg", "melody.mp3")),
    ("notes", ("melody.mid", "melody.musicxml", "melody.abc")),
    ("score", ("score.pdf", "score.svg", "roll.svg")),
)
"""What can be taken away, by what it is for."""
PLANE = 40
"""Half the side of the drawn plane of feeling, in its own units."""


def melody_sheet(output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool) -> Markup:
    """One take, to hear and to read. Nothing is drawn for a file that is not there."""
    label = tongue("melody.take", number=index + 1)
    return fragment(
        '<article class="sheet take open" aria-label="{label}" data-facts="{facts}">'
        "{player}<h3>{title}</h3>{roll}{score}{facts_told}{verdicts}{files}</article>",
        label=label,
        facts=roll_facts(output),
        player=player(output, label, tongue),
        title=output.title or label,
        roll=roll_place(tongue),
        score=score_place(output, tongue),
        facts_told=NOTHING if blind else mood_line(output, work, tongue),
        verdicts=verdicts(output.checks, work.craft, tongue),
        files=NOTHING if blind else take_files(output, work, tongue),
    )


def player(output: WorkOutput, label: str, tongue: Tongue, told: Markup = NOTHING) -> Markup:
    """Play and stop, the waveform to seek on, the time, the loop; `told` stands over the wave."""
    sound = output.files.get("melody.wav")
    if sound is None:
        return fragment('<header class="player silent"><div>{told}</div></header>', told=told)
    return fragment(
        '<header class="player"><button type="button" class="play" data-play aria-pressed="false" '
        'aria-label="{play} {label}"></button><audio preload="metadata" src="{url}"></audio>'
        '<div class="track">{told}{wave}</div>'
        '<div class="clock"><span class="time" data-time>0:00</span>'
        '<button type="button" class="loop" data-loop aria-pressed="false" title="{loop}" '
        'aria-label="{loop}"><span aria-hidden="true">⟳</span></button></div></header>',
        play=tongue("melody.play"),
        label=label,
        url=file_url(sound),
        told=told,
        wave=_wave(output, label, tongue),
        loop=tongue("melody.loop"),
    )


def _wave(output: WorkOutput, label: str, tongue: Tongue) -> Markup:
    """The waveform as a mask, so that it takes the page's colours; a plain line without one."""
    path = output.files.get("wave.svg")
    return fragment(
        '<div class="wave{plain}"{style}><i class="played" aria-hidden="true"></i>'
        '<i class="cursor" aria-hidden="true"></i><input type="range" min="0" max="1000" value="0" '
        'step="10" data-seek aria-label="{seek} {label}"></div>',
        plain="" if path else " plain",
        style=fragment(" style=\"--wave:url('{url}')\"", url=file_url(path)) if path else NOTHING,
        seek=tongue("melody.seek"),
        label=label,
    )


def roll_place(tongue: Tongue) -> Markup:
    """Where the page's script draws the piano roll."""
    return fragment('<div class="roll" data-label="{label}"></div>', label=tongue("melody.roll"))


def score_place(output: WorkOutput, tongue: Tongue) -> Markup:
    """The score; the page's script puts the drawing itself there, so that its notes light up."""
    path = output.files.get("score.svg")
    if path is None:
        return NOTHING
    return fragment(
        '<div class="score" tabindex="0" role="group" aria-label="{alt}" data-score="{url}"></div>',
        url=file_url(path),
        alt=tongue("melody.score", title=output.title),
    )


def mood_line(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    """The asked and the measured feeling in a small plane, in words and in numbers; the key as it
    sounds, the range, the form."""
    asked, found = feelings(output.data)
    if found is None:
        return NOTHING
    return fragment(
        '<div class="felt">{plane}<dl>{asked}{found}{more}</dl></div>',
        plane=_plane(asked, found),
        asked=_fact(tongue("melody.asked"), _feeling(asked, tongue)) if asked else NOTHING,
        found=_fact(tongue("melody.sounds"), _feeling(found, tongue)),
        more=joined(_fact(name, value) for name, value in _measured(output, work, tongue)),
    )


def feeling_words(feeling: tuple[float, float], tongue: Tongue) -> str:
    """ "bright, calm": a feeling without its numbers."""
    valence, arousal = (step_word(each) for each in feeling)
    return tongue(
        "melody.feeling",
        valence=tongue(f"melody.valence_{valence}"),
        arousal=tongue(f"melody.arousal_{arousal}"),
    )


def _feeling(feeling: tuple[float, float], tongue: Tongue) -> Markup:
    return fragment(
        "{words} <small>{valence:+.2f} · {arousal:+.2f}</small>",
        words=feeling_words(feeling, tongue),
        valence=feeling[0] + 0,
        arousal=feeling[1] + 0,
    )


def _plane(asked: tuple[float, float] | None, found: tuple[float, float]) -> Markup:
    """Dark to bright from left to right, still to stirred upwards: a ring for what was asked, a
    dot for what is heard."""
    line = '<line x1="{a}" y1="{b}" x2="{c}" y2="{d}"/>'
    x, y = PLANE * found[0], -PLANE * found[1]
    ring = NOTHING
    if asked is not None:
        u, v = PLANE * asked[0], -PLANE * asked[1]
        ring = fragment('<circle class="asked" cx="{u:.1f}" cy="{v:.1f}" r="6.5"/>', u=u, v=v)
    return fragment(
        '<svg class="plane" viewBox="-48 -48 96 96" aria-hidden="true">'
        '<rect x="-47" y="-47" width="94" height="94" rx="6"/>{across}{up}{ring}'
        '<circle class="found" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/></svg>',
        across=fragment(line, a=-47, b=0, c=47, d=0),
        up=fragment(line, a=0, b=-47, c=0, d=47),
        ring=ring,
        x=x,
        y=y,
    )


def _measured(output: WorkOutput, work: Work, tongue: Tongue) -> list[tuple[str, str]]:
    found = measured_of(output.data)
    form = " ".join(phrase_form(output.data))
    key = str(found.get("key", ""))
    tonic, _, mode = key.partition(" ")
    copied = output.data.get("copied")
    told = [
        (tongue("melody.form"), form),
        (
            tongue("melody.heard_key"),
            f"{tonic} {tongue.choice(work.craft, 'mode', mode)}" if mode else key,
        ),
        (tongue("melody.range"), _range(found.get("range"))),
        (tongue("melody.speed"), f"{_number(found.get('notes_per_s')):.1f}"),
        (
            tongue("melody.copied"),
            tongue("melody.notes_in_a_row", count=copied) if isinstance(copied, int) else "",
        ),
    ]
    return [(name, value) for name, value in told if value]


def _range(told: object) -> str:
    if isinstance(told, Sequence) and not isinstance(told, str):
        return "–".join(str(each) for each in told)
    return str(told or "")


def _number(told: object) -> float:
    return float(told) if isinstance(told, int | float) else 0.0


def _fact(name: str, value: object) -> Markup:
    return fragment("<div><dt>{name}</dt><dd>{value}</dd></div>", name=name, value=value)


def take_files(output: WorkOutput, work: Work, tongue: Tongue, more: Markup = NOTHING) -> Markup:
    """Every file of a take by what it is for; `more` stands behind the sounds."""
    grouped = {name for _, names in GROUPS for name in names}
    rest = tuple(name for name in output.files if name not in grouped | {"wave.svg"})
    return fragment(
        '<div class="files">{groups}</div>',
        groups=joined(
            _group(group, names, output, work, tongue, more if group == "sound" else NOTHING)
            for group, names in (*GROUPS, ("other", rest))
        ),
    )


def _group(
    group: str,
    names: Sequence[str],
    output: WorkOutput,
    work: Work,
    tongue: Tongue,
    more: Markup,
) -> Markup:
    there = [(name, output.files[name]) for name in names if name in output.files]
    if not there:
        return NOTHING
    return fragment(
        '<p><span class="of">{title}</span>{links}{more}</p>',
        title=tongue(f"melody.files_{group}"),
        links=joined(_link(name, path, work, tongue) for name, path in there),
        more=more,
    )


def _link(name: str, path: Path, work: Work, tongue: Tongue) -> Markup:
    saved = f"{work.craft}-{work.id[:8]}-{path.name}"
    return download(path, saved, file_label(name, tongue))
