"""Policies in plain sentences, as plain text: whoever draws them escapes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from pages.policies.known import Called, Known, calls
from pages.shared.texts import _
from workflow.service.advice import shadows, strangers, takes_every_ticket
from workflow.service.policies import (
    MARKETPLACE,
    Reopening,
    ServicePolicy,
    Target,
    TargetKind,
    Threshold,
    WarningEffect,
)
from workflow.vocabulary import Ball

KINDS = {
    TargetKind.FIRST_REPLY: _("First reply"),
    TargetKind.NEXT_REPLY: _("Next reply"),
    TargetKind.TIME_IN_STATE: _("Time in a state"),
    TargetKind.REQUESTER_WAIT: _("Requester wait"),
    TargetKind.FULL_RESOLUTION: _("Full resolution"),
}
CONDITION_NAMES = {
    "category": _("Category"),
    "priority": _("Priority"),
    "channel": _("Channel"),
    "scheme": _("Delivery scheme"),
    "seller": _("Seller"),
    "language": _("Language"),
}
NAMED = {
    **{condition: name.lower() for condition, name in CONDITION_NAMES.items()},
    "state": _("state"),
    "agent": _("agent"),
    "trigger": _("trigger"),
}
EFFECTS = {
    WarningEffect.NOTIFY: _("Notify"),
    WarningEffect.RAISE_PRIORITY: _("Raise the priority to"),
    WarningEffect.REASSIGN: _("Reassign to"),
    WarningEffect.TRIGGER: _("Fire the trigger"),
    WarningEffect.NOTE: _("Write a note"),
}
REOPENINGS = {
    Reopening.NEW: _("A reopened ticket gets a new clock"),
    Reopening.CONTINUE: _("The clock goes on when it is reopened"),
}
_HOLDERS = {
    Ball.BUYER: _("the buyer"),
    Ball.SELLER: _("we"),
    Ball.PLATFORM: _("the platform"),
    Ball.CARRIER: _("the carrier"),
    Ball.NOBODY: _("nobody"),
}
_UNITS = ((3_600, _("{count:g} h")), (60, _("{count:g} min")), (1, _("{count:g} s")))


def budget(length: timedelta) -> str:
    """A budget in one unit: `48 h`, `90 min`."""
    seconds = length.total_seconds()
    size, text = next(((size, text) for size, text in _UNITS if not seconds % size), _UNITS[-1])
    return text.format(count=seconds / size)


def who(policy: ServicePolicy, known: Known, *, is_first: bool) -> str:
    """Which tickets a policy is for: `Priority: Urgent · Channel: E-mail or Phone`."""
    if not policy.when:
        return _("Every ticket") if is_first else _("Every ticket that no policy before takes")
    parts = (
        _("{condition}: {values}").format(
            condition=CONDITION_NAMES[name], values=either(map(calls(known.conditions[name]), values))
        )
        for name, values in policy.when.items()
    )
    return " · ".join(parts)


def promise(target: Target, known: Known) -> str:
    """One target: what, within how long, on which clock, and when that stands still."""
    text = {
        TargetKind.FIRST_REPLY: _("A first reply within {budget}"),
        TargetKind.NEXT_REPLY: _("Each further reply within {budget}"),
        TargetKind.TIME_IN_STATE: _("Out of {states} within {budget}"),
        TargetKind.REQUESTER_WAIT: _("The buyer waits for us {budget} at most in all"),
        TargetKind.FULL_RESOLUTION: _("Resolved within {budget}"),
    }[target.kind]
    states = either(f"“{name}”" for name in map(calls(known.states), target.states))
    said = text.format(budget=budget(target.budget), states=states)
    return f"{said}, {', '.join([_clock(target, known.clocks), *_pauses(target, known)])}"


def warnings(target: Target, known: Known) -> str:
    """What happens by itself as the budget is used up; empty where nothing does."""
    said = (
        _("at {percent} % {effect}").format(percent=one.percent, effect=_effect(one, known)) for one in target.warnings
    )
    return "; ".join(said)


def lines(policy: ServicePolicy, known: Known) -> Iterator[str]:
    """Every target of a policy with its warnings, a sentence each."""
    for target in policy.targets:
        warned = warnings(target, known)
        yield f"{promise(target, known)}. {warned[:1].upper()}{warned[1:]}." if warned else f"{promise(target, known)}."


def advice(policies: Sequence[ServicePolicy], known: Known) -> Iterator[str]:
    """What can be used as it is, and is hardly what was meant."""
    names = {**known.conditions, "state": known.states, "agent": known.agents, "trigger": known.triggers}
    for stranger in strangers(policies, names):
        yield _("“{policy}” names the {what} “{name}”, which this desk does not know: look for a slip.").format(
            policy=stranger.policy.name, what=NAMED[stranger.what], name=stranger.name
        )
    for shadow in shadows(policies):
        yield _("“{policy}” never applies: “{by}” stands before it and takes every ticket that it is for.").format(
            policy=shadow.policy.name, by=shadow.by.name
        )
    if not takes_every_ticket(policies):
        yield _("Tickets that fit no policy are promised nothing: let the last policy be for every ticket.")


def either(names: Iterable[str]) -> str:
    """`A`, `A or B`, `A, B or C`."""
    listed = list(names)
    if len(listed) < 2:  # noqa: PLR2004 - one needs no word between
        return "".join(listed)
    return _("{first} or {last}").format(first=", ".join(listed[:-1]), last=listed[-1])


def _clock(target: Target, clocks: Called) -> str:
    if target.calendar_id == MARKETPLACE:
        return _("every hour counts")
    return _("counted in “{calendar}”").format(calendar=clocks.get(target.calendar_id, target.calendar_id))


def _pauses(target: Target, known: Known) -> Iterator[str]:
    if target.pause_balls:
        holders = either(_HOLDERS[ball] for ball in Ball if ball in target.pause_balls)
        yield _("paused while {holders} must act").format(holders=holders)
    if target.pause_states:
        states = either(f"“{name}”" for name in sorted(map(calls(known.states), target.pause_states)))
        yield _("paused in {states}").format(states=states)
    if target.on_reopen is Reopening.CONTINUE:
        yield _("going on when it is reopened")


def _effect(one: Threshold, known: Known) -> str:
    names: Mapping[WarningEffect, Called] = {
        WarningEffect.RAISE_PRIORITY: known.priorities,
        WarningEffect.REASSIGN: known.agents,
        WarningEffect.TRIGGER: known.triggers,
    }
    text = {
        WarningEffect.NOTIFY: _("the desk notifies"),
        WarningEffect.RAISE_PRIORITY: _("the priority becomes {argument}"),
        WarningEffect.REASSIGN: _("{argument} takes over"),
        WarningEffect.TRIGGER: _("“{argument}” happens"),
        WarningEffect.NOTE: _("a note says “{argument}”"),
    }[one.effect]
    return text.format(argument=calls(names.get(one.effect, {}))(one.argument))
