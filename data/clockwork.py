"""What the desk does by itself when time passes, in a running desk and for `python -m data tick`."""

from datetime import datetime

from data.keeping import refresh
from data.notices.telling import tell_of_clocks
from data.opening import OpenDesk
from data.searching import refresh_words
from data.service.kept import keep_up
from data.service.shelf import Rulebook
from data.service.warning import act_on_warnings
from workflow.tickets import Event


def run_clocks(opened: OpenDesk, rules: Rulebook, now: datetime) -> tuple[Event, ...]:
    """Fire the timers that are due at `now`, keep what the log has gained, and tell people of what runs out or has.

    The events of the timers. `rules` are the policies and calendars in force.
    """
    events = opened.desk.tick(now)
    refresh(opened.database)
    refresh_words(opened.database)
    keep_up(opened.database, rules)
    act_on_warnings(opened.database, opened.desk, now)
    tell_of_clocks(opened.database, now)
    return events
