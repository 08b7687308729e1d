"""The folder of one import for unpacked and rewritten files, and what imports that were killed left of theirs."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir

PREFIXES = ("marketdesk-import-", "marketdesk-dry-run-")
_OLD = timedelta(days=1)


@contextmanager
def scratch_folder(now: datetime) -> Iterator[Path]:
    """A folder that is gone afterwards; those older than a day by `now` (naive UTC) go, too."""
    for prefix in PREFIXES:
        for left in Path(gettempdir()).glob(f"{prefix}*"):
            with suppress(OSError):
                changed_at = datetime.fromtimestamp(left.lstat().st_mtime, UTC).replace(tzinfo=None)
                if now - changed_at > _OLD and not left.is_symlink():
                    rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=PREFIXES[0]) as folder:
        yield Path(folder)
