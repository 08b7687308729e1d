"""The staging area of an import: a database in memory beside the desk's file, which until the end is only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import duckdb

from data.commits import run
from data.database import Database
from data.importing.errors import FileRefusedError
from data.importing.mapping import LogMapping
from data.importing.mapping_file import CLOSED_VALUES
from workflow.lifecycle import Lifecycle
from workflow.vocabulary import Language

# Not files: the linter of the SQL files has no word for them.
_ATTACH, _ENTER, _DETACH = "attach ':memory:' as importing", "use importing", "detach database if exists importing"
_one_at_a_time = Lock()


@contextmanager
def staging_area(database: Database, file: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor whose unqualified names are those of the staging area, known to every other cursor as `importing`."""
    if not _one_at_a_time.acquire(blocking=False):
        raise FileRefusedError(file=file, reason="another import is running: wait until it has ended.")
    try:
        with database.reading() as cursor:
            cursor.commit()  # each statement of the staging area stands for itself
            run(cursor, _ATTACH)
            run(cursor, _ENTER)
            yield cursor
    finally:
        database.read(_DETACH)
        _one_at_a_time.release()


def describe(cursor: duckdb.DuckDBPyConnection, mapping: LogMapping, declared: Lifecycle | None) -> None:
    """Fill the area's small tables with what the mapping and the declared lifecycle say."""
    _add(cursor, "described_states", [_state_row(name, mapping) for name in mapping.states])
    _add(
        cursor,
        "activity_meanings",
        [
            {"activity": name, "actor_role": meaning.role.value, "is_public_reply": meaning.is_public_reply}
            for name, meaning in mapping.activities.items()
        ],
    )
    _add(
        cursor,
        "translations",
        [
            {"role": role, "word": word, "meaning": meaning}
            for role, table in mapping.values.items()
            for word, meaning in table.items()
        ],
    )
    closed = {role: words for role, words in CLOSED_VALUES.items() if role in mapping.columns}
    _add(cursor, "closed_values", [{"role": role, "word": word} for role, words in closed.items() for word in words])
    if declared:
        _describe_declared(cursor, declared)


def _describe_declared(cursor: duckdb.DuckDBPyConnection, declared: Lifecycle) -> None:
    states = [
        {"state": state.name, "kind": state.kind.value, "ball": state.holder(None).value}
        for state in declared.states.values()
    ]
    _add(cursor, "declared_states", states)
    steps = sorted({(row.from_state, row.to_state) for row in declared.transitions})
    _add(cursor, "declared_steps", [{"from_state": before, "to_state": after} for before, after in steps])


def _state_row(name: str, mapping: LogMapping) -> dict[str, str]:
    meaning = mapping.states[name]
    labels = {f"label_{language.value}": meaning.labels.get(language, name) for language in Language}
    return {"state": name, "kind": meaning.kind.value, "ball": meaning.ball.value, "target": meaning.target, **labels}


def _add(cursor: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]] | list[dict[str, str]]) -> None:
    for row in rows:
        run(cursor, f"import/add_to_{table}", dict(row))
