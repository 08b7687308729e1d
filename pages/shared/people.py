"""Who sits at the screen and what they may see. Until sign-in comes, one built-in local person has every role."""

import os
from dataclasses import dataclass
from enum import StrEnum, auto

import streamlit as st

from pages.shared.empty import no_access
from pages.shared.texts import _
from workflow.errors import DeskError
from workflow.tickets import EVERYTHING, Actor, Scope
from workflow.vocabulary import Role

LOCAL_ID, LOCAL_NAME = "local", "Local agent"


class DeskRole(StrEnum):
    """What a person at the screen is there for. Whose act an event is says `workflow.vocabulary.Role`."""

    AGENT = auto()
    MANAGER = auto()
    ANALYST = auto()


class RoleMissingError(DeskError):
    """A person tries what their role does not include, such as on a page that stayed open after the role was taken."""

    def __init__(self) -> None:
        super().__init__(
            _("Your role does not include this, so nothing was changed. Ask whoever runs the desk to add it.")
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody at the screen; with no role nobody is signed in."""

    id: str
    name: str
    roles: frozenset[DeskRole]
    scope: Scope = EVERYTHING

    @property
    def actor(self) -> Actor:
        """The person acting as themselves."""
        return Actor(role=Role.SELLER_AGENT, id=self.id)

    def on_behalf_of(self, role: Role, subject_id: str) -> Actor:
        """The person recording what a buyer or the platform did."""
        return Actor(role=role, id=subject_id, recorded_by=self.id)


def me() -> Person:
    """The person at the screen. `DESK_LOCAL_ROLES` (comma separated; empty: nobody) narrows the local roles."""
    wanted = os.environ.get("DESK_LOCAL_ROLES", ",".join(DeskRole)).split(",")
    roles = frozenset(role for role in DeskRole if role in {name.strip() for name in wanted})
    return Person(id=LOCAL_ID, name=LOCAL_NAME, roles=roles, scope=scope_of(LOCAL_ID))


def scope_of(person_id: str) -> Scope:  # noqa: ARG001 - the question is asked of a person
    """The tickets that a person may see, at the screen and in letters outside; until sign-in comes, all of them."""
    return EVERYTHING


def require(*roles: DeskRole) -> Person:
    """The first line of every page: the person, if they hold one of `roles`; else the no-access page and the end."""
    person = me()
    if person.roles.isdisjoint(roles):
        no_access(is_signed_in=bool(person.roles))
        st.stop()
    return person


def acting(*roles: DeskRole) -> Person:
    """The person who does something now, judged at the act itself; `RoleMissingError` if they hold none of `roles`."""
    person = me()
    if person.roles.isdisjoint(roles):
        raise RoleMissingError
    return person
