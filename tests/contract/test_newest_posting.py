"""Which parcel of an order changed last, as every store tells it."""

from dataclasses import replace
from datetime import timedelta

from tests.contract.builders import T0, bought
from workflow.ports import TicketStore

HOUR = timedelta(hours=1)


def test_the_parcel_that_changed_last_is_found_but_for_those_that_are_named(store: TicketStore) -> None:
    first = replace(bought()[1], number="p-1", order_id="o-1", status_changed_at=T0 + 3 * HOUR)
    parcels = {
        "p-1": first,
        "p-2": replace(first, number="p-2", status_changed_at=T0 + HOUR),
        "p-3": replace(first, number="p-3", status_changed_at=T0 + HOUR),
        "p-4": replace(first, number="p-4", order_id="o-2", status_changed_at=T0 + 9 * HOUR),
    }
    for parcel in parcels.values():
        store.save_posting(parcel)
    assert store.newest_posting("o-1", ()) == parcels["p-1"]
    assert store.newest_posting("o-1", {"p-1"}) == parcels["p-3"]  # of one instant the later number
    assert store.newest_posting("o-1", {"p-1", "p-3"}) == parcels["p-2"]
    assert store.newest_posting("o-1", parcels) is None
    assert store.newest_posting("unknown", ()) is None
