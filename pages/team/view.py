"""Team: how much each agent takes, what they know, when they are away and who stands in then."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from pages.shared import access, session, words
from pages.shared.cards import card, nothing_here
from pages.shared.fields import Editor, Fields
from pages.shared.formats import instant, plain
from pages.shared.people import DeskRole, acting, require
from pages.shared.refusals import worded
from pages.shared.texts import _, label
from workflow.assignment import Load
from workflow.errors import DeskError
from workflow.staff import Profile
from workflow.vocabulary import Language, Scheme

DONE, REFUSAL = "team_done", "team_refusal"
CHOSEN = "team_agent"
EDITOR = Editor("team_field_")
NOBODY = ""


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.MANAGER)
    st.title(_("Team"), anchor=False)
    if done := session.recall(DONE):
        st.toast(plain(done), icon=":material/check:")
    session.forget(DONE)
    loads = {load.agent_id: load for load in access.directory().loads(person.scope)}
    left, right = st.columns([3, 2], gap="small")
    with left, card(_("Who takes what"), _("open tickets now"), defined_by=(), key="team_table"):
        _table(loads)
    with (
        right,
        card(_("One agent"), _("“take next” asks only for what they know"), defined_by=(), key="team_editor"),
    ):
        _editor(loads)


def _table(loads: dict[str, Load]) -> None:
    if not loads:
        nothing_here(_("No agent works on tickets yet."))
        return
    st.dataframe(
        {
            _("Agent"): [load.name for load in loads.values()],
            _("Open"): [_of(load) for load in loads.values()],
            _("Takes"): [_takes(load.profile) for load in loads.values()],
            _("Away"): [_away(load.profile, loads) for load in loads.values()],
        },
        hide_index=True,
        key="team_agents",
        alt=_("The agents with their open tickets, what they take and when they are away"),
    )


def _of(load: Load) -> str:
    most = load.profile.most_open_count if load.profile else None
    return _("{count} of {most}").format(count=load.open_count, most=most) if most else str(load.open_count)


def _takes(profile: Profile | None) -> str:
    if profile is None or not profile.has_skills:
        return _("Everything")
    categories = _categories()
    parts = (
        [categories.get(category, category) for category in profile.categories],
        [words.LANGUAGES[language] for language in profile.languages],
        [scheme.value for scheme in profile.schemes],
    )
    return " · ".join(", ".join(part) for part in parts if part)


def _away(profile: Profile | None, loads: dict[str, Load]) -> str:
    if profile is None or profile.absent_from_at is None or profile.absent_until_at is None:
        return ""
    begins, ends = (instant(at, access.zone()) for at in (profile.absent_from_at, profile.absent_until_at))
    substitute = loads[profile.stand_in_id].name if profile.stand_in_id in loads else _("nobody")
    return _("{begins} to {ends}, {name} stands in").format(begins=begins, ends=ends, name=substitute)


def _categories() -> dict[str, str]:
    return {item.category: label(item.labels, item.category) for item in access.desk().rules.lifecycles.declared}


def _editor(loads: dict[str, Load]) -> None:
    EDITOR.choose_last(CHOSEN, loads)
    agent_id = st.selectbox(
        _("Agent"),
        list(loads),
        format_func=lambda known: loads[known].name,
        key=CHOSEN,
    )
    if agent_id is None:
        return
    newest = loads[agent_id].profile or Profile(agent_id=agent_id)
    profile = EDITOR.begun(agent_id, newest)
    fields = _fields(profile)
    categories = _categories() | {name: name for name in profile.categories if name not in _categories()}
    most = _("Most open tickets (none: no limit)")
    st.number_input(
        most,
        min_value=1,
        value=profile.most_open_count,
        step=1,
        key=fields.key("most"),
        help=_(
            "“Whoever has the fewest” gives no more than that. Whoever takes the next one themselves may have more."
        ),
    )
    everything = _("Everything")
    st.multiselect(
        _("Categories"),
        list(categories),
        list(profile.categories),
        format_func=categories.__getitem__,
        key=fields.key("categories"),
        placeholder=everything,
    )
    st.multiselect(
        _("Languages"),
        list(Language),
        list(profile.languages),
        format_func=words.LANGUAGES.__getitem__,
        key=fields.key("languages"),
        placeholder=everything,
    )
    st.multiselect(
        _("Delivery schemes"),
        list(Scheme),
        list(profile.schemes),
        format_func=lambda scheme: scheme.value,
        key=fields.key("schemes"),
        placeholder=everything,
    )
    _absence(profile, loads)
    st.button(_("Save"), type="primary", key="team_save", on_click=_save, args=(profile,))
    if refusal := session.recall(REFUSAL):  # below the button, which would move away under the mouse otherwise
        st.error(plain(refusal), icon=":material/error:")
        session.forget(REFUSAL)
    EDITOR.drawn()
    if profile != newest:
        EDITOR.overtaken()


def _fields(profile: Profile) -> Fields:
    """A profile has no version: what it says tells whether it is still the one that was read."""
    return Fields(EDITOR.prefix, f"{profile.agent_id}_{hash(profile):x}")


def _absence(profile: Profile, loads: dict[str, Load]) -> None:
    fields = _fields(profile)
    zone = access.zone()
    for name, title, at in (
        ("from", _("Away from, {zone}"), profile.absent_from_at),
        ("until", _("Back at, {zone}"), profile.absent_until_at),
    ):
        shown = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) if at else None
        st.datetime_input(title.format(zone=zone), shown, key=fields.key(name), format="YYYY-MM-DD")
    colleagues = [NOBODY, *(known for known in loads if known != profile.agent_id)]
    st.selectbox(
        _("Who stands in"),
        colleagues,
        index=colleagues.index(profile.stand_in_id) if profile.stand_in_id in colleagues else 0,
        format_func=lambda known: loads[known].name if known else _("Nobody"),
        key=fields.key("stand_in"),
        help=_("Gets what is given by hand to the agent while they are away"),
    )


def _save(before: Profile) -> None:
    fields = _fields(before)
    profile = Profile(
        agent_id=before.agent_id,
        most_open_count=fields.typed("most"),
        categories=tuple(fields.typed("categories", ())),
        languages=tuple(fields.typed("languages", ())),
        schemes=tuple(fields.typed("schemes", ())),
        absent_from_at=_utc(fields.typed("from")),
        absent_until_at=_utc(fields.typed("until")),
        stand_in_id=fields.typed("stand_in", NOBODY),
    )
    try:
        person = acting(DeskRole.MANAGER)
        access.staff().save(profile, by=person.id, now=access.now(), seen=before)
    except DeskError as error:
        session.remember(REFUSAL, worded(error))
        return
    EDITOR.end()
    name = access.desk().store.name_of(before.agent_id)
    session.remember(DONE, _("What {name} takes is saved.").format(name=name))


def _utc(entered: datetime | None) -> datetime | None:
    """An instant of the desk's zone as naive UTC."""
    if entered is None:
        return None
    return entered.replace(tzinfo=ZoneInfo(access.zone())).astimezone(UTC).replace(tzinfo=None)
