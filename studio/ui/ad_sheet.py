"""An ad on its sheet, to read; and on its tab, where its texts are worked on."""

from __future__ import annotations

from markupsafe import Markup

from studio.ui.ad_page import channel_page, page_of
from studio.ui.ad_rows import rows_of
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.text_sheet import file_links, version_mark
from studio.works import Work, WorkOutput


def ad_sheet(output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool) -> Markup:
    """One ad to read. `data["fields"]` holds its texts: name, text, used, limit."""
    return fragment(
        '<article class="sheet ad">{number}{body}{tools}</article>',
        number=version_mark(index, work, tongue),
        body=_body(output, work, tongue, edited=False),
        tools=NOTHING if blind else _tools(output, work, tongue),
    )


def ad_board(work: Work, tongue: Tongue) -> Markup:
    """The whole work on its own tab: one ad at a time, its texts open to be changed."""
    pages = joined(_page(each, index, work, tongue) for index, each in enumerate(work.outputs))
    return fragment(
        '<div class="ad-board sheets ad" data-board data-work="{id}" '
        'data-said-left="{left}" data-said-over="{over}">{which}{pages}</div>',
        id=work.id,
        left=tongue("ad_desk.left"),
        over=tongue("ad_desk.over"),
        which=version_choice(work, "ad_desk.version", tongue),
        pages=pages,
    )


def version_choice(work: Work, key: str, tongue: Tongue) -> Markup:
    """Which version is worked on; nothing for a single one."""
    if len(work.outputs) < 2:
        return NOTHING
    return fragment(
        '<div class="which-version" role="radiogroup" aria-label="{label}">{radios}</div>',
        label=tongue("ad_desk.versions"),
        radios=joined(
            fragment(
                '<label><input type="radio" name="version-{id}" value="{number}" data-version-pick'
                "{checked}><span>{label}</span></label>",
                id=work.id,
                number=number,
                checked=Markup(" checked") if number == 1 else NOTHING,
                label=tongue(key, number=number),
            )
            for number in range(1, len(work.outputs) + 1)
        ),
    )


def work_bar(
    tongue: Tongue, write: str = "rewrite", keep: str = "edit", group: str = "ad_desk"
) -> Markup:
    """What can be done with the texts, and how many are locked and changed."""
    return fragment(
        '<div class="work-bar"><button type="button" class="press strong" data-press="{write}">'
        '{write_said}</button><button type="button" class="press" data-press="{keep}" '
        'data-when="edited" disabled>{keep_said}</button>'
        '<span class="tally" data-tally="{tally}" data-over="{over}" aria-live="polite"></span>'
        "</div>",
        write=write,
        write_said=tongue(f"{group}.go_write"),
        keep=keep,
        keep_said=tongue(f"{group}.go_keep"),
        tally=tongue("ad_desk.tally"),
        over=tongue("ad_desk.tally_over"),
    )


def _page(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<article class="sheet ad version-page" data-version="{number}"{hidden}>{body}{bar}{tools}'
        "</article>",
        number=index + 1,
        hidden=Markup(" hidden") if index else NOTHING,
        body=_body(output, work, tongue, edited=True),
        bar=work_bar(tongue),
        tools=_tools(output, work, tongue),
    )


def _body(output: WorkOutput, work: Work, tongue: Tongue, *, edited: bool) -> Markup:
    if not rows_of(output.data):
        return fragment('<div class="flow" data-text>{text}</div>', text=output.text)
    return channel_page(page_of(output.data, output.checks), work, tongue, edited=edited)


def _tools(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    return fragment('<div class="tools">{files}</div>', files=file_links(output, work, tongue))
