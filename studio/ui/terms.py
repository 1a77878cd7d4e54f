"""Terms of use on the page: shown where a writer needs them, accepted once for this studio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

import gradio as gr
from gradio.events import Dependency
from markupsafe import Markup

from studio.catalog import Terms
from studio.errors import NotReady
from studio.fetching import Fetching
from studio.ui.edge import explain, failure_line, status_line
from studio.ui.markup import fragment
from studio.ui.shell import QUIET, Shell
from studio.ui.strings import Tongue


@dataclass(frozen=True, slots=True)
class TermsPanel:
    """Hidden until `card` names a card whose terms nobody has accepted here."""

    card: gr.State
    accepted: Dependency
    """Its `success`: the terms are accepted and the weights are here."""


def terms_panel(shell: Shell, name: str, status: gr.HTML) -> TermsPanel:
    """The panel of a tab; the fetch that follows a yes is told in the tab's status line."""
    card = gr.State("")
    with gr.Column(visible=False, elem_classes="terms", elem_id=f"terms-{name}") as box:
        text = gr.HTML()
        accept = gr.Button(shell.words("terms.accept"), elem_classes="accept")

    def offer(wanted: str, lang: str) -> tuple[object, object]:
        """Show the terms of the card, or nothing."""
        terms = shell.studio.catalog.terms(shell.studio.catalog.card(wanted)) if wanted else None
        if terms is None:
            return gr.Column(visible=False), gr.skip()
        return gr.Column(visible=True), terms_markup(terms, shell.words.tongue(lang))

    async def agree(wanted: str, lang: str) -> AsyncIterator[tuple[object, object]]:
        """Accept, fetch, and make way."""
        tongue = shell.words.tongue(lang)
        yield status_line(tongue("terms.noted"), "busy", 0.0), gr.skip()
        try:
            async with aclosing(shell.studio.accept_terms(wanted)) as steps:
                async for step in steps:
                    yield fetching_line(step, tongue), gr.skip()
        except Exception as error:
            yield failure_line(error, tongue), gr.skip()
            # Said already; raised so that nothing is generated after it.
            raise gr.Error(explain(error, tongue), visible=False, print_exception=False) from error
        yield status_line(tongue("terms.ready"), "done"), ""

    quiet = {**QUIET, "queue": False}
    card.change(offer, [card, shell.language], [box, text], api_name=f"{name}_terms", **quiet)
    accepted = accept.click(
        agree,
        [card, shell.language],
        [status, card],
        api_name=f"{name}_accept",
        **QUIET,
        concurrency_limit=None,
    )
    return TermsPanel(card, accepted)


def failed(error: Exception, tongue: Tongue) -> tuple[Markup, str]:
    """The status line of a run that failed, and the card whose terms stand in its way ("": none).

    Terms to accept are no failure: the line points to the panel.
    """
    if isinstance(error, NotReady) and error.code == "terms_not_accepted":
        return status_line(tongue("terms.first")), error.card
    return failure_line(error, tongue), ""


def terms_markup(terms: Terms, tongue: Tongue) -> Markup:
    """What a person reads before saying yes."""
    summary = terms.summary.get(tongue.lang) or next(iter(terms.summary.values()), "")
    return fragment(
        '<section aria-label="{title}"><h3>{heading}</h3><p>{summary}</p><p class="note">{counts} '
        '<a href="{url}" target="_blank" rel="noopener">{title}</a> · '
        '<a href="{policy_url}" target="_blank" rel="noopener">{policy}</a></p></section>',
        title=terms.title,
        heading=tongue("terms.heading", title=terms.title),
        summary=summary,
        counts=tongue("terms.counts", version=terms.version),
        url=terms.url,
        policy_url=terms.policy_url,
        policy=tongue("terms.policy"),
    )


def fetching_line(step: Fetching, tongue: Tongue) -> Markup:
    """How far the fetch is."""
    return status_line(tongue(f"terms.{step.stage}"), "busy", step.fraction)
