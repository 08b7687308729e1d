"""How durations, instants, amounts and the closed words are written."""

import re
from datetime import datetime
from decimal import Decimal

import pytest

from pages.shared import formats, words
from pages.shared.texts import counted, label
from workflow import vocabulary
from workflow.loading import BUILT_IN, load_directory
from workflow.records import Money
from workflow.vocabulary import Language, Role

AT = datetime(2026, 11, 20, 11, 2)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (None, "—"),
        (float("nan"), "—"),
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (11_520, "3 h 12 min"),
        (7_200, "2 h"),
        (187_200, "2 d 4 h"),
        (187_260, "2 d 4 h"),
        (10 * 86_400 + 3_600, "10 d"),
        (3 * 365 * 86_400, "3.0 years"),
    ],
)
def test_a_duration_has_two_units_at_most(seconds, expected):
    assert formats.duration(seconds) == expected


def test_instants_are_shown_on_the_clock_of_the_desk():
    assert formats.instant(AT, "Europe/Moscow") == "20 Nov 2026, 14:02"
    assert formats.short_instant(AT, "Asia/Shanghai") == "20 Nov 19:02"
    assert formats.day(AT, "UTC") == "Fri 20 Nov"


def test_an_amount_has_its_currency():
    assert formats.money(Money(amount=Decimal("4990.5"), currency="RUB")) == "4,990.50\u00a0RUB"
    assert formats.money(None) == "—"


def test_a_share_shows_its_base():
    assert formats.share(231, 250) == "92.4 % (231 of 250)"
    assert formats.share(0, 0) == "—"


def test_what_a_person_typed_says_nothing_to_markdown():
    assert formats.plain("**a** [b](c) <img> :red[d] $e$") == (r"\*\*a\*\* \[b\]\(c\) \<img\> \:red\[d\] \$e\$")


@pytest.mark.parametrize("address", ["https://a.example", "HTTP://a", "www.a.example", "anna@a.example", "b-c+d@a"])
def test_an_address_is_parted_by_a_sign_that_nobody_sees_so_that_markdown_makes_no_link_of_it(address):
    shown = formats.plain(f"See {address}")
    assert shown.count("\u2060") == 1
    assert not re.search(r"https?\\?://|www\\?\.|\w@\w", shown, re.IGNORECASE)
    assert shown.replace("\u2060", "").replace("\\", "") == f"See {address}"


def test_a_mention_or_a_bare_word_is_left_as_it_is():
    for text in ("@anna looks", "www", "https", "2 @ 3", "a http: b"):
        assert "\u2060" not in formats.plain(text)


def test_brackets_in_a_badge_are_left_to_streamlit_which_escapes_them():
    assert formats.in_badge("[x](y) *z*") == r"[x]\(y\) \*z\*"
    assert formats.in_badge("\\[x") == r"\\[x"


def test_every_closed_word_has_a_name_on_the_screen():
    for names, members in (
        (words.CHANNELS, vocabulary.Channel),
        (words.ROLES, vocabulary.Role),
        (words.PRIORITIES, vocabulary.Priority),
        (words.BALLS, vocabulary.Ball),
        (words.KINDS, vocabulary.StateKind),
        (words.EVIDENCE, vocabulary.EvidenceKind),
        (words.EVENTS, vocabulary.EventKind),
        (words.LANGUAGES, vocabulary.Language),
    ):
        assert set(names) == set(members)


def test_every_clock_of_the_built_in_lifecycles_says_what_happens_when_it_runs_out():
    lifecycles, _policies = load_directory(BUILT_IN)
    fired = {row.trigger for item in lifecycles for row in item.transitions if Role.SYSTEM_TIMER in row.by}
    assert fired - set(words.CONSEQUENCES) == set()


def test_a_clock_that_nobody_named_says_its_own_name():
    assert words.consequence("own_rule") == "own rule"


def test_a_name_that_is_missing_in_one_language_is_english():
    assert label({Language.EN: "New"}, "new") == "New"
    assert label({}, "awaiting_seller") == "Awaiting seller"


def test_plurals():
    assert counted("{count} ticket", "{count} tickets", 1) == "1 ticket"
    assert counted("{count} ticket", "{count} tickets", 1200) == "1,200 tickets"
