"""The three shipped tables: complete, mended as DECISIONS.md says, and without a place where a ticket gets stuck."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.builders import CATEGORIES, built_in
from workflow.forms import INPUTS
from workflow.guards import parse
from workflow.lifecycle import Lifecycle, Transition
from workflow.vocabulary import Ball, Effect, Language, Role, Scheme, StateKind

ORIGINAL = Path(__file__).resolve().parents[3] / "shared" / "domain" / "lifecycles.json"
TABLES = {item.category: item for item in built_in()[0]}
SIZES = {"after_sales": (22, 277), "logistics_delay": (13, 163), "product_quality": (17, 204)}
BALLS = {
    Ball.SELLER: "new awaiting_seller evidence_review quality_check cancellation_requested return_requested received "
    "inspection repair_in_progress exchange_pending refund_pending info_requested",
    Ball.BUYER: "awaiting_buyer evidence_requested on_clarification compensation_offered return_agreed approved "
    "rejected",
    Ball.CARRIER: "tracing eta_promised return_in_transit",
    Ball.PLATFORM: "dispute_open escalated under_investigation",
    Ball.NOBODY: "resolved closed withdrawn expired",
}
# What the original says otherwise, in all categories: see DECISIONS.md, "Lifecycle tables: what was mended".
RENAMED = {
    "escalated": ("Escalated to platform support", "Передано в поддержку площадки", "已升级至平台客服"),
    "under_investigation": ("Under investigation", "На рассмотрении площадки", "平台调查中"),  # noqa: RUF001
}
WITH_MORE_PEOPLE = {
    "start_investigation",
    "request_information",
    "decide_for_buyer",
    "decide_for_seller",
    "mediate_back",
    "dispute_for_buyer_return",
    "withdraw",
    "attach_evidence",
}


def row(category: str, trigger: str, state: str, **wanted: Any) -> Transition:
    rows = TABLES[category].rows_from(state)[trigger]
    (found,) = [item for item in rows if all(getattr(item, name) == value for name, value in wanted.items())]
    return found


def timed(lifecycle: Lifecycle) -> list[Transition]:
    return [item for item in lifecycle.transitions if Role.SYSTEM_TIMER in item.by]


@pytest.fixture(scope="module")
def original() -> dict[str, Any]:
    if not ORIGINAL.exists():
        pytest.skip("The flows from which the tables were made do not lie beside the project.")
    return json.loads(ORIGINAL.read_text(encoding="utf-8"))


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_state_of_the_original_is_there_with_its_names(category, original):
    table = TABLES[category]
    flow = original["flows"][category]
    assert set(table.states) == {item["source"] for item in flow} | {item["dest"] for item in flow if item["dest"]}
    for name, state in table.states.items():
        label = original["labels"][name]
        names = RENAMED.get(name, (label["en"], label["ru"], label["zh"]))
        assert tuple(state.labels[language] for language in Language) == names
        assert state.kind == label["kind"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_row_of_the_original_is_there(category, original):
    """A row is there when its trigger, both states and each of its people are."""
    rows = TABLES[category].transitions
    there = {(item.trigger, item.from_state, item.to_state, role) for item in rows for role in item.by}
    wanted = {
        (item["trigger"], item["source"], item["dest"] or item["source"], role)
        for item in original["flows"][category]
        for role in item["actors"]
    }
    assert wanted - there == set()


@pytest.mark.parametrize("category", CATEGORIES)
def test_no_row_of_the_original_got_more_people_or_another_end_than_was_decided(category, original):
    table = TABLES[category]
    for item in original["flows"][category]:
        rows = table.rows_from(item["source"])[item["trigger"]]
        people = {role.value for found in rows for role in found.by}
        if item["trigger"] not in WITH_MORE_PEOPLE:
            every = (other for other in original["flows"][category] if other["trigger"] == item["trigger"])
            assert people <= {role for other in every for role in other["actors"]}, item


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_table_has_its_own_count_of_states_and_transitions(category):
    assert (len(TABLES[category].states), len(TABLES[category].transitions)) == SIZES[category]


@pytest.mark.parametrize("category", CATEGORIES)
def test_who_holds_the_ball(category):
    held = {name: ball for ball, names in BALLS.items() for name in names.split()}
    states = TABLES[category].states
    assert {name: state.ball for name, state in states.items()} == {name: held[name] for name in states}
    refund = states["refund_pending"]
    assert [refund.holder(scheme) for scheme in (*Scheme, None)] == [
        Ball.PLATFORM,
        Ball.PLATFORM,
        Ball.SELLER,
        Ball.SELLER,
    ]


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_party_that_is_asked_holds_the_ball(category):
    asked = row(category, "request_information", "under_investigation")
    assert asked.ball_from == "asked_party"
    assert set(INPUTS["asked_party"].choices) == {"buyer", "seller"}


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_action_has_a_label(category):
    table = TABLES[category]
    assert set(table.actions) == {item.trigger for item in table.transitions}


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("trigger", ["post_message", "buyer_message", "platform_message", "add_note"])
def test_everybody_can_speak_in_every_state(category, trigger):
    table = TABLES[category]
    for state in table.states:
        assert trigger in table.rows_from(state), state
        if trigger != "buyer_message":
            assert all(item.is_stay for item in table.rows_from(state)[trigger])


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_buyers_message_starts_the_clocks_of_an_answer_everywhere(category):
    for item in TABLES[category].transitions:
        if item.trigger == "buyer_message":
            started = {(start.clock, start.is_only_if_stopped) for start in item.starts}
            assert started >= {("buyer_message", False), ("window", False), ("reply", True)}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_buyer_who_writes_after_the_end_is_noticed(category):
    table = TABLES[category]
    for state in table.states.values():
        said = table.rows_from(state.name)["buyer_message"][0]
        assert ("buyer_wrote_again" in said.raises) is state.kind.is_settled
    assert "resolved" in {start.clock for start in table.rows_from("resolved")["buyer_message"][0].starts}


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_agent_may_say_that_such_a_message_needs_no_answer(category):
    table = TABLES[category]
    for state in table.states.values():
        rows = table.rows_from(state.name).get("no_answer_needed", ())
        assert [item.clears for item in rows] == [("buyer_wrote_again",)] * state.kind.is_settled


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_seller_owes_an_answer_in_every_unfinished_state(category):
    table = TABLES[category]
    unfinished = {name for name, state in table.states.items() if not state.kind.is_settled}
    for trigger in ("first_reply_breached", "reply_overdue", "reply_window_expired"):
        assert {item.from_state for item in timed(table) if item.trigger == trigger} == unfinished


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_answer_in_public_settles_the_debt_and_its_flag(category):
    for item in TABLES[category].transitions:
        is_answer = item.effect is Effect.PUBLIC_REPLY
        assert ({"reply", "window"} <= set(item.stops)) is (is_answer or item.trigger == "resolve"), item
        if is_answer:
            assert "reply_overdue" in item.clears
            assert any(INPUTS[use.name].is_public and use.is_required for use in item.inputs)


@pytest.mark.parametrize("category", CATEGORIES)
def test_only_a_buyer_s_message_starts_the_debt_anew_and_nothing_resets_a_running_one(category):
    for item in TABLES[category].transitions:
        assert all(start.is_only_if_stopped for start in item.starts if start.clock == "reply"), item


@pytest.mark.parametrize("category", CATEGORIES)
def test_no_field_of_the_chat_is_optional(category):
    """Whether something is said decides about the clocks, so it decides about the row."""
    for item in TABLES[category].transitions:
        assert all(use.is_required for use in item.inputs if INPUTS[use.name].is_chat), item


@pytest.mark.parametrize("category", CATEGORIES)
def test_what_is_written_in_the_chat_needs_an_open_chat(category):
    for item in TABLES[category].transitions:
        if any(use.name == "reply_text" and use.is_required for use in item.inputs):
            assert "reply_window_open" in item.facts


@pytest.mark.parametrize("category", CATEGORIES)
def test_whoever_enters_a_wait_for_the_buyer_starts_its_clock(category):
    for item in TABLES[category].transitions:
        if item.to_state in {"awaiting_buyer", "evidence_requested"} and item.effect is Effect.PUBLIC_REPLY:
            assert "asked" in {start.clock for start in item.starts}, item


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_wait_ends_by_a_timer_that_runs_however_the_ticket_came_there(category):
    """The marketplace's state is mirrored by no row of the table, so only the state's own clock is certain."""
    table = TABLES[category]
    for state in table.states.values():
        triggers = {item.trigger for item in timed(table) if item.from_state == state.name}
        clocks = {spec.clock for spec in table.timers if spec.trigger in triggers}
        assert ("state" in clocks) is (state.kind is not StateKind.FINAL), state.name


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_seller_can_finish_and_follow_up(category):
    table = TABLES[category]
    mine = {
        state: {
            trigger for trigger, rows in table.rows_from(state).items() if any(Role.SELLER_AGENT in r.by for r in rows)
        }
        for state in ("awaiting_seller", "awaiting_buyer")
    }
    assert mine["awaiting_seller"] <= mine["awaiting_buyer"]
    for state in mine:
        resolve = row(category, "resolve", state)
        assert (resolve.to_state, resolve.by) == ("resolved", {Role.SELLER_AGENT})
        assert [(use.name, use.is_required) for use in resolve.inputs] == [("resolution_reason", True)]


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_refund_after_a_decision_is_asked_for_every_day(category):
    before = row(category, "refund_overdue", "refund_pending", to_state="escalated")
    after = row(category, "refund_overdue", "refund_pending", to_state="refund_pending")
    assert (before.facts, after.facts) == (("not flag:platform_decided",), ("flag:platform_decided",))
    specs = [spec for spec in TABLES[category].timers if spec.trigger == "refund_overdue"]
    assert [(spec.clock, spec.budget, spec.is_since_entry) for spec in specs] == [
        ("refund_reminder", "refund_repeat", True),
        ("state", "refund", False),
    ]
    assert [start.clock for start in after.starts] == ["refund_reminder"]
    assert after.raises == ("refund_overdue",)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_decision_of_the_platform_is_mirrored_and_remembered(category):
    decisions = [
        item for item in TABLES[category].transitions if "decision_reason" in {use.name for use in item.inputs}
    ]
    assert decisions
    for item in decisions:
        assert item.by == {Role.PLATFORM_AGENT, Role.SYSTEM_SYNC}
        assert "platform_decided" in item.raises
        assert "decided" in {start.clock for start in item.starts}


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_final_state_offers_a_way_back(category):
    table = TABLES[category]
    for state in table.states.values():
        if state.kind.is_settled:
            (reopen,) = table.rows_from(state.name)["reopen"]
            assert Role.BUYER in reopen.by
            assert reopen.counts == "reopen_count"
            assert "platform_decided" in reopen.clears
            assert "not flag:platform_decided or evidence_since:decided" in reopen.facts


def test_the_common_head_and_end_of_the_tables_say_the_same():
    """Rows that all three have in common differ in nothing but what DECISIONS.md names."""
    own = {"post_message", "buyer_message", "register", "auto_resolve_no_reply", "resolve", "escalate"}
    own |= {"decide_for_buyer", "mediate_back", "refund_confirmed", "reopen"}
    first, second, third = (
        {
            (item.trigger, item.from_state): (item.to_state, item.by, item.facts, item.inputs, item.effect, item.starts)
            for item in TABLES[category].transitions
            if item.trigger not in own
        }
        for category in CATEGORIES
    )
    shared = first.keys() & second.keys() & third.keys()
    assert len(shared) > 60
    assert [key for key in shared if not first[key] == second[key] == third[key]] == []


def test_at_most_two_offers_a_ticket():
    for category in ("product_quality", "after_sales"):
        offers = [item for item in TABLES[category].transitions if item.trigger == "offer_compensation"]
        assert {(item.counts, "count_below:offers:2" in item.facts) for item in offers} == {("offers", True)}


def test_a_parcel_on_its_way_is_received_wherever_the_ticket_went_meanwhile():
    """Only where the item is at the seller already, or nothing was sent yet, there is nothing to receive."""
    table = TABLES["after_sales"]
    there = {state for state in table.states if "receive_return" in table.rows_from(state)}
    assert table.states.keys() - there == {"new", "received", "inspection", "repair_in_progress", "exchange_pending"}
    for item in table.transitions:
        if item.trigger == "receive_return":
            assert (item.raises, item.clears) == (("item_with_seller",), ("item_in_transit",))


def test_at_most_two_rounds_of_evidence():
    first = row("product_quality", "request_evidence", "awaiting_seller")
    more = row("product_quality", "request_more_evidence", "evidence_review")
    assert (first.counts, more.counts) == ("evidence_rounds", "evidence_rounds")
    assert "count_below:evidence_rounds:2" in more.facts


def test_on_clarification_the_decision_clock_runs_and_every_decision_is_possible():
    table = TABLES["after_sales"]
    decisions = {"approve_request", "reject_request", "offer_compensation", "refund_without_return"}
    assert decisions <= table.rows_from("on_clarification").keys()
    starts = {item.trigger for item in table.transitions if "decision" in {start.clock for start in item.starts}}
    assert starts == {"submit_return_request", "mediate_back", "decline_compensation", "offer_expired"}
    assert "decision" not in row("after_sales", "ask_clarification", "return_requested").stops


@pytest.mark.parametrize(
    "trigger", ["mediate_back", "dispute_for_buyer_return", "approve_request", "auto_approve_request"]
)
def test_where_the_item_is_decides_where_the_ticket_goes(trigger):
    state = "under_investigation" if trigger in {"mediate_back", "dispute_for_buyer_return"} else "return_requested"
    with_seller = {"mediate_back": "inspection", "dispute_for_buyer_return": "refund_pending"}.get(trigger, "received")
    with_buyer = "return_requested" if trigger == "mediate_back" else "approved"
    ends = {item.facts[0]: item.to_state for item in TABLES["after_sales"].rows_from(state)[trigger]}
    assert ends == {
        "item_with:buyer": with_buyer,
        "item_with:carrier": "return_in_transit",
        "item_with:seller": with_seller,
    }


def test_no_missing_evidence_or_window_stands_in_the_way_of_a_buyers_claim():
    """Photos and windows are facts only where the seller refuses, or where evidence itself is the occasion."""
    for category in ("product_quality", "after_sales"):
        for item in TABLES[category].transitions:
            names = {atom.name for expression in item.facts for atom in parse(expression)}
            if Role.BUYER in item.by and item.trigger not in {"attach_evidence", "clarify", "reopen"}:
                gates = {expression for expression in item.facts if "evidence" in expression or "within" in expression}
                assert all("not posting_known" in expression for expression in gates), item
            if names & {"evidence", "within_return_window"} and Role.SELLER_AGENT in item.by:
                assert item.trigger in {
                    "attach_evidence",
                    "defect_not_confirmed",
                    "refuse_after_check",
                    "choose_exchange",
                    "repair_done",
                    "exchange_done",
                }, item


def test_a_promised_date_stays_promised_while_people_talk():
    rows = TABLES["logistics_delay"].transitions
    assert {item.from_state for item in rows if item.trigger == "promise_missed"} == {"eta_promised"}
    assert {item.from_state for item in rows if item.trigger == "promise_passed"} == {
        "awaiting_seller",
        "awaiting_buyer",
    }


def test_every_policy_has_a_row_for_any_context_from_the_beginning():
    """An imported ticket may be old and its order unknown: no clock may be without a duration."""
    policies = built_in()[1]
    keys = {row.key for row in policies}
    assert {row.key for row in policies if not row.when and row.valid_from.year == 2000} == keys


def test_no_policy_is_without_use_and_every_one_names_its_source():
    policies = built_in()[1]
    used = {spec.budget for table in TABLES.values() for spec in table.timers if spec.budget}
    expressions = [
        text for table in TABLES.values() for item in table.transitions for text in (*item.facts, *item.advice)
    ]
    used |= {argument for text in expressions for atom in parse(text) for argument in atom.args}
    used |= {"chat_window", "return_window", "warranty"}
    assert {row.key for row in policies} - used == set()
    assert all(row.source for row in policies)
