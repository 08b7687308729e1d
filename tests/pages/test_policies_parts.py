"""The parts of the policies page that are functions: rows, sentences, differences, hours, the tables of a back-test."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from pages.policies import back_test_tables, differences, sentences, tree, week_words
from pages.policies.known import Known
from pages.policies.tree import Row
from pages.policies.week import week as week_figure
from pages.shared import colours
from workflow.business_time import BusinessTime
from workflow.calendars import Break, Calendar, ExtraDay, Holiday, Window, always_open, week
from workflow.service.policies import (
    Reopening,
    ServicePolicy,
    Target,
    TargetKind,
    Threshold,
    WarningEffect,
)
from workflow.vocabulary import Ball

KNOWN = Known(
    conditions={"priority": {"urgent": "Urgent"}, "channel": {"email": "E-mail", "phone": "Phone"}},
    states={"awaiting_buyer": "Awaiting buyer reply"},
    triggers={"escalate": "Escalate"},
    agents={"anna": "Anna Petrova"},
    priorities={"high": "High"},
    balls={},
    clocks={"": "Marketplace", "office": "Office hours"},
)
OFFICE = Calendar(id="office", name="Office hours", weekly=week(mon=[("09:00", "18:00")], tue=[("09:00", "18:00")]))


def policy(name="urgent", *targets, **when):
    return ServicePolicy(id=name, name=name.capitalize(), targets=targets or (reply(),), when=when)


def reply(hours=24, **fields):
    return Target(kind=TargetKind.FIRST_REPLY, budget=timedelta(hours=hours), **fields)


def rows():
    return (Row(fields={"id": "a"}, rows=(Row(fields={"kind": "x"}, uid="t"),), uid="a"), Row(fields={}, uid="b"))


def test_a_row_deep_within_is_changed_and_nothing_else():
    assert tree.changed(rows(), "t", {"kind": "y"})[0].rows[0].fields == {"kind": "y"}
    assert tree.changed(rows(), "t", {"kind": "y"})[1] == rows()[1]


def test_a_row_moves_among_its_siblings_and_stops_at_the_end():
    assert [row.uid for row in tree.moved(rows(), "b", -1)] == ["b", "a"]
    assert [row.uid for row in tree.moved(rows(), "b", 1)] == ["a", "b"]


def test_rows_are_added_within_a_row_and_removed():
    assert [row.uid for row in tree.walk(tree.added(rows(), "b", Row(fields={}, uid="n")))] == ["a", "t", "b", "n"]
    assert [row.uid for row in tree.walk(tree.removed(rows(), "t"))] == ["a", "b"]


def test_a_copy_has_names_of_its_own():
    copy = tree.copied(rows()[0], id="c")
    assert copy.fields == {"id": "c"}
    assert {row.uid for row in tree.walk((copy,))}.isdisjoint({"a", "t"})


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(hours=48), "48 h"),
        (timedelta(minutes=90), "90 min"),
        (timedelta(seconds=75), "75 s"),
        (timedelta(seconds=1.5), "1.5 s"),
    ],
)
def test_a_budget_is_said_in_one_unit(length, text):
    assert sentences.budget(length) == text


def test_a_target_is_said_with_clock_pauses_and_warnings():
    warned = (
        Threshold(percent=50, effect=WarningEffect.NOTIFY),
        Threshold(percent=80, effect=WarningEffect.REASSIGN, argument="anna"),
        Threshold(percent=90, effect=WarningEffect.RAISE_PRIORITY, argument="high"),
        Threshold(percent=100, effect=WarningEffect.TRIGGER, argument="escalate"),
        Threshold(percent=120, effect=WarningEffect.NOTE, argument="Look here"),
    )
    target = Target(
        kind=TargetKind.FULL_RESOLUTION,
        budget=timedelta(hours=27),
        calendar_id="office",
        pause_states=frozenset({"awaiting_buyer"}),
        pause_balls=frozenset({Ball.CARRIER, Ball.BUYER}),
        on_reopen=Reopening.CONTINUE,
        warnings=warned,
    )
    expected = (
        "Resolved within 27 h, counted in “Office hours”, paused while the buyer or the carrier must act, paused in "
        "“Awaiting buyer reply”, going on when it is reopened. At 50 % the desk notifies; at 80 % Anna Petrova takes "
        "over; at 90 % the priority becomes High; at 100 % “Escalate” happens; at 120 % a note says “Look here”."
    )
    assert list(sentences.lines(policy("urgent", target), KNOWN)) == [expected]


def test_who_a_policy_is_for():
    assert sentences.who(policy(priority=("urgent",), channel=("email", "phone")), KNOWN, is_first=True) == (
        "Priority: Urgent · Channel: E-mail or Phone"
    )
    assert sentences.who(policy(), KNOWN, is_first=False) == "Every ticket that no policy before takes"


def test_equal_policies_differ_in_nothing():
    assert list(differences.of_policies((policy(),), (policy(),), KNOWN)) == []


def test_every_difference_of_policies_is_a_sentence():
    before = (policy("a"), policy("b"), policy("c", reply(), priority=("urgent",)))
    named = replace(policy("c", reply(12)), name="Calls", when={"channel": ("phone",)})
    warned = policy("a", reply(warnings=(Threshold(percent=80, effect=WarningEffect.NOTIFY),)))
    after = (named, warned, policy("d"))
    assert list(differences.of_policies(before, after, KNOWN)) == [
        "“D” is new, in place 3.",
        "“B” goes.",
        "The order becomes “Calls”, “A”, “D”.",
        "“C” is now called “Calls”.",
        "“Calls” is for: Channel: Phone. Before: Priority: Urgent.",
        "“Calls”: A first reply within 12 h, every hour counts. Before: A first reply within 24 h, every hour counts.",
        "“A”: First reply: at 80 % the desk notifies. Before: no warning.",
    ]


def test_targets_come_and_go():
    wait = Target(kind=TargetKind.REQUESTER_WAIT, budget=timedelta(hours=48))
    assert list(differences.of_policies((policy("a", reply()),), (policy("a", wait),), KNOWN)) == [
        "“A”: no longer promises: A first reply within 24 h, every hour counts.",
        "“A”: promises anew: The buyer waits for us 48 h at most in all, every hour counts.",
    ]


def test_every_difference_of_calendars_is_a_sentence():
    after = Calendar(
        id="office",
        name="Office",
        time_zone="Europe/Berlin",
        weekly=week(mon=[("09:00", "12:00")], tue=[("09:00", "18:00")]),
        holidays=tuple(Holiday(on=date(2027, 1, day), name="New Year") for day in range(1, 11)),
        extra_days=(ExtraDay(on=date(2027, 2, 6), like=0),),
        breaks=(Break(on=date(2027, 2, 8), window=Window.between("12:00", "13:00")),),
    )
    found = list(differences.of_calendars(OFFICE, after))
    assert found[:3] == [
        "“Office hours” is now called “Office”.",
        "The time zone is Europe/Berlin. Before: UTC.",
        "Monday: 09:00-12:00. Before: 09:00-18:00.",
    ]
    assert found[3].startswith("Added to the holidays: 1 Jan 2027 New Year, 2 Jan 2027 New Year")
    assert found[3].endswith("8 Jan 2027 New Year and 2 more.")
    assert found[4:] == ["Added to the working days: 6 Feb 2027.", "Added to the breaks: 8 Feb 2027."]
    assert list(differences.of_calendars(after, replace(after, breaks=()))) == ["Taken from the breaks: 8 Feb 2027."]
    assert list(differences.of_calendars(None, OFFICE)) == ["“Office hours” is new."]


def test_hours_are_read_as_they_are_written():
    assert week_words.read("09:00-13:00; 22:00\N{EN DASH}06:00") == [["09:00", "13:00"], ["22:00", "06:00"]]
    assert week_words.read(" ") == []
    assert week_words.written([["09:00", "13:00"], ["22:00", "06:00"]]) == "09:00-13:00, 22:00-06:00"


def test_special_days_are_said_in_a_line():
    on = date(2027, 2, 6)
    window = Window.between("10:00", "12:00")
    assert week_words.day(Holiday(on=on, name="Inventory")) == "6 Feb 2027 · Inventory"
    assert week_words.day(ExtraDay(on=on, like=0)) == "6 Feb 2027 · like Monday"
    assert week_words.day(ExtraDay(on=on, windows=(window,))) == "6 Feb 2027 · 10:00-12:00"
    assert week_words.day(Break(on=on, window=window)) == "6 Feb 2027 · 10:00-12:00"


@pytest.mark.parametrize(
    ("at", "is_open", "text"),
    [
        (datetime(2026, 11, 23, 10), True, "Open now, closes 18:00"),
        (datetime(2026, 11, 23, 18), False, "Closed now, opens Tue 24 Nov 09:00"),
        (datetime(2026, 11, 23, 8), False, "Closed now, opens 09:00"),
    ],
)
def test_the_next_change_of_a_calendar_is_said(at, is_open, text):
    found, said = week_words.state_at(BusinessTime.of(OFFICE), at, "UTC")
    assert (found, said.replace(",", "")) == (is_open, text.replace(",", ""))


def test_a_calendar_may_never_open_or_never_close():
    at = datetime(2026, 11, 23, 10)
    never = Calendar(id="never", name="Never")
    assert week_words.state_at(BusinessTime.of(never), at, "UTC") == (False, "Closed, with no opening in sight")
    assert week_words.state_at(BusinessTime.of(always_open()), at, "UTC") == (True, "Open now, never closes")


def test_windows_that_touch_at_midnight_are_one_opening():
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    whole = Calendar(id="whole", name="", weekly=week(**{day: [("00:00", "24:00")] for day in days}))
    night = Calendar(id="night", name="", weekly=week(mon=[("22:00", "24:00")], tue=[("00:00", "06:00")]))
    at = datetime(2026, 11, 23, 23)
    assert week_words.state_at(BusinessTime.of(whole), at, "UTC") == (True, "Open now, never closes")
    assert "Tue 24 Nov 06:00" in week_words.state_at(BusinessTime.of(night), at, "UTC")[1].replace(",", "")


def test_the_week_shows_open_closed_holiday_and_break_and_marks_the_present():
    calendar = replace(
        OFFICE,
        holidays=(Holiday(on=date(2026, 11, 24), name="Inventory"),),
        breaks=(Break(on=date(2026, 11, 23), window=Window.between("12:00", "13:00")),),
    )
    figure = week_figure(calendar, datetime(2026, 11, 23, 10, 30), colours.LIGHT)
    bars = {bar.name: list(zip(bar.base, bar.x, strict=True)) for bar in figure.data}
    assert bars["Open"] == [(9.0, 3.0), (13.0, 5.0)]
    assert bars["Break"] == [(12.0, 1.0)]
    assert bars["Holiday"] == [(0.0, 24.0)]
    assert figure.layout.shapes[0].x0 == 10.5
    assert figure.data[0].y[0] == "<b>Monday 23</b>"


def counts(category="delay", kind="first_reply", before=(0, 0, 0), after=(0, 0, 0)):
    names = [f"{when}_{what}_count" for when in ("before", "after") for what in ("met", "missed", "other")]
    return {"category": category, "target_kind": kind, **dict(zip(names, (*before, *after), strict=True))}


def test_attainment_shows_part_and_whole_and_a_dash_where_there_is_none():
    frame = pd.DataFrame([counts(before=(231, 19, 3), after=(200, 50, 3)), counts(after=(1, 0, 0))])
    shown = back_test_tables.attainment(frame, {"delay": "Delay"}).data
    assert shown["In force then"].tolist() == ["92.4 % (231 of 250)", "—"]
    assert shown["Under the draft"].tolist() == ["80.0 % (200 of 250)", "100.0 % (1 of 1)"]
    assert shown["Change"].tolist() == ["-12.4 points", "—"]
    assert back_test_tables.totals(frame) == {"before": (231, 250), "after": (201, 251)}


def test_the_figure_leads_from_before_to_after_in_the_colour_of_its_meaning():
    frame = pd.DataFrame([counts(before=(1, 1, 0), after=(1, 3, 0)), counts(kind="next_reply", before=(0, 0, 9))])
    figure = back_test_tables.attainment_figure(frame, {"delay": "Delay"}, colours.LIGHT)
    assert list(figure.data[0].y) == ["Delay · First reply"]
    assert (list(figure.data[0].x), list(figure.data[1].x)) == ([0.5], [0.25])
    assert figure.layout.shapes[0].line.color == colours.LIGHT.alarm


def test_tickets_that_change_sides_lead_to_themselves():
    at = datetime(2026, 11, 23, 10)
    row = {
        "number": 7,
        "ticket_id": "x",
        "category": "delay",
        "target_kind": "time_in_state",
        "state": "awaiting_buyer",
        "started_at": at,
        "before_status": "",
        "after_status": "missed",
        "before_due_at": None,
        "after_due_at": at + timedelta(hours=1),
    }
    frame = pd.DataFrame([row])
    shown = back_test_tables.changed(frame, {"delay": "Delay"}, KNOWN.states, "UTC").data.iloc[0]
    assert shown["Ticket"] == "[7](queue?ticket=7)"
    assert shown["Target"] == "Time in a state · Awaiting buyer reply"
    assert shown["In force then"] == ":gray-badge[not promised]"
    assert shown["Under the draft"] == ":red-badge[missed] due 23 Nov 11:00"
    assert back_test_tables.turned(frame) == (1, 0)
