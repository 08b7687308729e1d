"""What is known of each agent's work: how much they take, what they know, when they are away and who stands in then.

DECISIONS: Assignment without a name. Where it is kept is the data's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.errors import DeskError
from workflow.records import Case
from workflow.vocabulary import Language, Role, Scheme

LEFT = "left"  # instead of a role, of whoever works here no more
ELSEWHERE = frozenset(role.value for role in Role) - {Role.SELLER_AGENT.value}  # no tickets of the seller are theirs


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """What a ticket asks of an agent; `scheme` is None where its parcel is not known."""

    category: str
    language: Language
    scheme: Scheme | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """One agent's work. No number is no limit, and an empty tuple knows everything. Instants are naive UTC."""

    agent_id: str
    most_open_count: int | None = None
    categories: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    absent_from_at: datetime | None = None
    absent_until_at: datetime | None = None
    stand_in_id: str = ""

    @property
    def has_skills(self) -> bool:
        """Whether the agent takes some tickets only."""
        return bool(self.categories or self.languages or self.schemes)

    def knows(self, needs: Needs) -> bool:
        """Whether the agent takes such a ticket; a scheme that is not known asks for none."""
        return (
            (not self.categories or needs.category in self.categories)
            and (not self.languages or needs.language in self.languages)
            and (not self.schemes or needs.scheme is None or needs.scheme in self.schemes)
        )

    def is_absent_at(self, at: datetime) -> bool:
        """Whether the agent is away: from the first instant on, until before the last."""
        begins, ends = self.absent_from_at, self.absent_until_at
        return begins is not None and ends is not None and begins <= at < ends

    def has_room(self, open_count: int) -> bool:
        """Whether one more ticket is no more than the agent takes."""
        return self.most_open_count is None or open_count < self.most_open_count


class ProfileInvalidError(DeskError):
    """An agent's limit, absence or replacement makes no sense; nothing was saved."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Nothing was saved: {reason}.")


class NobodyStandsInError(DeskError):
    """The agent is away, and so is whoever would stand in, if anybody would."""

    def __init__(self, *, name: str, until_at: datetime) -> None:
        self.name, self.until_at = name, until_at
        super().__init__(
            f"The ticket was not given to {name}, who is away until {until_at:%Y-%m-%d %H:%M} UTC with nobody there to "
            "stand in: choose somebody else."
        )


class AgentLeftError(DeskError):
    """Whoever is to get a ticket works here no more: nobody would see it."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        super().__init__(f"The ticket was not given to {name}, who works here no more: choose somebody who does.")


class NotOurAgentError(DeskError):
    """Whoever is to get a ticket works for the marketplace, or is a process: the ticket would be out of our hands."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        super().__init__(
            f"The ticket was not given to {name}, who is no agent of the seller: choose an agent, or escalate the "
            "ticket where the marketplace is to decide."
        )


def needs_of(case: Case) -> Needs:
    """What the ticket asks of an agent."""
    scheme = case.posting.scheme if case.posting else None
    return Needs(category=case.ticket.category, language=case.ticket.language, scheme=scheme)


def refuse_profile(profile: Profile, agents: Collection[str]) -> None:
    """Raise `ProfileInvalidError` where `profile` cannot be kept; `agents` are the ids of those who work."""
    begins, ends = profile.absent_from_at, profile.absent_until_at
    if profile.agent_id not in agents:
        raise ProfileInvalidError(reason="there is no such agent who works on tickets: choose one of the list")
    if profile.most_open_count is not None and profile.most_open_count < 1:
        raise ProfileInvalidError(
            reason="the most open tickets are less than one: enter a number, or none for no limit"
        )
    if (begins is None) is not (ends is None) or (begins is not None and ends is not None and begins >= ends):
        raise ProfileInvalidError(reason="the absence needs a beginning and a later end: enter both, or neither")
    if profile.stand_in_id == profile.agent_id:
        raise ProfileInvalidError(reason="nobody stands in for themselves: choose a colleague, or nobody")
    if profile.stand_in_id and profile.stand_in_id not in agents:
        raise ProfileInvalidError(reason="whoever stands in works on no tickets: choose one of the list")


def stand_in(agent_id: str, profiles: Mapping[str, Profile], at: datetime) -> str:
    """Whoever is there at `at`: the agent, or whoever stands in, or whoever stands in for them; empty for nobody."""
    asked: set[str] = set()
    while agent_id and agent_id not in asked:
        profile = profiles.get(agent_id)
        if profile is None or not profile.is_absent_at(at):
            return agent_id
        asked.add(agent_id)
        agent_id = profile.stand_in_id
    return ""
