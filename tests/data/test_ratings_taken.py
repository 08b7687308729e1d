"""Ratings from a file: as the use case would write them, each refused row with its line, all or nothing, once."""

import re

import pytest

from data.__main__ import main
from data.check import check
from data.ratings import taking
from data.ratings.errors import RatingsFileError, RatingsRefusedError
from data.ratings.taking import take_ratings
from tests.data.checked_desks import AGENT, HOUR, T0, contact_of
from tests.new_desks import new_desk
from workflow.satisfaction import newest_rating
from workflow.tickets import Actor
from workflow.vocabulary import EventKind, Role

NOW = T0 + 30 * HOUR
RESOLVED = {"resolution_reason": "explained"}


@pytest.fixture
def opened(tmp_path):
    """Tickets 1 to 3 resolved at 12:00 on 2 March, ticket 4 open; 2 and 3 are called A and B elsewhere."""
    with new_desk(tmp_path / "desk.duckdb") as desk:
        for number in range(1, 5):
            ticket = desk.desk.open_ticket(contact_of(order_id="", files=()), actor=AGENT, now=T0)
            desk.desk.act(ticket.id, "register", actor=AGENT, now=T0 + HOUR)
            desk.desk.act(ticket.id, "seller_reply", actor=AGENT, now=T0 + 2 * HOUR, inputs={"reply_text": "Yes."})
            if number < 4:
                desk.desk.act(ticket.id, "resolve", actor=AGENT, now=T0 + 3 * HOUR, inputs=RESOLVED)
        with desk.database.writing() as cursor:
            cursor.execute("update tickets set external_ref = 'A' where number = 2")
            cursor.execute("update tickets set external_ref = 'B' where number = 3")
            cursor.execute(
                """update events set payload = json_merge_patch(payload, json_object('ticket',
                json_object('external_ref', external_ref))) from tickets
                where tickets.id = events.ticket_id and seq = 1 and number in (2, 3)"""
            )
        assert check(desk.database) == []
        yield desk


@pytest.fixture
def file(tmp_path):
    def write(*lines: str, name: str = "survey.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def log_of(opened, number):
    ((ticket_id,),) = opened.database.read("select id::varchar from tickets where number = $1", [number])
    return opened.store.events_of(ticket_id)


def counts(taken):
    return taken.taken_count, taken.tickets_count, taken.known_count, len(taken.rejects)


def test_what_a_file_brings_is_what_the_use_case_would_have_written(opened, file):
    rows = ("ticket;rating;at;comment", "1;4;2026-03-03T10:00Z;Quick, and kind!", "2;2;2026-03-03T11:00:00+03:00;")
    assert counts(take_ratings(opened.database, file(*rows), now=NOW)) == (2, 2, 0, 0)
    third = log_of(opened, 3)[0].ticket_id
    buyer = Actor(role=Role.BUYER, id="b-1", recorded_by="system_sync")
    opened.desk.rate(third, 4, "Quick, and kind!", actor=buyer, now=NOW)
    ((first,),) = opened.database.read("select id::varchar from tickets where number = 1")
    by_file, by_hand = (opened.store.load_case(ticket_id) for ticket_id in (first, third))

    def told(case):
        event = opened.store.events_of(case.ticket.id)[-1]
        fields = {name: getattr(event, name) for name in event.__dataclass_fields__}
        gone = {"ticket_id", "position", "occurred_at", "recorded_at"}
        fields["payload"] = {**event.payload, "message_ids": [case.messages[-1].id] == event.payload["message_ids"]}
        message = case.messages[-1]
        said = (message.author_role, message.author_id, message.channel, message.direction, message.text)
        return {name: value for name, value in fields.items() if name not in gone}, said, case.ticket.version

    assert told(by_file) == told(by_hand)
    assert by_file.messages[-1].sent_at == T0 + 25 * HOUR
    assert log_of(opened, 2)[-1].occurred_at == T0 + 23 * HOUR
    assert check(opened.database) == []


def test_the_same_file_again_adds_nothing_and_the_newest_by_its_time_counts(opened, file):
    rows = ("reference,rating,at", "A,5,2026-03-03T10:00Z", "A,1,2026-03-02T13:00Z", "A,5,2026-03-03T10:00Z")
    path = file(*rows)
    assert counts(take_ratings(opened.database, path, now=NOW)) == (2, 1, 1, 0)
    assert counts(take_ratings(opened.database, path, now=NOW)) == (0, 0, 3, 0)
    rated = [event for event in log_of(opened, 2) if event.kind is EventKind.RATED]
    assert [event.payload["rating"] for event in rated] == [1, 5]
    assert counts(take_ratings(opened.database, file("ticket,rating,at", "2,3,2026-03-02T14:00"), now=NOW))[0] == 1
    assert newest_rating(log_of(opened, 2)) == 5
    assert check(opened.database) == []


def test_a_rating_that_is_known_stays_so_when_its_ticket_is_reopened(opened, file):
    path = file("ticket,rating,at", "2,5,2026-03-03T10:00Z")
    take_ratings(opened.database, path, now=NOW)
    with opened.database.writing() as cursor:
        cursor.execute("update tickets set state_kind = 'open' where number = 2")
    assert counts(take_ratings(opened.database, path, now=NOW)) == (0, 0, 1, 0)


REFUSED = {
    "9,,3,,2026-03-03T10:00Z": "there is no ticket 9",
    ",C,3,,2026-03-03T10:00Z": "there is no ticket with the reference C",
    ",,3,,2026-03-03T10:00Z": "line 2, ticket: it names no ticket",
    "x,,3,,2026-03-03T10:00Z": "line 2, ticket: “x” is no ticket number",
    f"{'9' * 5000},,3,,2026-03-03T10:00Z": "is no ticket number",
    "2,B,3,,2026-03-03T10:00Z": "ticket 2 has another reference than B",
    "4,,3,,2026-03-03T10:00Z": "ticket 4 is not resolved",
    "1,,3,,2026-03-02T11:59Z": "ticket 1 was resolved later: 2026-03-02T12:00:00Z",
    "1,,6,,2026-03-03T10:00Z": "line 2, rating: “6” is no whole number from 1 to 5",
    "1,,4.5,,2026-03-03T10:00Z": "line 2, rating: “4.5” is no whole number from 1 to 5",
    "1,,4,,yesterday": "line 2, at: “yesterday” is not a time like",
    "1,,4,,2026-03-05": "line 2, at: 2026-03-05 lies in the future",
    f"1,,4,{'z' * 2001},2026-03-03T10:00Z": "line 2, comment: it has 2,001 characters, and at most 2,000 are kept",
    "1,,4": "3 columns instead of 5",
}


@pytest.mark.parametrize(("row", "reason"), REFUSED.items(), ids=REFUSED.values())
def test_a_row_that_cannot_be_taken_is_named_with_its_line_and_nothing_is_taken(opened, file, row, reason):
    path = file("ticket,reference,rating,comment,at", row, "1,,5,,2026-03-03T10:00Z")
    version = opened.store.last_position()
    with pytest.raises(RatingsRefusedError, match=re.escape(reason)) as caught:
        take_ratings(opened.database, path, now=NOW)
    assert "1 of 2 rows cannot be taken, so none was (line 2" in str(caught.value)
    dry = take_ratings(opened.database, path, now=NOW, is_dry_run=True)
    assert (counts(dry), opened.store.last_position()) == ((1, 1, 0, 1), version)
    assert counts(take_ratings(opened.database, path, now=NOW, skip_rejects=True)) == (1, 1, 0, 1)
    assert check(opened.database) == []


def test_two_ratings_of_one_instant_are_refused_in_the_file_and_beside_the_log(opened, file):
    path = file("ticket,rating,at", "1,5,2026-03-03T10:00Z", "1,4,2026-03-03T13:00+03:00")
    with pytest.raises(RatingsRefusedError, match="line 3: line 2 rates ticket 1 otherwise at the same time"):
        take_ratings(opened.database, path, now=NOW)
    take_ratings(opened.database, path, now=NOW, skip_rejects=True)
    with pytest.raises(RatingsRefusedError, match="line 3: ticket 1 was rated 5 at the same time already"):
        take_ratings(opened.database, path, now=NOW)


HEADER = "ticket,rating,at,comment"
AT = "2026-03-03T10:00Z"


def comments_of(opened, number):
    ((ticket_id,),) = opened.database.read("select id::varchar from tickets where number = $1", [number])
    return [message.text for message in opened.store.load_case(ticket_id).messages if message.author_role is Role.BUYER]


def test_a_comment_of_the_longest_length_is_kept_whole(opened, file):
    longest = "z" * 2000
    take_ratings(opened.database, file(HEADER, f"1,4,{AT},{longest}"), now=NOW)
    assert comments_of(opened, 1)[-1] == longest


def test_a_known_rating_takes_its_first_comment_and_no_other(opened, file):
    take_ratings(opened.database, file(HEADER, f"1,4,{AT},"), now=NOW)
    said = file(HEADER, f"1,4,{AT},", f"1,4,{AT},Quick!", f"1,4,{AT},Quick!")
    dry = take_ratings(opened.database, said, now=NOW, is_dry_run=True)
    taken = take_ratings(opened.database, said, now=NOW)
    assert (counts(taken), taken.comments_count, dry) == ((0, 0, 2, 0), 1, taken)
    assert comments_of(opened, 1)[-1] == "Quick!"
    assert check(opened.database) == []
    again = take_ratings(opened.database, said, now=NOW)
    assert (counts(again), again.comments_count) == ((0, 0, 3, 0), 0)
    rated = [event.payload["rating"] for event in log_of(opened, 1) if event.kind is EventKind.RATED]
    assert rated == [4, 4]
    other = file(HEADER, f"1,4,{AT},Slow!")
    with pytest.raises(RatingsRefusedError, match="line 2: ticket 1 was rated at the same time with another comment"):
        take_ratings(opened.database, other, now=NOW)
    assert comments_of(opened, 1)[-1] == "Quick!"


def test_a_first_comment_of_a_ticket_that_is_open_again_is_refused_with_its_line(opened, file):
    take_ratings(opened.database, file(HEADER, f"1,4,{AT},"), now=NOW)
    with opened.database.writing() as cursor:
        cursor.execute("update tickets set state_kind = 'open' where number = 1")
    with pytest.raises(RatingsRefusedError, match="line 2: ticket 1 is not resolved"):
        take_ratings(opened.database, file(HEADER, f"1,4,{AT},Quick!"), now=NOW)


def test_of_rows_that_say_the_same_the_one_with_the_comment_is_taken_and_another_comment_is_refused(opened, file):
    path = file(HEADER, f"1,4,{AT},", f"1,4,{AT},Quick!", f"1,4,{AT},Slow!", f"1,4,{AT},Quick!", f"2,5,{AT},")
    with pytest.raises(RatingsRefusedError, match="line 4: line 3 rates ticket 1 with another comment at the same"):
        take_ratings(opened.database, path, now=NOW)
    assert counts(take_ratings(opened.database, path, now=NOW, skip_rejects=True)) == (2, 2, 2, 1)
    assert comments_of(opened, 1)[-1] == "Quick!"
    assert check(opened.database) == []


def test_the_command_says_how_many_first_comments_it_added(opened, file, capsys):
    path = opened.database.path
    take_ratings(opened.database, file(HEADER, f"1,4,{AT},"), now=NOW)
    opened.close()
    assert main(["ratings", str(file(HEADER, f"1,4,{AT},Quick!")), "--database", str(path)]) == 0
    told = "Added 0 ratings of 0 tickets, 1 first comment of ratings known before; 0 known already, 0 refused.\n"
    assert capsys.readouterr().out == told


def test_a_name_that_two_tickets_have_is_refused(opened, file):
    with opened.database.writing() as cursor:
        cursor.execute("update tickets set external_ref = 'A' where number = 3")
    with pytest.raises(RatingsRefusedError, match="the reference A names 2 tickets: give the ticket number"):
        take_ratings(opened.database, file("reference,rating,at", "A,5,2026-03-03T10:00Z"), now=NOW)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ticket,rating\n1,5", "its first line names no column at"),
        (b"rating,at\n5,2026-03-03", "its first line names no column ticket or reference"),
        (b"ticket,rating,at,rating\n1,5,2026-03-03,4", "its first line names the column rating twice"),
        (b"", "names no column rating, at, ticket or reference"),
        ("ticket,rating,at,комментарий\n".encode("cp1251"), "it is not UTF-8 text"),
    ],
)
def test_a_file_that_is_none_is_refused_with_one_sentence(opened, tmp_path, content, reason):
    path = tmp_path / "survey.csv"
    path.write_bytes(content)
    with pytest.raises(RatingsFileError, match=reason):
        take_ratings(opened.database, path, now=NOW)
    with pytest.raises(RatingsFileError, match=r"gone\.csv: it cannot be read"):
        take_ratings(opened.database, tmp_path / "gone.csv", now=NOW)


def test_a_crash_in_between_leaves_the_desk_as_it_was(opened, file, monkeypatch):
    def crash(*_given):
        raise KeyboardInterrupt

    monkeypatch.setattr(taking, "keep", crash)
    version = opened.store.last_position()
    with pytest.raises(KeyboardInterrupt):
        take_ratings(opened.database, file("ticket,rating,at", "1,5,2026-03-03T10:00Z"), now=NOW)
    assert opened.store.last_position() == version
    assert check(opened.database) == []


def test_the_command_says_what_came_of_the_file(opened, file, capsys):
    path, rows = opened.database.path, file("ticket,rating,at", "1,5,2026-03-03T10:00Z", "9,5,2026-03-03T10:00Z")
    opened.close()
    words = ["ratings", str(rows), "--database", str(path)]
    assert main([*words, "--dry-run"]) == 0
    told = "{} 1 rating of 1 ticket; 0 known already, 1 refused.\nline 3: there is no ticket 9\n"
    assert capsys.readouterr().out == told.format("Would add")
    assert main(words) == 2
    assert "line 3: there is no ticket 9" in capsys.readouterr().err
    assert main([*words, "--skip-rejects"]) == 0
    assert capsys.readouterr().out == told.format("Added")


def test_a_long_list_of_refused_rows_is_cut_in_the_sentence(opened, file):
    rows = [f"{number},5,2026-03-03T10:00Z" for number in range(100, 130)]
    with pytest.raises(RatingsRefusedError, match="and 10 more, which --dry-run lists"):
        take_ratings(opened.database, file("ticket,rating,at", *rows), now=NOW)
