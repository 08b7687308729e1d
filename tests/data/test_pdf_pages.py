"""The first page of a PDF is a picture of bounded size, and what is none is said to be none."""

from io import BytesIO

import pytest
import typst
from PIL import Image

from data import pdf_pages
from data.pdf_pages import first_page

TALL = b"#set page(width: 1cm, height: 400cm)\nTall\n#pagebreak()\nSecond"
RED = b"#set page(width: 21cm, height: 29.7cm, fill: red)\n#pagebreak()\n#set page(fill: blue)\nSecond"


def picture(source: bytes) -> Image.Image:
    page = first_page(typst.compile(source, format="pdf"))
    assert page
    return Image.open(BytesIO(page)).convert("RGB")


def test_the_first_page_is_drawn():
    width, height = (page := picture(RED)).size
    red, green, blue = page.getpixel((width // 2, height // 2))
    assert red > 200
    assert max(green, blue) < 100


def test_the_picture_is_a_sheet_of_paper_whatever_the_page_claims():
    assert picture(TALL).size == picture(RED).size


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\nbroken", b"no document"])
def test_what_cannot_be_drawn_is_none(content):
    assert first_page(content) is None


def test_a_document_that_takes_too_long_to_draw_is_left_to_the_reader(monkeypatch):
    document = typst.compile(RED, format="pdf")
    monkeypatch.setattr(pdf_pages, "MAX_BYTES", len(document) - 1)
    assert first_page(document) is None
