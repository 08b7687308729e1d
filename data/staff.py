"""Keeps what is known of each agent's work, and reads what tickets ask of an agent. The rules are `workflow.staff`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from data.case_files import scope_parameters
from data.commits import run
from data.database import Database
from data.errors import EditedMeanwhileError
from data.rows import json_text
from workflow.ids import new_ids
from workflow.staff import ELSEWHERE, Needs, Profile, refuse_profile
from workflow.tickets import EVERYTHING, Scope
from workflow.vocabulary import Language, Scheme

_new_id = new_ids()
_LISTS = ("categories", "languages", "schemes")


@dataclass(frozen=True, slots=True)
class Staff:
    """The profiles of a desk's agents. Safe to share between threads."""

    database: Database

    def profiles(self) -> tuple[Profile, ...]:
        """Every profile, by agent id; an agent without one takes everything and is always there."""
        return self.database.recall(
            "staff_profiles", lambda: tuple(map(_profile, self.database.read("staff/profiles"))), ("agent_profiles",)
        )

    def save(self, profile: Profile, *, by: str, now: datetime, seen: Profile | None = None) -> None:
        """Keep `profile` with an audit entry, both or neither; the caller asked for the role.

        `ProfileInvalidError`; `EditedMeanwhileError` where the agent's profile is not as it was `seen` any more.
        """
        with self.database.writing() as cursor:
            agents = dict(run(cursor, "directory/agents", {"team_ids": [], "elsewhere": sorted(ELSEWHERE)}))
            refuse_profile(profile, agents.keys())
            if seen and seen != _kept(cursor, profile.agent_id):
                raise EditedMeanwhileError(what=f"What {agents[profile.agent_id]} takes")
            row = _row(profile)
            run(cursor, "staff/save_profile", {**row, "changed_at": now, "changed_by": by})
            entry = {
                "by_id": by,
                "action": "save_profile",
                "subject": profile.agent_id,
                "detail": json_text(_detail(row)),
            }
            run(cursor, "store/insert_audit_entry", {"id": _new_id(now), "noted_at": now, **entry})

    def needs(self, ticket_ids: Sequence[str], scope: Scope = EVERYTHING) -> dict[str, Needs]:
        """What each ticket within the scope asks of an agent, by its id."""
        parameters = {"ticket_ids": list(ticket_ids), **scope_parameters(scope)}
        return {
            ticket_id: Needs(category=category, language=Language(language), scheme=Scheme(scheme) if scheme else None)
            for ticket_id, category, language, scheme in self.database.read("staff/needs", parameters)
        }


def _kept(cursor: duckdb.DuckDBPyConnection, agent_id: str) -> Profile:
    """The profile as it is now; that of an agent without one takes everything."""
    profiles = {profile.agent_id: profile for profile in map(_profile, run(cursor, "staff/profiles"))}
    return profiles.get(agent_id, Profile(agent_id=agent_id))


def _row(profile: Profile) -> dict[str, Any]:
    return {
        "agent_id": profile.agent_id,
        "most_open_count": profile.most_open_count,
        **{name: json_text(list(getattr(profile, name))) for name in _LISTS},
        "absent_from_at": profile.absent_from_at,
        "absent_until_at": profile.absent_until_at,
        "stand_in_id": profile.stand_in_id,
    }


def _detail(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _profile(row: tuple[Any, ...]) -> Profile:
    agent_id, most, categories, languages, schemes, begins_at, ends_at, stand_in_id = row
    return Profile(
        agent_id=agent_id,
        most_open_count=most,
        categories=tuple(json.loads(categories)),
        languages=tuple(map(Language, json.loads(languages))),
        schemes=tuple(map(Scheme, json.loads(schemes))),
        absent_from_at=begins_at,
        absent_until_at=ends_at,
        stand_in_id=stand_in_id,
    )
