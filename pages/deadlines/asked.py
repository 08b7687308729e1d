"""What the page Deadlines is asked: its filters in the address, and the row of widgets that write them there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import streamlit as st

from data.selection import Selection
from pages.shared import access, colours, filters, names, service_words, session, words
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.tickets import Scope

PAGE = "deadlines"
AHEAD = {"4h": timedelta(hours=4), "24h": timedelta(hours=24), "3d": timedelta(days=3), "7d": timedelta(days=7)}
AHEAD_NAMES = {"4h": _("4 hours"), "24h": _("24 hours"), "3d": _("3 days"), "7d": _("7 days")}
BINS = {"4h": timedelta(minutes=15), "24h": timedelta(hours=1), "3d": timedelta(hours=3), "7d": timedelta(hours=6)}
BOTH, CLOCKS, TARGETS = "both", "clocks", "targets"
WHAT_NAMES = {BOTH: _("Both"), CLOCKS: _("Marketplace deadlines"), TARGETS: _("Service targets")}
BACK = {"24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}
BACK_NAMES = {"24h": _("24 hours"), "7d": _("7 days"), "30d": _("30 days")}
ANY, NOBODY = "", "nobody"
FARTHEST = timedelta(days=365)  # from now to a bar: no strip is longer, and an old address may lie behind
USUAL_AHEAD, USUAL_BACK = "24h", "7d"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The filters as the address has them. Everything cached has it, with `version` and `base`, in its key."""

    now: datetime  # the horizon: see `pages.shared.periods`
    ahead: str
    back: str
    what: str
    category: str
    consequence: str  # a trigger or a kind of target
    assignee: str
    slot: str  # one bar of the strip: its first instant, naive UTC
    scope: Scope
    zone: str
    version: str
    base: Literal["light", "dark"]

    @property
    def until(self) -> datetime:
        """The end of what the page looks ahead to."""
        return self.now + AHEAD[self.ahead]

    @property
    def selection(self) -> Selection:
        """The tickets that are asked about."""
        categories = (self.category,) if self.category else ()
        return Selection(horizon_at=self.now, scope=self.scope, categories=categories, time_zone=self.zone)

    @property
    def assignee_id(self) -> str | None:
        """Whose tickets: None is everybody's, empty those that nobody has."""
        return {ANY: None, NOBODY: ""}.get(self.assignee, self.assignee)

    @property
    def slot_at(self) -> datetime | None:
        """The first instant of the chosen bar; none where it cannot be read, has a zone, or is a year off."""
        try:
            at = datetime.fromisoformat(self.slot)
        except ValueError:
            return None
        return at if at.tzinfo is None and abs(at - self.now) < FARTHEST else None


def asked(person: Person) -> Asked:
    """What the address asks for."""
    holders, categories = _holders(person), _categories(person)
    return Asked(
        now=access.horizon_at(),
        ahead=filters.choice("horizon", list(AHEAD), USUAL_AHEAD),
        back=filters.choice("breached", list(BACK), USUAL_BACK),
        what=filters.choice("what", list(WHAT_NAMES), BOTH),
        category=filters.choice("category", list(categories), filters.EVERY_CATEGORY),
        consequence=filters.choice("consequence", list(_consequences()), ANY),
        assignee=filters.choice("assignee", list(holders), ANY),
        slot=session.query("slot"),
        scope=person.scope,
        zone=access.zone(),
        version=f"{access.desk().database.path} {access.data_version()} {access.rules().key}",
        base=colours.base(),
    )


def filter_row(wanted: Asked, person: Person) -> None:
    """Draw the filters."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="deadlines_filters"):
        filters.slug_filter(PAGE, "horizon", wanted.ahead, AHEAD_NAMES, _("Within"))
        filters.slug_filter(PAGE, "what", wanted.what, WHAT_NAMES, _("What"))
        filters.category_filter(PAGE, wanted.category, _categories(person))
        filters.list_filter(PAGE, "consequence", wanted.consequence, _consequences(), _("Consequence"))
        filters.list_filter(PAGE, "assignee", wanted.assignee, _holders(person), _("Assigned to"))


def _categories(person: Person) -> Mapping[str, str]:
    return names.category_names(access.metrics().categories(person.scope))


def _holders(person: Person) -> Mapping[str, str]:
    """Also whoever gets no ticket any more: what they have still runs out."""
    return {ANY: _("Everybody"), NOBODY: _("Nobody yet"), **access.directory().holders(person.scope)}


def _consequences() -> Mapping[str, str]:
    """Every consequence of a clock and every kind of target, those that are decided for us first."""
    costly = sorted(words.CONSEQUENCES, key=lambda trigger: not trigger.startswith("auto_approve_"))
    named = {trigger: words.consequence(trigger)[:1].upper() + words.consequence(trigger)[1:] for trigger in costly}
    kinds = {kind.value: _("Target: {name}").format(name=name) for kind, name in service_words.TARGETS.items()}
    return {ANY: _("Any consequence"), **named, **kinds}
