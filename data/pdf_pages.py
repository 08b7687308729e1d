"""A page of a PDF as a picture, so that a browser never runs a document that somebody sent in."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typst

MAX_BYTES = 20 * 1024 * 1024  # a larger one is only downloaded: it is drawn while somebody waits
_PIXELS_PER_INCH = 110.0
# The picture is as large as a sheet of A4, whatever size the page claims to have.
_SOURCE = """
#set page(width: 21cm, height: auto, margin: 0pt)
#image("page.pdf", page: 1, width: 21cm, height: 29.7cm, fit: "contain", alt: "page 1")
"""


def first_page(content: bytes) -> bytes | None:
    """The first page as PNG; None where it is too large or cannot be drawn, such as an encrypted one."""
    if len(content) > MAX_BYTES:
        return None
    with TemporaryDirectory(prefix="marketdesk-") as folder:
        sheet = Path(folder, "sheet.typ")
        sheet.write_text(_SOURCE, encoding="utf-8")
        sheet.with_name("page.pdf").write_bytes(content)
        try:
            return typst.compile(sheet, root=sheet.parent, format="png", ppi=_PIXELS_PER_INCH)
        except typst.TypstError:
            return None
