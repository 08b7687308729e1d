# ruff: noqa: RUF001 - Russian words are looked for.
"""What a word is: the same for a text and for a search, in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.words import LONGEST, Sought, sought, words_of


def finds(search: str, text: str) -> bool:
    """As the desk looks: every word is there, and one that begins with the last."""
    wanted, there = sought(search), words_of(text)
    assert wanted is not None
    return there.issuperset(wanted.words) and any(word.startswith(wanted.beginning) for word in there)


@pytest.mark.parametrize(
    ("search", "text"),
    [
        ("HEADPHONES", "Wireless headphones N7"),
        ("headphone broken", "My headphones came broken"),
        ("charging", "It charges no more"),
        ("deliver", "No delivery yet"),
        ("missing", "I miss a part"),
        ("посылка", "Где моя посылка?"),
        ("посылки", "Жду посылку"),
        ("наушниками", "Наушники сломаны"),
        ("вернулась", "посылка вернулась"),
        ("возврат", "О возврате денег"),
        ("елка", "Ёлка пришла без веток"),
        ("ёлка", "елки"),
        ("возвр", "возврата"),
        ("退货", "我要退货"),
        ("退", "我要退货"),
        ("货", "我要退货"),
        ("我要退货", "你好，我要退货，谢谢"),
        ("手机 broken", "iPhone手机 broken"),
        ("usb c", "USB-C cable"),
        ("USB-C", "cable with usb-c"),
        ("40001-0001-1", "Order 40001-0001-1 is late"),
        ("40001-00", "Order 40001-0001-1 is late"),
        ("0001", "Order 40001-0001-1 is late"),
        ("428-0078", "00000428-0078-1"),
        ("428-0078", "заказ 00000428-0078"),
        ("0428-00", "00000428-0078-1"),
        ("RR123456789CN", "rr123456789cn"),
        ("１２３", "No. 123"),
        ("40001", "заказ №40001"),
        ("№40001", "заказ № 40001"),
        ("№ 40001", "заказ №40001"),
        ("No. 359", "359"),
        ("no 359", "359"),
        ("Ticket #359", "359"),
        ("тикет 359", "359"),
        ("номер: 359", "359"),
        ("工单359", "359"),
        ("工单号 359", "359"),
        ("DEMO 00000332", "DEMO00000332"),
        ("00000332", "DEMO00000332"),
        ("DEMO00000332", "demo00000332"),
        ("123456789", "RR123456789CN"),
        ("café", "CAFE\u0301"),
    ],
)
def test_what_is_asked_for_is_found(search, text):
    assert finds(search, text)


@pytest.mark.parametrize(
    ("search", "text"),
    [
        ("headphones kettle", "Wireless headphones"),
        ("phones", "Wireless headphones"),
        ("货退", "我要退货"),
        ("40001-0002", "Order 40001-0001-1"),
        ("28-0078", "00000428-0078-1"),
        ("428-0079", "00000428-0078-1"),
        ("912-345", "9912-345-67"),
        ("возврат денег", "О возврате"),
        ("no359", "359"),
        ("N 7", "N7"),
        ("no lamp", "lamp"),
    ],
)
def test_what_is_not_there_is_not_found(search, text):
    assert not finds(search, text)


def test_the_words_of_a_text_worked_by_hand():
    assert words_of("Lamps, LAMP: 7-0001 退货") == {"lamp", "7-0001", "7", "0001", "退货", "货"}
    assert words_of("...") == frozenset()
    assert words_of("RR1234CN N7 №5") == {"rr1234cn", "rr", "1234", "cn", "n7", "5"}


def test_a_search_without_a_word_asks_for_nothing():
    assert sought("  ... ") is None


def test_a_word_asked_for_twice_is_one_and_the_last_six_count():
    assert sought("lamp lamps") == Sought(words=(), beginning="lamp")
    assert sought("a b c d e f g") == Sought(words=("b", "c", "d", "e", "f"), beginning="g", left_out=("a",))


def test_the_words_of_a_long_search_that_are_left_out_are_those_typed():
    wanted = sought("Посылки 77-0001 lamps a b c d lamp e f")
    assert wanted == Sought(words=("b", "c", "d", "lamp", "e"), beginning="f", left_out=("посылки", "77-0001", "a"))
    han = sought("我想退货因为它坏了")
    assert han == Sought(words=("退货", "货因", "因为", "为它", "它坏"), beginning="坏了", left_out=("我想", "想退"))
    assert sought("a b c d e f") == Sought(words=("a", "b", "c", "d", "e"), beginning="f")


def test_a_word_that_is_too_long_is_cut_alike():
    assert finds("x1" * 50, "x1" * 50)
    assert {len(word) for word in words_of("x1" * 50)} == {LONGEST}


@given(st.text(max_size=60), st.text(max_size=30))
def test_every_text_is_found_by_its_own_words(text, more):
    assert sought(text) is None or finds(text, f"{more} {text}")
