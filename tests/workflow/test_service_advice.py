"""Policies that can be used and are hardly what was meant."""

from datetime import timedelta

from workflow.service.advice import shadows, takes_every_ticket
from workflow.service.policies import ServicePolicy, Target, TargetKind

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
