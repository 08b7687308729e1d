"""One pass of the post: plan what is new, carry what is due, note what came of it. Runs beside the clocks."""

from collections.abc import Callable
from datetime import datetime

from data.database import Database
from data.notices.addresses import Addresses
from data.notices.choices import QuietHours
from data.notices.courier import Carry, Letter, LetterRefusedError, carry
from data.notices.outbox import Outbox
from data.rows import Row
from workflow.notice_choices import FIRST_WAIT
from workflow.notices import NoticeChannel
from workflow.tickets import Scope

MOST = 100  # deliveries of one pass; the rest comes with the next one
WITHOUT_ADDRESS = "the desk's owner has taken the address out"


def send_due(  # noqa: PLR0913, PLR0917 - what a pass needs, and none of it has a default that is safe
    database: Database,
    addresses: Addresses,
    write: Callable[[Row], Letter],
    now: datetime,
    scope_of: Callable[[str], Scope],
    carry_letter: Carry = carry,
) -> int:
    """Send what may leave the desk at `now`; how many letters were taken. `write` makes the letter of a delivery.

    `scope_of` says which tickets a person may see now; of others, and to whoever has left, nothing is said outside.
    What has become due outside its person's hours, by a refusal or because the desk was down, waits for their opening.
    An address that refuses is left alone for the rest of the pass: its other letters wait, too, without counting as
    refused, so that they do not fill the next passes.
    """
    outbox = Outbox(database)
    outbox.plan(addresses, now)
    hours = QuietHours(database)
    taken = 0
    refusing: set[str] = set()
    for delivery in outbox.due(now, MOST):
        address = addresses.of(delivery["person_id"], NoticeChannel(delivery["channel"]))
        free_at = hours.sent_from(delivery["person_id"], now)
        if not (delivery["is_here"] and _sees(delivery, scope_of)):
            outbox.withheld(delivery, now)
        elif delivery["is_read"]:
            outbox.spared(delivery, now)
        elif free_at > now:
            outbox.held_back(delivery, now, free_at)
        elif not address:
            outbox.refused(delivery, WITHOUT_ADDRESS, now, hours)
        elif address not in refusing:
            try:
                carry_letter(address, write(delivery), delivery["idempotency_key"])
            except LetterRefusedError as error:
                refusing.add(address)
                outbox.refused(delivery, error.reason, now, hours)
                outbox.held_back(delivery, now, hours.sent_from(delivery["person_id"], now + FIRST_WAIT))
            else:
                outbox.sent(delivery, now)
                taken += 1
    return taken


def _sees(delivery: Row, scope_of: Callable[[str], Scope]) -> bool:
    return scope_of(delivery["person_id"]).includes(delivery["seller_id"], delivery["team_id"])
