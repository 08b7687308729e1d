"""Which timers mean a breach of ours, how long each holds, and which marks a table may not have."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.workflow.small_table import changed, loaded, refusal
from workflow.lifecycle import TimerSpec
from workflow.loading import BUILT_IN, load_directory
from workflow.overdue import breach_clocks, overdue_trigger
from workflow.tickets import Ticket
from workflow.vocabulary import Ball, Channel, Language, Priority, Role, StateKind

AT = datetime(2026, 3, 2, 9, 0)
HOUR = timedelta(hours=1)
TABLES = {lifecycle.category: lifecycle for lifecycle in load_directory(BUILT_IN)[0]}
REPLIES = (("first_reply_breached", "reply"), ("reply_overdue", "reply"))
STAYING = '  { do = "late", from = "new", to = "=", by = ["system_timer"], effect = "internal", raises = ["late"] },\n'
LATE = '  { trigger = "late", clock = "state", budget = "patience", is_breach = true },\n'
BEFORE_TIMERS = '  { trigger = "give_up", clock = "asked"'
BEFORE_ROWS = '  { do = "ask", from = "new"'


def with_late(timer: str = LATE, row: str = STAYING) -> str:
    """The small table with a timer that means a breach, and its row."""
    return changed(BEFORE_TIMERS, timer + BEFORE_TIMERS).replace(BEFORE_ROWS, row + BEFORE_ROWS)


def ticket(**changes) -> Ticket:
    first = Ticket(
        id="01900000-0000-7000-8000-000000000001",
        number=1,
        category="product_quality",
        lifecycle_version=1,
        state="evidence_review",
        state_kind=StateKind.WAITING,
        ball=Ball.SELLER,
        version=3,
        opened_at=AT,
        state_entered_at=AT,
        channel=Channel.EMAIL,
        language=Language.EN,
        priority=Priority.NORMAL,
        seller_id="s-1",
    )
    return replace(first, **changes)


@pytest.mark.parametrize(
    ("category", "of_state"),
    [
        ("after_sales", ("refund_overdue", "seller_idle")),
        ("logistics_delay", ("refund_overdue", "seller_idle")),
        ("product_quality", ("refund_overdue", "review_overdue", "seller_idle")),
    ],
)
def test_the_breaches_of_the_three_tables(category, of_state):
    assert breach_clocks(TABLES[category]) == (*REPLIES, *((trigger, "state") for trigger in of_state))


@pytest.mark.parametrize("category", TABLES)
def test_what_a_timer_flags_by_its_own_name_where_we_must_act_is_a_breach_and_nothing_else(category):
    table = TABLES[category]
    ours = {
        row.trigger
        for row in table.transitions
        if Role.SYSTEM_TIMER in row.by and row.trigger in row.raises and row.is_stay
        if table.states[row.from_state].ball is Ball.SELLER
    }
    assert {trigger for trigger, _ in breach_clocks(table)} == ours


def test_a_timer_says_that_it_means_a_breach():
    table, _ = loaded(with_late())
    assert table.timers[0] == TimerSpec(trigger="late", clock="state", budget="patience", is_breach=True)
    assert breach_clocks(table) == (("late", "state"),)
    assert breach_clocks(loaded()[0]) == ()


def test_a_clock_that_counts_since_the_entry_is_one_of_the_state():
    own = LATE.replace('"state"', '"asked"').replace("is_breach", "is_since_entry = true, is_breach")
    assert breach_clocks(loaded(with_late(own))[0]) == (("late", "state"),)
    assert breach_clocks(loaded(with_late(LATE.replace('"state"', '"asked"')))[0]) == (("late", "asked"),)


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        (
            with_late(LATE.replace("true", '"yes"')),
            "timer 1 (late)",
            "'is_breach' must be true or false",
        ),
        (
            with_late(LATE.replace(", is_breach = true", "").replace('"state"', '"asked"') + LATE),
            "timer late",
            "'is_breach' stands at some of its timers only: say it at all of them or at none",
        ),
        (
            changed(
                'clock = "asked", budget = "patience" }', 'clock = "asked", budget = "patience", is_breach = true }'
            ).replace("is_since_entry = true", "is_since_entry = true, is_breach = true"),
            "timer give_up",
            "'is_breach' needs a row of system_timer that stays and flags it: every row leaves the state",
        ),
        (
            with_late(row=STAYING.replace('["late"]', '["tardy"]')),
            "row 1 (late from new)",
            "its timer says 'is_breach', so it must raise the flag 'late'",
        ),
        (
            with_late(row=STAYING.replace('"new"', '["asked", "done"]')),
            "timer late",
            "'is_breach' on the clock 'state' is about what we must do, and in asked, done others must",
        ),
    ],
)
def test_a_mark_that_nobody_would_ever_see_is_refused(text, where, reason):
    refused = refusal(text)
    assert (refused.row, refused.reason) == (where, reason)


def test_the_seller_may_have_to_act_by_the_scheme_or_because_a_row_asks_who_must():
    by_scheme = with_late(row=STAYING.replace('"new"', '"asked"')).replace('{ FBO = "platform" }', '{ FBO = "seller" }')
    assert breach_clocks(loaded(by_scheme)[0]) == (("late", "state"),)
    asking = with_late(row=STAYING.replace('"new"', '"asked"')).replace(
        'inputs = ["reply_text", "eta?"]', 'inputs = ["reply_text", "asked_party", "eta?"], ball_from = "asked_party"'
    )
    assert breach_clocks(loaded(asking)[0]) == (("late", "state"),)


REVIEW = {"flags": frozenset({"review_overdue"}), "spent": {"review_overdue": AT}}
REPLY = {"flags": frozenset({"reply_overdue"}), "spent": {"reply_overdue": AT - HOUR}}


@pytest.mark.parametrize(
    ("changes", "trigger"),
    [
        ({}, ""),
        (REVIEW, "review_overdue"),
        (REVIEW | {"flags": frozenset()}, ""),
        (REVIEW | {"spent": {}}, ""),
        (REVIEW | {"ball": Ball.BUYER}, ""),
        (REVIEW | {"state_entered_at": AT + HOUR}, ""),
        (REVIEW | {"state_kind": StateKind.DONE}, ""),
        (REVIEW | {"flags": frozenset({"return_link_missing"}), "spent": {"return_link_missing": AT}}, ""),
        (REPLY, ""),  # answered: its clock has ended
        (REPLY | {"clocks": {"reply": AT}}, ""),  # the buyer has written anew
        (REPLY | {"clocks": {"reply": AT - HOUR}}, "reply_overdue"),
        (REPLY | {"clocks": {"reply": AT - HOUR}, "ball": Ball.BUYER}, "reply_overdue"),
        (
            {
                "flags": REVIEW["flags"] | REPLY["flags"],
                "spent": REVIEW["spent"] | REPLY["spent"],
                "clocks": {"reply": AT - HOUR},
            },
            "reply_overdue",
        ),
    ],
)
def test_a_breach_holds_until_what_it_waits_for_has_happened(changes, trigger):
    assert overdue_trigger(TABLES["product_quality"], ticket(**changes)) == trigger
