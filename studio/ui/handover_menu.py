"""What can be made of a finished work: a line of buttons under every sheet, and in the history."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from studio.crafts.craft import Craft
from studio.handing_over import menu_of
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue
from studio.works import Work

MENU_JS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do="hand-over"]');
  if (button && element.contains(button)) {
    trigger('click', { action: 'hand-over', id: button.dataset.id });
  }
});
"""
"""Of a menu that stands alone: its buttons reach the server."""


def handover_menu(work: Work, crafts: Mapping[str, Craft], tongue: Tongue) -> Markup:
    """The menu of a work; nothing where nothing can be made of it. The script keeps each button's
    version in step with the one that is chosen."""
    offered = menu_of(work, crafts)
    if not offered:
        return NOTHING
    return fragment(
        '<nav class="make-of" aria-label="{title}" data-work="{id}"><h4>{title}</h4>{which}'
        '<span class="ways">{ways}</span></nav>',
        title=tongue("handover.title"),
        id=work.id,
        which=_which(work, tongue),
        ways=joined(_way(work, each.name, each.target, tongue) for each in offered),
    )


def told_of(told: str) -> tuple[str, int, str]:
    """(work, version, name) of a button's id; an unreadable one names nothing."""
    work, _, rest = told.partition(" ")
    version, _, name = rest.partition(" ")
    return work, int(version) if version.isdecimal() else 0, name


def _way(work: Work, name: str, target: str, tongue: Tongue) -> Markup:
    label = tongue(f"handover.{name}")
    return fragment(
        '<button type="button" class="tool {target}" data-do="hand-over" data-name="{name}" '
        'data-id="{id} 1 {name}">{label}</button>',
        target=target,
        name=name,
        id=work.id,
        label=label,
    )


def _which(work: Work, tongue: Tongue) -> Markup:
    """Which version; nothing for a single one."""
    if len(work.outputs) < 2:
        return NOTHING
    return fragment(
        '<select class="which-version" data-version-of="{id}" aria-label="{label}">'
        "{options}</select>",
        id=work.id,
        label=tongue("handover.which"),
        options=joined(
            fragment(
                '<option value="{number}">{text}</option>',
                number=number,
                text=tongue("handover.version", number=number),
            )
            for number in range(1, len(work.outputs) + 1)
        ),
    )
