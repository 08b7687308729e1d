"""The post: carries what may leave the desk, beside the clocks, so that a slow receiver holds nothing up."""

import logging

from data.notices.addresses import addresses
from data.notices.sending import send_due
from pages.shared import access
from pages.shared.notices import words
from pages.shared.people import scope_of
from workflow.errors import DeskError

_log = logging.getLogger("marketdesk.notices")


def send() -> None:
    """One pass. A file of addresses that cannot be used is said in the log, and nothing is lost."""
    try:
        given, zone = addresses(), access.zone()
        send_due(
            access.desk().database,
            given,
            lambda delivery: words.letter(delivery, given.desk_url, zone),
            access.now(),
            scope_of,
        )
    except DeskError as error:
        _log.warning("The notices were not sent: %s", error)
