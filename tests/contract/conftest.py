"""The two stores that the contract holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import DuckTicketStore, evidence_root
from tests.new_desks import new_database
from workflow.memory import MemoryTicketStore
from workflow.ports import TicketStore


@pytest.fixture(params=["memory", "duckdb"])
def store(request, tmp_path: Path) -> Iterator[TicketStore]:
    if request.param == "memory":
        yield MemoryTicketStore(names={"anna": "Anna Petrova"}, roles={"anna": "agent", "gone": "left"})
        return
    path = tmp_path / "desk.duckdb"
    with new_database(path) as database:
        with database.writing() as cursor:
            cursor.execute("insert into agents values ('anna', 'Anna Petrova', 'agent', 't-1', true)")
            cursor.execute("insert into agents values ('gone', 'Gleb', 'agent', 't-1', false)")
        yield DuckTicketStore(database, evidence_root(path))
