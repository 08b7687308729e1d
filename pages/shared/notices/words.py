"""How a notice is worded, at the bell and outside. Free of streamlit; never holds what a buyer wrote."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from data.notices.courier import Letter
from data.service.warning import POLICY
from pages.shared import formats, service_words, words
from pages.shared.texts import _, counted
from workflow.notices import GIVEN, HANDED_ON, NAMED, REPLIED, NoticeChannel, NoticeKind
from workflow.service.policies import TargetKind
from workflow.tickets import SYNC

KINDS = {
    NoticeKind.ASSIGNED: _("Given to me"),
    NoticeKind.MENTIONED: _("Mentioned"),
    NoticeKind.DUE_SOON: _("Due soon"),
    NoticeKind.BREACHED: _("Missed"),
    NoticeKind.COLLEAGUE: _("Colleague on my ticket"),
    NoticeKind.WROTE_AGAIN: _("Buyer writes after the end"),
}
ICONS = {
    NoticeKind.ASSIGNED: ":material/assignment_ind:",
    NoticeKind.MENTIONED: ":material/alternate_email:",
    NoticeKind.DUE_SOON: ":material/timer:",
    NoticeKind.BREACHED: ":material/timer_off:",
    NoticeKind.COLLEAGUE: ":material/group:",
    NoticeKind.WROTE_AGAIN: ":material/mark_chat_unread:",
}
CHANNELS = {
    NoticeChannel.DESK: _("Bell"),
    NoticeChannel.MAIL: _("Mail"),
    NoticeChannel.MESSENGER: _("Messenger"),
    NoticeChannel.WEBHOOK: _("Webhook"),
}
MANY = 99
_ACTS = {
    GIVEN: _("{who} gave you ticket {number}"),
    NAMED: _("{who} mentioned you on ticket {number}"),
    REPLIED: _("{who} replied on your ticket {number}"),
    HANDED_ON: _("{who} took ticket {number} from you"),
}


def unread(count: int) -> str:
    """How many are unread, as short as a button is."""
    if not count:
        return _("Notices")
    return (
        _("{most}+ new notices").format(most=MANY)
        if count > MANY
        else counted("{count} new notice", "{count} new notices", count)
    )


def sentence(notice: Mapping[str, Any], zone: str) -> str:
    """A notice in one sentence, as plain text; `notice` has kind, what, by_id, by_name, percent, due_at and number."""
    what, number = notice["what"], notice["number"]
    if what in _ACTS:
        return _ACTS[what].format(who=_who(notice), number=number)
    if notice["kind"] == NoticeKind.WROTE_AGAIN:
        return _("Ticket {number} is settled, and its buyer writes again").format(number=number)
    is_missed = notice["kind"] == NoticeKind.BREACHED
    if what not in set(TargetKind):
        happens = words.consequence(what)
        if is_missed:
            return _("Ticket {number}: {happens}").format(number=number, happens=happens)
        text = _("Ticket {number}: {happens} at {when}")
        return text.format(number=number, happens=happens, when=_when(notice["due_at"], zone))
    target = service_words.target(what)
    if is_missed:
        return _("Ticket {number}: {target} missed").format(number=number, target=target.lower())
    text = _("Ticket {number}: {percent} % of the time for {target} is used up")
    return text.format(number=number, percent=int(notice["percent"]), target=target.lower())


def letter(delivery: Mapping[str, Any], desk_url: str, zone: str) -> Letter:
    """What is sent outside: the sentence, when it was, and the link where the desk's address is known."""
    lines = [_("{when}, {zone}").format(when=_when(delivery["made_at"], zone), zone=zone)]
    if desk_url:
        lines.append(f"{desk_url}/queue?ticket={delivery['number']}")
    return Letter(title=sentence(delivery, zone), text="\n".join(lines))


def _who(notice: Mapping[str, Any]) -> str:
    match notice["by_id"]:
        case POLICY.id:
            return _("A service policy")
        case SYNC.id:
            return _("The marketplace")
        case _:
            return str(notice["by_name"])


def _when(at: datetime | pd.Timestamp, zone: str) -> str:
    return formats.short_instant(pd.Timestamp(at).to_pydatetime(), zone)
