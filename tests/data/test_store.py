"""What a desk's file keeps beside the port's promise: lifecycles, policies, settings, people, a simulated desk."""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import pytest

from data import opening
from data.bulk import load_desk
from data.check import check
from data.database import Database
from data.errors import EvidenceUnwritableError, LifecycleChangedError, NumbersTakenError, PolicyChangedError
from data.lifecycle_shelf import is_read_alike, save_lifecycle, save_policies, stored_lifecycles
from data.opening import default_path, open_desk
from data.people import Agent, BuyerPerson, People, Seller, Team, erase_person, save_people
from data.store import DuckTicketStore, evidence_root
from tests.data.checked_desks import PHOTO
from workflow.contacts import Contact
from workflow.desk import Desk
from workflow.ids import new_ids
from workflow.lifecycle import ClockStart, InputUse, Lifecycle, Lifecycles, State
from workflow.loading import BUILT_IN, load_directory
from workflow.memory import MemoryTicketStore
from workflow.policies import PolicyBook, PolicyRow
from workflow.ports import Change
from workflow.records import Order
from workflow.rules import Rules
from workflow.tickets import Actor
from workflow.vocabulary import Ball, Channel, Effect, Language, LinkKind, Role, StateKind

T0 = datetime.fromisoformat("2026-03-02T09:00:00")
HOUR = timedelta(hours=1)
AGENT = Actor(role=Role.SELLER_AGENT, id="anna")
LABELS = MappingProxyType({Language.EN: "Help", Language.RU: "Помощь", Language.ZH: "帮助"})
PEOPLE = People(
    sellers=(Seller(id="s-1", name="Kettles", contract="premium"),),
    teams=(Team(id="t-1", name="First line"),),
    agents=(Agent(id="anna", name="Anna", team_id="t-1"),),
    persons=(BuyerPerson(buyer_key="b-1", name="Ivan", marketplace_user_id="u-1", email="i@example.org"),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.duckdb"


def contact(**changes: Any) -> Contact:
    given = Contact(
        category="logistics_delay", channel=Channel.CHAT_APP, text="Where is it?", seller_id="s-1", buyer_key="b-1"
    )
    return replace(given, **changes)


def simulated(ticket_count: int = 12) -> MemoryTicketStore:
    """A desk in memory after some days of work."""
    lifecycles, policies = load_directory(BUILT_IN)
    store = MemoryTicketStore(policies=policies)
    store.save_order(Order(id="o-1", number="1", seller_id="s-1", buyer_key="b-1", ordered_at=T0 - HOUR), (), ())
    desk = Desk(store, Rules(Lifecycles(lifecycles), PolicyBook(policies), new_ids(Random(1))))
    first = ""
    for index in range(ticket_count):
        linked: dict[str, Any] = {"linked_to": first, "link_kind": LinkKind.FOLLOW_UP_OF} if index % 5 == 4 else {}
        files = (PHOTO,) if index % 3 == 0 else ()
        order_id = "o-1" if index % 2 else ""
        opened = desk.open_ticket(
            contact(files=files, order_id=order_id, tags=(f"t{index}",), **linked), actor=AGENT, now=T0 + index * HOUR
        )
        first = first or opened.id
    desk.tick(T0 + timedelta(days=9))
    return store


def observed(**changes: Any) -> Lifecycle:
    states = {
        name: State(name=name, kind=kind, ball=Ball.SELLER, labels=LABELS)
        for name, kind in (("Wait", StateKind.WAITING), ("Assign", StateKind.OPEN))
    }
    given = Lifecycle(
        category="helpdesk",
        version=1,
        labels=LABELS,
        initial="Wait",
        states=MappingProxyType(states),
        is_observed=True,
        source="[columns]",
    )
    return replace(given, **changes)


def test_a_simulated_desk_is_loaded_as_it_was(path: Path) -> None:
    memory = simulated()
    with open_desk(path) as opened:
        load_desk(opened.store, memory, PEOPLE)
        logs = [event for ticket_id in memory.tickets for event in opened.store.events_of(ticket_id)]
        for ticket_id in memory.tickets:
            assert opened.store.load_case(ticket_id) == memory.load_case(ticket_id)
            assert opened.store.events_of(ticket_id) == memory.events_of(ticket_id)
        assert opened.store.last_position() == len(logs) == memory.position
        assert opened.store.blobs.read(next(iter(memory.blobs))) == PHOTO.content
        assert opened.store.next_number() == 13
        assert opened.store.name_of("anna") == "Anna"
        assert opened.database.read("select key, first_seen_at from buyers") == [("b-1", T0 - HOUR)]
        assert check(opened.database) == []


def test_the_newest_event_is_by_when_it_happened_or_was_recorded(path: Path) -> None:
    with open_desk(path) as opened:
        assert opened.store.newest_event_at() is None
        first = opened.desk.open_ticket(contact(), actor=AGENT, now=T0)
        assert opened.store.newest_event_at() == T0
        # What was true an hour ago is recorded now.
        opened.desk.act(first.id, "register", actor=AGENT, now=T0 + 3 * HOUR, occurred_at=T0 + 2 * HOUR)
        assert opened.store.newest_event_at() == T0 + 3 * HOUR


def test_a_loaded_desk_lives_on(path: Path) -> None:
    memory = simulated(3)
    with open_desk(path) as opened:
        load_desk(opened.store, memory, PEOPLE)
        later = T0 + timedelta(days=10)
        ticket = opened.desk.open_ticket(contact(files=(PHOTO,)), actor=AGENT, now=later)
        assert ticket.number == 4
        opened.desk.tick(later + timedelta(days=30))
        assert opened.store.load_case(ticket.id).ticket.version > ticket.version
        assert check(opened.database) == []


def test_numbers_that_are_taken_are_refused_and_nothing_is_loaded(path: Path) -> None:
    with open_desk(path) as opened:
        own = opened.desk.open_ticket(contact(), actor=AGENT, now=T0)
        with pytest.raises(NumbersTakenError, match=r"Ticket number 1 is taken: the first free number .* is 2\."):
            load_desk(opened.store, simulated(3), PEOPLE)
        assert opened.database.read("select id::varchar from tickets") == [(own.id,)]
        assert opened.database.read("select * from agents") == []


def test_evidence_that_is_not_what_its_hash_says_is_refused(path: Path) -> None:
    memory = simulated(1)
    (case,) = [memory.load_case(ticket_id) for ticket_id in memory.tickets]
    with Database.open(path) as database:
        store = DuckTicketStore(database, evidence_root(path))
        change = opening_change(memory, case.ticket.id)
        with pytest.raises(EvidenceUnwritableError, match=r"photo\.png is not the file that its hash names"):
            store.commit([replace(change, evidence=((case.evidence[0], b"other"),))])
        assert store.due_timers(T0 + timedelta(days=99), 9) == ()


def test_a_log_with_a_gap_is_never_written(path: Path) -> None:
    memory = simulated(1)
    change = opening_change(memory, next(iter(memory.tickets)))
    with Database.open(path) as database:
        store = DuckTicketStore(database, evidence_root(path))
        with pytest.raises(ValueError, match="do not follow version 0"):
            store.commit([replace(change, events=change.events[1:])])
        assert store.last_position() == 0


def opening_change(memory: MemoryTicketStore, ticket_id: str) -> Change:
    case = memory.load_case(ticket_id)
    return Change(expected_version=0, ticket=case.ticket, events=memory.events_of(ticket_id))


def test_a_desk_is_opened_with_the_built_in_lifecycles_and_policies(path: Path) -> None:
    lifecycles, policies = load_directory(BUILT_IN)
    with open_desk(path) as opened:
        assert opened.is_empty()
        assert not opened.is_synthetic()
        assert opened.rules.lifecycles.declared == lifecycles
        assert sorted(opened.store.policy_rows(), key=lambda row: row.id) == sorted(policies, key=lambda row: row.id)
        opened.desk.open_ticket(contact(), actor=AGENT, now=T0)
        assert not opened.is_empty()
    with open_desk(path) as again:
        assert again.rules.lifecycles.declared == lifecycles
        assert again.database.read("select count(*) from lifecycles") == [(len(lifecycles),)]


def test_folders_that_the_environment_names_are_loaded_too(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    text = (BUILT_IN / "logistics_delay.toml").read_text(encoding="utf-8")
    (folder / "our_delay.toml").write_text(text.replace('"logistics_delay"', '"our_delay"', 1), encoding="utf-8")
    monkeypatch.setenv("DESK_LIFECYCLES", os.pathsep.join(["", str(folder)]))
    with open_desk(path) as opened:
        assert opened.desk.open_ticket(contact(category="our_delay"), actor=AGENT, now=T0).category == "our_delay"


def test_the_file_is_the_one_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DESK_DATABASE", raising=False)
    assert default_path() == Path("var/desk.duckdb")
    monkeypatch.setenv("DESK_DATABASE", str(tmp_path / "other.duckdb"))
    with open_desk() as opened:
        assert opened.database.path == tmp_path / "other.duckdb"


def test_a_desk_that_cannot_be_set_up_lets_go_of_its_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise LifecycleChangedError(category="logistics_delay", version=1)

    monkeypatch.setattr(opening, "seed", refuse)
    with pytest.raises(LifecycleChangedError):
        open_desk(path)
    monkeypatch.undo()
    with Database.open(path) as database:
        assert database._open_instance().users == 1


def test_an_edited_lifecycle_needs_a_new_version(path: Path) -> None:
    (lifecycle,) = [item for item in load_directory(BUILT_IN)[0] if item.category == "logistics_delay"]
    with open_desk(path) as opened:
        edited = replace(lifecycle, transitions=lifecycle.transitions[:-1])
        with pytest.raises(LifecycleChangedError, match=r"give the edited one version 2\.$"):
            save_lifecycle(opened.database, edited)
        assert not save_lifecycle(opened.database, lifecycle)


def test_a_person_may_get_another_mark_to_take_away_within_a_version(path: Path) -> None:
    """What happened is not told anew by it: the log says which marks and clocks an event changed."""
    (lifecycle,) = [item for item in load_directory(BUILT_IN)[0] if item.category == "logistics_delay"]
    of_old = tuple(row for row in lifecycle.transitions if row.trigger != "no_answer_needed")
    added = next(row for row in lifecycle.transitions if row not in of_old)
    old = replace(lifecycle, transitions=of_old)
    assert is_read_alike(old, lifecycle)
    assert not is_read_alike(lifecycle, old)
    other = {
        "by a clock": {"by": frozenset({Role.SYSTEM_TIMER})},
        "by a process": {"by": frozenset({Role.SYSTEM_SYNC})},
        "by an agent or a process": {"by": frozenset({Role.SELLER_AGENT, Role.SYSTEM_SYNC})},
        "by nobody": {"by": frozenset()},
        "of a known action": {"trigger": "add_note"},
        "moving the ticket": {"to_state": "closed"},
        "asking": {"inputs": (InputUse(name="note_text"),)},
        "starting a clock": {"starts": (ClockStart(clock="reply"),)},
        "marking": {"raises": ("buyer_wrote_again",)},
        "by itself": {"on": "evidence"},
        "told": {"effect": Effect.PUBLIC_REPLY},
    }
    people = {"by": frozenset({Role.SELLER_AGENT, Role.BUYER, Role.PLATFORM_AGENT})}
    assert is_read_alike(old, replace(lifecycle, transitions=(*of_old, replace(added, **people))))
    for change in other.values():
        assert not is_read_alike(old, replace(lifecycle, transitions=(*of_old, replace(added, **change))))
    with open_desk(path) as opened, opened.database.writing() as cursor:
        text = "".join(line for line in lifecycle.source.splitlines(keepends=True) if "no_answer_needed" not in line)
        cursor.execute("update lifecycles set source = $source where category = 'logistics_delay'", {"source": text})
    assert "no_answer_needed" not in text
    with open_desk(path) as opened:
        assert opened.rules.lifecycles.newest("logistics_delay") == lifecycle
        assert lifecycle in stored_lifecycles(opened.database)


def test_names_may_be_mended_within_a_version(path: Path) -> None:
    (lifecycle,) = [item for item in load_directory(BUILT_IN)[0] if item.category == "logistics_delay"]
    text = lifecycle.source.replace('en = "New"', 'en = "Just in"', 1)
    first = lifecycle.states[lifecycle.initial]
    mended = replace(first, labels={**first.labels, Language.EN: "Just in"})
    named = replace(lifecycle, states={**lifecycle.states, first.name: mended}, source=text)
    with open_desk(path) as opened:
        assert not save_lifecycle(opened.database, named)
        opened.refresh()
        kept = opened.rules.lifecycles.newest("logistics_delay")
        assert kept.states[first.name].labels[Language.EN] == "Just in"
        assert kept == named


def test_an_observed_lifecycle_comes_back_from_its_states(path: Path) -> None:
    grown = observed(
        version=2, states={**observed().states, "Closed": replace(observed().states["Wait"], name="Closed")}
    )
    with open_desk(path) as opened:
        assert save_lifecycle(opened.database, observed(), undescribed={"Assign"})
        assert save_lifecycle(opened.database, grown)
        assert not save_lifecycle(opened.database, observed())
        kept = [item for item in stored_lifecycles(opened.database) if item.is_observed]
        assert kept == [observed(), grown]
        query = "select state from lifecycle_states where not is_described"
        assert opened.database.read(query) == [("Assign",)]
        opened.refresh()
        assert opened.rules.lifecycles.version("helpdesk", 2) == grown
        with pytest.raises(LifecycleChangedError):
            save_lifecycle(opened.database, observed(states=grown.states))


def test_a_policy_row_that_was_edited_in_place_is_refused_and_a_later_one_is_taken(path: Path) -> None:
    row = PolicyRow(
        id="x-1",
        key="x",
        budget=timedelta(hours=1.5),
        valid_from=T0,
        source="a page",
        when={"scheme": "FBO", "has_a": True},
    )
    with Database.open(path) as database:
        store = DuckTicketStore(database, evidence_root(path))
        assert save_policies(database, store.policy_rows(), [row]) == 1
        assert save_policies(database, store.policy_rows(), [row]) == 0
        cited = replace(row, source="another page")
        assert save_policies(database, store.policy_rows(), [cited]) == 1
        longer = replace(cited, budget=timedelta(days=2))
        later = replace(longer, id="x-2", valid_from=T0 + HOUR)
        with pytest.raises(PolicyChangedError) as caught:
            save_policies(database, store.policy_rows(), [later, longer])
        value = "from 2026-03-02, has_a = True, scheme = FBO"
        assert str(caught.value) == (
            f"Policy row “x-1” now says 48 h {value}, but clocks of this desk run on 1.5 h {value}: put the old value "
            "back in its file (policies.toml, or the lifecycle's own) and add a row with a later valid_from."
        )
        assert store.policy_rows() == (cited,)
        assert save_policies(database, store.policy_rows(), [cited, later]) == 1
        assert store.policy_rows() == (cited, later)


def test_settings_have_defaults_and_keep_what_is_set(path: Path) -> None:
    with open_desk(path) as opened:
        assert (opened.time_zone(), opened.is_synthetic()) == ("Europe/Moscow", False)
        opened.settings.time_zone = "Asia/Shanghai"
        opened.settings.data_are_synthetic = True
    with open_desk(path) as opened:
        assert (opened.time_zone(), opened.is_synthetic()) == ("Asia/Shanghai", True)
        opened.settings.data_are_synthetic = False
        assert not opened.is_synthetic()
        assert opened.settings.get("never set", "default") == "default"


def test_erasing_a_person_leaves_every_ticket_as_it_was(path: Path) -> None:
    with open_desk(path) as opened:
        save_people(opened.database, PEOPLE, T0)
        ticket = opened.desk.open_ticket(contact(), actor=AGENT, now=T0)
        before = opened.store.load_case(ticket.id), opened.store.events_of(ticket.id)
        erase_person(opened.database, "b-1")
        assert opened.database.read("select * from buyer_persons") == []
        assert (opened.store.load_case(ticket.id), opened.store.events_of(ticket.id)) == before
        assert check(opened.database) == []


def test_people_are_replaced_by_their_id(path: Path) -> None:
    with Database.open(path) as database:
        save_people(database, PEOPLE, T0)
        moved = People(agents=(Agent(id="anna", name="Anna Petrova", team_id="t-2", is_active=False),))
        save_people(database, moved, T0)
        assert database.read("select * from agents") == [("anna", "Anna Petrova", "agent", "t-2", False)]
        assert database.read("select name from sellers union all select name from teams") == [
            ("Kettles",),
            ("First line",),
        ]


def test_a_tick_over_many_tickets_writes_what_single_ticks_would(path: Path) -> None:
    with open_desk(path) as opened:
        tickets = [opened.desk.open_ticket(contact(), actor=AGENT, now=T0 + index * HOUR) for index in range(12)]
        opened.desk.tick(T0 + timedelta(days=40))
        stored = [opened.store.load_case(ticket.id).ticket for ticket in tickets]
        assert all(ticket.version > 3 for ticket in stored)
        assert check(opened.database) == []


def test_an_open_desk_is_shared_by_its_handles(path: Path) -> None:
    with open_desk(path) as one, open_desk(path) as two:
        ticket = one.desk.open_ticket(contact(), actor=AGENT, now=T0)
        assert two.desk.case(ticket.id) == one.desk.case(ticket.id)
