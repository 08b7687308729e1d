"""The buyer's last message above the box: the newest, as text, in full or its beginning with the whole at a press."""

from dataclasses import replace
from datetime import timedelta

import desk_builders

from pages.queue.composer.last_words import SHOWN_LENGTH, newest_of_buyer
from workflow.records import Message
from workflow.tickets import Actor
from workflow.vocabulary import Channel, Role

BUYER = Actor(role=Role.BUYER, id="b1", recorded_by="anna")


def message(now, **changed):
    first = Message(
        id="m",
        ticket_id="t",
        author_role=Role.BUYER,
        author_id="b1",
        channel=Channel.CHAT_APP,
        is_public=True,
        text="Where is it?",
        sent_at=now,
        recorded_at=now,
    )
    return replace(first, **changed)


def test_the_newest_public_message_of_the_buyer_is_meant_whatever_the_order(now):
    newest = message(now, id="new")
    others = [
        message(now + timedelta(minutes=1), author_role=Role.SELLER_AGENT),
        message(now + timedelta(minutes=2), is_public=False),
        message(now + timedelta(minutes=3), text=" "),
        message(now - timedelta(minutes=4)),
    ]
    assert newest_of_buyer([newest, *others]) == newest
    assert newest_of_buyer([*others, newest]) == newest
    assert newest_of_buyer(others[:3]) is None


def texts(page):
    """What is drawn as text and no Markdown, but for names of files."""
    return [text.value for text in page.text if not text.value.endswith(".png")]


def test_what_the_buyer_wrote_stands_above_the_box_as_text(desk, visit):
    assert desk
    page = visit("queue", ticket="2")
    assert not page.exception
    assert texts(page) == [desk_builders.BUYER_TEXT]
    assert any(caption.value.startswith("Ivan S\\.") for caption in page.caption)


def test_of_a_long_message_the_beginning_is_shown_and_the_whole_at_a_press(desk, visit, now):
    long = "\n".join(f"Line {number} of many." for number in range(60))[:900].strip()
    case = desk_builders.numbered(desk, 2)
    desk.desk.act(case.ticket.id, "buyer_message", actor=BUYER, now=now, inputs={"message_text": long})
    page = visit("queue", ticket="2")
    assert not page.exception
    whole, beginning = texts(page)
    assert whole == long
    assert beginning.endswith(" …")
    assert len(beginning) <= SHOWN_LENGTH
    assert beginning.startswith("Line 0 of many.")
