"""Import a log: the two files, a check that writes nothing, its report, then the import."""

import io
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.shared import errors, jobs, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, acting
from pages.shared.texts import _, counted
from pages.start.importing import Outcome, keep, work

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "helpdesk.toml"
LOG, MAPPING = "start_log", "start_mapping"
LARGEST_LOG_MB, LARGEST_MAPPING_MB = 500, 1
SHOWN_REJECTS = 5


def import_card() -> None:
    """Draw the card with the two files."""
    with st.container(border=True, height="stretch", key="start_import"):
        st.header(f":material/upload_file: {_('Import a log')}", anchor=False)
        st.markdown(
            _(
                "The event log of your help desk: CSV, Parquet or XES, one row an event, also gzipped. A mapping says "
                "which column is what and what each state means."
            )
        )
        _files()
        with st.container(horizontal=True, gap="small"):
            st.button(
                _("Check the log"),
                type="primary",
                icon=":material/fact_check:",
                key="start_check",
                disabled=not (session.recall(LOG) and session.recall(MAPPING)),
                on_click=_check,
            )
            st.download_button(
                _("Example of a mapping"),
                EXAMPLE.read_bytes(),
                file_name=EXAMPLE.name,
                mime="application/toml",
                icon=":material/download:",
                key="start_example",
                on_click="ignore",
            )
        st.caption(_("The check writes nothing. Either all of a log comes in, or none of it."))


def _files() -> None:
    st.file_uploader(
        _("Event log"),
        type=["csv", "parquet", "xes", "gz"],
        key=LOG,
        max_upload_size=LARGEST_LOG_MB,
        help=_("A larger log goes in by the command line: python -m data import."),
    )
    st.file_uploader(_("Mapping"), type=["toml"], key=MAPPING, max_upload_size=LARGEST_MAPPING_MB)


def outcome(found: Outcome) -> None:
    """Draw what a check or an import found, and the way on."""
    for line in found.lines:
        st.markdown(plain(line))
    if found.rejects:
        _rejects(found)
    with st.container(horizontal=True, gap="small"):
        if found.is_dry_run and not found.rejects:
            _go_on(_("Import"), found, skip_rejects=False)
        elif found.is_dry_run and found.reject_count < found.row_count:
            _go_on(_("Import the other rows"), found, skip_rejects=True)


def _rejects(found: Outcome) -> None:
    st.error(
        counted(
            "{count} row cannot be taken, so nothing was imported.",
            "{count} rows cannot be taken, so nothing was imported.",
            found.reject_count,
        ),
        icon=":material/error:",
    )
    frame = pd.read_csv(io.BytesIO(found.rejects), nrows=SHOWN_REJECTS, dtype=str).fillna("")
    names = {"line": _("Line"), "column": _("Column"), "reason": _("Reason")}
    st.dataframe(frame.rename(columns=names), hide_index=True)
    st.download_button(
        _("All rejected rows"),
        found.rejects,
        file_name=f"{found.upload.log.name}.rejects.csv",
        mime="text/csv",
        icon=":material/download:",
        key="start_rejects",
        on_click="ignore",
    )


def _go_on(label: str, found: Outcome, *, skip_rejects: bool) -> None:
    st.button(
        label,
        type="primary",
        icon=":material/upload:",
        key="start_go_on",
        on_click=_import,
        args=(found, skip_rejects),
    )


def _check() -> None:
    log, mapping = session.recall(LOG), session.recall(MAPPING)
    if log and mapping:
        with errors.sentences():
            acting(*DeskRole)
            jobs.start(_("Checking {file}").format(file=plain(log.name)), work(keep(log, mapping), is_dry_run=True))


def _import(found: Outcome, skip_rejects: bool) -> None:  # noqa: FBT001 - a callback's arguments come by place
    with errors.sentences():
        acting(*DeskRole)
        jobs.put_away()
        name = _("Importing {file}").format(file=plain(found.upload.log.name))
        jobs.start(name, work(found.upload, is_dry_run=False, skip_rejects=skip_rejects))
