"""Draws a list of facts as one component: names, values, what more is to be said of them, and a button to copy."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pages.shared import components
from pages.shared.texts import _

_facts = components.load(Path(__file__).parent, '<div class="facts"></div>')


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One line. Everything in it is text; `copies`: a button puts the value on the clipboard."""

    name: str
    value: str
    note: str = ""
    tone: Literal["", "alarm", "heading"] = ""
    copies: bool = False


def fact_list(facts: Sequence[Fact], *, key: str) -> None:
    """Draw it."""
    shown = [asdict(fact) | {"copy": _("Copy {text}").format(text=fact.value) if fact.copies else ""} for fact in facts]
    _facts(key=key, data={"facts": shown, "copied": _("Copied")})
