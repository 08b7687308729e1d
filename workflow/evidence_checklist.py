"""What a case of a category is judged by, and what of it is there. Data: `evidence_checklist.toml`. It only advises."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflow.predicates import FROM_THE_BUYER
from workflow.records import Case, Evidence
from workflow.vocabulary import EvidenceKind, Role

_LISTED: Mapping[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_SIDES = {"buyer": FROM_THE_BUYER, "seller": frozenset({Role.SELLER_AGENT})}


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One line of the list: what it shows, and whether the ticket holds it, or one that was merged into it."""

    why: str
    kinds: tuple[EvidenceKind, ...]
    is_present: bool


def checklist(case: Case, merged: Sequence[Evidence] = ()) -> tuple[Item, ...]:
    """The list of the ticket's category, in the file's order; empty for a category that has none.

    `merged` is the evidence of the tickets that were merged into this one.
    """
    is_complex = bool(case.product and case.product.is_technically_complex)
    lines = (line for line in _LISTED.get(case.ticket.category, ()) if is_complex or "only" not in line)
    return tuple(_item(line, (*case.evidence, *merged)) for line in lines)


def _item(line: Mapping[str, Any], evidence: Sequence[Evidence]) -> Item:
    kinds = tuple(EvidenceKind(kind) for kind in line["kinds"])
    shown = (item for item in evidence if item.kind in kinds)
    sides = _SIDES[line["by"]] if "by" in line else frozenset(Role)
    is_present = any(item.added_by_role in sides for item in shown)
    return Item(why=line["why"], kinds=kinds, is_present=is_present)
