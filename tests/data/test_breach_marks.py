"""A lifecycle says by itself which of its clocks mean a breach: the queue knows no flag by name."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from data.clockwork import run_clocks
from data.lifecycle_shelf import save_lifecycle
from data.metrics import Metrics
from data.opening import OpenDesk, open_desk
from data.selection import QueueFilter, QueueView
from data.service.shelf import rulebook
from tests.data.test_fourth_category import AGENT, NOW, TABLE, ask
from workflow.contacts import Contact
from workflow.loading import BUILT_IN, load_directory
from workflow.tickets import Actor
from workflow.vocabulary import Channel, Role

UNMARKED = 'clock = "reply", budget = "invoice_answer" }'
MARKED = TABLE.replace(UNMARKED, UNMARKED.replace(" }", ", is_breach = true }"))
LATE = NOW + timedelta(hours=9)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("DESK_LIFECYCLES", str(own))
    return own


@pytest.fixture
def opened(folder, tmp_path):
    """A marked table and the same one unmarked, one ticket of each, an hour after its clock has run out."""
    (folder / "invoice_question.toml").write_text(MARKED, encoding="utf-8")
    other = TABLE.replace("invoice_", "receipt_")
    (folder / "receipt_question.toml").write_text(other, encoding="utf-8")
    with open_desk(tmp_path / "desk.duckdb") as desk:
        without_promises(desk)
        ask(desk)
        ask_for_receipt(desk)
        run_clocks(desk, rulebook(desk.database), LATE)
        assert all("answer_late" in ticket.flags for ticket in tickets(desk))
        yield desk


def without_promises(desk: OpenDesk) -> None:
    with desk.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")


def ask_for_receipt(desk: OpenDesk) -> None:
    contact = Contact(
        category="receipt_question", channel=Channel.EMAIL, text="Which sum?", seller_id="s", buyer_key="b"
    )
    desk.desk.open_ticket(contact, actor=AGENT, now=NOW)


def tickets(desk: OpenDesk):
    ids = desk.database.read("select id::varchar from tickets order by number")
    return [desk.store.load_case(ticket_id).ticket for (ticket_id,) in ids]


def breached(desk: OpenDesk) -> list[int]:
    """The numbers of the breached tickets; views, counters and facets say the same of them."""
    metrics = Metrics(desk.database)
    queue = QueueFilter(now=LATE, view=QueueView.OVERDUE)
    rows = metrics.open_queue(queue)
    counters = metrics.queue_counters(queue).iloc[0]
    facets = metrics.queue_facets(queue)
    assert counters["overdue_count"] == counters["due_soon_count"] == metrics.open_queue_count(queue) == len(rows)
    assert facets.loc[facets["facet"] == "kind", "tickets_count"].sum() == len(rows)
    due = metrics.open_queue(replace(queue, view=QueueView.DUE_SOON))
    assert due["number"].tolist() == rows["number"].tolist()
    return rows["number"].tolist()


def test_a_flag_of_a_fourth_lifecycle_makes_its_ticket_breached_and_the_same_flag_elsewhere_does_not(opened):
    assert breached(opened) == [1]
    rows = Metrics(opened.database).open_queue(QueueFilter(now=LATE)).set_index("number")
    assert rows["overdue_trigger"].to_dict() == {1: "answer_late", 2: ""}
    assert rows["is_overdue"].to_dict() == rows["is_due_soon"].to_dict() == {1: True, 2: False}
    assert rows.index.tolist() == [1, 2]  # the breached one first, though it is the older
    assert rows["nearest_due_at"].map(pd.isna).all()


def test_the_answer_ends_it(opened):
    first, _ = tickets(opened)
    opened.desk.act(first.id, "answer", actor=AGENT, now=LATE, inputs={"reply_text": "20 %, included."})
    assert breached(opened) == []


def test_a_message_after_the_flag_does_not_end_it_for_the_oldest_one_still_waits(opened):
    first, _ = tickets(opened)
    buyer = Actor(role=Role.BUYER, id="b", recorded_by="anna")
    opened.desk.act(first.id, "buyer_message", actor=buyer, now=LATE, inputs={"message_text": "And?"})
    assert breached(opened) == [1]


def test_a_mark_that_is_set_or_taken_back_later_counts_for_every_ticket_at_once(opened):
    rules = opened.rules.lifecycles
    for category, expected in (("receipt_question", [2, 1]), ("invoice_question", [2])):
        lifecycle = rules.newest(category)
        timers = tuple(
            replace(spec, is_breach=not spec.is_breach) if spec.trigger == "answer_late" else spec
            for spec in lifecycle.timers
        )
        text = MARKED.replace("invoice_", "receipt_") if category == "receipt_question" else TABLE
        assert not save_lifecycle(opened.database, replace(lifecycle, timers=timers, source=text))
        assert breached(opened) == expected


def test_a_desk_of_before_learns_the_marks_when_it_is_opened(folder, tmp_path):
    (folder / "invoice_question.toml").write_text(TABLE, encoding="utf-8")
    path = tmp_path / "desk.duckdb"
    with open_desk(path) as desk:
        without_promises(desk)
        ask(desk)
        run_clocks(desk, rulebook(desk.database), LATE)
        assert breached(desk) == []
        with desk.database.writing() as cursor:  # as the tables were when they were kept
            cursor.execute("update lifecycles set source = replace(source, ', is_breach = true', '')")
    (folder / "invoice_question.toml").write_text(MARKED, encoding="utf-8")
    with open_desk(path) as desk:
        assert breached(desk) == [1]
        kept = {lifecycle.category: lifecycle.timers for lifecycle in desk.rules.lifecycles.declared}
        expected = {lifecycle.category: lifecycle.timers for lifecycle in load_directory(BUILT_IN)[0]}
        assert kept.items() >= expected.items()


def test_a_desk_without_any_breach_lists_its_tickets(opened):
    with opened.database.writing() as cursor:
        cursor.execute("update lifecycles set source = replace(source, ', is_breach = true', '')")
    assert breached(opened) == []
