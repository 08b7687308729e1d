"""The report as a PDF of one A4 page, set by Typst. What people typed goes in as data, so it is never markup."""

import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Any

import typst

from data.lettering import fonts
from data.reports.page import page_of
from data.reports.values import WeeklyReport

_TEMPLATE = Path(__file__).parent / "templates" / "weekly.typ"


def report_pdf(report: WeeklyReport) -> bytes:
    """One A4 page, tagged for screen readers. The same on every machine, Chinese names, too."""
    made_at = report.horizon_at.replace(microsecond=0, tzinfo=UTC)
    return typst.compile(_TEMPLATE, format="pdf", **_asked(report), timestamp=made_at)


def report_picture(report: WeeklyReport, *, pixels_per_inch: float = 110) -> bytes:
    """The same page as a PNG."""
    picture = typst.compile(_TEMPLATE, format="png", ppi=pixels_per_inch, **_asked(report))
    if not isinstance(picture, bytes):
        raise TypeError("The report is one page, and came out as several.")
    return picture


def _asked(report: WeeklyReport) -> dict[str, Any]:
    """The page, and the fonts that it is set in: the desk's own alone."""
    page = {"page": json.dumps(asdict(page_of(report)))}
    return {"font_paths": list(fonts.folders()), "ignore_system_fonts": True, "sys_inputs": page}
