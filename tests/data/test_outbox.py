"""What leaves the desk: to whom, when, with which key; refusals wait and are given up; secrets stay in their file."""

from datetime import datetime, timedelta

import pytest

from data.database import Database
from data.notices import sending
from data.notices.addresses import NOWHERE, Addresses, AddressesInvalidError, addresses, read_addresses
from data.notices.bell import Bell
from data.notices.choices import save_choices
from data.notices.courier import Letter, LetterRefusedError, blotted, carry
from data.notices.outbox import Outbox
from data.notices.sending import send_due
from data.opening import OpenDesk
from data.people import Agent, People, save_people
from tests.data.checked_desks import AGENT, T0
from tests.data.notice_builders import ADDRESSES, hire, open_ticket
from tests.data.receivers import mailbox, webhook
from tests.new_desks import new_desk
from workflow.notice_choices import AT_ONCE, Choices
from workflow.notices import NoticeChannel, NoticeKind
from workflow.tickets import EVERYTHING, Scope

MINUTE = timedelta(minutes=1)
STATUS = "select channel, status, refused_count, reason from outbox order by channel, notice_id"
UNREACHED = "json://127.0.0.1:9/"  # nobody listens on the port of discard
EVENING = datetime.fromisoformat("2026-03-02T16:00:00")  # a Monday, 19:00 in Moscow: the office has closed
CLOSING = datetime.fromisoformat("2026-03-02T14:50:00")  # ten minutes before
MORNING = datetime.fromisoformat("2026-03-03T06:00:00")


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        hire(desk)
        yield desk


def reach(**by_channel: str) -> Addresses:
    """Ben's addresses."""
    return Addresses(by_person={"ben": {NoticeChannel(name): address for name, address in by_channel.items()}})


def assign_to_ben(opened: OpenDesk, at: datetime = T0) -> None:
    opened.desk.assign(open_ticket(opened, at).id, "ben", actor=AGENT, now=at)


def letter(delivery: dict) -> Letter:
    return Letter(title=f"{delivery['kind']} {delivery['number']}", text=f"by {delivery['by_name']}")


def of_all(_person_id: str) -> Scope:
    return EVERYTHING


def status(database: Database) -> list[tuple]:
    return database.read(STATUS)


def test_a_notice_reaches_a_webhook_once_with_its_key(opened):
    assign_to_ben(opened)
    with webhook() as hook:
        ben = reach(webhook=f"json://127.0.0.1:{hook.port}/desk")
        assert [send_due(opened.database, ben, letter, T0 + MINUTE, of_all) for _ in range(2)] == [1, 0]
    ((notice_id,),) = opened.database.read("select id::varchar from notices")
    ((key, document),) = hook.came
    assert key == f"{notice_id}.webhook"
    assert document["title"] == "assigned 1"
    assert document["message"] == f"by Anna Petrova\n\n{key}"
    assert status(opened.database) == [("webhook", "sent", 0, "")]


def test_mail_carries_the_key_in_a_header(opened):
    assign_to_ben(opened)
    with mailbox() as (port, mails):
        ben = reach(mail=f"mailto://127.0.0.1:{port}?mode=insecure&from=desk@example.com&to=ben@example.com")
        assert send_due(opened.database, ben, letter, T0 + MINUTE, of_all) == 1
    (mail,) = mails
    ((key,),) = opened.database.read("select idempotency_key from outbox")
    assert mail["Idempotency-Key"] == key
    assert key.endswith(".mail")
    assert (mail["Subject"], mail["To"]) == ("assigned 1", "ben@example.com")
    assert "by Anna Petrova" in mail.get_content()


def test_a_repeat_carries_the_same_key(opened):
    assign_to_ben(opened)
    with webhook() as hook:
        ben = reach(webhook=f"json://127.0.0.1:{hook.port}/")
        with pytest.raises(KeyboardInterrupt):
            send_due(opened.database, ben, letter, T0 + MINUTE, of_all, crash_after_sending)
        assert status(opened.database) == [("webhook", "waiting", 0, "")]
        assert send_due(opened.database, ben, letter, T0 + MINUTE, of_all) == 1
    assert len(hook.keys) == 2
    assert len(set(hook.keys)) == 1


def crash_after_sending(address: str, text: Letter, key: str) -> None:
    carry(address, text, key)
    raise KeyboardInterrupt


def test_what_is_refused_waits_twice_as_long_each_time_and_is_given_up(opened, caplog):
    assign_to_ben(opened)
    moment = T0 + MINUTE
    waits = []
    with webhook() as hook:
        hook.status = 503
        ben = reach(webhook=f"json://127.0.0.1:{hook.port}/private-path-of-ben")
        for _ in range(8):
            assert send_due(opened.database, ben, letter, moment, of_all) == 0
            ((state, next_at),) = opened.database.read("select status, next_attempt_at from outbox")
            assert send_due(opened.database, ben, letter, moment, of_all) == 0
            waits.append((next_at - moment) / MINUTE)
            moment = next_at
    assert (state, waits) == ("failed", [1, 2, 4, 8, 16, 32, 64, 0])
    assert (len(hook.keys), len(set(hook.keys))) == (8, 1)
    outbox = Outbox(opened.database)
    (row,) = outbox.given_up(moment).to_dict("records")
    assert (row["person_name"], row["channel"], row["number"], row["refused_count"]) == ("Ben", "webhook", 1, 8)
    assert "503" in row["reason"]
    assert "private-path" not in row["reason"] + caplog.text
    assert outbox.given_up(moment, scope=Scope(team_ids=("t-9",))).empty
    assert outbox.given_up(moment + timedelta(days=31)).empty
    outbox.try_again(moment)
    with webhook() as hook:
        assert send_due(opened.database, reach(webhook=f"json://127.0.0.1:{hook.port}/"), letter, moment, of_all) == 1
    assert hook.keys == [row["notice_id"] + ".webhook"]


def test_an_address_that_refuses_is_left_alone_for_the_rest_of_the_pass(opened):
    assign_to_ben(opened)
    assign_to_ben(opened)
    assert send_due(opened.database, reach(webhook=UNREACHED), letter, T0 + MINUTE, of_all) == 0
    assert sorted(count for _, _, count, _ in status(opened.database)) == [0, 1]


def test_letters_for_an_address_that_refuses_do_not_hold_up_those_of_others(opened, monkeypatch):
    """Two letters a pass: Ben's webhook is dead and has three that are older than Cleo's one."""
    monkeypatch.setattr(sending, "MOST", 2)
    for _time in range(3):
        assign_to_ben(opened)
    opened.desk.assign(open_ticket(opened, T0 + MINUTE).id, "cleo", actor=AGENT, now=T0 + MINUTE)
    with webhook() as hook:
        both = Addresses(
            by_person={
                "ben": {NoticeChannel.WEBHOOK: UNREACHED},
                "cleo": {NoticeChannel.WEBHOOK: f"json://127.0.0.1:{hook.port}/"},
            }
        )
        passes = [send_due(opened.database, both, letter, T0 + 2 * MINUTE, of_all) for _time in range(2)]
    assert passes == [0, 1]
    assert sorted(count for _, state, count, _ in status(opened.database) if state == "waiting") == [0, 0, 1]


def test_what_was_read_in_the_desk_before_it_left_stays_there(opened):
    assign_to_ben(opened, EVENING)
    Outbox(opened.database).plan(reach(webhook=UNREACHED), EVENING)
    Bell(opened.database, "ben").read_all(told_by=EVENING, now=EVENING)
    assert send_due(opened.database, reach(webhook=UNREACHED), letter, MORNING, of_all) == 0
    assert status(opened.database) == [("webhook", "spared", 0, "")]


@pytest.mark.parametrize("scope", [Scope(seller_ids=("s-9",)), Scope(team_ids=("t-9",))])
def test_nobody_is_told_outside_of_a_ticket_that_they_may_not_see_now(opened, scope):
    assign_to_ben(opened)
    assign_to_ben(opened, T0 + MINUTE)
    seen = {"ben": EVERYTHING}
    with webhook() as hook:
        ben = reach(webhook=f"json://127.0.0.1:{hook.port}/")
        assert send_due(opened.database, ben, letter, T0, seen.__getitem__) == 1
        seen["ben"] = scope
        assert send_due(opened.database, ben, letter, T0 + 2 * MINUTE, seen.__getitem__) == 0
        seen["ben"] = EVERYTHING
        assert send_due(opened.database, ben, letter, T0 + 2 * MINUTE, seen.__getitem__) == 0
    assert [document["title"] for _key, document in hook.came] == ["assigned 1"]
    assert [state for _, state, *_ in status(opened.database)] == ["sent", "withheld"]


def test_whoever_left_before_a_letter_did_gets_none(opened):
    assign_to_ben(opened)
    Outbox(opened.database).plan(reach(webhook=UNREACHED), T0)
    save_people(opened.database, People(agents=(Agent(id="ben", name="Ben", team_id="t-1", is_active=False),)), T0)
    assert send_due(opened.database, reach(webhook=UNREACHED), letter, T0 + MINUTE, of_all) == 0
    assert [state for _, state, *_ in status(opened.database)] == ["withheld"]


def test_outside_their_hours_a_person_is_left_in_peace_until_they_open_and_the_bell_shows_it_at_once(opened):
    assign_to_ben(opened, EVENING)
    with webhook() as hook:
        ben = reach(webhook=f"json://127.0.0.1:{hook.port}/")
        assert send_due(opened.database, ben, letter, EVENING, of_all) == 0
        assert send_due(opened.database, ben, letter, MORNING - timedelta(microseconds=1), of_all) == 0
        assert Bell(opened.database, "ben").unread_count() == 1
        assert send_due(opened.database, ben, letter, MORNING, of_all) == 1


def test_what_is_tried_again_waits_for_the_hours_as_well(opened):
    """Given at 17:50 in Moscow; the webhook is dead until the office has closed."""
    assign_to_ben(opened, CLOSING)
    assert send_due(opened.database, reach(webhook=UNREACHED), letter, CLOSING, of_all) == 0
    assert send_due(opened.database, reach(webhook=UNREACHED), letter, CLOSING + 8 * MINUTE, of_all) == 0
    with webhook() as hook:
        ben = reach(webhook=f"json://127.0.0.1:{hook.port}/")
        assert [send_due(opened.database, ben, letter, at, of_all) for at in (CLOSING + 31 * MINUTE, EVENING)] == [0, 0]
        assert waiting(opened) == [(MORNING, 2)]
        assert send_due(opened.database, ben, letter, MORNING, of_all) == 1
    assert len(hook.keys) == 1


def test_what_waits_behind_a_refusal_waits_for_the_hours_as_well(opened):
    at = CLOSING + 9 * MINUTE + timedelta(seconds=30)
    for _time in range(2):
        assign_to_ben(opened, CLOSING)
    assert send_due(opened.database, reach(webhook=UNREACHED), letter, at, of_all) == 0
    assert waiting(opened) == [(MORNING, 0), (MORNING, 1)]


def test_a_desk_that_was_down_until_the_night_sends_in_the_morning(opened):
    planned, other = open_ticket(opened, CLOSING), open_ticket(opened, CLOSING)
    opened.desk.assign(planned.id, "ben", actor=AGENT, now=CLOSING)
    Outbox(opened.database).plan(reach(webhook=UNREACHED), CLOSING)
    opened.desk.assign(other.id, "ben", actor=AGENT, now=CLOSING)
    with webhook() as hook:
        ben = reach(webhook=f"json://127.0.0.1:{hook.port}/")
        assert send_due(opened.database, ben, letter, EVENING, of_all) == 0
        assert waiting(opened) == [(MORNING, 0), (MORNING, 0)]
        assert send_due(opened.database, ben, letter, MORNING, of_all) == 2


def test_the_hours_that_count_are_those_of_the_moment_of_sending(opened):
    assign_to_ben(opened)
    Outbox(opened.database).plan(reach(webhook=UNREACHED), T0)
    save_choices(opened.database, "ben", Choices(calendar_id=AT_ONCE), now=T0)
    with webhook() as hook:
        assert send_due(opened.database, reach(webhook=f"json://127.0.0.1:{hook.port}/"), letter, EVENING, of_all) == 1


def test_what_a_manager_has_tried_again_at_night_leaves_in_each_persons_hours(opened):
    save_choices(opened.database, "cleo", Choices(calendar_id=AT_ONCE), now=T0)
    assign_to_ben(opened)
    opened.desk.assign(open_ticket(opened).id, "cleo", actor=AGENT, now=T0)
    dead = {person_id: {NoticeChannel.WEBHOOK: UNREACHED} for person_id in ("ben", "cleo")}
    Outbox(opened.database).plan(Addresses(by_person=dead), T0)
    with opened.database.writing() as cursor:
        cursor.execute("update outbox set status = 'failed', ended_at = $now", {"now": T0})
    Outbox(opened.database).try_again(EVENING)
    assert waiting(opened) == [(EVENING, 0), (MORNING, 0)]


def waiting(opened: OpenDesk) -> list[tuple]:
    return opened.database.read(
        "select next_attempt_at, refused_count from outbox where status = 'waiting' order by all"
    )


def test_who_wants_it_at_once_has_no_quiet_hours(opened):
    save_choices(opened.database, "ben", Choices(calendar_id=AT_ONCE), now=T0)
    assign_to_ben(opened, EVENING)
    with webhook() as hook:
        assert send_due(opened.database, reach(webhook=f"json://127.0.0.1:{hook.port}/"), letter, EVENING, of_all) == 1


def test_only_what_a_person_wants_on_a_channel_goes_there(opened):
    wanted = {NoticeKind.ASSIGNED: frozenset({NoticeChannel.MAIL}), NoticeKind.MENTIONED: frozenset(NoticeChannel)}
    save_choices(opened.database, "ben", Choices(channels=wanted), now=T0)
    assign_to_ben(opened)
    Outbox(opened.database).plan(reach(webhook=UNREACHED, mail=UNREACHED), T0)
    assert [channel for channel, *_ in status(opened.database)] == ["mail"]


def test_without_addresses_nothing_leaves_and_one_that_is_given_later_gets_nothing_of_the_past(opened):
    assign_to_ben(opened)
    assert send_due(opened.database, NOWHERE, letter, T0, of_all) == 0
    assert send_due(opened.database, reach(webhook=UNREACHED), letter, T0, of_all) == 0
    assert status(opened.database) == []


def test_an_address_that_was_taken_out_is_said_so(opened):
    assign_to_ben(opened)
    Outbox(opened.database).plan(reach(webhook=UNREACHED), T0)
    assert send_due(opened.database, NOWHERE, letter, T0, of_all) == 0
    assert status(opened.database) == [("webhook", "waiting", 1, "the desk's owner has taken the address out")]


def test_an_address_that_nobody_knows_is_refused_without_being_named(opened):
    with pytest.raises(LetterRefusedError, match="the address is none that Apprise knows") as refused:
        carry("nonsense://secret-token", Letter(title="t", text="x"), "key")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1:9/private-path", "json://user:secret-word@127.0.0.1:9/private-path?method=post"]
)
def test_the_reason_names_no_host_that_could_not_be_reached(address):
    with pytest.raises(LetterRefusedError) as refused:
        carry(address, Letter(title="t", text="x"), "key")
    assert refused.value.reason == "A Connection error occurred sending JSON notification to …"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("no such user as user:secret-word", "no such user as user:…"),
        ("user@mail.example refused", "user@… refused"),
        ("p@ss/word99 is wrong, and so is p%40ss%2Fword99", "… is wrong, and so is …"),
        ("Tok3n and token-of-ben", "… and …"),
        ("rejected: 503", "rejected: 503"),
    ],
)
def test_parts_of_an_address_are_blotted_out_of_what_a_receiver_says(said, shown):
    address = "json://user:secret-word@mail.example:9/Tok3n/token-of-ben?key=p%40ss%2Fword99"
    assert blotted(said, address) == shown


def test_what_was_made_first_has_waited_longest_when_it_is_planned_late(opened):
    assign_to_ben(opened)
    assign_to_ben(opened, T0 + MINUTE)
    outbox = Outbox(opened.database)
    outbox.plan(reach(webhook=UNREACHED), T0 + 2 * MINUTE)
    assert opened.database.read("select next_attempt_at from outbox order by all") == [(T0,), (T0 + MINUTE,)]
    assert [delivery["number"] for delivery in outbox.due(T0 + 2 * MINUTE, 1)] == [1]


def test_the_addresses_are_read_from_the_file_that_is_named(tmp_path, monkeypatch):
    file = tmp_path / "addresses.toml"
    file.write_text(ADDRESSES)
    monkeypatch.setenv("DESK_ADDRESSES", str(file))
    given = addresses()
    assert given.desk_url == "https://desk.example"
    assert given.of("ben", NoticeChannel.WEBHOOK) == "json://hooks.example/desk"
    assert given.channels_of("ben") == {NoticeChannel.WEBHOOK, NoticeChannel.MAIL}
    assert (given.of("anna", NoticeChannel.MAIL), given.channels_of("anna")) == ("", frozenset())
    assert "hooks.example" not in repr(given)
    monkeypatch.setenv("DESK_ADDRESSES", "")
    assert addresses() is NOWHERE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[people", "it is no TOML"),
        (b"\xff", "it is not written in UTF-8"),
        (b"[peple.ben]\nmail = 'x'", "it may hold"),
        (b"people = 3", "it may hold"),
        (b"[people.ben]\npigeon = 'x'", "may hold texts for mail, messenger, webhook only"),
        (b"[people.ben]\nmail = 3", "may hold texts for mail, messenger, webhook only"),
        (b"[people]\nben = 'json://secret'", "may hold texts for mail, messenger, webhook only"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, content, reason):
    file = tmp_path / "addresses.toml"
    file.write_bytes(content)
    with pytest.raises(AddressesInvalidError, match=reason) as refused:
        read_addresses(file)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(AddressesInvalidError, match="No such file"):
        read_addresses(tmp_path / "none.toml")
