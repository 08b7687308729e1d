"""No number in an address is too long to be read: it is dropped, or said to name nothing."""

import pytest

from pages.shared.numbers import LONGEST, number_of, shown

NINES = "9" * 5000
ADDRESSES = (
    ("queue", {"ticket": NINES}),
    ("queue", {"tickets": NINES}),
    ("queue", {"tickets": f"2,{NINES}", "ticket": "2"}),
    ("queue", {"ticket": "2", "ledger": f"first_reply-{NINES}"}),
    ("deadlines", {"ticket": NINES, "ledger": "first_reply-1"}),
    ("deadlines", {"slot": NINES}),
    ("response-times", {"behind": f"cell:{NINES}:{NINES}"}),
    ("response-times", {"behind": f"open:{NINES}:{NINES}"}),
    ("response-times", {"as_of": NINES, "period": NINES}),
    ("issue-categories", {"behind": NINES, "category": NINES}),
    ("weekly-report", {"week": NINES}),
)


@pytest.mark.parametrize(("url_path", "query"), ADDRESSES)
def test_an_address_with_a_number_of_thousands_of_digits_is_no_error(desk, visit, url_path, query):
    found = visit(url_path, **query)
    assert not found.exception
    assert [title.value for title in found.title if "wrong" in title.value] == []
    assert len(found.title) == 1


def test_the_queue_says_that_there_is_no_such_ticket_and_quotes_no_more_than_a_line(desk, visit):
    page = visit("queue", ticket=NINES)
    everything = [str(element.value) for kind in (page.markdown, page.caption, page.text) for element in kind]
    (said,) = [text for text in everything if "There is no ticket" in text]
    assert said.count("9") == LONGEST


def test_of_a_list_that_was_handed_over_what_is_no_number_is_dropped(desk, visit):
    page = visit("queue", tickets=f"2,{NINES},x,-3,3")
    assert sorted(page.dataframe[0].value["number"].tolist()) == [2, 3]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("", None),
        ("-7", None),
        ("7.0", None),
        ("1_000", None),
        ("seven", None),
        ("²", None),
    ],
)
def test_a_number_is_digits_alone_and_no_more_than_the_desk_can_keep(text, number):
    assert number_of(text) == number


def test_what_is_quoted_is_cut():
    assert (shown("12a"), shown("9" * 18), shown("9" * 19)) == ("12a", "9" * 18, "9" * 18 + "…")
