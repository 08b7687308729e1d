"""Guard expressions are read as they are written, and what can never hold together is seen from their form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.guards import CHOICES, GUARDS, are_exclusive, parse


@pytest.mark.parametrize(
    ("first", "second", "is_exclusive"),
    [
        ("replied", "not replied", True),
        ("replied", "replied", False),
        ("not replied", "not replied", False),
        ("item_with:seller", "item_with:buyer", True),
        ("item_with:seller", "not item_with:buyer", False),
        ("flag:one", "flag:two", False),
        ("flag:one or flag:two", "not flag:one", False),
        ("scheme:FBO or scheme:FBS", "scheme:rFBS", True),
        ("waited:state:refund", "open_for:state:refund", True),
        ("not waited:state:refund", "not open_for:state:refund", False),
        ("waited:state:refund", "open_for:state:dispute", False),
        ("count_below:offers:2", "count_at_least:offers:2", True),
        ("count_below:offers:2", "count_at_least:offers:3", True),
        ("count_below:offers:3", "count_at_least:offers:2", False),
        ("count_below:offers:2", "count_at_least:questions:2", False),
        ("count_below:offers:2", "count_below:offers:3", False),
        ("count_below:offers:2", "not count_below:offers:3", True),
        ("not count_at_least:offers:2", "count_at_least:offers:3", True),
        ("not count_at_least:offers:3", "not count_below:offers:2", False),
    ],
)
def test_what_can_never_hold_together(first, second, is_exclusive):
    assert are_exclusive(first, second) is is_exclusive
    assert are_exclusive(second, first) is is_exclusive


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "unknown guard ''"),
        ("moon_full", "unknown guard 'moon_full'"),
        ("replied:now", "guard 'replied:now' must read replied"),
        ("waited:state", "guard 'waited:state' must read waited:<clock>:<policy>"),
        ("item_with:dog", "guard 'item_with:dog': 'dog' is no holder, use one of buyer, carrier, seller"),
        ("count_below:offers:-1", "guard 'count_below:offers:-1': '-1' is no whole number"),
        ("replied or", "unknown guard 'replied or'"),
    ],
)
def test_an_expression_that_cannot_be_read_is_refused(text, fault):
    with pytest.raises(ValueError, match=f"^{re.escape(fault)}$"):
        parse(text)


NAMES = st.sampled_from(["state", "first_reply", "asked", "x2"])


@st.composite
def atoms(draw: st.DrawFn) -> tuple[str, tuple[str, ...], bool]:
    name = draw(st.sampled_from(sorted(GUARDS)))
    args = tuple(
        draw(st.sampled_from(sorted(CHOICES[kind])) if kind in CHOICES else st.just("3") if kind == "number" else NAMES)
        for kind in GUARDS[name].takes
    )
    return name, args, draw(st.booleans())


@given(st.lists(atoms(), min_size=1, max_size=4))
def test_an_expression_reads_back_as_it_was_written(parts):
    text = " or ".join(("not " if negated else "") + ":".join((name, *args)) for name, args, negated in parts)
    assert [(atom.name, atom.args, atom.is_negated) for atom in parse(text)] == parts


@given(st.text(max_size=40))
def test_any_other_text_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"^(unknown )?guard "):
        parse(f"?{text}")
