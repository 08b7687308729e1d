"""What a delivery opens: the return window and the warranty, each with its end and whose rule it is."""

from dataclasses import replace

import pytest

from tests.workflow.builders import DAY, NOW, built_in, world
from workflow.claim_windows import claim_windows
from workflow.errors import PolicyMissingError
from workflow.policies import PolicyBook

POLICIES = PolicyBook(built_in()[1])
WORLD = world()
PRODUCT = WORLD.desk.case(WORLD.open().id).product


def told(delivered_at, product, context):
    return [
        (window.kind.value, window.budget, window.source, window.ends_at)
        for window in claim_windows(delivered_at, NOW, product, POLICIES, context)
    ]


def test_both_windows_end_after_the_delivery_by_the_rows_that_fit():
    product = replace(PRODUCT, warranty_days=None)
    context = {"is_cross_border": True, "product_category": "food", "is_technically_complex": True}
    assert told(NOW - DAY, product, context) == [
        ("return_window", DAY, "Ozon Global, contract page: only defective goods", NOW),
        ("warranty", 365 * DAY, "Ozon Global: Ozon's warranty of 365 days", NOW + 364 * DAY),
    ]


def test_a_product_s_own_warranty_has_no_row_and_an_undelivered_parcel_no_end():
    assert told(None, replace(PRODUCT, warranty_days=0), {}) == [
        ("return_window", 7 * DAY, "Consumer law, article 26.1: 7 days after the delivery", None),
        ("warranty", 0 * DAY, "", None),
    ]


def test_without_a_row_there_is_no_window():
    with pytest.raises(PolicyMissingError):
        claim_windows(NOW, NOW, PRODUCT, PolicyBook(()), {})
