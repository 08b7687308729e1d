"""A reason is a code with values; its sentence is whole."""

import re
from datetime import timedelta

import pytest

from workflow.predicates import GUARDS
from workflow.reasons import NONE_OF, Reason, sentence, span, words


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (timedelta(minutes=90), "90 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=48), "48 h"),
        (timedelta(hours=71), "71 h"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=3, hours=1), "73 h"),
    ],
)
def test_durations_are_said_as_people_say_them(duration, said):
    assert span(duration) == said


def test_names_of_the_table_become_words():
    assert words("first_reply_breached") == "first reply breached"


@pytest.mark.parametrize("code", ["unknown_action", "fires_by_itself", "already_so"])
def test_the_machine_s_own_answers_are_sentences(code):
    assert re.fullmatch(r"[a-z][^{}_]+\.", sentence(Reason(code)))


def test_the_machine_s_answers_name_state_and_people():
    said = sentence(Reason("not_from_state", {"state": "Resolved"}))
    assert said == "that is not possible while the ticket is in “Resolved”."
    assert sentence(Reason("not_by_role", {"roles": "buyer", "role": "seller agent"})) == (
        "only buyer may do this, and this would be an act of seller agent."
    )
    assert sentence(Reason("unknown_state", {"state": "gone"})) == (
        "its category knows no state “gone”: add it to the table first."
    )


@pytest.mark.parametrize("code", [*GUARDS, *(f"not_{name}" for name in GUARDS)])
def test_of_a_choice_each_part_says_what_must_hold_and_not_what_to_do(code):
    taken = ("channel", "scheme", "status", "holder", "kind", "clock", "flag", "count", "number", "span")
    params = {name: name.upper() for name in taken}
    reason = Reason(NONE_OF, {"reasons": (Reason(code, params), Reason("posting_known"))})
    said = re.fullmatch(r"one of these must hold first: (.+); or the posting is known\.", sentence(reason))
    assert said
    assert not re.search(r"[:.{}]| already | still ", said[1])
    assert f"{said[1]}." != sentence(Reason(code, params))
