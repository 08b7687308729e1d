"""The published definitions: the headings of DECISIONS.md with what is counted under each."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DECISIONS = Path(__file__).resolve().parent.parent / "DECISIONS.md"
_SECTION = re.compile(r"^## (?P<heading>.+?)\n+(?P<first>.+?)(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


@cache
def sections() -> Mapping[str, str]:
    """The first paragraph below each heading of DECISIONS.md: what is counted. The rest says why."""
    found = _SECTION.finditer(DECISIONS.read_text(encoding="utf-8"))
    return {match["heading"].strip(): " ".join(match["first"].replace("`", "").split()) for match in found}


def anchor(heading: str) -> str:
    """Where on a page a heading is quoted."""
    return "definition-" + re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
