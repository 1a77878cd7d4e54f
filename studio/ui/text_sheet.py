"""A text on its sheet: prose, or verse when its lines are short."""

from __future__ import annotations

from markupsafe import Markup

from studio.ui.insight import insight_panel
from studio.ui.ledger import ledger, ledger_of
from studio.ui.markup import NOTHING, button, download, fragment, joined
from studio.ui.strings import Tongue
from studio.ui.trail import Step, alternatives, version_of
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput

LONGEST_VERSE_LINE = 52
"""Letters; a Han character counts two. Longer lines are set as prose."""


def text_preview(text: str, _tongue: Tongue) -> Markup:
    """A text while it is being written."""
    return fragment(
        '<article class="sheet writing"><div class="{form}">{text}<i class="caret" '
        'aria-hidden="true"></i></div></article>',
        form=form_of(text),
        text=text,
    )


def text_sheet(output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool) -> Markup:
    """One version: title, text, verdicts, what can be done with it; its alternatives to leaf
    through, unless it is shown blind."""
    return fragment(
        '<article class="sheet" lang="{lang}">{number}{pages}<div class="leaf">{leaf}</div>'
        "{insight}{tools}</article>",
        lang=work.lang,
        number=version_mark(index, work, tongue),
        pages=NOTHING if blind else _pages(output, index, work, tongue),
        leaf=_leaf(output, work, tongue),
        insight=NOTHING if blind else insight_panel(output.data, tongue),
        tools=NOTHING if blind else _tools(output, work, tongue),
    )


def _leaf(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    lines, rest = ledger_of(output.text, output.checks)
    return fragment(
        '{title}<div class="{form}" data-text="{text}">{body}</div>{verdicts}',
        title=fragment("<h3>{title}</h3>", title=output.title) if output.title else NOTHING,
        form=form_of(output.text),
        text=output.text,
        body=ledger(lines, work.craft, tongue) if lines else output.text,
        verdicts=verdicts(rest, work.craft, tongue),
    )


def _pages(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    """Back and forward, and every page; nothing where there is only one."""
    places = range(-1, alternatives(output))
    if len(places) < 2:
        return NOTHING
    versions = [version_of(work, Step(work.id, index, each)) for each in places]
    return fragment(
        '<nav class="pages" aria-label="{label}">'
        '<button type="button" class="tool" data-turn="-1">{back}</button>'
        '<span aria-live="polite"><b>1</b> / {count}</span>'
        '<button type="button" class="tool" data-turn="1">{forward}</button>{leaves}</nav>',
        label=tongue("result.alternatives"),
        back=tongue("desk.before"),
        forward=tongue("desk.after"),
        count=len(versions),
        leaves=joined(
            fragment("<template>{leaf}</template>", leaf=_leaf(each, work, tongue))
            for each in versions
        ),
    )


def form_of(text: str) -> str:
    """ "verse" for short lines, else "flow": how the text is set."""
    lines = [line for line in text.splitlines() if line.strip()]
    widest = max((sum(1 + (ord(each) > 0x2E7F) for each in line) for line in lines), default=0)
    return "verse" if len(lines) > 1 and widest <= LONGEST_VERSE_LINE else "flow"


def version_mark(index: int, work: Work, tongue: Tongue) -> Markup:
    """ "Version 2 of 3"; nothing for a single one."""
    if len(work.outputs) == 1:
        return NOTHING
    return fragment(
        '<p class="version">{text}</p>',
        text=tongue("result.version", number=index + 1, count=len(work.outputs)),
    )


def drafts_line(output: WorkOutput, tongue: Tongue) -> Markup:
    """ "Best of 8 drafts, 7 kept"; nothing where only one was written."""
    drawn, kept = output.data.get("drafts", 1), output.data.get("alternatives", ())
    if not isinstance(drawn, int) or not isinstance(kept, list | tuple) or drawn < 2:
        return NOTHING
    return fragment(
        '<p class="version">{text}</p>',
        text=tongue("result.best_of", count=drawn, kept=len(kept)),
    )


def file_links(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    """A download link for every file of a version."""
    return joined(
        download(path, f"{work.craft}-{work.id[:8]}-{path.name}", file_label(name, tongue))
        for name, path in output.files.items()
    )


def file_label(name: str, tongue: Tongue) -> str:
    """What a person calls a kind of file."""
    stem, _, extension = name.rpartition(".")
    known = tongue.known(f"file.{name.replace('.', '_')}")
    return known or (extension or stem).upper()


def _tools(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<div class="tools">{copy}{files}</div>',
        copy=button(tongue("result.copy"), "copy", tongue("result.copied")),
        files=file_links(output, work, tongue),
    )
