"""Which action the reply box carries out when an action's button leads to it: the one on the button, or none."""

from desk_builders import ANNA, numbered


def names_since(desk, number, count):
    return [event.name for event in desk.store.events_of(numbered(desk, number).ticket.id)][count:]


def written_by_its_button(page, trigger, number, text):
    """Press the button of an action and send `text` where it leads: the reply box, or a form of its own."""
    page.button(key=f"queue_do_seller_agent_{trigger}_{number}").click().run()
    if [button for button in page.button if button.key == "queue_form_submit"]:
        page.text_area(key="queue_input_reply_text").set_value(text).run()
        return page.button(key="queue_form_submit").click().run()
    page.text_area(key=f"queue_reply_{number}").set_value(text).run()
    return page.button(key=f"queue_send_{number}").click().run()


def test_a_message_while_it_is_our_turn_is_posted_and_the_turn_stays_ours(desk, visit):
    before, count = numbered(desk, 2).ticket, len(names_since(desk, 2, 0))
    written_by_its_button(visit("queue", ticket="2"), "post_message", 2, "We are asking the carrier.")
    case = numbered(desk, 2)
    assert names_since(desk, 2, count) == ["post_message"]
    assert (case.ticket.state, case.ticket.ball) == (before.state, before.ball) == ("awaiting_seller", "seller")
    assert case.messages[-1].text == "We are asking the carrier."


def test_a_message_on_a_new_ticket_is_posted_and_it_stays_new(desk, visit):
    written_by_its_button(visit("queue", ticket="1"), "post_message", 1, "We are asking the carrier.")
    assert names_since(desk, 1, 0)[-1:] == ["post_message"]
    assert "register" not in names_since(desk, 1, 0)
    assert numbered(desk, 1).ticket.state == "new"


def test_a_reply_is_written_in_the_box_and_gives_the_turn_to_the_buyer(desk, visit):
    page = visit("queue", ticket="2")
    count = len(names_since(desk, 2, 0))
    page.button(key="queue_do_seller_agent_seller_reply_2").click().run()
    assert not [button for button in page.button if button.key == "queue_form_submit"]
    page.text_area(key="queue_reply_2").set_value("It comes on Friday.").run()
    page.button(key="queue_send_2").click().run()
    assert names_since(desk, 2, count) == ["seller_reply"]
    assert numbered(desk, 2).ticket.ball == "buyer"


def test_a_message_on_a_settled_ticket_is_written_in_the_box_which_posts_it(desk, visit, now):
    inputs = {"resolution_reason": "explained"}
    desk.desk.act(numbered(desk, 2).ticket.id, "resolve", actor=ANNA, now=now, inputs=inputs)
    count = len(names_since(desk, 2, 0))
    page = visit("queue", ticket="2")
    page.button(key="queue_do_seller_agent_post_message_2").click().run()
    assert not [button for button in page.button if button.key == "queue_form_submit"]
    page.text_area(key="queue_reply_2").set_value("It comes on Friday.").run()
    page.button(key="queue_send_2").click().run()
    assert names_since(desk, 2, count) == ["post_message"]
