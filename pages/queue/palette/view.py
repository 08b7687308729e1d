"""Draws the palette's button. The list itself opens within the browser, so that the next stroke is typed into it."""

from collections.abc import Sequence
from pathlib import Path

from pages.queue.palette.commands import Command, commands
from pages.queue.sheet import Sheet
from pages.shared import components, keys, session
from pages.shared.texts import _

_palette = components.load(Path(__file__).parent, '<div class="palette"></div>', is_isolated=False)


def palette(sheet: Sheet) -> None:
    """Draw it: one of each ticket, so that a list which is open never acts on another."""
    listed = commands(sheet)
    key = sheet.key("queue_palette")
    _palette(
        key=key,
        data={
            "title": _("All actions"),
            "key": keys.PALETTE.shortcut,
            "hint": _("Type to find an action"),
            "nothing": _("No action is called so."),
            "commands": [
                {
                    "id": command.id,
                    "group": command.group,
                    "label": command.label,
                    "leadsTo": command.leads_to,
                    "reason": command.reason,
                    "key": command.key,
                }
                for command in listed
            ],
        },
        width="content",
        # A callback knows the ticket as it was drawn: what a colleague changed since is refused and not overlooked.
        on_chosen_change=lambda: _run(listed, session.recall(key).chosen),
    )


def _run(listed: Sequence[Command], chosen: str) -> None:
    for command in listed:
        if command.id == chosen and not command.reason:
            command.run()
