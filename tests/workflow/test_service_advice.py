"""Policies that can be used and are hardly what was meant."""

from datetime import timedelta

from workflow.service.advice import shadows, strangers, takes_every_ticket
from workflow.service.policies import ServicePolicy, Target, TargetKind, Threshold, WarningEffect

REPLY = Target(kind=TargetKind.FIRST_REPLY, budget=timedelta(hours=24))


def policy(name, **when):
    return ServicePolicy(id=name, name=name, targets=(REPLY,), when=when)


def shadowed(*policies):
    return [(shadow.policy.id, shadow.by.id) for shadow in shadows(policies)]


def test_a_policy_behind_one_for_every_ticket_never_applies():
    assert shadowed(policy("all"), policy("urgent", priority=("urgent",))) == [("urgent", "all")]


def test_a_narrower_policy_behind_a_wider_one_never_applies():
    wide = policy("wide", priority=("urgent", "high"))
    narrow = policy("narrow", priority=("urgent",), channel=("email",))
    assert shadowed(wide, narrow) == [("narrow", "wide")]


def test_a_wider_policy_behind_a_narrower_one_applies():
    assert shadowed(policy("narrow", priority=("urgent",)), policy("wide", priority=("urgent", "high"))) == []


def test_policies_that_ask_for_other_things_leave_each_other_alone():
    assert shadowed(policy("urgent", priority=("urgent",)), policy("mail", channel=("email",)), policy("all")) == []


def test_only_a_policy_without_conditions_takes_every_ticket():
    urgent = policy("urgent", priority=("urgent",))
    assert not takes_every_ticket(())
    assert not takes_every_ticket((urgent,))
    assert takes_every_ticket((urgent, policy("all")))


def test_what_the_desk_does_not_know_is_named_once_with_its_policy():
    wait = Target(
        kind=TargetKind.TIME_IN_STATE,
        budget=timedelta(hours=1),
        states=("new", "nwe"),
        pause_states=frozenset({"asked", "nwe", "aksed"}),
        warnings=(
            Threshold(percent=50, effect=WarningEffect.REASSIGN, argument="anna"),
            Threshold(percent=80, effect=WarningEffect.REASSIGN, argument="hanna"),
            Threshold(percent=90, effect=WarningEffect.TRIGGER, argument="shut"),
            Threshold(percent=100, effect=WarningEffect.NOTE, argument="late"),
        ),
    )
    odd = ServicePolicy(id="odd", name="Odd", targets=(wait,), when={"category": ("delay", "dealy"), "seller": ("x",)})
    known = {"category": {"delay"}, "state": {"new", "asked"}, "agent": {"anna"}, "trigger": {"close"}}
    assert [(one.policy.id, one.what, one.name) for one in strangers((odd, policy("all")), known)] == [
        ("odd", "category", "dealy"),
        ("odd", "state", "nwe"),
        ("odd", "state", "aksed"),
        ("odd", "agent", "hanna"),
        ("odd", "trigger", "shut"),
    ]
