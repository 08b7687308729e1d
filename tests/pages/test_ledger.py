"""The ledger: lines that add up to the card, its strip, its file, and the drawer that any breach opens."""

import io
from datetime import datetime, timedelta

import pandas as pd
import pytest
from desk_builders import numbered

from pages.shared import access, colours, ledger_drawer, ledger_table, service_words
from pages.shared.ledger_strip import strip
from workflow.service.ledger import Line, Why
from workflow.vocabulary import Ball

NINE = datetime(2026, 3, 2, 9)
SECOND = timedelta(seconds=1)


def line(begin, end, why=Why.COUNTED, name=""):
    return Line(
        from_at=begin,
        to_at=end,
        state="new",
        ball=Ball.SELLER,
        why=why,
        name=name,
        policy_version=3,
        calendar_version=2,
    )


LINES = (
    line(NINE, NINE + 1.6 * SECOND),
    line(NINE + 1.6 * SECOND, NINE + 3.2 * SECOND),
    line(NINE + 3.2 * SECOND, NINE + 10 * SECOND, Why.HOLIDAY, "=Victory Day"),
)


def test_lines_add_up_before_the_readers_eyes():
    frame = ledger_table.shown(LINES, {"new": "New"}, "UTC").map(lambda text: text.replace("\\", ""))
    assert list(frame["Counted"]) == ["0:00:01", "0:00:02", "—", "0:00:03"]
    assert list(frame["By the clock"]) == ["0:00:01", "0:00:02", "0:00:07", "0:00:10"]
    assert frame["Why"][2] == "Holiday: =Victory Day"
    assert (frame["Policy"][0], frame["Calendar"][0], frame["From"][3]) == ("v3", "v2", "Sum")


def test_the_file_has_every_microsecond_and_no_formula():
    frame = pd.read_csv(io.StringIO(ledger_table.csv(LINES)))
    assert list(frame["counted_seconds"]) == [1.6, 1.6, 0.0]
    assert list(frame["elapsed_seconds"]) == [1.6, 1.6, 6.8]
    assert frame["name"][2] == "'=Victory Day"
    assert frame["from_utc"][0] == "2026-03-02T09:00:00"


def test_the_strip_shows_counted_time_in_the_accent_and_the_deadline():
    picture = strip(LINES, NINE + 5 * SECOND, colours.LIGHT)
    assert picture.count(colours.LIGHT.accent) == 2
    assert '<rect x="320.0" y="6.0" width="680.0" height="14" fill="#E4E7EC"/>' in picture
    assert '<rect x="498.5" y="0" width="3" height="26" fill="#C8402F"/>' in picture
    assert colours.LIGHT.alarm not in strip(LINES, NINE + 11 * SECOND, colours.LIGHT)


def test_a_target_says_where_it_stands(desk, now):
    judged = access.judged(numbered(desk, 1).ticket.id, now)
    said = {ledger_drawer.key_of(one): service_words.standing(one, now) for one in judged.targets}
    assert said["first_reply-1"] == "due in 22 h"
    later = now + timedelta(hours=30)
    judged = access.judged(numbered(desk, 1).ticket.id, later)
    said = {ledger_drawer.key_of(one): service_words.standing(one, later) for one in judged.targets}
    assert said["first_reply-1"] == "missed by 8 h, goes on"
    assert service_words.missed(59.0) == "missed by under a minute of its clock"


@pytest.mark.parametrize("kind", ["first_reply", "full_resolution", "requester_wait"])
def test_the_sum_of_the_lines_is_the_number_on_the_card(desk, now, kind):
    for number in (1, 2, 3, 4):
        judged = access.judged(numbered(desk, number).ticket.id, now)
        (target,) = [one for one in judged.targets if one.promise.target.kind == kind]
        assert ledger_table.counted(judged.ledger(target)) == target.counted


def test_the_ticket_shows_its_targets_and_opens_a_ledger(desk, visit):
    page = visit("queue", ticket="2")
    assert not page.exception
    page.button(key="queue_ledger_first_reply-1_2").click().run()
    assert page.query_params["ledger"] == "first_reply-1"
    assert any(metric.label == "First reply" and metric.value.endswith("of 24:00:00") for metric in page.metric)
    assert page.table[0].value["From"].iloc[-1] == "Sum"


def test_another_ticket_puts_the_ledger_away(desk, visit):
    page = visit("queue", ticket="4", ledger="first_reply-1")
    assert page.metric[0].label == "First reply"
    page.button(key="queue_next").click().run()
    assert "ledger" not in page.query_params


def test_a_link_to_a_target_that_is_gone_says_so(desk, visit):
    page = visit("queue", ticket="2", ledger="next_reply-77")
    assert any("no such target any more" in caption.value for caption in page.caption)
    assert not page.exception
