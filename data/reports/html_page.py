"""The report as one HTML page that needs nothing else: it prints on one A4 page, and escapes every text."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from data.decisions import anchor, sections
from data.reports.page import page_of
from data.reports.values import WeeklyReport

_FOLDER = Path(__file__).parent / "templates"


def report_html(report: WeeklyReport) -> str:
    """One self-contained page, light, in UTF-8, without a script; the definitions are quoted below it on the screen."""
    page = page_of(report)
    known = sections()
    definitions = [(heading, known[heading]) for heading in page.headings]
    return _template().render(page=page, definitions=definitions, anchor=anchor, data_of=_data_of)


@cache
def _template() -> Template:
    loader = FileSystemLoader(_FOLDER, encoding="utf-8")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("weekly.html")


def _data_of(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
