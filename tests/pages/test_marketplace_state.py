"""What an agent notes of the marketplace without an interface to it: the parcel, and a state of the ticket."""

from dataclasses import replace
from datetime import timedelta

import pytest
from desk_builders import numbered, posting

from pages.queue.parcel import changed, wrong
from pages.shared.people import LOCAL_ID
from pages.shared.words import PARCEL_STATUSES
from workflow.guards import CHOICES
from workflow.vocabulary import EventKind, Role


def said(page):
    return [element.value for element in page.markdown if element.value.startswith(":red[:material/error:")]


@pytest.fixture
def parcel_form(visit, desk):
    page = visit("queue", ticket="2")
    return page.button(key="queue_parcel_2").click().run()


@pytest.fixture
def mirror_form(visit, desk):
    page = visit("queue", ticket="2")
    return page.button(key="queue_mirror_2").click().run()


def field(page, kind, name):
    return getattr(page, kind)(key=f"queue_parcel_{name}_40001-0001-1")


def submit(page, button):
    return page.button(key=f"queue_{button}_submit").click().run()


def test_every_status_of_a_parcel_that_a_guard_knows_has_a_name():
    assert set(PARCEL_STATUSES) == set(CHOICES["status"])


def test_a_parcel_that_arrived_is_noted_and_the_tickets_about_it_follow(desk, parcel_form, now):
    delivered_at = now.replace(second=0) - timedelta(hours=1)
    field(parcel_form, "selectbox", "status").set_value("delivered")
    field(parcel_form, "datetime_input", "delivered").set_value(delivered_at + timedelta(hours=3))  # Europe/Moscow
    submit(parcel_form, "parcel")
    case = numbered(desk, 2)
    assert (case.posting.status, case.posting.delivered_at) == ("delivered", delivered_at)
    assert case.posting.promised_at == posting(now).promised_at
    assert (case.ticket.state, case.ticket.resolution_reason) == ("resolved", "delivered")
    assert [toast.value for toast in parcel_form.toast] == ["The parcel is noted; the ticket moved on to “Resolved”"]


def test_a_parcel_that_is_noted_as_it_was_is_left_alone_and_it_is_said(desk, parcel_form):
    before = numbered(desk, 2)
    submit(parcel_form, "parcel")
    assert [toast.value for toast in parcel_form.toast] == ["Nothing was changed"]
    assert numbered(desk, 2).posting == before.posting


def test_a_new_promise_and_a_tracking_number_leave_the_ticket_where_it_is(desk, parcel_form, now):
    promised_at = now.replace(second=0) + timedelta(days=4)
    field(parcel_form, "datetime_input", "promised").set_value(promised_at + timedelta(hours=3))
    field(parcel_form, "text_input", "tracking").set_value("RR-NEW-1")
    submit(parcel_form, "parcel")
    case = numbered(desk, 2)
    assert (case.posting.promised_at, case.posting.tracking_number) == (promised_at, "RR-NEW-1")
    assert case.posting.original_promised_at == posting(now).original_promised_at
    assert case.ticket.state == "awaiting_seller"


def test_a_parcel_that_somebody_changed_is_told_and_what_was_entered_stays(desk, parcel_form, now):
    field(parcel_form, "text_input", "tracking").set_value("RR-NEW-1")
    seen = numbered(desk, 2).posting
    promised_at = now.replace(second=0) + timedelta(days=4)
    desk.store.save_posting(replace(seen, promised_at=promised_at, tracking_number="RR-THEIRS"))
    submit(parcel_form, "parcel")
    assert ["was changed meanwhile" in sentence for sentence in said(parcel_form)] == [True]
    assert numbered(desk, 2).posting.tracking_number == "RR-THEIRS"
    assert parcel_form.text_input(key="queue_parcel_tracking_40001-0001-1_1").value == "RR-NEW-1"
    submit(parcel_form, "parcel")
    noted = numbered(desk, 2).posting
    assert (noted.promised_at, noted.tracking_number) == (promised_at, "RR-NEW-1")


def test_whoever_lost_the_role_notes_no_parcel(desk, parcel_form, monkeypatch):
    field(parcel_form, "text_input", "tracking").set_value("RR-NEW-1")
    before = numbered(desk, 2).posting
    monkeypatch.setenv("DESK_LOCAL_ROLES", "analyst")
    submit(parcel_form, "parcel")
    assert numbered(desk, 2).posting == before


def test_a_delivery_without_its_day_is_not_noted(desk, parcel_form):
    field(parcel_form, "selectbox", "status").set_value("delivered")
    submit(parcel_form, "parcel")
    assert said(parcel_form) == [":red[:material/error: Say when it was delivered\\.]"]
    assert numbered(desk, 2).posting.status == "delivering"


def shown(now, **values):
    fields = {"status": "delivering", "delivered_at": None, "promised_at": None, "tracking_number": ""}
    return changed(posting(now), **(fields | values), now=now)


def test_a_status_that_is_new_began_with_the_delivery_or_now(now):
    yesterday = now - timedelta(days=1)
    assert shown(now, status="delivered", delivered_at=yesterday).status_changed_at == yesterday
    assert shown(now, status="lost").status_changed_at == now
    assert shown(now).status_changed_at == posting(now).status_changed_at


def test_a_delivery_that_cannot_be_so_is_refused(now):
    assert len(wrong(shown(now, delivered_at=now), now)) == 1
    assert len(wrong(shown(now, status="delivered", delivered_at=now + timedelta(minutes=1)), now)) == 1
    assert wrong(shown(now, status="client_arbitration", delivered_at=now), now) == []


def test_a_state_of_the_marketplace_is_mirrored_with_its_reference(desk, mirror_form):
    mirror_form.selectbox(key="queue_mirror_state").set_value("refund_pending")
    mirror_form.text_input(key="queue_mirror_reference").set_value("RET-1001")
    submit(mirror_form, "mirror")
    case = numbered(desk, 2)
    event = desk.store.events_of(case.ticket.id)[-1]
    assert case.ticket.state == "refund_pending"
    assert (event.kind, event.is_conforming) == (EventKind.FORCED, False)
    assert event.payload["inputs"] == {"external_ref": "RET-1001"}
    assert (event.actor_role, event.recorded_by) == (Role.SYSTEM_SYNC, LOCAL_ID)


def test_whoever_lost_the_role_mirrors_no_state(desk, mirror_form, monkeypatch):
    mirror_form.selectbox(key="queue_mirror_state").set_value("refund_pending")
    mirror_form.text_input(key="queue_mirror_reference").set_value("RET-1001")
    monkeypatch.setenv("DESK_LOCAL_ROLES", "analyst")
    submit(mirror_form, "mirror")
    assert numbered(desk, 2).ticket.state == "awaiting_seller"


def test_a_state_without_its_reference_is_not_mirrored(desk, mirror_form):
    submit(mirror_form, "mirror")
    assert len(said(mirror_form)) == 2
    assert numbered(desk, 2).ticket.state == "awaiting_seller"
