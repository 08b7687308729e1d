"""Lays a file out in the staging area, reads its times, and finds every fault of every row by SQL."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data.commits import run
from data.importing.area import describe
from data.importing.columns import Layout, lay_out
from data.importing.csv_rows import csv_rows, csv_rows_with_lines
from data.importing.csv_text import open_csv
from data.importing.errors import FileRefusedError
from data.importing.files import LogFile, LogKind, Progress
from data.importing.mapping import LogMapping
from data.importing.mapping_file import CLOSED_VALUES
from data.importing.parquet_rows import parquet_rows
from data.importing.raw import RawRows
from data.importing.times import TimesRead, read_times
from data.importing.xes_rows import xes_rows
from workflow.lifecycle import Lifecycle


@dataclass(frozen=True, kw_only=True, slots=True)
class Staged:
    """What lies in the staging area. `has_lines`: the physical line of every row is known."""

    layout: Layout
    times: TimesRead
    has_lines: bool
    row_count: int
    reject_count: int
    step_count: int
    repeat_count: int
    case_count: int


@dataclass(kw_only=True)
class Staging:
    """How one file is staged with one mapping; `declared` is the lifecycle that the history goes onto, if any."""

    cursor: duckdb.DuckDBPyConnection
    log: LogFile
    mapping: LogMapping
    declared: Lifecycle | None
    now: datetime
    drop_repeats: bool
    scratch: Path
    progress: Progress

    def stage(self, *, with_lines: bool = False) -> Staged:
        """Stage the file. A CSV file that has any fault is read a second time, row by row, for the true lines."""
        run(self.cursor, "import/make_tables")
        describe(self.cursor, self.mapping, self.declared)
        raw = self._raw(with_lines=with_lines)
        try:
            layout = lay_out(self.cursor, raw, self.mapping, self.log.name)
        except duckdb.Error as error:
            is_parquet = self.log.kind is LogKind.PARQUET and not isinstance(error, duckdb.OutOfMemoryException)
            if not isinstance(error, duckdb.InvalidInputException) and not is_parquet:
                raise
            if raw.line:
                self._refuse(f"the file cannot be read ({str(error).splitlines()[0]}): export it again.")
            return self.stage(with_lines=True)
        if not raw.line and self._one("formless_rows")[0]:
            return self.stage(with_lines=True)
        self._refuse_if_empty(raw)
        times = self._read_times(layout)
        self._find_faults(raw, layout, times)
        if not raw.line and self._one("rejected_rows")[0]:
            return self.stage(with_lines=True)
        return self._staged(raw, layout, times)

    def _raw(self, *, with_lines: bool) -> RawRows:
        match self.log.kind:
            case LogKind.PARQUET:
                return parquet_rows(self.cursor, self.log)
            case LogKind.XES:
                return xes_rows(self.cursor, self.log, self.mapping, self.progress)
            case LogKind.CSV:
                text = open_csv(self.log, self.mapping, self.scratch)
                rows = None if with_lines else csv_rows(self.cursor, text)
                return rows or csv_rows_with_lines(self.cursor, text)

    def _refuse_if_empty(self, raw: RawRows) -> None:
        if not self._one("laid_out_rows")[0] and not raw.rejects:
            self._refuse("the file has no event: export it again.")

    def _read_times(self, layout: Layout) -> TimesRead:
        self.progress("Reading the times", 0.0)
        column, is_typed = layout.names["time"], layout.has_typed_time
        return read_times(self.cursor, self.mapping, self.log.name, column, is_typed=is_typed, now=self.now)

    def _find_faults(self, raw: RawRows, layout: Layout, times: TimesRead) -> None:
        self.progress("Checking the rows", 0.0)
        for reject in raw.rejects:
            row = {"line": reject.line, "row_id": None, "column_name": reject.column, "reason": reject.reason}
            run(self.cursor, "import/add_to_rejects", row)
        state_name = layout.names.get("state", layout.names["activity"])
        names = {f"{role}_name": layout.names[role] for role in ("case", "activity", "time")}
        checks = {**names, "state_name": state_name, "format": times.format, "now": self.now}
        run(self.cursor, "import/make_checked", {"now": self.now})
        if self._one("faulty_rows")[0]:
            run(self.cursor, "import/reject_rows", checks)
        if self.declared:
            run(self.cursor, "import/make_declared_meanings")
            lifecycle = {"state_name": state_name, "lifecycle": self.declared.category}
            run(self.cursor, "import/reject_states", lifecycle)
        else:
            run(self.cursor, "import/make_state_meanings")
        if any(role in self.mapping.columns for role in CLOSED_VALUES):
            run(self.cursor, "import/reject_values")

    def _staged(self, raw: RawRows, layout: Layout, times: TimesRead) -> Staged:
        self.progress("Ordering the events", 0.0)
        run(self.cursor, "import/make_cases")
        run(self.cursor, "import/make_steps", {"drop_repeats": self.drop_repeats})
        rows, rejected, formless, steps, repeats, cases = self._one("staged_counts")
        return Staged(
            layout=layout,
            times=times,
            has_lines=bool(raw.line),
            row_count=rows + formless,
            reject_count=rejected + formless,
            step_count=steps,
            repeat_count=rows - rejected - steps if self.drop_repeats else repeats,
            case_count=cases,
        )

    def _one(self, name: str) -> tuple[Any, ...]:
        return run(self.cursor, f"import/{name}")[0]

    def _refuse(self, reason: str) -> None:
        raise FileRefusedError(file=self.log.name, reason=reason)
