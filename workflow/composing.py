"""What an agent writes with: reply templates whose placeholders are filled from the case, and the channel's window.

Owns which placeholders there are and what a template must be like. Leaves storage to `data.composing` and sending to
`desk`, which refuses a text with an unfilled placeholder, whoever wrote it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from workflow import linter
from workflow.day_words import day_in
from workflow.errors import TemplateInvalidError
from workflow.forms import REPLY_LONGEST
from workflow.moments import BUYER_CLOCK, Moment
from workflow.records import Case, Posting
from workflow.vocabulary import Language
from workflow.zones import local_day

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
NAME_LONGEST = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A reply in one language. `category` empty: offered in every category; `version` 0: never saved."""

    id: str
    language: Language
    name: str
    text: str
    category: str = ""
    version: int = 0
    is_active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Whether the channel takes a reply now; `closes_at` None where it never closes or is locked."""

    is_open: bool
    closes_at: datetime | None = None


_VALUES: Mapping[str, Callable[[Case], str]] = {
    "ticket_number": lambda case: str(case.ticket.number),
    "order_number": lambda case: case.order.number if case.order else "",
    "posting_number": lambda case: case.posting.number if case.posting else case.ticket.posting_number,
    "tracking_number": lambda case: case.posting.tracking_number if case.posting else "",
    "carrier": lambda case: case.posting.carrier if case.posting else "",
    "product": lambda case: case.product.name if case.product else "",
    "price": lambda case: (
        f"{case.product.price.amount} {case.product.price.currency}" if case.product and case.product.price else ""
    ),
}
_DAYS: Mapping[str, Callable[[Posting], datetime | None]] = {
    "promised_date": lambda posting: posting.promised_at,
    "delivered_date": lambda posting: posting.delivered_at,
}
PLACEHOLDERS = (*_VALUES, *_DAYS, "agent")


def values_of(case: Case, agent_name: str, language: Language, zone: ZoneInfo) -> Mapping[str, str]:
    """What each placeholder stands for in `case`; empty where the desk does not know it.

    Days are those on the clock of `zone`, as the card beside the ticket shows them, and are written in `language`.
    """
    days = {name: at_of(case.posting) if case.posting else None for name, at_of in _DAYS.items()}
    return {
        **{name: value(case) for name, value in _VALUES.items()},
        **{name: day_in(language, local_day(zone, at)) if at else "" for name, at in days.items()},
        "agent": agent_name,
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with every placeholder filled that has a value; the others stay, for the agent to see."""
    return _PLACEHOLDER.sub(lambda match: values.get(match.group(1)) or match.group(), text)


def unfilled(text: str) -> tuple[str, ...]:
    """The placeholders that still stand in `text`."""
    return tuple(name for name in dict.fromkeys(_PLACEHOLDER.findall(text)) if name in PLACEHOLDERS)


def checked(template: Template) -> Template:
    """`template` with its edges trimmed; `TemplateInvalidError` with one sentence where buyers must not get it."""
    name, text = template.name.strip(), template.text.strip()
    unknown = [word for word in _PLACEHOLDER.findall(text) if word not in PLACEHOLDERS]
    if not name or len(name) > NAME_LONGEST:
        raise TemplateInvalidError(reason=f"give it a name of 1 to {NAME_LONGEST} characters")
    if not text or len(text) > REPLY_LONGEST:
        raise TemplateInvalidError(reason=f"its text must have 1 to {REPLY_LONGEST:,} characters")
    if unknown:
        known = ", ".join(f"{{{word}}}" for word in PLACEHOLDERS)
        raise TemplateInvalidError(reason=f"the desk knows no placeholder {{{unknown[0]}}}; it knows {known}")
    if complaint := linter.complaint(text):
        raise TemplateInvalidError(reason=complaint.removesuffix("."))
    return Template(
        id=template.id,
        language=template.language,
        name=name,
        text=text,
        category=template.category,
        version=template.version,
        is_active=template.is_active,
    )


def window(moment: Moment) -> Window:
    """The window of the ticket's channel: a chat closes some time after the buyer's last message (`chat_window`)."""
    if not moment.ticket.channel.is_chat:
        return Window(is_open=True)
    since = moment.clock(BUYER_CLOCK)
    if since is None:
        return Window(is_open=False)
    closes_at = since + moment.budget("chat_window", since)
    return Window(is_open=True, closes_at=closes_at) if moment.at < closes_at else Window(is_open=False)
