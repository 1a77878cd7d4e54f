"""How a manuscript's version, a proposed change and what was read in it look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from studio.crafts.craft import Check
from studio.prose.difference import Part, difference
from studio.prose.passage import Passage
from studio.prose.slip import Slip
from studio.ui.insight import insight_panel
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.trail import Trail
from studio.ui.verdicts import verdicts
from studio.works import WorkOutput

_TAGS: Mapping[str, str] = MappingProxyType({"removed": "del", "added": "ins"})


def version_line(trail: Trail, tongue: Tongue) -> Markup:
    """ "3 of 7 · rewritten"; what an empty desk is for when there is none."""
    now = trail.now
    if now is None:
        return fragment('<p class="version-line">{text}</p>', text=tongue("desk.no_version"))
    return fragment(
        '<p class="version-line"><b>{number}</b> / {count} <span>{how}</span></p>',
        number=trail.at + 1,
        count=len(trail.steps),
        how=version_name(now.how, tongue),
    )


def version_name(how: str, tongue: Tongue) -> str:
    """What a version is called: a draft, an alternative, by hand, or its revision."""
    return tongue.known(f"version.{how}") or tongue.name("revision", how)


def writing(passage: Passage, piece: str, title: str) -> Markup:
    """A change while it is being written, in its place."""
    return fragment(
        '<div class="difference making-change"><p class="what">{title}</p><div class="flow">'
        '<span class="around">{before}</span><span class="passage"><ins>{piece}</ins>'
        '<i class="caret" aria-hidden="true"></i></span><span class="around">{after}</span>'
        "</div></div>",
        title=title,
        before=passage.before,
        piece=piece,
        after=passage.after,
    )


def proposal(output: WorkOutput, number: int, count: int, lang: str, tongue: Tongue) -> Markup:
    """A finished change as a difference inside the manuscript; `number` counts from 0."""
    place = output.data.get("place")
    told: Mapping[str, object] = place if isinstance(place, Mapping) else {}
    was, now, start = str(told.get("was", "")), str(told.get("now", "")), told.get("start", 0)
    begin = start if isinstance(start, int) else 0
    before, after = output.text[:begin], output.text[begin + len(now) :]
    return fragment(
        '<div class="difference" lang="{lang}"><p class="what">{title}{which}</p>'
        '<div class="flow"><span class="around">{before}</span>'
        '<span class="passage">{parts}</span><span class="around">{after}</span></div>'
        "{checks}</div>",
        lang=lang,
        title=version_name(str(told.get("how", "")), tongue),
        which=fragment(" <span>{n} / {count}</span>", n=number + 1, count=count)
        if count > 1
        else NOTHING,
        before=before,
        parts=joined(_part(each, tongue) for each in difference(was, now, lang)),
        after=after,
        checks=verdicts(output.checks, "", tongue),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in a manuscript."""

    slips: Sequence[Slip]
    checks: Sequence[Check]
    data: Mapping[str, object]
    scene: bool = False
    """Laid out as a scene, which Fountain can take."""


def reading(read: Read, tongue: Tongue) -> Markup:
    """Verdicts, slips with their fixes, insight."""
    return fragment(
        '<div class="read{scene}">{checks}{slips}{insight}</div>',
        scene=" is-scene" if read.scene else "",
        checks=verdicts(read.checks, "", tongue),
        slips=_slips(read.slips, tongue),
        insight=insight_panel(read.data, tongue),
    )


def _part(part: Part, tongue: Tongue) -> Markup:
    if part.kind == "kept":
        return fragment("{text}", text=part.text)
    said = tongue(f"desk.{part.kind}")
    template = (
        '<{tag}><span class="unseen">{said} </span>{text}</{tag}>'
        if any(map(str.isalnum, part.text))
        else "<{tag}>{text}</{tag}>"
    )
    return fragment(template, tag=_TAGS[part.kind], said=said, text=part.text)


def _slips(slips: Sequence[Slip], tongue: Tongue) -> Markup:
    if not slips:
        return NOTHING
    return fragment(
        '<section class="slips" aria-label="{label}"><header><h4>{title}</h4>{all}</header>'
        "<ol>{items}</ol></section>",
        label=tongue("slip.title"),
        title=tongue("slip.count", count=len(slips)),
        all=fragment(
            '<button type="button" class="tool" data-fix-all>{label}</button>',
            label=tongue("slip.fix_all"),
        )
        if sum(bool(each.fixes) for each in slips) > 1
        else NOTHING,
        items=joined(_slip(each, tongue) for each in slips),
    )


def _slip(slip: Slip, tongue: Tongue) -> Markup:
    return fragment(
        '<li data-slip data-start="{start}" data-end="{end}" data-was="{text}">'
        '<button type="button" class="tool was" data-show>{shown}</button>'
        "<span>{kind}</span>{fixes}"
        '<button type="button" class="tool leave" data-leave>{leave}</button></li>',
        start=slip.start,
        end=slip.end,
        text=slip.text,
        shown=_visible(slip.text),
        kind=tongue.name("slip", slip.kind),
        fixes=joined(_fix(each, tongue) for each in slip.fixes),
        leave=tongue("slip.leave"),
    )


def _fix(fix: str, tongue: Tongue) -> Markup:
    return fragment(
        '<button type="button" class="tool fix" data-fix="{fix}">{shown}</button>',
        fix=fix,
        shown=_visible(fix) or tongue("slip.remove"),
    )


def _visible(text: str) -> str:
    """Blanks that a person can see."""
    return text.replace(" ", "␣") if not text.strip() or text != text.strip() else text
