"""What a manager should know of policies that can be used: those that never apply, and tickets that none takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.service.policies import ServicePolicy


@dataclass(frozen=True, kw_only=True, slots=True)
class Shadow:
    """`policy` never applies, because every ticket that it fits falls under `by`, which stands before it."""

    policy: ServicePolicy
    by: ServicePolicy


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
