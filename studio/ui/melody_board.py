"""The takes of a melody side by side, one of which is worked on: what was read of the words, field
by field; every take to play; the chosen one with roll, score, feeling and files."""

from __future__ import annotations

from markupsafe import Markup

from studio.crafts.melody_plan import plan_sources
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.melody_facts import feelings, phrase_form, roll_facts
from studio.ui.melody_sheet import (
    feeling_words,
    mood_line,
    player,
    roll_place,
    score_place,
    take_files,
)
from studio.ui.strings import Tongue
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput

FORMATS = ("flac", "ogg", "mp3")
RATES = (8000, 16000, 22050, 44100, 48000)
FULL_RATE = 44100


def melody_board(work: Work, tongue: Tongue) -> Markup:
    """The whole work on its stand: a row a take, and below them the page of the chosen one."""
    places = list(enumerate(work.outputs))
    return fragment(
        '<div class="stand" data-work="{id}">{title}{read}'
        '<div class="sheets melody n{count}" role="radiogroup" aria-label="{label}">{rows}</div>'
        "{details}</div>",
        id=work.id,
        title=fragment('<h3 class="piece">{title}</h3>', title=work.outputs[0].title)
        if work.outputs and work.outputs[0].title
        else NOTHING,
        read=read_line(work, tongue),
        count=min(len(work.outputs), 9),
        label=tongue("melody.takes"),
        rows=joined(_row(output, index, work, tongue) for index, output in places),
        details=joined(_detail(output, index, work, tongue) for index, output in places),
    )


def read_line(work: Work, tongue: Tongue) -> Markup:
    """What the melody was made by: each value is a button that brings it to the form, and tells
    whether it was said or is the studio's reading."""
    fields = [
        (name, value)
        for name, value in work.plan.items()
        if value not in ("", None, (), [], "auto") and isinstance(value, str | int | float)
    ]
    if not fields:
        return NOTHING
    sources = {} if work.inputs.get("start") else plan_sources(work.inputs, work.plan)
    return fragment(
        '<div class="read-as" role="group" aria-label="{title}"><span class="lead">{title}</span>'
        '{fields}<span class="note">{hint}</span></div>',
        title=tongue("melody.read_as"),
        hint=tongue("melody.read_hint"),
        fields=joined(
            _field(name, value, sources.get(name, ""), work, tongue) for name, value in fields
        ),
    )


def _field(name: str, value: object, source: str, work: Work, tongue: Tongue) -> Markup:
    shown = tongue.choice(work.craft, name, value) if isinstance(value, str) else f"{value:g}"
    told = "" if not source else "said" if source in ("said", "form") else "read"
    return fragment(
        '<button type="button" class="{told}" data-id="{work} {name}" '
        'data-field="{name}" title="{title}"><small>{label}</small> <b>{shown}</b></button>',
        told=told,
        title=tongue(f"melody.source_{told}") if told else tongue("melody.read_hint"),
        work=work.id,
        name=name,
        label=tongue.known(f"melody.short.{name}") or tongue.name("field", name, work.craft),
        shown=shown,
    )


def _row(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    """A take to play and to choose; the page's script finds its facts here."""
    number, first = index + 1, index == 0
    label = tongue("melody.take", number=number)
    return fragment(
        '<article class="sheet take{chosen}" data-work="{work}" data-version="{number}" '
        'data-facts="{facts}" data-abc="{abc}" aria-label="{label}">{player}</article>',
        chosen=" chosen" if first else "",
        work=work.id,
        number=number,
        facts=roll_facts(output),
        abc=output.text,
        label=label,
        player=player(output, label, tongue, _choice(output, number, first, work, tongue)),
    )


def _detail(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    """The page of a take: roll, score, feeling, verdicts, files."""
    number = index + 1
    return fragment(
        '<section class="sheet take-page" data-version="{number}" aria-label="{label}"{hidden}>'
        "{roll}{score}{felt}{verdicts}{files}</section>",
        number=number,
        label=tongue("melody.take", number=number),
        hidden=Markup(" hidden") if index else NOTHING,
        roll=roll_place(tongue),
        score=score_place(output, tongue),
        felt=mood_line(output, work, tongue),
        verdicts=verdicts(output.checks, work.craft, tongue),
        files=take_files(output, work, tongue, _other_sounds(number, work, tongue)),
    )


def _choice(output: WorkOutput, number: int, first: bool, work: Work, tongue: Tongue) -> Markup:
    """Which take is worked on, and what tells this one from its neighbours."""
    _, found = feelings(output.data)
    told = [feeling_words(found, tongue) if found else "", " ".join(phrase_form(output.data))]
    return fragment(
        '<div class="which-take"><label><input type="radio" name="take-{work}" data-choose '
        'value="{number}"{checked}><span>{label}</span></label>'
        '<span class="told">{told}</span></div>',
        work=work.id,
        number=number,
        checked=Markup(" checked") if first else NOTHING,
        label=tongue("melody.take", number=number),
        told=" · ".join(each for each in told if each),
    )


def _other_sounds(number: int, work: Work, tongue: Tongue) -> Markup:
    """Other formats and sample rates, made when they are asked for."""
    rates = joined(
        fragment(
            '<option value="{rate}"{chosen}>{khz:g} kHz</option>',
            rate=rate,
            chosen=Markup(" selected") if rate == FULL_RATE else NOTHING,
            khz=rate / 1000,
        )
        for rate in RATES
    )
    return fragment(
        '<span class="other-sounds">{buttons}<select data-rate aria-label="{label}">{rates}'
        "</select></span>",
        label=tongue("melody.rate"),
        rates=rates,
        buttons=joined(_sound_button(work.id, number, each) for each in FORMATS),
    )


def _sound_button(work: str, number: int, suffix: str) -> Markup:
    return fragment(
        '<button type="button" class="tool" data-sound="{work} {number} {suffix}">{name}</button>',
        work=work,
        number=number,
        suffix=suffix,
        name=suffix.upper(),
    )
