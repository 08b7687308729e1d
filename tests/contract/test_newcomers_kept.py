"""People whom the desk first hears of by a contact: kept with its ticket by every store, or not at all."""

import pytest

from tests.contract.builders import T0, opened, uid
from workflow.contacts import Newcomers
from workflow.errors import SellerKnownError, TicketChangedError, TicketNotFoundError
from workflow.ports import TicketStore

KIOSK = Newcomers(first_seen_at=T0, seller_id="s-5", seller_name="Kiosk Sieben", buyer_key="b-5", buyer_name="Ivan")


def test_newcomers_go_with_their_ticket_or_not_at_all(store: TicketStore) -> None:
    store.commit([opened(1)])
    with pytest.raises(TicketChangedError):
        store.commit([opened(1)], newcomers=KIOSK)
    store.commit([opened(2)], newcomers=KIOSK)  # nothing of the first try stands in its way
    assert store.load_case(uid(2)).ticket.version == 1


def test_a_seller_of_a_name_that_is_known_already_is_refused_with_everything(store: TicketStore) -> None:
    store.commit([opened(1)], newcomers=KIOSK)
    again = Newcomers(first_seen_at=T0, seller_id="s-6", seller_name="kiosk sieben ")
    with pytest.raises(SellerKnownError, match="kiosk sieben"):
        store.commit([opened(2)], newcomers=again)
    with pytest.raises(TicketNotFoundError):
        store.load_case(uid(2))
    store.commit([opened(2)], newcomers=Newcomers(first_seen_at=T0, buyer_key="b-6"))
    assert store.load_case(uid(2)).ticket.version == 1
