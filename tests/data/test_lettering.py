# ruff: noqa: RUF001 - Russian and Chinese are what is drawn.
"""Printed pages draw what people wrote with the desk's own fonts, and name what these do not have."""

import re
import zlib
from datetime import datetime

import pytest

from data.case_archive.archive import case_pdf
from data.lettering import han_subset
from data.lettering.fonts import FILE, drawn, signs_of

MADE = datetime.fromisoformat("2026-03-02T09:00:00")
DRAWN = (
    "Где посылка? Ёлка, ёжик № 5 — «да» 199,90 ₽",
    "我的包裹在哪里？订单号：24219509-0020-1，尺码不对。",
    "我的包裹壞了，請退款。",
    "Size 42 (EU), é ü ß, it’s “late” … 1/2 × 3",
    "カタログ",
    "😀",
)


def page(text):
    """A case in which `text` stands wherever people's words do."""
    line = {"at": None, "ticket_number": 1, "who": "Buyer", "channel": "chat_app", "text": text}
    ticket = {"number": 1, "category_name": "x", "state_name": "x", "opened_at": None, "channel": "chat_app"}
    order = {"number": "1", "product_name": text}
    document = {"made_at": None, "is_synthetic": False, "ticket": ticket, "order": order, "posting": None}
    return case_pdf(document | {"log": [line], "claims": [], "evidence": []}, "Europe/Moscow", MADE)


def fonts_of(pdf):
    return {name.decode().split("+")[-1] for name in re.findall(rb"/BaseFont\s*/([^\s/>]+)", pdf)}


def written(pdf):
    """Every glyph that the pages draw, as two bytes of each string of their content."""
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            content = zlib.decompress(found[1])
        except zlib.error:
            continue
        for block in re.findall(rb"BT(.*?)ET", content, re.DOTALL):
            for text in re.findall(rb"\(((?:[^()\\]|\\.)*)\)", block, re.DOTALL):
                glyphs = unescaped(text)
                yield from (glyphs[place : place + 2] for place in range(0, len(glyphs), 2))


def unescaped(text):
    short = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def sign(found):
        return bytes([int(found[1], 8)]) if found[1][:1].isdigit() else short.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", sign, text, flags=re.DOTALL)


@pytest.mark.parametrize("text", DRAWN)
def test_what_buyers_write_is_drawn_by_the_fonts_of_the_desk_alone(text):
    assert drawn(text) == text
    pdf = page(text)
    assert fonts_of(pdf) <= {
        "DejaVuSans",
        "DejaVuSans-Bold",
        "MarketdeskHan-Regular",
        "MarketdeskHan-Regular-Identity-H",
    }
    glyphs = list(written(pdf))
    assert len(glyphs) > len(text)
    assert b"\0\0" not in glyphs


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Broken 📦!", "Broken [U+1F4E6 PACKAGE]!"),
        ("한", "[U+D55C HANGUL SYLLABLE HAN]"),
        ("龘", "[U+9F98 CJK UNIFIED IDEOGRAPH-9F98]"),
        ("a\x07b", "a[U+0007]b"),
        ("\ud800", "[U+D800]"),
        ("one\u2028two", "one\ntwo"),
        ("left\u202eright\u200d❤\ufe0f", "leftright❤"),
        ("й ѐ\u0301", "й ѐ\u0301"),
        ("中\u0301", "中[U+0301 COMBINING ACUTE ACCENT]"),
        ("two\nlines\tapart", "two\nlines\tapart"),
    ],
)
def test_what_no_font_has_is_named_and_never_an_empty_box(text, shown):
    assert drawn(text) == shown
    pdf = page(text)
    assert "LastResortHE-Regular" not in fonts_of(pdf)
    assert b"\0\0" not in list(written(pdf))


def test_a_page_on_which_a_sign_is_named_says_so():
    assert len(page("📦")) > len(page("[U+1F4E6 PACKAGE]"))


def test_the_shipped_font_is_the_part_that_its_script_says():
    missing = han_subset.signs() - signs_of(FILE)
    assert {chr(code) for code in missing} == {"≒", "∼", "ˍ", "‾"}  # which Noto Sans CJK SC has not
    assert len(signs_of(FILE) - han_subset.signs()) <= 2
    assert {ord(sign) for sign in "我的包裹在哪里壞請カ，。"} <= signs_of(FILE)


def test_the_licence_lies_beside_the_font():
    licence = (FILE.parent / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence
