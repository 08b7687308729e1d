"""The golden week with a promise of a reply in a day, people with hostile names, and readers of what is written."""

import re
import zlib
from datetime import datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from data.database import Database
from data.people import Agent, People, Seller, save_people
from data.reports.values import WeeklyReport
from data.reports.weekly import weekly_figures
from data.reports.weeks import Week
from data.service.shelf import publish_policies, rulebook
from tests.data.logs import golden_week, write_logs
from workflow.service.policies import ServicePolicy, Target, TargetKind

WEEK = Week.read("2026-W10")
END = datetime(2026, 3, 9)
THURSDAY = datetime(2026, 3, 5)
HOSTILE = "<script>alert(1)</script> & Co"
_SHEET = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def golden_desk(database: Database, seller_name: str = HOSTILE, agent_name: str = "=1+1") -> None:
    """Every ticket of the golden week is of seller s-1; ticket 2 is assigned to an agent."""
    write_logs(database, golden_week())
    people = People(sellers=(Seller(id="s-1", name=seller_name),), agents=(Agent(id="a-1", name=agent_name),))
    save_people(database, people, THURSDAY)
    with database.writing() as cursor:
        cursor.execute("update tickets set assignee_id = 'a-1' where number = 2")
    target = Target(kind=TargetKind.FIRST_REPLY, budget=timedelta(hours=24))
    policy = ServicePolicy(id="day", name="A day", targets=(target,))
    publish_policies(database, (policy,), valid_from=THURSDAY, by="anna", note="", now=THURSDAY)


def golden_report(database: Database, now: datetime = END + timedelta(days=1)) -> WeeklyReport:
    return weekly_figures(database, rulebook(database), week_start=WEEK.monday, time_zone="UTC", now=now)


class ReadPage(HTMLParser):
    """What a page holds: its tags with their attributes, and its visible text."""

    _VOID = frozenset({"meta", "img", "link", "br"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open and data.strip():
            self.text.append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def pdf_pages_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type/Page\b", pdf))


def pdf_text(pdf: bytes) -> str:
    """The text of a PDF in the order in which it is set, without blanks: what a reader could mark and copy."""
    objects = {int(n): body for n, body in re.findall(rb"(?ms)^(\d+) 0 obj\n(.*?)\nendobj", pdf)}
    fonts = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", body):
            found = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
            if found:
                fonts[name] = _characters(_stream(objects[int(found[1])]))
    contents = [int(n) for body in objects.values() for n in re.findall(rb"/Type/Page\b.*?/Contents (\d+) 0 R", body)]
    assert contents
    return "".join(_shown(_stream(objects[number]), fonts) for number in contents)


def _stream(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream\n")
    raw = rest.rpartition(b"\nendstream")[0]
    return zlib.decompress(raw) if b"/FlateDecode" in head else raw


def _characters(cmap: bytes) -> dict[bytes, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", cmap)
    return {glyph.lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _shown(content: bytes, fonts: dict[bytes, dict[bytes, str]]) -> str:
    text, font = [], {}
    token = rb"/(f\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>|\(((?:\\.|[^\\()])*)\)"
    for name, digits, literal in re.findall(token, content, re.DOTALL):
        if name:
            font = fonts[name]
            continue
        glyphs = digits.lower() or _unescaped(literal).hex().encode()
        text += [font.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4)]
    return "".join("".join(text).split())


def _unescaped(literal: bytes) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(match):
        code = match[1]
        return bytes([int(code, 8)]) if code.isdigit() else named.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, literal, flags=re.DOTALL)


def sheets(xlsx: bytes) -> dict[str, list[dict[str, tuple[str, str]]]]:
    """Each sheet's rows: column letter to (type, value); a text's type is `s`, a number's `n`, a formula's `f`."""
    with ZipFile(BytesIO(xlsx)) as archive:
        shared = [
            "".join(part.itertext())
            for part in ET.fromstring(archive.read("xl/sharedStrings.xml")).findall("si", _SHEET)  # noqa: S314
        ]
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
        names = [sheet.attrib["name"] for sheet in book.iterfind(".//sheet", _SHEET)]
        files = [archive.read(f"xl/worksheets/sheet{place}.xml") for place in range(1, len(names) + 1)]
    return {name: _rows(file, shared) for name, file in zip(names, files, strict=True)}


def _rows(file: bytes, shared: list[str]) -> list[dict[str, tuple[str, str]]]:
    rows = []
    for row in ET.fromstring(file).iterfind(".//row", _SHEET):  # noqa: S314
        cells = {}
        for cell in row.iterfind("c", _SHEET):
            kind = "f" if cell.find("f", _SHEET) is not None else cell.attrib.get("t", "n")
            value = cell.findtext("v", "", _SHEET)
            cells[cell.attrib["r"].rstrip("0123456789")] = (kind, shared[int(value)] if kind == "s" else value)
        rows.append(cells)
    return rows
