"""What durations, targets and outcomes are called on the page of response times."""

from dataclasses import dataclass

from data.selection import Figure
from data.service.listed import Outcome
from data.service.questions import Grouping
from pages.shared.texts import _
from workflow.service.policies import TargetKind


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureWords:
    """The words of one duration: `name` in a heading, `ended` of tickets that have it, `running` of those that wait.

    `none` is said where no ticket has it; `definition` is its heading of DECISIONS.md.
    """

    name: str
    waiting: str
    ended: str
    running: str
    none: str
    definition: str


FIGURES = {
    Figure.FIRST_REPLY: FigureWords(
        name=_("First reply"),
        waiting=_("How long buyers wait for a first reply"),
        ended=_("Replied to"),
        running=_("Without a reply, by the wait so far"),
        none=_("No ticket has a first reply yet."),
        definition="First reply",
    ),
    Figure.FIRST_RESOLUTION: FigureWords(
        name=_("First resolution"),
        waiting=_("How long it takes to the first resolution"),
        ended=_("Resolved"),
        running=_("Never resolved, by the wait so far"),
        none=_("No ticket was resolved yet."),
        definition="First resolution",
    ),
    Figure.FULL_RESOLUTION: FigureWords(
        name=_("Full resolution"),
        waiting=_("How long it takes to the last resolution"),
        ended=_("Resolved"),
        running=_("Not resolved, by the wait so far"),
        none=_("No ticket is resolved."),
        definition="Full resolution",
    ),
}
TARGETS = {
    TargetKind.FIRST_REPLY: _("First reply"),
    TargetKind.NEXT_REPLY: _("Next reply"),
    TargetKind.TIME_IN_STATE: _("Time in a state"),
    TargetKind.REQUESTER_WAIT: _("Requester wait"),
    TargetKind.FULL_RESOLUTION: _("Full resolution"),
}
OUTCOMES = {
    Outcome.MET: _("Met"),
    Outcome.MISSED: _("Missed"),
    Outcome.OVERDUE: _("Overdue"),
    Outcome.RUNNING: _("Running"),
    Outcome.PAUSED: _("Paused"),
    Outcome.ENDED_OTHERWISE: _("Ended otherwise"),
}
OUTCOME_COLOURS = {
    Outcome.MET: "green",
    Outcome.MISSED: "red",
    Outcome.OVERDUE: "red",
    Outcome.RUNNING: "blue",
    Outcome.PAUSED: "yellow",
    Outcome.ENDED_OTHERWISE: "gray",
}
GROUPINGS = {
    Grouping.CATEGORY: _("Category"),
    Grouping.PRIORITY: _("Priority"),
    Grouping.TEAM: _("Team"),
    Grouping.AGENT: _("Agent"),
    Grouping.SELLER: _("Seller"),
}
WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
EVERY_KIND = ""


def target_name(kind: str) -> str:
    """What a kind of target is called; empty is all of them."""
    return TARGETS[TargetKind(kind)] if kind else _("All targets")
