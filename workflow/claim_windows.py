"""How long after a delivery a buyer may ask for something: the return window and the warranty, and who says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workflow.policies import Context, PolicyBook
from workflow.records import Product


class ClaimWindowKind(StrEnum):
    """What may be asked for; the value is the key of the policy."""

    RETURN = "return_window"
    WARRANTY = "warranty"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimWindow:
    """A window that the delivery opens; `ends_at` None before it. `source` is empty where the product sets it."""

    kind: ClaimWindowKind
    budget: timedelta
    source: str
    ends_at: datetime | None


def claim_windows(
    delivered_at: datetime | None, at: datetime, product: Product | None, policies: PolicyBook, context: Context
) -> tuple[ClaimWindow, ClaimWindow]:
    """Return window and warranty by the policy rows of the day of delivery, before it by those of `at`.

    A warranty that the product has of its own goes before the policy. `PolicyMissingError` if no row fits.
    """
    basis = delivered_at or at
    row = policies.row(ClaimWindowKind.RETURN, basis, context)
    returns = (row.budget, row.source)
    if product is not None and product.warranty_days is not None:
        warranty = (timedelta(days=product.warranty_days), "")
    else:
        row = policies.row(ClaimWindowKind.WARRANTY, basis, context)
        warranty = (row.budget, row.source)
    returned, guaranteed = (
        ClaimWindow(kind=kind, budget=budget, source=source, ends_at=delivered_at + budget if delivered_at else None)
        for kind, (budget, source) in ((ClaimWindowKind.RETURN, returns), (ClaimWindowKind.WARRANTY, warranty))
    )
    return returned, guaranteed
