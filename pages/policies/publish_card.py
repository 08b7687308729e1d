"""Publishing what was drafted: what it changes, from when on, why, and the question whether it is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from pages.policies.publishing import DONE, Act
from pages.shared import access, dates, formats, session
from pages.shared.cards import card
from pages.shared.formats import plain
from pages.shared.refusals import worded
from pages.shared.texts import _
from workflow.errors import DeskError

NOTE, WHEN, AT, REFUSED = "policies_note", "policies_when", "policies_at", "policies_refused"
ASKING = "policies_asking"  # the dialog is open
NOW, LATER = "now", "later"
LONGEST_NOTE = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """A draft that could be published. `against` says why it may not be (empty: it may), `tested` what it would do."""

    next_version: int
    changes: Sequence[str]
    against: str
    tested: str
    act: Act


def publish_card(ready: Ready) -> None:
    """Draw it."""
    with card(
        _("Publish"),
        _("as version {version}").format(version=ready.next_version),
        key="policies_publish",
        defined_by=("Publishing a draft",),
    ):
        said = _("You are asked once more, for the reason and from when on it shall hold.")
        st.caption(plain(ready.against or said))
        st.button(
            _("Publish …"),
            type="primary",
            icon=":material/publish:",
            key="policies_publish_open",
            disabled=bool(ready.against),
            on_click=_open,
        )
    if session.recall(ASKING):
        title = _("Publish version {version}?").format(version=ready.next_version)
        st.dialog(title, width="medium", on_dismiss=_close)(_ask)(ready)


def changes_list(changes: Sequence[str]) -> None:
    """Draw differences in words."""
    st.markdown("\n".join(f"- {plain(change)}" for change in changes) or _("Nothing differs."))


def _open() -> None:
    session.forget(REFUSED, DONE, NOTE, WHEN, AT)
    session.remember(ASKING, value=True)


def _close() -> None:
    session.forget(ASKING)


def _ask(ready: Ready) -> None:
    if session.recall(DONE):
        _close()
        st.rerun()
    changes_list(ready.changes)
    if ready.tested:
        st.caption(plain(ready.tested))
    else:
        st.warning(_("This draft was not back-tested as it stands."), icon=":material/history:")
    st.text_area(
        _("Why (it stands in the history)"), key=NOTE, max_chars=LONGEST_NOTE, height=80, placeholder=_("Optional")
    )
    names = {NOW: _("Now"), LATER: _("From a later instant on")}
    when = st.radio(_("Holds from"), list(names), format_func=names.__getitem__, horizontal=True, key=WHEN)
    if when == LATER:
        zone = access.zone()
        tomorrow = formats.local(access.now() + timedelta(days=1), zone)
        midnight = tomorrow.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        label = _("From, {zone}").format(zone=zone)
        st.datetime_input(label, midnight, key=AT, format="YYYY-MM-DD", required=True)
    if refused := session.recall(REFUSED):
        st.error(plain(refused), icon=":material/error:")
    st.button(
        _("Publish version {version}").format(version=ready.next_version),
        type="primary",
        key="policies_publish_confirm",
        on_click=_publish,
        args=(ready,),
        width="stretch",
    )


def _publish(ready: Ready) -> None:
    session.forget(REFUSED)
    later = session.recall(AT) if session.recall(WHEN) == LATER else None
    if session.recall(WHEN) == LATER and later is None:
        session.remember(REFUSED, _("Say from when on it shall hold."))
        return
    try:
        ready.act(dates.instant_of(later, access.zone()) if later else None, session.recall(NOTE) or "")
    except DeskError as error:
        session.remember(REFUSED, worded(error))
    else:
        _close()
