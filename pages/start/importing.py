"""An import as the start page does it: uploads kept in a folder of their own, a check first, then the import itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from data.importing import run_import
from data.importing.errors import RowsRejectedError
from pages.shared import access, jobs


@dataclass(frozen=True, kw_only=True, slots=True, weakref_slot=True)
class Upload:
    """A log and its mapping on the disk, as long as this value lives."""

    folder: Path
    log: Path
    mapping: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a check or an import found. `rejects` is the list of refused rows as CSV, empty where there was none."""

    upload: Upload
    is_dry_run: bool
    lines: tuple[str, ...] = ()
    rejects: bytes = b""
    reject_count: int = 0
    row_count: int = 0


def keep(log: Any, mapping: Any) -> Upload:  # noqa: ANN401 - Streamlit's uploaded files
    """Put both uploads on the disk under their own names."""
    folder = Path(mkdtemp(prefix="marketdesk-upload-"))
    upload = Upload(folder=folder, log=_saved(log, folder / "log"), mapping=_saved(mapping, folder / "mapping"))
    finalize(upload, rmtree, folder, ignore_errors=True)
    return upload


def work(upload: Upload, *, is_dry_run: bool, skip_rejects: bool = False) -> Callable[[jobs.Tell], Outcome]:
    """The import as a job."""

    def run(tell: jobs.Tell) -> Outcome:
        rejects_file = upload.folder / "rejects.csv"
        desk = access.desk()
        try:
            report = run_import(
                desk.database,
                upload.log,
                upload.mapping,
                now=access.now(),
                is_dry_run=is_dry_run,
                skip_rejects=skip_rejects,
                rejects_file=rejects_file,
                progress=tell,
            )
        except RowsRejectedError as error:
            return Outcome(
                upload=upload,
                is_dry_run=is_dry_run,
                rejects=rejects_file.read_bytes(),
                reject_count=error.reject_count,
                row_count=error.row_count,
            )
        if not is_dry_run:
            desk.refresh()
        return Outcome(upload=upload, is_dry_run=is_dry_run, lines=tuple(report.lines()))

    return run


def _saved(upload: Any, folder: Path) -> Path:  # noqa: ANN401
    folder.mkdir(exist_ok=True)
    place = folder / (Path(upload.name).name or "upload")
    place.write_bytes(upload.getvalue())
    return place
