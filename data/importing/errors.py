"""What an import can refuse: one class a situation, each with its finished sentence. The desk is untouched by all."""

from pathlib import Path

from data.importing.words import counted
from workflow.errors import DeskError


class MappingRefusedError(DeskError):
    """The mapping cannot be used; names file, key and what is allowed there."""

    def __init__(self, *, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(f"{file}, {key}: {reason}" if key else f"{file}: {reason}")


class FileRefusedError(DeskError):
    """The log as a whole cannot be read; says what, where and what to do."""

    def __init__(self, *, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class RowsRejectedError(DeskError):
    """Some rows cannot be taken, so none was; all of them stand in `rejects_file`."""

    def __init__(self, *, file: str, reject_count: int, row_count: int, first: str, rejects_file: Path) -> None:
        self.file, self.reject_count, self.row_count, self.rejects_file = file, reject_count, row_count, rejects_file
        super().__init__(
            f"{file}: {reject_count:,} of {counted(row_count, 'row')} cannot be taken, so nothing was imported "
            f"({first}). Every one is listed in {rejects_file}: mend the file, or leave them out with --skip-rejects."
        )
