"""A category is one file: put beside the others it opens, advances, times out and is analysed, without any Python."""

from datetime import datetime, timedelta

import pytest

from data.check import check
from data.figures import desk_figures
from data.metrics import Metrics
from data.opening import open_desk
from workflow.contacts import Contact
from workflow.errors import ActionNotAllowedError
from workflow.tickets import Actor
from workflow.vocabulary import Ball, Channel, Language, Role, StateKind

NOW = datetime(2026, 3, 2, 9, 0)
AGENT = Actor(role=Role.SELLER_AGENT, id="anna")
TABLE = """
category = "invoice_question"
version = 1
initial = "asked"
takes_over_in = "asked"
name = { en = "Invoice question", ru = "Вопрос по счёту", zh = "发票问题" }

timers = [
  { trigger = "answer_late", clock = "reply", budget = "invoice_answer" },
  { trigger = "nothing_more", clock = "state", budget = "invoice_silence" },
]

transitions = [
  { do = "buyer_message", from = "*", to = "=", by = ["buyer", "system_sync"], inputs = ["message_text"], effect = "contact", starts = ["buyer_message", "reply?"] },
  { do = "add_note", from = "*", to = "=", by = ["seller_agent"], inputs = ["note_text"], effect = "internal" },
  { do = "answer", from = "asked", to = "answered", by = ["seller_agent"], facts = ["buyer_message_present"], inputs = ["reply_text"], effect = "public_reply", stops = ["reply"] },
  { do = "answer_late", from = "asked", to = "=", by = ["system_timer"], facts = ["not replied"], effect = "internal", raises = ["answer_late"] },
  { do = "settle", from = "answered", to = "settled", by = ["buyer", "seller_agent"], effect = "resolution", reason = "explained" },
  { do = "nothing_more", from = "answered", to = "settled", by = ["system_timer"], effect = "resolution", reason = "no_response" },
  { do = "nothing_more", from = "settled", to = "filed", by = ["system_timer"], effect = "internal" },
]

policies = [
  { key = "invoice_answer", hours = 8, valid_from = 2000-01-01, source = "our own promise" },
  { key = "invoice_silence", days = 3, valid_from = 2000-01-01, source = "our own promise" },
]

[states]
asked = { kind = "open", ball = "seller", en = "Asked", ru = "Задан", zh = "已提问" }
answered = { kind = "waiting", ball = "buyer", en = "Answered", ru = "Отвечен", zh = "已回答" }
settled = { kind = "done", ball = "nobody", en = "Settled", ru = "Решён", zh = "已解决" }
filed = { kind = "final", ball = "nobody", en = "Filed", ru = "В архиве", zh = "已归档" }

[actions]
answer = "Answer"
settle = "Settle"
"""  # noqa: E501, RUF001 - a table has one row a line, and names in three languages


@pytest.fixture
def desk(tmp_path, monkeypatch):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "invoice_question.toml").write_text(TABLE, encoding="utf-8")
    monkeypatch.setenv("DESK_LIFECYCLES", str(folder))
    with open_desk(tmp_path / "desk.duckdb") as opened:
        yield opened


def ask(opened, at=NOW):
    contact = Contact(
        category="invoice_question", channel=Channel.EMAIL, text="Which VAT?", seller_id="s", buyer_key="b"
    )
    return opened.desk.open_ticket(contact, actor=AGENT, now=at)


def test_a_ticket_of_the_new_category_lives_its_whole_life(desk):
    ticket = ask(desk)
    assert (ticket.state, ticket.ball, ticket.next_timer.due_at) == ("asked", Ball.SELLER, NOW + timedelta(hours=8))
    offers = {offer.trigger: offer for offer in desk.desk.offers(ticket.id, actor=AGENT, now=NOW)}
    assert (offers["answer"].label, offers["answer"].is_allowed, "settle" in offers) == ("Answer", True, False)
    with pytest.raises(ActionNotAllowedError, match=r"“Settle” is not possible on ticket 1: .*“Asked”"):
        desk.desk.act(ticket.id, "settle", actor=AGENT, now=NOW)

    desk.desk.tick(NOW + timedelta(hours=9))
    assert "answer_late" in desk.store.load_case(ticket.id).ticket.flags
    answered_at = NOW + timedelta(hours=10)
    desk.desk.act(ticket.id, "answer", actor=AGENT, now=answered_at, inputs={"reply_text": "20 %, included."})
    desk.desk.tick(answered_at + timedelta(days=10))
    after = desk.store.load_case(ticket.id).ticket
    assert (after.state, after.state_kind) == ("filed", StateKind.FINAL)
    moves = [(e.name, e.occurred_at) for e in desk.store.events_of(ticket.id) if e.is_visit][1:]
    assert moves == [
        ("answer", answered_at),
        ("nothing_more", answered_at + timedelta(days=3)),
        ("nothing_more", answered_at + timedelta(days=6)),
    ]
    assert check(desk.database) == []


def test_the_new_category_is_analysed_like_the_others(desk):
    answered, _ = ask(desk), ask(desk)
    desk.desk.act(answered.id, "answer", actor=AGENT, now=NOW + timedelta(hours=2), inputs={"reply_text": "20 %."})
    figures = desk_figures(Metrics(desk.database), now=NOW + timedelta(days=1))["lifecycles"]["invoice_question"]
    assert (figures["tickets_count"], figures["open_tickets_count"], figures["variants_count"]) == (2, 2, 2)
    reply = figures["first_reply"]
    assert (reply["reached_count"], reply["censored_count"], reply["median_seconds"]) == (1, 1, 7200.0)
    states = desk.rules.lifecycles.newest("invoice_question").states
    assert states["asked"].labels[Language.ZH] == "已提问"
