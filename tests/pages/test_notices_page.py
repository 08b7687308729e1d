"""The bell on every page, the page of notices, and the letters that leave the desk."""

from datetime import timedelta

import pytest

from data.notices.bell import Bell
from data.notices.choices import choices_of, save_choices
from data.notices.outbox import Outbox
from pages.shared import access
from pages.shared.notices import post, words
from pages.shared.people import LOCAL_ID
from tests.data.receivers import webhook
from tests.pages.desk_builders import ANNA, numbered
from workflow.notice_choices import AT_ONCE, Choices
from workflow.notices import NoticeChannel, NoticeKind

BELL = "notices_bell_open"
LINK = "https://desk.example/queue?ticket=2"


def give(desk, number: int, now) -> None:
    """Anna gives a ticket to the person at the screen."""
    desk.desk.assign(numbered(desk, number).ticket.id, LOCAL_ID, actor=ANNA, now=now)


def notice_of(**changes) -> dict:
    given = {"kind": "assigned", "what": "given", "number": 2, "by_id": "anna", "by_name": "Anna Petrova"}
    return given | {"percent": None, "due_at": None} | changes


@pytest.mark.parametrize("url_path", ["queue", "deadlines", "response-times", "start", "notices"])
def test_every_page_has_the_bell_with_its_count(desk, visit, now, url_path):
    assert visit(url_path).button(key=BELL).label == "Notices"
    give(desk, 2, now)
    assert visit(url_path).button(key=BELL).label == "1 new notice"


def test_nobody_who_is_signed_out_has_a_bell(desk, visit, now, monkeypatch):
    give(desk, 2, now)
    monkeypatch.setenv("DESK_LOCAL_ROLES", "")
    page = visit("notices")
    assert len(page.button) == 0
    assert not page.exception


def test_a_notice_leads_to_its_ticket_and_is_read(desk, visit, now):
    give(desk, 2, now)
    ((notice_id,),) = desk.database.read("select id::varchar from notices")
    item = visit("notices").button(key=f"notices_item_{notice_id}")
    assert item.label.startswith("**Anna Petrova gave you ticket 2** · ")
    assert numbered(desk, 2).product.name in item.label
    page = item.click().run()
    assert page.title[0].value == "Queue"
    assert page.query_params["ticket"] == "2"
    assert Bell(desk.database, LOCAL_ID).unread_count() == 0


@pytest.mark.parametrize("pressed", ["notices_item", "notices_read_all"])
def test_whoever_was_signed_out_meanwhile_is_told_and_reads_nothing(desk, visit, now, monkeypatch, pressed):
    give(desk, 2, now)
    page = visit("notices")
    monkeypatch.setenv("DESK_LOCAL_ROLES", "")
    next(button for button in page.button if button.key.startswith(pressed)).click().run()
    assert not page.exception
    assert any("role" in error.value for error in page.error)
    assert Bell(desk.database, LOCAL_ID).unread_count() == 1


def test_everything_is_read_at_once(desk, visit, now):
    give(desk, 2, now)
    give(desk, 3, now)
    page = visit("notices")
    page = page.button(key="notices_read_all").click().run()
    assert page.button(key=BELL).label == "Notices"
    assert [button.key for button in page.button if button.key == "notices_read_all"] == []
    page = page.toggle(key="notices_unread_only").set_value(True).run()
    said = [caption.value for caption in page.caption]  # all that there is was read, so nothing is missing
    assert "Nothing unread." in said
    assert not [text for text in said if "Nothing here" in text]


def test_where_nobody_was_told_anything_the_list_says_what_comes_here(desk, visit):
    said = [caption.value for caption in visit("notices").caption]
    assert any("A ticket that is given to you" in text for text in said)


def test_what_reaches_a_person_is_theirs_to_choose(desk, visit, now):
    page = visit("notices")
    assert "The desk has no address of yours" in "".join(caption.value for caption in page.caption)
    page.pills(key="notices_wants_assigned").set_value([NoticeChannel.DESK])
    page.selectbox(key="notices_hours").set_value(AT_ONCE)
    save = next(button for button in page.button if button.label == "Save")
    page = save.click().run()
    assert not page.exception
    chosen = choices_of(desk.database, LOCAL_ID)
    assert chosen.calendar_id == AT_ONCE
    assert not chosen.wants(NoticeKind.ASSIGNED, NoticeChannel.MAIL)
    assert chosen.wants(NoticeKind.MENTIONED, NoticeChannel.MAIL)


def test_what_did_not_get_through_is_the_managers_to_see_and_to_try_again(desk, visit, now, monkeypatch):
    save_choices(desk.database, LOCAL_ID, Choices(calendar_id=AT_ONCE), now=now)
    give(desk, 2, now)
    with desk.database.writing() as cursor:
        cursor.execute(
            "insert into outbox select id, 'mail', person_id, 'key', 'failed', 8, made_at, made_at, 'no *such* host'"
            " from notices"
        )
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    assert len(visit("notices").table) == 0
    monkeypatch.setenv("DESK_LOCAL_ROLES", "manager")
    page = visit("notices")
    (table,) = page.table
    assert table.value.to_numpy().tolist() == [
        ["Local agent", "Mail", "[2](queue?ticket=2)", "8", r"no \*such\* host"],
    ]
    assert "1 notice was not delivered" in [link.label for link in visit("live").get("page_link")]
    page.button(key="notices_try_again").click().run()
    assert "1 notice was not delivered" not in [link.label for link in visit("live").get("page_link")]
    assert Outbox(desk.database).given_up(now).empty
    assert len(Outbox(desk.database).due(access.now(), 10)) == 1


def test_the_post_sends_what_is_due_in_words_with_a_link(desk, now, tmp_path, monkeypatch):
    save_choices(desk.database, LOCAL_ID, Choices(calendar_id=AT_ONCE), now=now)
    give(desk, 2, now)
    with webhook() as hook:
        file = tmp_path / "addresses.toml"
        file.write_text(f'desk = "https://desk.example/"\n[people.local]\nwebhook = "json://127.0.0.1:{hook.port}/"\n')
        monkeypatch.setenv("DESK_ADDRESSES", str(file))
        post.send()
    ((key, document),) = hook.came
    assert document["title"] == "Anna Petrova gave you ticket 2"
    assert document["message"].splitlines()[1:] == [LINK, "", key]


def test_a_file_of_addresses_that_cannot_be_used_is_said_in_the_log_and_on_the_page(
    desk, visit, tmp_path, monkeypatch, caplog
):
    monkeypatch.setenv("DESK_ADDRESSES", str(tmp_path / "none.toml"))
    post.send()
    assert "The notices were not sent: The addresses in" in caplog.text
    assert ["cannot be used" in error.value for error in visit("notices").error] == [True]


def test_the_clocks_tell_whoever_has_the_ticket(desk, visit, now, monkeypatch):
    give(desk, 2, now)
    ((due_at,),) = desk.database.read(
        "select min(due_at) from stg_timers join tickets on ticket_id = id where number = 2 and due_at > $1", [now]
    )
    monkeypatch.setattr("data.clock.now", lambda: due_at - timedelta(minutes=30))
    access.tick()
    notices = Bell(desk.database, LOCAL_ID).notices()
    assert "due_soon" in notices["kind"].tolist()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Anna Petrova gave you ticket 2"),
        ({"by_id": "service_policy"}, "A service policy gave you ticket 2"),
        ({"by_id": "system_sync"}, "The marketplace gave you ticket 2"),
        ({"kind": "mentioned", "what": "named"}, "Anna Petrova mentioned you on ticket 2"),
        ({"kind": "colleague", "what": "replied"}, "Anna Petrova replied on your ticket 2"),
        ({"kind": "colleague", "what": "handed_on"}, "Anna Petrova took ticket 2 from you"),
        ({"kind": "breached", "what": "first_reply"}, "Ticket 2: first reply missed"),
        ({"kind": "breached", "what": "refund_overdue"}, "Ticket 2: refund is overdue"),
        (
            {"kind": "due_soon", "what": "first_reply", "percent": 80},
            "Ticket 2: 80 % of the time for first reply is used up",
        ),
    ],
)
def test_a_notice_is_one_sentence(changes, sentence):
    assert words.sentence(notice_of(**changes), "UTC") == sentence


def test_a_clock_is_said_with_the_instant_at_which_it_runs_out(now):
    due_at = now.replace(year=2026, month=3, day=2, hour=9, minute=5)
    notice = notice_of(kind="due_soon", what="auto_approve_request", due_at=due_at)
    assert words.sentence(notice, "Europe/Moscow") == "Ticket 2: auto-approved at 2 Mar 12:05"


def test_the_count_stays_short():
    assert [words.unread(count) for count in (0, 1, 99, 100)] == [
        "Notices",
        "1 new notice",
        "99 new notices",
        "99+ new notices",
    ]
