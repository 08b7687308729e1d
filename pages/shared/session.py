"""The one module that touches the session's state and the process's caches. Nothing that can be recomputed is kept."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

Answer = TypeVar("Answer")
PAGES = "shared_pages"  # the registered pages by address, for links between them
CACHE_SECONDS = 600
CACHE_ENTRIES = 128
LARGE_ENTRIES = 2
FILE_ENTRIES = 32


def recall(key: str, otherwise: Any = None) -> Any:  # noqa: ANN401 - a session holds what its widgets hold
    """What the session holds under `key`."""
    return st.session_state.get(key, otherwise)


def recall_all(prefix: str) -> dict[str, Any]:
    """All that the session holds under keys that begin with `prefix`."""
    held = [key for key in st.session_state if isinstance(key, str) and key.startswith(prefix)]
    return {key: st.session_state[key] for key in held}


def remember(key: str, value: Any) -> None:  # noqa: ANN401
    """Keep `value` for the session. For a widget's key: before the widget is drawn, or in a callback."""
    st.session_state[key] = value


def forget(*keys: str) -> None:
    """Drop what the session holds under `keys`."""
    for key in keys:
        st.session_state.pop(key, None)


def forget_all(prefix: str) -> None:
    """Drop everything whose key begins with `prefix`."""
    forget(*[key for key in st.session_state if isinstance(key, str) and key.startswith(prefix)])


def id() -> str:  # noqa: A001 - the session's, always named with its module
    """What tells this screen from every other one of the process."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def is_open(session_id: str) -> bool:
    """Whether a screen of the process is still there: one that was closed or loaded anew is not."""
    return not runtime.exists() or bool(runtime.get_instance().is_active_session(session_id))


def query(name: str) -> str:
    """A value of the address's query, empty if absent."""
    return st.query_params.get(name, "")


def set_query(**values: str) -> None:
    """Set values of the address's query; an empty one is removed.

    All at once, for each write that changes the address is a step of the browser's history. They stand at its end: what
    a list is narrowed to before the ticket that is shown of it.
    """
    before = st.query_params.to_dict()
    kept = {name: value for name, value in before.items() if name not in values}
    after = kept | {name: value for name, value in values.items() if value}
    if after != before:
        st.query_params.from_dict(after)


def cached(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keep answers (frames, figures) for all sessions of the process.

    Every argument is part of the key: pass the filters, the colours' base and `access.data_version()`, so that a
    change of the desk is a new key. Answers are shared: nobody may change one.
    """
    keep = st.cache_resource(ttl=CACHE_SECONDS, max_entries=CACHE_ENTRIES, show_spinner=False)
    return keep(function)


def cached_large(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same for what may hold a row for every ticket: only the newest two are kept."""
    keep = st.cache_resource(ttl=CACHE_SECONDS, max_entries=LARGE_ENTRIES, show_spinner=False)
    return keep(function)


def cached_files(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same for bytes that a hash names, such as pictures of evidence: a few megabytes each."""
    keep = st.cache_resource(ttl=CACHE_SECONDS, max_entries=FILE_ENTRIES, show_spinner=False)
    return keep(function)
