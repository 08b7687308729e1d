"""Policies as JSON: there and back, and a sentence for each fault."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.calendar_builders import hours
from tests.workflow.service_builders import policy, target
from workflow.service.documents import policies_document, policies_text, read_policies
from workflow.service.errors import PolicyInvalidError, PolicyPastError
from workflow.service.policies import (
    CONDITIONS,
    MARKETPLACE,
    Reopening,
    ServicePolicy,
    Target,
    TargetKind,
    Threshold,
    WarningEffect,
)
from workflow.vocabulary import Ball, Priority

KINDS = "first_reply, next_reply, time_in_state, requester_wait, full_resolution"
TARGET_KEYS = "kind, budget, clock, states, pause_states, pause_while, on_reopen, warnings"
texts = st.text(min_size=1, max_size=8)
arguments = st.text("abc äж-_", min_size=1, max_size=8).filter(lambda text: text == text.strip())

PRIORITIES = st.lists(st.sampled_from([priority.value for priority in Priority]), min_size=1).map(tuple)


@st.composite
def thresholds(draw) -> tuple[Threshold, ...]:
    shares = sorted(draw(st.sets(st.integers(1, 1_000), max_size=3)))
    effects = [draw(st.sampled_from(list(WarningEffect))) for _ in shares]
    argument_of = {WarningEffect.NOTIFY: st.just(""), WarningEffect.RAISE_PRIORITY: st.sampled_from(list(Priority))}
    return tuple(
        Threshold(percent=share, effect=effect, argument=str(draw(argument_of.get(effect, arguments))))
        for share, effect in zip(shares, effects, strict=True)
    )


@st.composite
def targets_of(draw) -> tuple[Target, ...]:
    return tuple(
        Target(
            kind=kind,
            budget=timedelta(microseconds=draw(st.integers(1, 3_650 * 86_400 * 10**6))),
            calendar_id=draw(st.sampled_from([MARKETPLACE, "office"])),
            states=tuple(draw(st.sets(texts, min_size=1, max_size=3))) if kind is TargetKind.TIME_IN_STATE else (),
            pause_states=frozenset(draw(st.sets(texts, max_size=2))),
            pause_balls=frozenset(draw(st.sets(st.sampled_from(list(Ball))))),
            on_reopen=draw(st.sampled_from(list(Reopening))),
            warnings=draw(thresholds()),
        )
        for kind in draw(st.sets(st.sampled_from(list(TargetKind)), min_size=1))
    )


@st.composite
def some_policies(draw) -> tuple[ServicePolicy, ...]:
    values = st.lists(texts, min_size=1, max_size=2).map(tuple)
    return tuple(
        ServicePolicy(
            id=policy_id,
            name=draw(texts),
            targets=draw(targets_of()),
            when={
                name: draw(PRIORITIES if name == "priority" else values) for name in CONDITIONS if draw(st.booleans())
            },
        )
        for policy_id in sorted(draw(st.sets(arguments, max_size=3)))
    )


def faults(document: object) -> tuple[str, ...]:
    with pytest.raises(PolicyInvalidError) as caught:
        read_policies(document if isinstance(document, str) else json.dumps(document), calendars=("office", "night"))
    assert str(caught.value) == f"The policies cannot be used. {' '.join(caught.value.faults)}"
    return caught.value.faults


def target_faults(**changes) -> tuple[str, ...]:
    """The faults of one target in a policy, without saying where each time."""
    given = {"kind": "first_reply", "budget": {"hours": 24}} | changes
    where = "Policy p, target 1"
    return tuple(fault.removeprefix(where) for fault in faults({"policies": [{"id": "p", "targets": [given]}]}))


def warning_faults(**changes) -> tuple[str, ...]:
    given = {"percent": 80, "effect": "notify"} | changes
    return tuple(fault.removeprefix(", warning 1") for fault in target_faults(warnings=[given]))


@given(some_policies())
@settings(deadline=None)
def test_a_document_gives_the_same_policies_back(made):
    assert read_policies(policies_text(made), calendars=("office",)) == made


def test_the_document_says_everything_in_words():
    made = policy(
        target(
            TargetKind.TIME_IN_STATE,
            hours(1.5),
            states=("new",),
            pause_states=frozenset({"carrier", "asked"}),
            pause_balls=frozenset({Ball.CARRIER, Ball.BUYER}),
            on_reopen=Reopening.CONTINUE,
            warnings=(Threshold(percent=80, effect=WarningEffect.NOTE, argument="Look"),),
        ),
        target(budget=hours(24), calendar_id=MARKETPLACE),
        target(TargetKind.NEXT_REPLY, timedelta(seconds=0.5)),
        priority=("high", "urgent"),
    )
    assert policies_document([made]) == {
        "policies": [
            {
                "id": "everyone",
                "name": "everyone",
                "when": {"priority": ["high", "urgent"]},
                "targets": [
                    {
                        "kind": "time_in_state",
                        "budget": {"minutes": 90},
                        "clock": "office",
                        "states": ["new"],
                        "pause_states": ["asked", "carrier"],
                        "pause_while": ["buyer", "carrier"],
                        "warnings": [{"percent": 80, "effect": "note", "argument": "Look"}],
                        "on_reopen": "continue",
                    },
                    {"kind": "first_reply", "budget": {"hours": 24}, "clock": "marketplace"},
                    {"kind": "next_reply", "budget": {"seconds": 0.5}, "clock": "office"},
                ],
            }
        ]
    }


def test_what_is_not_said_is_the_marketplaces_clock_and_no_condition():
    document = {"policies": [{"id": " p ", "targets": [{"kind": "first_reply", "budget": {"days": 1, "hours": 2}}]}]}
    assert read_policies(json.dumps(document)) == (
        ServicePolicy(id="p", name="p", targets=(target(budget=hours(26), calendar_id=MARKETPLACE),), when={}),
    )
    assert read_policies("{}") == ()


def test_warnings_are_read_in_the_order_in_which_they_come():
    warnings = [{"percent": share, "effect": "notify"} for share in (100, 50)]
    row = {"kind": "first_reply", "budget": {"hours": 24}, "warnings": warnings}
    (made,) = read_policies(json.dumps({"policies": [{"id": "p", "targets": [row]}]}))
    assert [warning.percent for warning in made.targets[0].warnings] == [50, 100]


def test_a_text_that_is_no_document_is_refused():
    assert faults("{")[0].startswith("It is no JSON (")
    assert faults([]) == ("The document is no JSON object: write names and values in braces.",)
    assert faults({"policies": {}, "rules": []}) == (
        "The document has the unknown key 'rules': use policies.",
        "policies is no list: write its values in brackets.",
    )


def test_every_fault_of_a_policy_has_its_sentence():
    promise = {"kind": "first_reply", "budget": {"hours": 24}}
    stay = {"kind": "time_in_state", "budget": {"hours": 24}, "states": ["new", "asked"]}
    assert faults(
        {
            "policies": [
                {"id": "", "targets": [promise]},
                {"id": "p", "targets": [promise, promise, stay, stay | {"states": ["asked"]}]},
                {"id": "p", "name": 7, "targets": []},
                {"id": "q", "when": {"colour": ["red"], "priority": "urgent", "seller": [1]}, "targets": [promise]},
                {"id": "s", "when": {"priority": ["urgnet"]}, "targets": [promise]},
                "r",
            ]
        }
    ) == (
        "policy 1 has no id: give it one, such as returns-urgent.",
        "Policy p promises first_reply 2 times: keep one.",
        "Policy p promises time_in_state in asked 2 times: keep one.",
        "Policy p promises nothing: give it a target.",
        "Policy p, name is no text: write it in quotes.",
        f"Policy q, when has the unknown key 'colour': use {', '.join(CONDITIONS)}.",
        "Policy q, when priority is no list: write its values in brackets.",
        "Policy q, when seller is no text: write it in quotes.",
        "Policy s, when priority: 'urgnet' is none of low, normal, high, urgent: use one of them.",
        "policy 6 is no JSON object: write names and values in braces.",
        "policy 6 has no id: give it one, such as returns-urgent.",
        "policy 6 promises nothing: give it a target.",
        "Policy '' stands 2 times: give each an id of its own.",
        "Policy 'p' stands 2 times: give each an id of its own.",
    )


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"kind": "reply"}, (f", kind: 'reply' is none of {KINDS}: use one of them.",)),
        ({"kind": ["first_reply"]}, (f", kind: ['first_reply'] is none of {KINDS}: use one of them.",)),
        (
            {"states": ["new"]},
            (": states go with time_in_state, and with it only: name them there, drop them elsewhere.",),
        ),
        (
            {"kind": "time_in_state"},
            (": states go with time_in_state, and with it only: name them there, drop them elsewhere.",),
        ),
        ({"clock": "moon"}, (", clock: there is no calendar 'moon': use one of marketplace, night, office.",)),
        ({"clock": ""}, (", clock: there is no calendar '': use one of marketplace, night, office.",)),
        (
            {"pause_while": ["me"]},
            (", pause_while: 'me' is none of buyer, seller, platform, carrier, nobody: use one of them.",),
        ),
        ({"pause_states": "asked"}, (", pause_states is no list: write its values in brackets.",)),
        ({"on_reopen": "stop"}, (", on_reopen: 'stop' is none of new, continue: use one of them.",)),
        ({"due": 1}, (f" has the unknown key 'due': use {TARGET_KEYS}.",)),
    ],
)
def test_every_fault_of_a_target_has_its_sentence(changes, sentences):
    assert target_faults(**changes) == sentences


@pytest.mark.parametrize(
    "budget",
    [
        {},
        {"hours": 0},
        {"hours": -1},
        {"days": 3_651},
        {"days": 10**400},
        {"hours": 1e-12},
        {"days": 10**400, "hours": 0.5},
    ]
    + [{"hours": float(word)} for word in ("inf", "-inf", "nan")],
)
def test_a_budget_is_more_than_nothing_and_at_most_ten_years(budget):
    assert target_faults(budget=budget) == (
        ', budget: give more than nothing and at most ten years, such as {"hours": 24}.',
    )


def test_a_budget_is_numbers_of_known_units():
    number = ', budget is no number: write it such as {"hours": 24}.'
    assert target_faults(budget={"hours": "24"}) == target_faults(budget={"hours": True}) == (number,)
    unknown = ", budget has the unknown key 'weeks': use days, hours, minutes, seconds."
    assert target_faults(budget={"weeks": 1, "hours": 1}) == (unknown,)


@pytest.mark.parametrize("percent", [0, -5, 1_001, 12.5, True, "80"])
def test_a_share_is_whole_per_cent(percent):
    assert warning_faults(percent=percent) == (
        f": {percent!r} is no share of the budget: write whole per cent such as 80.",
    )


@pytest.mark.parametrize("changes", [{"effect": "note"}, {"effect": "note", "argument": " "}, {"argument": "anna"}])
def test_every_effect_but_notify_has_its_argument(changes):
    assert warning_faults(**changes) == (
        ": every effect but notify needs its argument (a priority, an agent, a trigger or a text).",
    )


def test_every_fault_of_a_warning_has_its_sentence():
    effects = "notify, raise_priority, reassign, trigger, note"
    assert warning_faults(effect="shout") == (f", effect: 'shout' is none of {effects}: use one of them.",)
    assert warning_faults(effect="raise_priority", argument="top") == (
        ", argument: 'top' is none of low, normal, high, urgent: use one of them.",
    )
    assert warning_faults(at=80) == (" has the unknown key 'at': use percent, effect, argument.",)
    twice = [{"percent": 80, "effect": "notify"}, {"percent": 80, "effect": "note", "argument": "Look"}]
    assert target_faults(warnings=twice) == (" warns 2 times at 80 %: give each warning a share of its own.",)


def test_a_version_from_the_past_says_since_when_it_may_hold():
    error = PolicyPastError(valid_from=datetime(2026, 1, 1, 9), now=datetime(2026, 1, 2, 9))
    assert str(error) == (
        "Policies cannot change from 2026-01-01 09:00:00 UTC on, which has passed: let the change hold from "
        "2026-01-02 09:00:00 UTC or later."
    )


def test_only_the_two_replies_are_met_by_a_reply():
    assert [kind for kind in TargetKind if kind.is_reply] == [TargetKind.FIRST_REPLY, TargetKind.NEXT_REPLY]
