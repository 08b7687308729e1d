"""The claims beside a ticket: what the marketplace keeps of a return, a cancellation or a dispute."""

from collections.abc import Iterator, Sequence

import streamlit as st

from data.beside import MergedClaim
from pages.queue.sheet import Sheet
from pages.shared import words
from pages.shared.facts.view import Fact, fact_list
from pages.shared.formats import instant, money, until
from pages.shared.texts import _, counted
from workflow.records import Claim


def claims_card(sheet: Sheet, merged: Sequence[MergedClaim]) -> None:
    """Draw every claim, also those of `merged` tickets, the newest first; nothing where there is none."""
    found = [(claim, None) for claim in sheet.case.claims] + [(item.claim, item.number) for item in merged]
    claims = sorted(found, key=lambda item: (item[0].filed_at, item[0].id), reverse=True)
    if not claims:
        return
    with st.container(border=True, key="queue_claims"):
        st.markdown(f"**{counted('{count} claim', '{count} claims', len(claims))}**")
        fact_list(
            [fact for claim, number in claims for fact in claim_facts(claim, sheet, number)], key="queue_claims_facts"
        )


def claim_facts(claim: Claim, sheet: Sheet, from_number: int | None = None) -> Iterator[Fact]:
    """What the records hold of a claim, below its kind; `from_number`: that of the merged ticket that has it."""
    yield Fact(name=words.CLAIMS[claim.kind], value="", tone="heading")
    origin = _("from ticket {number}").format(number=from_number) if from_number else ""
    yield Fact(name=_("Number"), value=claim.external_ref, note=origin, copies=True)
    status = words.claim_status(claim.status)
    yield Fact(name=_("Status"), value=status, note=claim.status if status != claim.status else "")
    if claim.reason_code:
        yield Fact(name=_("Reason"), value=words.claim_reason(claim.reason_code))
    yield Fact(name=_("Defect"), value=_("Claimed as a defect") if claim.is_defect else _("No defect claimed"))
    if claim.amount:
        yield Fact(name=_("Amount"), value=money(claim.amount))
    yield Fact(name=_("Filed"), value=instant(claim.filed_at, sheet.zone))
    if claim.auto_approve_at:
        yield _approval(claim, sheet)


def _approval(claim: Claim, sheet: Sheet) -> Fact:
    """When the marketplace approves by itself what nobody decides; afterwards when that was."""
    assert claim.auto_approve_at is not None  # noqa: S101 - the caller looked
    at = instant(claim.auto_approve_at, sheet.zone)
    if claim.status in words.UNDECIDED and claim.auto_approve_at > sheet.now:
        left = until(claim.auto_approve_at, sheet.now)
        return Fact(name=_("Approved by itself"), value=left, note=at, tone="alarm")
    return Fact(name=_("Decision was due"), value=at)
