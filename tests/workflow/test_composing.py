"""Templates are filled from the case, and what is left unfilled never reaches a buyer; a chat has a window."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.workflow.builders import AGENT, HOUR, NOW, posting, world
from workflow.composing import PLACEHOLDERS, Template, checked, filled, unfilled, values_of
from workflow.day_words import day_in
from workflow.errors import InputInvalidError, TemplateInvalidError
from workflow.linter import findings
from workflow.vocabulary import Channel, Language

UTC = ZoneInfo("UTC")


def template(text="Hello {agent}", **changes):
    return Template(**{"id": "t", "language": Language.EN, "name": " Hello ", "text": text, **changes})


def test_placeholders_are_filled_from_the_case():
    it = world()
    ticket = it.open()
    values = values_of(it.store.load_case(ticket.id), "Anna", Language.EN, UTC)
    text = filled(" ".join(f"{{{name}}}" for name in PLACEHOLDERS), values)
    assert text == "1 1001 1001-1 TRACK1001 {carrier} Kettle 1990.00 RUB 1 March 2026 {delivered_date} Anna"
    assert unfilled(text) == ("carrier", "delivered_date")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.EN, "promised 8 November 2026, delivered 1 January 2027"),
        (Language.RU, "promised 8 ноября 2026 года, delivered 1 января 2027 года"),
        (Language.ZH, "promised 2026年11月8日, delivered 2027年1月1日"),
    ],
)
def test_a_day_is_that_of_the_desk_s_clock_in_the_language_of_the_reply(language, text):
    it = world()
    parcel = posting(promised_at=datetime(2026, 11, 7, 22, 28), delivered_at=datetime(2026, 12, 31, 21, 0))
    case = replace(it.store.load_case(it.open().id), posting=parcel)
    values = values_of(case, "Anna", language, ZoneInfo("Europe/Moscow"))
    written = filled("promised {promised_date}, delivered {delivered_date}", values)
    assert written == text
    assert not findings(written)


@pytest.mark.parametrize("language", Language)
def test_every_month_has_a_name_of_its_own_that_no_rule_forbids(language):
    written = [day_in(language, date(2026, month, 10)) for month in range(1, 13)]
    assert len(set(written)) == 12
    assert not any(findings(day) for day in written)


def test_a_case_without_an_order_fills_what_it_knows():
    it = world()
    ticket = it.open(order_id="", posting_number="", product_id="")
    values = values_of(it.store.load_case(ticket.id), "Anna", Language.EN, UTC)
    assert {name for name, value in values.items() if value} == {"ticket_number", "agent"}


def test_an_unfilled_placeholder_is_refused_by_the_use_case():
    it = world()
    ticket = it.open()
    it.act(ticket, "register", NOW)
    with pytest.raises(InputInvalidError, match=r"Replace \{carrier\}: the desk does not know it for this ticket\."):
        it.act(ticket, "seller_reply", NOW, reply_text="It travels with {carrier}.")
    it.act(ticket, "seller_reply", NOW, reply_text="Other braces such as {this} are just text.")


def test_a_template_is_kept_with_trimmed_edges():
    assert checked(template("  Hello {agent}  ")) == template("Hello {agent}", name="Hello")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "give it a name of 1 to 80 characters"),
        ({"text": " "}, "its text must have 1 to 1,000 characters"),
        ({"text": "x" * 1001}, "its text must have 1 to 1,000 characters"),
        ({"text": "Hi {nobody}"}, "the desk knows no placeholder {nobody}; it knows {ticket_number}"),
        ({"text": "Call +7 912 345-67-89"}, "Take out “+7 912 345-67-89”"),
    ],
)
def test_a_template_that_no_buyer_may_get_is_refused(changes, sentence):
    with pytest.raises(TemplateInvalidError) as refusal:
        checked(template(**changes))
    assert str(refusal.value).startswith(f"The template was not saved: {sentence}")
    assert str(refusal.value).count("..") == 0


def test_a_chat_closes_48_hours_after_the_buyers_last_message():
    it = world()
    ticket = it.open()
    case = it.store.load_case(ticket.id)
    window = it.desk.window(case, actor=AGENT, now=NOW + 42 * HOUR)
    assert (window.is_open, window.closes_at) == (True, NOW + 48 * HOUR)
    locked = it.desk.window(case, actor=AGENT, now=NOW + 48 * HOUR)
    assert (locked.is_open, locked.closes_at) == (False, None)


def test_a_chat_in_which_the_buyer_wrote_nothing_is_locked():
    it = world()
    ticket = it.open("product_quality")
    case = it.store.load_case(ticket.id)
    silent = type(case)(ticket=type(ticket)(**{**_fields(ticket), "clocks": {}}))
    assert not it.desk.window(silent, actor=AGENT, now=NOW).is_open


def test_a_phone_call_has_no_window():
    it = world()
    ticket = it.open(channel=Channel.PHONE)
    window = it.desk.window(it.store.load_case(ticket.id), actor=AGENT, now=NOW + 999 * HOUR)
    assert (window.is_open, window.closes_at) == (True, None)


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
