"""Policies as JSON: how they are stored, exported and read, with one sentence for each fault."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from workflow.calendar_documents import Document, DocumentReader, parsed
from workflow.calendar_errors import CalendarInvalidError
from workflow.service.errors import PolicyInvalidError
from workflow.service.policies import (
    CONDITIONS,
    MARKETPLACE,
    Reopening,
    ServicePolicy,
    Target,
    TargetKind,
    Threshold,
    WarningEffect,
)
from workflow.vocabulary import Ball, Priority

_UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
_TARGET_KEYS = ("kind", "budget", "clock", "states", "pause_states", "pause_while", "on_reopen", "warnings")
_POLICY_KEYS = ("id", "name", "when", "targets")
_WARNING_KEYS = ("percent", "effect", "argument")
_MARKETPLACE_CLOCK = "marketplace"
_MOST_PERCENT = 1_000
_LEAST_SECONDS, _MOST_SECONDS = 1e-6, 3_650 * 86_400
_SOME_BUDGET = timedelta(hours=24)  # in the place of one that cannot be read
Word = TypeVar("Word", bound=StrEnum)


def policies_document(policies: Iterable[ServicePolicy]) -> Document:
    """The document of policies, JSON values only; `read_policies` gives the same policies back."""
    return {"policies": [_policy_document(policy) for policy in policies]}


def policies_text(policies: Iterable[ServicePolicy]) -> str:
    """The document as JSON text that a person can read."""
    return json.dumps(policies_document(policies), ensure_ascii=False, indent=2)


def read_policies(text: str, *, calendars: Iterable[str] = ()) -> tuple[ServicePolicy, ...]:
    """The policies of a JSON text, in order; `PolicyInvalidError` names every fault.

    `calendars` are the ids that a clock may name besides `marketplace`.
    """
    reader = _PolicyReader(frozenset(calendars))
    try:
        given = parsed(text, "policies")
    except CalendarInvalidError as error:
        raise PolicyInvalidError(faults=error.faults) from error
    table = reader.table(given, "The document", ("policies",))
    rows = enumerate(reader.rows(table.get("policies", []), "policies"), 1)
    policies = tuple(reader.policy(row, f"policy {number}") for number, row in rows)
    for policy_id, count in sorted(Counter(policy.id for policy in policies).items()):
        if count > 1:
            reader.fault(f"Policy {policy_id!r} stands {count} times: give each an id of its own.")
    if reader.faults:
        raise PolicyInvalidError(faults=reader.faults)
    return policies


def _policy_document(policy: ServicePolicy) -> Document:
    return {
        "id": policy.id,
        "name": policy.name,
        "when": {name: list(values) for name, values in policy.when.items()},
        "targets": [_target_document(target) for target in policy.targets],
    }


def _target_document(target: Target) -> Document:
    document: Document = {
        "kind": target.kind.value,
        "budget": _budget_document(target.budget),
        "clock": target.calendar_id or _MARKETPLACE_CLOCK,
    }
    lists = {
        "states": list(target.states),
        "pause_states": sorted(target.pause_states),
        "pause_while": sorted(ball.value for ball in target.pause_balls),
        "warnings": [_warning_document(warning) for warning in target.warnings],
    }
    document |= {name: values for name, values in lists.items() if values}
    return document | ({"on_reopen": target.on_reopen.value} if target.on_reopen is not Reopening.NEW else {})


def _budget_document(budget: timedelta) -> Document:
    seconds = budget.total_seconds()
    unit = next((unit for unit in ("hours", "minutes") if not seconds % _UNITS[unit]), "seconds")
    amount = seconds / _UNITS[unit]
    return {unit: int(amount) if amount.is_integer() else amount}


def _warning_document(warning: Threshold) -> Document:
    document: Document = {"percent": warning.percent, "effect": warning.effect.value}
    return document | ({"argument": warning.argument} if warning.argument else {})


class _PolicyReader(DocumentReader):
    """Reads policies and collects every fault."""

    def __init__(self, calendars: frozenset[str]) -> None:
        super().__init__()
        self._calendars = calendars

    def policy(self, row: object, where: str) -> ServicePolicy:
        given = self.table(row, where, _POLICY_KEYS)
        policy_id = self.text(given.get("id", ""), f"{where}, id").strip()
        if not policy_id:
            self.fault(f"{where} has no id: give it one, such as returns-urgent.")
        where = f"Policy {policy_id}" if policy_id else where
        targets = tuple(
            self._target(target, f"{where}, target {number}")
            for number, target in enumerate(self.rows(given.get("targets", []), f"{where}, targets"), 1)
        )
        for name, count in sorted(Counter(_names(targets)).items()):
            if count > 1:
                self.fault(f"{where} promises {name} {count} times: keep one.")
        if not targets:
            self.fault(f"{where} promises nothing: give it a target.")
        return ServicePolicy(
            id=policy_id,
            name=self.text(given.get("name", policy_id), f"{where}, name") or policy_id,
            when=self._conditions(given.get("when", {}), f"{where}, when"),
            targets=targets,
        )

    def _conditions(self, value: object, where: str) -> Mapping[str, tuple[str, ...]]:
        given = self.table(value, where, CONDITIONS)
        found = {name: self._texts(given.get(name, []), f"{where} {name}") for name in CONDITIONS}
        for priority in found["priority"]:
            self._word(Priority, priority, f"{where} priority")
        return {name: texts for name, texts in found.items() if texts}

    def _target(self, row: object, where: str) -> Target:
        given = self.table(row, where, _TARGET_KEYS)
        kind = self._word(TargetKind, given.get("kind", ""), f"{where}, kind")
        states = self._texts(given.get("states", []), f"{where}, states")
        if (kind is TargetKind.TIME_IN_STATE) != bool(states):
            self.fault(
                f"{where}: states go with time_in_state, and with it only: name them there, drop them elsewhere."
            )
        balls = (
            self._word(Ball, ball, f"{where}, pause_while") for ball in self._given_texts(given, "pause_while", where)
        )
        rows = enumerate(self.rows(given.get("warnings", []), f"{where}, warnings"), 1)
        found = [self._warning(warning, f"{where}, warning {number}") for number, warning in rows]
        for percent, count in sorted(Counter(warning.percent for warning in found).items()):
            if count > 1:
                self.fault(f"{where} warns {count} times at {percent} %: give each warning a share of its own.")
        return Target(
            kind=kind,
            budget=self._budget(given.get("budget", {}), f"{where}, budget"),
            calendar_id=self._clock(given.get("clock", _MARKETPLACE_CLOCK), f"{where}, clock"),
            states=states,
            pause_states=frozenset(self._given_texts(given, "pause_states", where)),
            pause_balls=frozenset(balls),
            on_reopen=self._word(Reopening, given.get("on_reopen", Reopening.NEW.value), f"{where}, on_reopen"),
            warnings=tuple(sorted(found, key=lambda warning: warning.percent)),
        )

    def _budget(self, value: object, where: str) -> timedelta:
        given = self.table(value, where, tuple(_UNITS))
        amounts = [(unit, amount) for unit, amount in given.items() if unit in _UNITS]
        if any(isinstance(amount, bool) or not isinstance(amount, int | float) for _, amount in amounts):
            self.fault(f'{where} is no number: write it such as {{"hours": 24}}.')
            return _SOME_BUDGET
        is_sane = all(0 <= amount <= _MOST_SECONDS for _, amount in amounts)  # JSON knows numbers without end
        seconds = sum(_UNITS[unit] * amount for unit, amount in amounts) if is_sane else 0
        if not _LEAST_SECONDS <= seconds <= _MOST_SECONDS:
            self.fault(f'{where}: give more than nothing and at most ten years, such as {{"hours": 24}}.')
            return _SOME_BUDGET
        return timedelta(seconds=seconds)

    def _clock(self, value: object, where: str) -> str:
        name = self.text(value, where)
        if name == _MARKETPLACE_CLOCK:
            return MARKETPLACE
        if name not in self._calendars:
            known = ", ".join((_MARKETPLACE_CLOCK, *sorted(self._calendars)))
            self.fault(f"{where}: there is no calendar {name!r}: use one of {known}.")
        return name

    def _warning(self, row: object, where: str) -> Threshold:
        given = self.table(row, where, _WARNING_KEYS)
        percent, effect = (
            given.get("percent", 100),
            self._word(WarningEffect, given.get("effect", ""), f"{where}, effect"),
        )
        if isinstance(percent, bool) or not isinstance(percent, int) or not 0 < percent <= _MOST_PERCENT:
            self.fault(f"{where}: {percent!r} is no share of the budget: write whole per cent such as 80.")
            percent = 100
        argument = self.text(given.get("argument", ""), f"{where}, argument").strip()
        if bool(argument) == (effect is WarningEffect.NOTIFY):
            self.fault(
                f"{where}: every effect but notify needs its argument (a priority, an agent, a trigger or a text)."
            )
        if effect is WarningEffect.RAISE_PRIORITY:
            self._word(Priority, argument, f"{where}, argument")
        return Threshold(percent=percent, effect=effect, argument=argument)

    def _given_texts(self, given: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        return self._texts(given.get(name, []), f"{where}, {name}")

    def _texts(self, value: object, where: str) -> tuple[str, ...]:
        return tuple(self.text(text, where) for text in self.rows(value, where))

    def _word(self, words: type[Word], value: object, where: str) -> Word:
        known = [word.value for word in words]
        if value not in known:
            self.fault(f"{where}: {value!r} is none of {', '.join(known)}: use one of them.")
            return next(iter(words))
        return words(value)


def _names(targets: Iterable[Target]) -> Iterator[str]:
    for target in targets:
        yield from (f"{target.kind} in {state}" for state in target.states) if target.states else (target.kind.value,)
