"""Markup that can not be broken out of: every value is escaped on its way in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

NOTHING = Markup("")


def fragment(template: str, /, **values: object) -> Markup:
    """The template with its values escaped; `Markup` values go in as they are."""
    return Markup(template).format(**values)


def joined(parts: Iterable[Markup]) -> Markup:
    """The parts one after another."""
    return NOTHING.join(parts)


def file_url(path: Path) -> str:
    """Where the page finds a file of a work, relative to the page itself."""
    return "gradio_api/file=" + quote(path.as_posix())


def button(label: str, action: str, value: str = "", kind: str = "", title: str = "") -> Markup:
    """A button that the page's script (or a component's own listener) understands."""
    return fragment(
        '<button type="button" class="tool {kind}" data-{action}="{value}" title="{title}">'
        "{label}</button>",
        kind=kind,
        action=action,
        value=value,
        title=title or label,
        label=label,
    )


def download(path: Path, name: str, label: str) -> Markup:
    """A link that saves a file under a name a person recognises."""
    return fragment(
        '<a class="tool" href="{url}" download="{name}">{label}</a>',
        url=file_url(path),
        name=name,
        label=label,
    )
