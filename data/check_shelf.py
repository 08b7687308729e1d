"""Holds the stored lifecycles against their own text, and hands `check` what the log must know of them."""

from collections.abc import Iterable, Iterator

import duckdb

from data.check_findings import Difference
from data.commits import run
from data.rows import Row
from workflow.errors import LifecycleError
from workflow.lifecycle import Lifecycle
from workflow.loading import load_lifecycle
from workflow.vocabulary import Language

_States = dict[str, tuple[str, ...]]


def check_shelf(cursor: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """Sources that do not load and states that differ from them; makes `known_balls` and `spoken_balls` on the way."""
    states = _stored_states(cursor)
    keys = frozenset(key for (key,) in run(cursor, "store/policy_keys"))
    loaded: list[Lifecycle] = []
    for category, version, is_observed, *_, source in run(cursor, "store/lifecycles"):
        if is_observed:
            continue
        place = f"{category} version {version}"
        try:
            lifecycle, own = load_lifecycle(source, place, keys)
        except LifecycleError as error:
            yield _fault(
                "lifecycles.source", f"a text that does not load ({str(error).rstrip('.')})", f"that of {place}"
            )
            continue
        del own
        if (lifecycle.category, lifecycle.version) != (category, version):
            yield _fault("lifecycles.source", f"that of {lifecycle.category} version {lifecycle.version}", place)
            continue
        loaded.append(lifecycle)
        yield from _compared(place, states.get((category, version), {}), lifecycle)
    _tell_balls(cursor, states, loaded)


def _stored_states(cursor: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], _States]:
    stored: dict[tuple[str, int], _States] = {}
    for category, version, name, *rest in run(cursor, "store/lifecycle_states"):
        stored.setdefault((category, version), {})[name] = tuple(rest)
    return stored


def _compared(place: str, stored: _States, lifecycle: Lifecycle) -> Iterator[Difference]:
    told = {
        name: (state.kind.value, state.ball.value, *(state.labels[language] for language in Language))
        for name, state in lifecycle.states.items()
    }
    for name in sorted(stored.keys() | told.keys()):
        if stored.get(name) != told.get(name):
            kept, wanted = (", ".join(of.get(name, ("no row",))) for of in (stored, told))
            yield _fault(f"lifecycle_states, {name} of {place}", kept, wanted)


def _tell_balls(
    cursor: duckdb.DuckDBPyConnection, states: dict[tuple[str, int], _States], loaded: list[Lifecycle]
) -> None:
    """Who may hold the ball where: by the state, by the delivery scheme, or by what an input of the row says."""
    known = {(*head, name, ball) for head, named in states.items() for name, (_, ball, *_) in named.items()}
    known |= {
        (item.category, item.version, state.name, ball.value)
        for item in loaded
        for state in item.states.values()
        for ball in (state.ball, *state.ball_by_scheme.values())
    }
    said = {
        (item.category, item.version, row.trigger, row.from_state, row.to_state, row.ball_from)
        for item in loaded
        for row in item.transitions
        if row.ball_from
    }
    run(cursor, "check/make_known_balls", _columns(("categories", "versions", "states", "balls"), known))
    names = ("categories", "versions", "triggers", "froms", "tos", "inputs")
    run(cursor, "check/make_spoken_balls", _columns(names, said))


def _columns(names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Row:
    listed = list(rows)
    return {name: [row[index] for row in listed] for index, name in enumerate(names)}


def _fault(place: str, stored: str, expected: str) -> Difference:
    return Difference(number=None, place=place, stored=stored, expected=expected)
