"""What a manager should know of policies that can be used: those that never apply, and tickets that none takes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflow.service.policies import ServicePolicy, WarningEffect


@dataclass(frozen=True, kw_only=True, slots=True)
class Shadow:
    """`policy` never applies, because every ticket that it fits falls under `by`, which stands before it."""

    policy: ServicePolicy
    by: ServicePolicy


@dataclass(frozen=True, kw_only=True, slots=True)
class Stranger:
    """`policy` names something that the desk does not know: `what` is a condition, `state`, `agent` or `trigger`."""

    policy: ServicePolicy
    what: str
    name: str


def strangers(policies: Sequence[ServicePolicy], known: Mapping[str, Collection[str]]) -> Iterator[Stranger]:
    """Each name of a policy that is not among those that are `known` of its sort, once; sorts left out are not asked.

    `known` has the names by condition, and those of `state`, `agent` and `trigger`.
    """
    for policy in policies:
        named = {(what, name): None for what, name in _named(policy) if name not in known.get(what, (name,))}
        for what, name in named:
            yield Stranger(policy=policy, what=what, name=name)


def shadows(policies: Sequence[ServicePolicy]) -> Iterator[Shadow]:
    """The policies that one before them leaves no ticket to."""
    for place, policy in enumerate(policies):
        by = next((earlier for earlier in policies[:place] if _takes_all_of(earlier, policy)), None)
        if by is not None:
            yield Shadow(policy=policy, by=by)


def takes_every_ticket(policies: Sequence[ServicePolicy]) -> bool:
    """Whether some policy asks for nothing, so that no ticket is left without promises."""
    return any(not policy.when for policy in policies)


def _takes_all_of(earlier: ServicePolicy, later: ServicePolicy) -> bool:
    return all(name in later.when and set(later.when[name]) <= set(wanted) for name, wanted in earlier.when.items())


def _named(policy: ServicePolicy) -> Iterator[tuple[str, str]]:
    arguments = {WarningEffect.REASSIGN: "agent", WarningEffect.TRIGGER: "trigger"}
    for condition, wanted in policy.when.items():
        yield from ((condition, name) for name in wanted)
    for target in policy.targets:
        yield from (("state", name) for name in (*target.states, *sorted(target.pause_states)))
        yield from ((arguments[one.effect], one.argument) for one in target.warnings if one.effect in arguments)
