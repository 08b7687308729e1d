"""What the three durations are called on the page of response times."""

from dataclasses import dataclass

from data.selection import Figure
from pages.shared.texts import _


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureWords:
    """The words of one duration: `name` in a heading, `ended` of tickets that have it, `running` of those that wait.

    `none` is said where no ticket has it.
    """

    name: str
    waiting: str
    ended: str
    running: str
    none: str


FIGURES = {
    Figure.FIRST_REPLY: FigureWords(
        name=_("First reply"),
        waiting=_("How long buyers wait for a first reply"),
        ended=_("Replied to"),
        running=_("Without a reply, by the wait so far"),
        none=_("No ticket has a first reply yet."),
    ),
    Figure.FIRST_RESOLUTION: FigureWords(
        name=_("First resolution"),
        waiting=_("How long it takes to the first resolution"),
        ended=_("Resolved"),
        running=_("Never resolved, by the wait so far"),
        none=_("No ticket was resolved yet."),
    ),
    Figure.FULL_RESOLUTION: FigureWords(
        name=_("Full resolution"),
        waiting=_("How long it takes to the last resolution"),
        ended=_("Resolved"),
        running=_("Not resolved, by the wait so far"),
        none=_("No ticket is resolved."),
    ),
}
