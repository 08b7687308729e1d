"""A form of the queue that is put away and opened again: what was entered stands in it, for each of its forms."""

import pytest
from desk_builders import numbered
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from pages.queue.drawers import KEPT_COUNT

FORMS = {  # how it is opened, a field of it, what is entered there
    "action": ("queue_do_seller_agent_resolve_2", "selectbox", "queue_input_resolution_reason", "explained"),
    "contact": ("queue_new", "text_area", "queue_contact_text", "It hums."),
    "parcel": ("queue_parcel_2", "text_input", "queue_parcel_tracking_40001-0001-1", "RR-NEW-1"),
    "mirror": ("queue_mirror_2", "text_input", "queue_mirror_reference", "RET-1001"),
}


@pytest.fixture
def shipment(visit, desk):
    return visit("queue", ticket="2")


def put_away(page):
    """Press Escape in the form: the browser sends what stands in it, and that it is closed."""
    (form,) = [block for block in page.get("dialog") if block.proto.dialog.is_open]
    states = page._tree.get_widget_states()
    states.widgets.append(WidgetState(id=form.proto.dialog.id, trigger_value=True))
    page._run(states)
    assert [block for block in page.get("dialog") if block.proto.dialog.is_open] == []


def pressed_and_put_away(page, button):
    """Both at once, as Streamlit joins them while the desk is busy: the press, and before it the form was closed."""
    (form,) = [block for block in page.get("dialog") if block.proto.dialog.is_open]
    states = page._tree.get_widget_states()
    pressed = page.button(key=button).id
    (state,) = [state for state in states.widgets if state.id == pressed]
    state.trigger_value = True
    states.widgets.append(WidgetState(id=form.proto.dialog.id, trigger_value=True))
    page._run(states)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_begun_while_another_is_put_away_is_open_and_the_other_keeps_what_was_entered(form, shipment):
    button, kind, key, entered = FORMS[form]
    other, other_kind, other_key, _ = FORMS["mirror" if form != "mirror" else "parcel"]
    shipment.button(key=button).click().run()
    getattr(shipment, kind)(key=key).set_value(entered)
    pressed_and_put_away(shipment, other)
    assert not shipment.exception
    assert getattr(shipment, other_kind)(key=other_key).label  # it is drawn
    put_away(shipment)
    shipment.button(key=button).click().run()
    assert getattr(shipment, kind)(key=key).value == entered


def test_a_reply_begun_while_a_form_is_put_away_leaves_what_was_entered_in_it(shipment):
    button, kind, key, entered = FORMS["action"]
    shipment.button(key=button).click().run()
    getattr(shipment, kind)(key=key).set_value(entered)
    pressed_and_put_away(shipment, "queue_do_seller_agent_seller_reply_2")
    assert [block for block in shipment.get("dialog") if block.proto.dialog.is_open] == []
    shipment.button(key=button).click().run()
    assert getattr(shipment, kind)(key=key).value == entered


@pytest.mark.parametrize("form", FORMS)
def test_what_was_entered_stands_in_the_form_when_it_is_opened_again(form, shipment):
    button, kind, key, entered = FORMS[form]
    shipment.button(key=button).click().run()
    getattr(shipment, kind)(key=key).set_value(entered)
    put_away(shipment)
    shipment.run()  # a page that is drawn without the form has forgotten its fields
    shipment.button(key=button).click().run()
    assert not shipment.exception
    assert getattr(shipment, kind)(key=key).value == entered


def test_a_mirrored_state_that_was_put_away_is_chosen_still_and_can_be_sent(desk, shipment):
    shipment.button(key="queue_mirror_2").click().run()
    shipment.selectbox(key="queue_mirror_state").set_value("refund_pending")
    shipment.text_input(key="queue_mirror_reference").set_value("RET-1001")
    put_away(shipment)
    shipment.button(key="queue_mirror_2").click().run()
    shipment.button(key="queue_mirror_submit").click().run()
    assert numbered(desk, 2).ticket.state == "refund_pending"


def test_the_forms_put_away_last_are_kept_and_one_that_is_put_away_again_is_the_newest():
    first, second = "parcel of ticket 0", "parcel of ticket 1"
    others = [f"parcel of ticket {number}" for number in range(KEPT_COUNT)]
    script = AppTest.from_function(_put_away_and_open, kwargs={"forms": [*others, first, "one more"]}).run()
    held = dict(zip(others, [text.value for text in script.text], strict=True))
    assert (held[first], held[second]) == (first, "")
    assert [held[form] for form in others[2:]] == others[2:]


def _put_away_and_open(forms):
    import streamlit as st

    from pages.queue import drawers
    from pages.shared import session

    for form in forms:
        drawers.begin(form)
        drawers.dismissal(lambda form=form: {"queue_parcel_kept": form})()
    for form in forms[:-2]:
        drawers.begin(form)
        st.text(session.recall("queue_parcel_kept", ""))
