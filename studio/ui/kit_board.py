"""A kit on its own tab: part by part, each with what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from studio.ui.ad_page import channel_page
from studio.ui.ad_sheet import version_choice, work_bar
from studio.ui.kit_banners import banner_gallery
from studio.ui.kit_sheet import channels_of, jingle_player, kit_files, kit_head, pictures_row
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput

PARTS = ("copy", "banners", "pictures", "jingle", "files")


def kit_board(work: Work, tongue: Tongue) -> Markup:
    """The whole work: one kit at a time, its parts behind tabs."""
    return fragment(
        '<div class="kit-board sheets kit" data-board data-work="{id}" data-said-left="{left}" '
        'data-said-over="{over}">{which}{pages}</div>',
        id=work.id,
        left=tongue("ad_desk.left"),
        over=tongue("ad_desk.over"),
        which=version_choice(work, "kit.version", tongue),
        pages=joined(_page(each, index, work, tongue) for index, each in enumerate(work.outputs)),
    )


def _page(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    number = index + 1
    inside = (
        _copy(output, work, tongue),
        _banners(output, number, work, tongue),
        _made(pictures_row(output, tongue), "picture", tongue),
        _made(jingle_player(output, tongue), "jingle", tongue),
        fragment(
            "{verdicts}{files}",
            verdicts=verdicts(output.checks, work.craft, tongue),
            files=kit_files(output, work, tongue),
        ),
    )
    parts = zip(PARTS, inside, strict=True)
    return fragment(
        '<article class="sheet kit version-page" data-version="{number}"{hidden}>{head}{tabs}'
        "{parts}</article>",
        number=number,
        hidden=Markup(" hidden") if index else NOTHING,
        head=kit_head(output, work, tongue),
        tabs=_tabs(output, tongue),
        parts=joined(
            fragment(
                '<section class="kit-part part-{part}" role="tabpanel" tabindex="0" '
                'aria-label="{title}" data-part="{part}"{hidden}>{body}</section>',
                part=part,
                title=tongue(f"kit.part_{part}"),
                hidden=NOTHING if part == PARTS[0] else Markup(" hidden"),
                body=body,
            )
            for part, body in parts
        ),
    )


def _tabs(output: WorkOutput, tongue: Tongue) -> Markup:
    failed = sum(not each.passed for each in output.checks)
    return fragment(
        '<div class="kit-tabs" role="tablist" aria-label="{label}">{tabs}</div>',
        label=tongue("kit.parts"),
        tabs=joined(
            tab_button("part", each, tongue(f"kit.part_{each}"), not number, _mark(each, failed))
            for number, each in enumerate(PARTS)
        ),
    )


def tab_button(what: str, value: str, label: str, chosen: bool, more: Markup = NOTHING) -> Markup:
    """One of a row of tabs; the page's script opens what it names."""
    return fragment(
        '<button type="button" role="tab" data-open-{what}="{value}" aria-selected="{on}" '
        'tabindex="{stop}">{label}{more}</button>',
        what=what,
        value=value,
        on="true" if chosen else "false",
        stop=0 if chosen else -1,
        label=label,
        more=more,
    )


def _mark(part: str, failed: int) -> Markup:
    if part != PARTS[-1]:
        return NOTHING
    return fragment(
        ' <small class="{state}">{mark}</small>',
        state="failed" if failed else "passed",
        mark=f"✕ {failed}" if failed else "✓",
    )


def _copy(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    pages = channels_of(output)
    names = [each.channel for each in pages]
    return fragment(
        "{tabs}{pages}{bar}",
        tabs=_channel_tabs(names, work, tongue),
        pages=joined(
            channel_page(each, work, tongue, edited=True, shut=number > 0)
            for number, each in enumerate(pages)
        ),
        bar=work_bar(tongue, "copy", "edit", "kit"),
    )


def _channel_tabs(names: Sequence[str], work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<div class="channel-tabs" role="tablist" aria-label="{label}">{tabs}</div>',
        label=tongue("kit.channels"),
        tabs=joined(
            tab_button("channel", each, tongue.choice(work.craft, "channel", each), not number)
            for number, each in enumerate(names)
        ),
    )


def _banners(output: WorkOutput, number: int, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '{gallery}<div class="work-bar"><button type="button" class="press strong" '
        'data-press="layout" data-when="picked" disabled>{go}</button>'
        '<span class="note">{hint}</span></div>',
        gallery=banner_gallery(output, number, work, tongue),
        go=tongue("kit.go_layout"),
        hint=tongue("kit.layout_hint"),
    )


def _made(inside: Markup, verb: str, tongue: Tongue) -> Markup:
    """A part, and the button for another one."""
    return fragment(
        '{inside}<div class="work-bar"><button type="button" class="press strong" '
        'data-press="{verb}">{go}</button><span class="note">{hint}</span></div>',
        inside=inside,
        verb=verb,
        go=tongue(f"kit.go_{verb}"),
        hint=tongue(f"kit.{verb}_hint"),
    )
