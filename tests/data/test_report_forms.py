"""The report as HTML, PDF and XLSX: the same figures, whatever people are called."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from data.decisions import sections
from data.reports.html_page import report_html
from data.reports.page import SYNTHETIC, page_of
from data.reports.pdf_page import report_pdf, report_picture
from data.reports.spreadsheet import report_xlsx
from data.reports.tables import cut
from data.settings import Settings
from tests.data.reports_builders import (
    HOSTILE,
    ReadPage,
    golden_desk,
    golden_report,
    pdf_pages_count,
    pdf_text,
    sheets,
)
from tests.new_desks import new_database

NAMES = [
    HOSTILE,
    "=cmd|'/c calc'!A1",
    '#eval("1+1") $x$ *b* @a',
    "Иванова Ольга",
    "王小明",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %}",
    "a" * 500,
    "http://example.org/a",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return report_of(tmp_path_factory.mktemp("forms"), HOSTILE, is_synthetic=True)


def report_of(folder, name, *, is_synthetic=False):
    with new_database(folder / "desk.duckdb") as database:
        golden_desk(database, name, name)
        Settings(database).data_are_synthetic = is_synthetic
        return golden_report(database)


def named(report, name):
    """The report with another name wherever one stands."""
    breaches = [replace(one, seller_name=name, agent_name=name, category_name=name) for one in report.breaches]
    categories = [replace(one, name=name) for one in report.categories]
    return replace(report, breaches=tuple(breaches), categories=tuple(categories))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_in_every_form(report, name):
    report = named(report, name)
    page = ReadPage(report_html(report))
    assert page.open == []
    assert cut(name) in page.text
    assert page.all("script") == []
    assert len(page.all("img")) == 3
    pdf = report_pdf(report)
    assert pdf_pages_count(pdf) == 1
    if name.isascii():
        assert "".join(cut(name).split()).replace("\N{HORIZONTAL ELLIPSIS}", "") in pdf_text(pdf)
    found = sheets(report_xlsx(report))
    assert found["Breaches"][1]["E"] == ("s", name)
    assert {kind for rows in found.values() for row in rows for kind, _value in row.values()} == {"s", "n"}


def test_cyrillic_is_set_in_the_pdf(report):
    assert "ИвановаОльга" in pdf_text(report_pdf(named(report, "Иванова Ольга")))


def test_long_names_and_many_rows_still_make_one_page(report):
    long = named(report, "Ж" * 40)
    crowded = replace(
        long, breaches=long.breaches * 5, categories=long.categories * 10, signals=("A sentence. " * 20,) * 9
    )
    pdf = report_pdf(crowded)
    assert pdf_pages_count(pdf) == 1
    assert "§namestheheadingofDECISIONS.md" in pdf_text(pdf)


def test_the_html_needs_nothing_else_and_can_be_read_out(report):
    html = report_html(report)
    page = ReadPage(html)
    assert page.all("html") == [{"lang": "en"}]
    assert re.findall(r"(?i)(?:https?:)?//[a-z]", re.sub(r"base64,[^\"]+", "", html)) == []
    assert page.all("link") == []
    assert len(page.all("h1")) == 1
    assert all(image["alt"] and image["src"].startswith("data:image/svg+xml;base64,") for image in page.all("img"))
    assert {header.get("scope") for header in page.all("th")} == {"col", "row"}
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {link["href"] for link in page.all("a")} <= {f"#{one}" for one in ids}


def test_the_page_quotes_the_definition_of_every_figure(report):
    text = ReadPage(report_html(report)).text
    for heading in page_of(report).headings:
        assert sections()[heading] in text


def test_the_figures_stand_in_html_and_pdf(report):
    text, pdf = " ".join(ReadPage(report_html(report)).text), pdf_text(report_pdf(report))
    for figure in (
        "Weekly report 2026-W10",
        "71.4 % (5 of 7)",
        "5 d 12 h",
        "2 d 1 h",
        "not reached",
        "week before 1 (+10)",
    ):
        assert figure in text
        assert "".join(figure.split()) in pdf


def test_made_up_data_say_so_in_every_form_and_real_ones_do_not(report, tmp_path):
    real = report_of(tmp_path, "Anna")
    for one, is_said in ((report, True), (real, False)):
        assert (SYNTHETIC in report_html(one)) is is_said
        assert ("".join(SYNTHETIC.split()) in pdf_text(report_pdf(one))) is is_said
        for rows in sheets(report_xlsx(one)).values():
            assert (("s", SYNTHETIC) in rows[0].values()) is is_said


def test_the_pdf_is_the_same_page_as_its_picture(report):
    pdf = report_pdf(report)
    assert pdf.startswith(b"%PDF-")
    assert re.findall(rb"/MediaBox ?\[0 0 (\d+)\.?\d* (\d+)", pdf) == [(b"595", b"841")]
    assert report_picture(report).startswith(b"\x89PNG")


def test_the_spreadsheet_has_numbers_with_units(report):
    found = sheets(report_xlsx(report))
    assert list(found) == ["Figures", "Attainment", "Breaches", "Categories", "Weeks", "Definitions"]
    figures = {row["A"][1]: row for row in found["Figures"][1:]}
    assert figures["Tickets opened"]["B"] == ("n", "11")
    assert figures["Tickets opened"]["C"] == ("n", "1")
    assert figures["Full resolution, median"]["B"] == ("n", "12")
    assert "B" not in figures["First reply, median"]
    assert figures["First reply, median"]["D"] == ("s", "not reached")
    headings = [value for _kind, value in found["Breaches"][0].values()]
    assert headings[10:13] == ["Budget (h)", "Late (h)", "Late"]
    assert [(row["K"], row["L"], row["M"]) for row in found["Breaches"][1:]] == [
        (("n", "24"), ("n", "132"), ("s", "5 d 12 h")),
        (("n", "24"), ("n", "49"), ("s", "2 d 1 h")),
    ]
    (line,) = found["Attainment"][1:]
    assert (line["B"], line["C"], line["D"]) == (("n", "5"), ("n", "7"), ("n", f"{5 / 7:.16G}"))
    assert dict(tuple(value for _kind, value in list(row.values())[:2]) for row in found["Definitions"][1:])["Backlog"]


def test_headings_stay_in_sight(report):
    with ZipFile(BytesIO(report_xlsx(report))) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in first
