"""The open desk of this process: opened once, shared by every session and by the ticker."""

import logging
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from data import clock
from data.beside import Beside
from data.clockwork import run_clocks
from data.composing.drafts import Drafts
from data.composing.macros import Macros
from data.composing.templates import Templates
from data.directory import Directory
from data.metrics import Metrics
from data.opening import OpenDesk, default_path, open_desk
from data.people import Agent, People, save_people
from data.service.kept import keep_up, waiting_count
from data.service.questions import ServiceQuestions
from data.service.shelf import Rulebook, rulebook
from data.service.tickets import JudgedTicket, judged_ticket
from data.staff import Staff
from pages.shared import periods
from pages.shared.people import LOCAL_ID, LOCAL_NAME
from workflow.errors import DeskError
from workflow.presence import Presences
from workflow.tickets import EVERYTHING, Scope

_log = logging.getLogger("marketdesk.desk")
_lock = threading.Lock()
_open: dict[Path, OpenDesk] = {}
_resolved: dict[Path, Path] = {}
_rules: dict[tuple[Any, ...], Rulebook] = {}
RULES = ("service_policy_versions", "calendar_versions")  # the tables that hold what policies and calendars there are
presences = Presences()  # every screen of this process


def desk() -> OpenDesk:
    """The desk that `DESK_DATABASE` names; raises the sentence why it cannot be opened."""
    path = _desk_path()
    with _lock:
        if path not in _open:
            _open[path] = _opened(path)
        return _open[path]


def directory() -> Directory:
    """What names are read from."""
    return Directory(desk().database)


def beside() -> Beside:
    """What stands beside a ticket."""
    return Beside(desk().database)


def drafts() -> Drafts:
    """What agents have typed and not sent."""
    return Drafts(desk().database)


def templates() -> Templates:
    """The reply templates."""
    return Templates(desk().database)


def macros() -> Macros:
    """Several changes under one name."""
    return Macros(desk().database)


def staff() -> Staff:
    """What agents take, and when they are away."""
    return Staff(desk().database)


def metrics() -> Metrics:
    """What lists of tickets and figures are read from."""
    return Metrics(desk().database)


def rules() -> Rulebook:
    """The service policies and calendars in force, read again when one was published."""
    database = desk().database
    key = (str(database.path), *database.recall("rules_key", lambda: database.read("service/rules_key")[0], RULES))
    with _lock:
        kept = _rules.get(key)
    if kept is None:
        kept = rulebook(database)
        with _lock:
            _rules.clear()
            _rules[key] = kept
    return kept


def service_questions() -> ServiceQuestions:
    """What figures of service levels are read from, with every target judged up to the newest event."""
    database, in_force = desk().database, rules()
    keep_up(database, in_force)
    return ServiceQuestions(database, in_force)


def unjudged_count() -> int:
    """How many events the targets are behind."""
    return waiting_count(desk().database)


def judge() -> None:
    """Judge the targets of tickets that changed."""
    keep_up(desk().database, rules())


def judged(ticket_id: str, horizon_at: datetime, scope: Scope = EVERYTHING) -> JudgedTicket:
    """The service levels of one ticket, with their ledgers."""
    return judged_ticket(desk().store, rules(), ticket_id, horizon_at, scope)


def is_empty() -> bool:
    """Whether the desk has no ticket yet."""
    opened = desk()
    return opened.database.recall("is_empty", opened.is_empty)


def is_synthetic() -> bool:
    """Whether the desk says that its data are made up."""
    opened = desk()
    return opened.database.recall("is_synthetic", opened.is_synthetic, ("settings",))


def zone() -> str:
    """The desk's time zone, an IANA name."""
    opened = desk()
    return opened.database.recall("time_zone", opened.time_zone, ("settings",))


def data_version() -> int:
    """A number that grows with every event: part of the key of everything cached."""
    opened = desk()
    return opened.database.recall("last_position", opened.store.last_position)


def horizon_at() -> datetime:
    """As of when the figures of a page are: see `periods`."""
    opened = desk()
    newest_at = opened.database.recall("newest_event_at", opened.store.newest_event_at)
    return periods.horizon(now(), newest_at)


def close() -> None:
    """Close what is open; the launcher's last act."""
    with _lock:
        while _open:
            _path, opened = _open.popitem()
            opened.close()


def now() -> datetime:
    """The present instant, naive UTC."""
    return clock.now()


def tick() -> None:
    """Fire the timers that are due, keep what the log has gained, and tell people of what runs out.

    A desk that cannot be opened is said in the log; its pages say it, too.
    """
    try:
        run_clocks(desk(), rules(), now())
    except DeskError as error:
        _log.warning("The clocks did not run: %s", error)


def tick_and_checkpoint() -> None:
    """Fire what is due, then fold the write-ahead log into the desk's file."""
    tick()
    try:
        desk().database.checkpoint()
    except DeskError as error:
        _log.warning("The desk's file was not folded: %s", error)


def _desk_path() -> Path:
    """Where the desk is, looked up once a name: a page asks some forty times, and each would walk the folders."""
    named = default_path()
    absolute = named if named.is_absolute() else Path.cwd() / named
    if absolute not in _resolved:
        _resolved[absolute] = absolute.resolve()
    return _resolved[absolute]


def _opened(path: Path) -> OpenDesk:
    opened = open_desk(path)
    if LOCAL_ID not in Directory(opened.database).names():
        save_people(opened.database, People(agents=(Agent(id=LOCAL_ID, name=LOCAL_NAME),)), now())
    return opened
