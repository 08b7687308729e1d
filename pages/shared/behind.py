"""Which tickets stand behind a mark: the address names them (`behind`), a click on a mark writes it there.

A mark carries the name of what is behind it as the last of its `customdata` (plotly) or as `slug` (tables, maps). A
name is words with colons between them; what each page understands by them is its own.
"""

from collections.abc import Callable
from typing import Any

from pages.shared import session

NAME = "behind"
PAGE = "behind_page"  # of the list that is open
_CAME_FROM = "behind_came_from"


def asked() -> list[str]:
    """The words that the address holds; none where no list is open."""
    name = session.query(NAME)
    return name.split(":") if name else []


def name(*words: object) -> str:
    """The name of what is behind a mark; the last word may hold colons itself."""
    return ":".join(str(word) for word in words)


def open_list(slug: str, key: str = "") -> None:
    """Open the list behind a mark; `key` is the figure it was chosen in, whose choice is taken back when it closes."""
    session.forget(PAGE)
    session.remember(_CAME_FROM, key)
    session.set_query(**{NAME: slug})


def close_list() -> None:
    """Close the list, and take back what was chosen."""
    session.forget(PAGE)
    session.set_query(**{NAME: ""})
    key = session.recall(_CAME_FROM, "")
    if key:
        session.remember(_times(key), session.recall(_times(key), 0) + 1)


def keyed(key: str) -> str:
    """The widget's key of a figure: a new one once its choice was taken back."""
    times = session.recall(_times(key), 0)
    return f"{key}_{times}" if times else key


def follow(key: str) -> Callable[[], None]:
    """What a plotly figure does when one of its marks is chosen."""

    def chosen() -> None:
        points = _selection(key).get("points", [])
        data = points[0].get("customdata") if points else None
        if isinstance(data, list | tuple) and data and data[-1]:
            open_list(str(data[-1]), key)

    return chosen


def follow_row(key: str, slugs: list[str]) -> Callable[[], None]:
    """What a table does when one of its rows is chosen; `slugs` are those of its rows."""

    def chosen() -> None:
        rows = _selection(key).get("rows", [])
        if rows and slugs[rows[0]]:
            open_list(slugs[rows[0]], key)

    return chosen


def follow_item(key: str, slugs: list[str]) -> Callable[[], None]:
    """The same of an echarts figure with one series of `slugs`."""

    def chosen() -> None:
        for series in _selection(key).get("selected", []):
            places = series.get("data_indices", [])
            if places and slugs[places[0]]:
                open_list(slugs[places[0]], key)

    return chosen


def _selection(key: str) -> Any:  # noqa: ANN401 - as Streamlit hands it out
    return (session.recall(keyed(key)) or {}).get("selection", {})


def _times(key: str) -> str:
    return f"behind_times_{key}"
