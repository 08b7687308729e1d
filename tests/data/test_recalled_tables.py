"""Whatever is recalled by its tables names every table that its statements read."""

import re
from contextlib import contextmanager
from datetime import datetime

import pytest

from data.composing.macros import Macros
from data.composing.templates import Templates
from data.database import Database
from data.directory import Directory
from data.notices.bell import Bell
from data.notices.choices import choices_of
from data.opening import OpenDesk
from data.saved_views import SavedViews
from data.staff import Staff
from data.statements import statement
from pages.shared import access
from tests.new_desks import new_desk
from workflow.saved_views import Viewer
from workflow.tickets import Scope

ASKED = {
    "names": lambda opened: Directory(opened.database).names(),
    "names within a scope": lambda opened: Directory(opened.database).names(scope=Scope(seller_ids=("s",))),
    "agents": lambda opened: Directory(opened.database).agents(Scope(team_ids=("t",))),
    "team": lambda opened: Directory(opened.database).team_of("anna"),
    "templates": lambda opened: Templates(opened.database).all(),
    "macros": lambda opened: Macros(opened.database).all(),
    "saved views": lambda opened: SavedViews(opened.database).seen_by(Viewer(id="anna", is_manager=False)),
    "choices": lambda opened: choices_of(opened.database, "anna"),
    "unread notices": lambda opened: Bell(opened.database, "anna").unread_count(),
    "profiles": lambda opened: Staff(opened.database).profiles(),
    "a name": lambda opened: opened.store.name_of("anna"),
    "a role": lambda opened: opened.store.role_of("anna"),
    "rules": lambda _opened: access.rules(),
    "zone": lambda _opened: access.zone(),
    "whether it is synthetic": lambda _opened: access.is_synthetic(),
}


@pytest.fixture
def opened(tmp_path, monkeypatch):
    monkeypatch.setenv("DESK_DATABASE", str(tmp_path / "desk.duckdb"))
    yield access.desk()
    access.close()


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch):
    """Which tables each answer was recalled by, and which its statements read."""
    seen: list[tuple[tuple[str, ...], set[str]]] = []
    open_questions: list[set[str]] = []
    recall, read = Database.recall, Database.read

    def watched_recall(self, key, ask, tables=()):
        def watched_ask():
            open_questions.append(set())
            answer = ask()
            found = open_questions.pop()
            seen.append((tuple(tables), found))
            return answer

        return recall(self, key, watched_ask, tables)

    def watched_read(self, query, parameters=None):
        if open_questions:
            open_questions[-1].update(re.findall(r"\b(?:from|join) ([a-z_]+)", statement(query)))
        return read(self, query, parameters)

    monkeypatch.setattr(Database, "recall", watched_recall)
    monkeypatch.setattr(Database, "read", watched_read)
    yield seen


@pytest.mark.parametrize("name", ASKED)
def test_it_is_forgotten_by_a_write_to_any_table_that_it_was_read_from(name, opened: OpenDesk, monkeypatch):
    opened.database.recalled.forget(None)
    with watched(monkeypatch) as seen:
        ASKED[name](opened)
    by_tables = [(set(tables), found) for tables, found in seen if tables]
    assert by_tables
    assert all(found and found <= tables for tables, found in by_tables)


def test_a_profile_that_was_saved_counts_at_once(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        assert Staff(opened.database).profiles() == ()
        with opened.database.writing() as cursor:
            cursor.execute("insert into agents values ('anna', 'Anna', 'agent', '', true)")
            cursor.execute(
                "insert into agent_profiles values ('anna', 3, '[]', '[]', '[]', null, null, '', $at, 'boss')",
                {"at": datetime(2026, 11, 23)},
            )
        assert [profile.most_open_count for profile in Staff(opened.database).profiles()] == [3]
        assert opened.store.name_of("anna") == "Anna"
