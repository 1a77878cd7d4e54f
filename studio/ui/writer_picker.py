"""Choosing the writer: what each is, what it takes, whether it is here and fits."""

from __future__ import annotations

import gradio as gr
from gradio.components import Component
from markupsafe import Markup

from studio.crafts.craft import Craft
from studio.sources.folder import UNSAID_LICENCE
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.shell import QUIET, Shell
from studio.ui.strings import Tongue
from studio.works import Arm
from studio.writers import Writer

STUDIOS_CHOICE = ""


def writer_picker(shell: Shell, craft: Craft) -> Component:
    """The control whose value is the card that shall write; "" leaves it to the studio.

    A craft that nobody writes for gets a state that stays "".
    """
    names = [each.name for each in shell.studio.writer_cards() if craft.name in each.crafts]
    if not names:
        return gr.State(STUDIOS_CHOICE)
    words, name = shell.words, craft.name
    with gr.Accordion(
        words("writers.title"), open=False, elem_classes="more", elem_id=f"writers-{name}"
    ) as panel:
        card = gr.Dropdown(
            [(words("writers.auto"), STUDIOS_CHOICE), *((each, each) for each in names)],
            value=STUDIOS_CHOICE,
            label=words("writers.choose"),
            filterable=False,
            interactive=True,
            elem_id=f"writer-{name}",
        )
        facts = gr.HTML(elem_classes="writer-facts", elem_id=f"writer-facts-{name}")

    looked = gr.State(False)

    async def tell(chosen: str, lang: str) -> tuple[Markup, bool]:
        """The writers of this craft, or the chosen one alone."""
        told = [each for each in await shell.studio.writers() if each.card in names]
        shown = [each for each in told if each.card == chosen] or told
        return writers_markup(shown, shell.words.tongue(lang)), True

    async def tell_again(chosen: str, lang: str, before: bool) -> object:
        """The same in another language, where somebody has looked."""
        return (await tell(chosen, lang))[0] if before else gr.skip()

    given, told = [card, shell.language], [facts, looked]
    panel.expand(tell, given, told, api_name=f"{name}_writers", **QUIET)
    card.input(tell, given, told, api_name=f"{name}_writer", **QUIET)
    shell.language.input(
        tell_again, [*given, looked], [facts], api_name=f"{name}_writers_again", **QUIET
    )
    return card


def picked(card: str) -> Arm:
    """What a request does differently for the chosen writer."""
    return Arm(label=card or "as asked", card=card)


def writers_markup(writers: list[Writer], tongue: Tongue) -> Markup:
    """One entry a writer: its name, its facts, and what stands in its way."""
    return fragment(
        '<ul class="writers">{rows}</ul>',
        rows=joined(
            fragment(
                '<li class="{state}"><code>{name}</code><p>{facts}</p><p class="state">{ready}</p>'
                "{fetch}</li>",
                state="here" if each.usable else "away",
                name=each.card,
                facts=" · ".join(_facts(each, tongue)),
                ready=_ready(each, tongue),
                fetch=_fetch(each, tongue),
            )
            for each in writers
        ),
    )


def _facts(writer: Writer, tongue: Tongue) -> list[str]:
    languages = ", ".join(tongue.choice("", "lang", each) for each in writer.languages)
    return [
        _size(writer, tongue),
        languages or tongue("writers.any_language"),
        _licence(writer, tongue),
        *_memory(writer, tongue),
    ]


def _licence(writer: Writer, tongue: Tongue) -> str:
    if writer.licence == UNSAID_LICENCE:
        return tongue("writers.unsaid_licence")
    return tongue("writers.licence", licence=writer.licence)


def _size(writer: Writer, tongue: Tongue) -> str:
    millions = writer.parameters / 1e6
    if not millions:
        return tongue("writers.unknown_size")
    short = f"{millions:.0f}M" if millions < 1000 else f"{millions / 1000:.1f}B"
    return tongue("writers.parameters", number=short)


def _memory(writer: Writer, tongue: Tongue) -> list[str]:
    if not writer.need_bytes or writer.fits == "elsewhere":
        return []
    facts = {"need": _megabytes(writer.need_bytes), "free": _megabytes(writer.free_bytes)}
    return [tongue("writers.memory", **facts)]


def _ready(writer: Writer, tongue: Tongue) -> str:
    if writer.fits == "too_large":
        return tongue("writers.too_large")
    if not writer.installed:
        return tongue("writers.not_installed")
    if not writer.accepted:
        return tongue("writers.terms")
    return tongue(f"writers.{writer.fits}")


def _fetch(writer: Writer, tongue: Tongue) -> Markup:
    if writer.installed:
        return NOTHING
    size = tongue("writers.download", megabytes=_megabytes(writer.download_bytes))
    return fragment(
        '<p class="fetch">{how} <code>studio models fetch {name}</code> {size}</p>',
        how=tongue("writers.fetch"),
        name=writer.card,
        size=size if writer.download_bytes else "",
    )


def _megabytes(size: int) -> int:
    return round(size / 1e6)
