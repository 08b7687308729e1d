"""What a file of ratings can be refused for. The desk is untouched by all."""

from collections.abc import Sequence

from data.importing.raw import Reject
from data.importing.words import counted
from workflow.errors import DeskError

_NAMED = 20


class RatingsFileError(DeskError):
    """The file as a whole cannot be read."""

    def __init__(self, *, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}.")


class RatingsRefusedError(DeskError):
    """Some rows cannot be taken, so none was."""

    def __init__(self, *, file: str, rejects: Sequence[Reject], row_count: int) -> None:
        self.file, self.rejects = file, tuple(rejects)
        more = len(self.rejects) - _NAMED
        named = "; ".join(told(reject) for reject in self.rejects[:_NAMED])
        rest = f"; and {more:,} more, which --dry-run lists" if more > 0 else ""
        super().__init__(
            f"{file}: {len(self.rejects):,} of {counted(row_count, 'row')} cannot be taken, so none was "
            f"({named}{rest}). Mend them, or leave them out with --skip-rejects."
        )


def told(reject: Reject) -> str:
    """A refused row with its line."""
    where = f"line {reject.line}, {reject.column}" if reject.column else f"line {reject.line}"
    return f"{where}: {reject.reason}"
