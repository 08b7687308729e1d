"""The report as a PDF of one A4 page, set by Typst. What people typed goes in as data, so it is never markup."""

import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path

import matplotlib as mpl
import typst

from data.reports.page import page_of
from data.reports.values import WeeklyReport

_TEMPLATE = Path(__file__).parent / "templates" / "weekly.typ"
_SANS = Path(mpl.get_data_path()) / "fonts" / "ttf"  # DejaVu Sans, which comes with matplotlib: Latin and Cyrillic


def report_pdf(report: WeeklyReport) -> bytes:
    """One A4 page, tagged for screen readers. Chinese names are set where the machine has a font for them."""
    made_at = report.horizon_at.replace(microsecond=0, tzinfo=UTC)
    return typst.compile(_TEMPLATE, format="pdf", font_paths=[_SANS], sys_inputs=_inputs(report), timestamp=made_at)


def report_picture(report: WeeklyReport, *, pixels_per_inch: float = 110) -> bytes:
    """The same page as a PNG."""
    picture = typst.compile(
        _TEMPLATE, format="png", ppi=pixels_per_inch, font_paths=[_SANS], sys_inputs=_inputs(report)
    )
    if not isinstance(picture, bytes):
        raise TypeError("The report is one page, and came out as several.")
    return picture


def _inputs(report: WeeklyReport) -> dict[str, str]:
    return {"page": json.dumps(asdict(page_of(report)))}
