"""What one version of policies or of a calendar changes against another, in words (plain text)."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pages.policies import sentences
from pages.policies.known import Known
from pages.policies.week_words import WEEKDAY_NAMES, hours
from pages.shared import dates
from pages.shared.texts import _
from workflow.calendars import Break, Calendar, ExtraDay, Holiday
from workflow.service.policies import ServicePolicy, Target

MOST_DAYS = 8  # of a list of dates that is said in full


def of_policies(before: Sequence[ServicePolicy], after: Sequence[ServicePolicy], known: Known) -> Iterator[str]:
    """A sentence for each difference; none where nothing differs."""
    old, new = {policy.id: policy for policy in before}, {policy.id: policy for policy in after}
    for policy in after:
        if policy.id not in old:
            yield _("“{policy}” is new, in place {place}.").format(
                policy=policy.name, place=list(new).index(policy.id) + 1
            )
    for policy in before:
        if policy.id not in new:
            yield _("“{policy}” goes.").format(policy=policy.name)
    if [name for name in old if name in new] != [name for name in new if name in old]:
        order = ", ".join(f"“{policy.name}”" for policy in after)
        yield _("The order becomes {order}.").format(order=order)
    for name in (name for name in new if name in old):
        yield from _of_policy(old[name], new[name], known)


def _of_policy(before: ServicePolicy, after: ServicePolicy, known: Known) -> Iterator[str]:
    name = after.name
    if before.name != after.name:
        yield _("“{before}” is now called “{after}”.").format(before=before.name, after=after.name)
    if dict(before.when) != dict(after.when):
        was, now = (sentences.who(policy, known, is_first=True) for policy in (before, after))
        yield _("“{policy}” is for: {after}. Before: {before}.").format(policy=name, after=now, before=was)
    old, new = _by_subject(before.targets), _by_subject(after.targets)
    for subject in dict.fromkeys((*old, *new)):
        for was, now in zip_longest(old.get(subject, ()), new.get(subject, ())):
            if was != now:
                yield _("“{policy}”: {change}").format(policy=name, change=_of_target(was, now, known))


def _of_target(before: Target | None, after: Target | None, known: Known) -> str:
    if before is None or after is None:
        target = after or before
        assert target is not None  # noqa: S101 - one of them is there
        text = _("promises anew: {promise}.") if before is None else _("no longer promises: {promise}.")
        return text.format(promise=sentences.promise(target, known))
    was, now = sentences.promise(before, known), sentences.promise(after, known)
    if was != now:
        return _("{after}. Before: {before}.").format(after=now, before=was)
    kind = sentences.KINDS[after.kind]
    said = sentences.warnings(after, known) or _("no warning")
    earlier = sentences.warnings(before, known) or _("no warning")
    return _("{kind}: {after}. Before: {before}.").format(kind=kind, after=said, before=earlier)


def _by_subject(targets: Sequence[Target]) -> dict[str, list[Target]]:
    """Targets by kind and, where they name some, states."""
    found: dict[str, list[Target]] = {}
    for target in targets:
        found.setdefault(" ".join((target.kind.value, *sorted(target.states))), []).append(target)
    return found


def of_calendars(before: Calendar | None, after: Calendar) -> Iterator[str]:
    """A sentence for each difference; a calendar that is new is one."""
    if before is None:
        yield _("“{calendar}” is new.").format(calendar=after.name)
        return
    if before.name != after.name:
        yield _("“{before}” is now called “{after}”.").format(before=before.name, after=after.name)
    if before.time_zone != after.time_zone:
        yield _("The time zone is {after}. Before: {before}.").format(after=after.time_zone, before=before.time_zone)
    if before.is_always_open != after.is_always_open:
        yield _("It is open 24/7.") if after.is_always_open else _("It is no longer open 24/7.")
    for day, was, now in zip(WEEKDAY_NAMES, before.weekly, after.weekly, strict=True):
        if was != now:
            yield _("{day}: {after}. Before: {before}.").format(day=day, after=hours(now), before=hours(was))
    yield from _days(_("holidays"), before.holidays, after.holidays)
    yield from _days(_("working days"), before.extra_days, after.extra_days)
    yield from _days(_("breaks"), before.breaks, after.breaks)


def _days(
    what: str,
    before: Sequence[Holiday | ExtraDay | Break],
    after: Sequence[Holiday | ExtraDay | Break],
) -> Iterator[str]:
    new = [day for day in after if day not in before]
    gone = [day for day in before if day not in after]
    if new:
        yield _("Added to the {what}: {days}.").format(what=what, days=_dates(new))
    if gone:
        yield _("Taken from the {what}: {days}.").format(what=what, days=_dates(gone))


def _dates(days: Sequence[Holiday | ExtraDay | Break]) -> str:
    said = [f"{dates.on(day.on)} {day.name}".strip() for day in days[:MOST_DAYS]]
    rest = len(days) - len(said)
    return ", ".join(said) + (_(" and {count} more").format(count=rest) if rest else "")
