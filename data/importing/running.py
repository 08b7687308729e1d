"""The way of one import: mapping, file, staging, plan, and one transaction; or a sentence, and the desk untouched."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.commits import run
from data.database import Database
from data.importing.area import staging_area
from data.importing.errors import FileRefusedError, MappingRefusedError, RowsRejectedError
from data.importing.files import LogFile, Progress, open_log
from data.importing.loading import Ledger, Planned, plan, write
from data.importing.mapping import LogMapping
from data.importing.mapping_file import read_mapping
from data.importing.refusals import refuse_doubles, refuse_overwriting
from data.importing.report import ImportReport
from data.importing.scratch import scratch_folder
from data.importing.staging import Staged, Staging
from data.keeping import keep
from data.lifecycle_shelf import stored_lifecycles
from workflow.errors import UnknownCategoryError
from workflow.ids import new_ids
from workflow.lifecycle import Lifecycle, Lifecycles


@dataclass(frozen=True, slots=True)
class _Job:
    """What was asked for, with what it names already read."""

    database: Database
    log: LogFile
    mapping: LogMapping
    declared: Lifecycle | None
    now: datetime
    is_dry_run: bool
    skip_rejects: bool
    drop_repeats: bool
    add_anyway: bool
    rejects_file: Path
    progress: Progress


def run_import(  # noqa: PLR0913 - one argument for each thing that the command line can say
    database: Database,
    file: Path,
    mapping_file: Path,
    *,
    now: datetime,
    is_dry_run: bool = False,
    skip_rejects: bool = False,
    drop_repeats: bool = False,
    add_anyway: bool = False,
    rejects_file: Path | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the event log `file` into the desk as `mapping_file` says; `now` is naive UTC.

    Any rejected row refuses the whole file (`RowsRejectedError`) unless `skip_rejects`; all of them are written to
    `rejects_file`, by default beside where the command runs. A log whose new rows are mostly here already in another
    form is refused unless `add_anyway`. `is_dry_run` reports and writes nothing into the desk.
    `progress` is told a stage and how much of it is done, from 0 to 1.
    """
    rejects = rejects_file or Path(f"{file.name}.rejects.csv")
    others = {"the log": file, "the mapping": mapping_file, "the desk's file": database.path}
    refuse_overwriting(rejects, others, file.name)
    mapping = read_mapping(mapping_file)
    declared = _declared(database, mapping)
    tell = progress or _silent
    with scratch_folder(now) as scratch:
        log = open_log(file, scratch, tell)
        flags = (is_dry_run, skip_rejects, drop_repeats, add_anyway)
        job = _Job(database, log, mapping, declared, now, *flags, rejects, tell)
        with staging_area(database, file.name) as cursor:
            return _imported(job, cursor, scratch)


def _imported(job: _Job, cursor: duckdb.DuckDBPyConnection, scratch: Path) -> ImportReport:
    staging = Staging(
        cursor=cursor,
        log=job.log,
        mapping=job.mapping,
        declared=job.declared,
        now=job.now,
        drop_repeats=job.drop_repeats,
        scratch=scratch,
        progress=job.progress,
    )
    staged = staging.stage()
    report = _taken(job, cursor, staged)
    if report is None:  # the desk refused rows whose lines are not known yet
        report = _taken(job, cursor, staging.stage(with_lines=True))
    assert report is not None  # noqa: S101 - with lines there is an answer
    return report


def _taken(job: _Job, cursor: duckdb.DuckDBPyConnection, staged: Staged) -> ImportReport | None:
    """Plan and write what lies in the staging area; None where its rows must be read again for their lines."""
    _refuse_rejected(job, staged, run(cursor, "import/rejects_listed"), staged.reject_count)
    undescribed = tuple(run(cursor, "import/undescribed_states"))
    job.progress("Writing", 0.0)
    with _desk(job) as desk:
        planned = plan(desk, job.mapping, job.declared, now=job.now)
        if planned.refused_count and not staged.has_lines:
            return None
        kept = tuple(run(desk, "import/other_meanings"))
        report = _report(job, staged, planned, undescribed, kept)
        _refuse_rejected(job, staged, run(desk, "import/all_rejects_listed"), report.reject_count)
        if not job.add_anyway:
            refuse_doubles(job.log.name, planned.likely_double_count, planned.added_count)
        if not job.is_dry_run:
            write(desk, job.mapping, job.declared, planned, _ledger(job, report), now=job.now)
            keep(desk)
    job.progress("Writing", 1.0)
    return report


def _ledger(job: _Job, report: ImportReport) -> Ledger:
    return Ledger(
        import_id=new_ids()(job.now),
        file_name=job.log.name,
        file_hash=job.log.sha256,
        row_count=report.row_count,
        known_count=report.known_count,
        repeat_count=report.repeat_count + report.dropped_repeat_count,
        reject_count=report.reject_count,
    )


@contextmanager
def _desk(job: _Job) -> Iterator[duckdb.DuckDBPyConnection]:
    """The writer's cursor, or a reader's where nothing is to be written."""
    with job.database.reading() if job.is_dry_run else job.database.writing() as cursor:
        yield cursor


def _declared(database: Database, mapping: LogMapping) -> Lifecycle | None:
    lifecycles = Lifecycles(stored_lifecycles(database))
    names = [item.category for item in lifecycles.declared]
    if not mapping.lifecycle:
        if mapping.name in names:
            reason = f'"{mapping.name}" is a lifecycle of the desk: choose another name, or set lifecycle = to it.'
            raise MappingRefusedError(file=mapping.file, key="name", reason=reason)
        return None
    try:
        declared = lifecycles.newest(mapping.lifecycle)
    except UnknownCategoryError as error:
        reason = f'"{mapping.lifecycle}" is no lifecycle of the desk; there are: {", ".join(names)}.'
        raise MappingRefusedError(file=mapping.file, key="lifecycle", reason=reason) from error
    for name, meaning in mapping.states.items():
        if meaning.target not in declared.states:
            reason = f'"{meaning.target}" is no state of {declared.category}; it has: {", ".join(declared.states)}.'
            raise MappingRefusedError(file=mapping.file, key=f'states."{name}".to', reason=reason)
    return declared


def _refuse_rejected(job: _Job, staged: Staged, rejects: list[tuple[int, str, str]], count: int) -> None:
    if not rejects:
        return
    try:
        with job.rejects_file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("line", "column", "reason"))
            writer.writerows(rejects)
    except OSError as error:
        reason = f"rows were rejected, and {job.rejects_file} cannot be written ({error.strerror}): name another file."
        raise FileRefusedError(file=job.log.name, reason=reason) from error
    if not job.skip_rejects:
        line, column, reason = rejects[0]
        first = f"line {line}, {column}: {reason}" if column else f"line {line}: {reason}"
        raise RowsRejectedError(
            file=job.log.name,
            reject_count=count,
            row_count=staged.row_count,
            first=first,
            rejects_file=job.rejects_file,
        )


def _report(
    job: _Job,
    staged: Staged,
    planned: Planned,
    undescribed: tuple[tuple[str, int], ...],
    kept_meanings: tuple[tuple[str, str, str, int], ...],
) -> ImportReport:
    reject_count = staged.reject_count + planned.refused_count
    return ImportReport(
        file=job.log.name,
        source=job.mapping.source,
        lifecycle=job.mapping.lifecycle or job.mapping.name,
        lifecycle_version=planned.lifecycle_version,
        is_dry_run=job.is_dry_run,
        row_count=staged.row_count,
        case_count=staged.case_count,
        added_count=planned.added_count,
        known_count=staged.step_count - planned.added_count - planned.refused_count - planned.taken_over_count,
        repeat_count=0 if job.drop_repeats else staged.repeat_count,
        dropped_repeat_count=staged.repeat_count if job.drop_repeats else 0,
        reject_count=reject_count,
        new_ticket_count=planned.new_ticket_count,
        grown_ticket_count=planned.grown_ticket_count,
        nonconforming_count=planned.nonconforming_count,
        likely_double_count=planned.likely_double_count,
        times=staged.times,
        taken_over_count=planned.taken_over_count,
        taken_over_numbers=tuple(planned.taken_over_numbers),
        undescribed_states=undescribed,
        kept_meanings=kept_meanings,
        absent_columns=staged.layout.absent,
        rejects_file=str(job.rejects_file) if reject_count else "",
    )


def _silent(stage: str, fraction: float) -> None:
    """Tell nobody."""
