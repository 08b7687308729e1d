"""Everything that can go wrong between the desk and its file: one class a situation, with its sentence."""

from pathlib import Path

from workflow.errors import DeskError


class DatabaseError(DeskError):
    """The base of what the desk's file can refuse; `file_name` says which one."""

    def __init__(self, file_name: str, sentence: str) -> None:
        self.file_name = file_name
        super().__init__(sentence)


class DatabaseBusyError(DatabaseError):
    """Another process holds the file; `process_id` is None where the system does not tell."""

    def __init__(self, *, path: Path, process_id: int | None) -> None:
        self.process_id = process_id
        owner = f"process {process_id}" if process_id is not None else "another process"
        super().__init__(
            path.name,
            f"The desk's file {path.name} is open in {owner} (the running desk): stop it or use the desk's own pages.",
        )


class NotADeskError(DatabaseError):
    """The file is something else, or damaged."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(path.name, f"{path.name} is not a desk's file: {reason}.")


class DatabaseNewerError(DatabaseError):
    """A newer desk or a newer DuckDB wrote the file."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(
            path.name, f"{path.name} was written by a newer version ({reason}): update Marketdesk to open it."
        )


class MigrationChangedError(DatabaseError):
    """A migration that the file has been through reads differently now."""

    def __init__(self, *, path: Path, number: int, name: str) -> None:
        self.number, self.name = number, name
        super().__init__(
            path.name,
            f"{path.name} was made with another migration {number} ({name}) than this Marketdesk has: open it with the "
            "version that made it, or import its data into a new desk.",
        )


class LedgerLostError(DatabaseError):
    """The file has its tables, but no longer says which migrations made them."""

    def __init__(self, *, path: Path, number: int, name: str) -> None:
        self.number, self.name = number, name
        super().__init__(
            path.name,
            f"{path.name} has its tables, but its list of migrations lacks number {number} ({name}), so nobody can "
            "tell how far it is: restore it from a copy.",
        )


class DatabaseUnreachableError(DatabaseError):
    """The file cannot be created or read where it is."""

    def __init__(self, *, path: Path, reason: str) -> None:
        super().__init__(path.name, f"The desk's file {path} cannot be opened: {reason}.")


class DatabaseClosedError(DatabaseError):
    """Somebody closed the desk meanwhile."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(path.name, f"The desk's file {path.name} has been closed: open the desk again.")


class DiskFullError(DatabaseError):
    """There is no room for what was to be written; nothing of it was."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            path.name, f"The disk that holds {path.name} is full, so nothing was written: free some space, then repeat."
        )


class TextBrokenError(DatabaseError):
    """A text holds half of a character (a lone surrogate), which no file can keep; nothing was written."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            path.name,
            "A text holds half of a character, which cannot be kept, so nothing was written: take out the sign that is "
            "shown as a box or a question mark and repeat it.",
        )


class WriteConflictError(DatabaseError):
    """Another transaction changed the same row first; nothing of this one was written."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(path.name, "Somebody else changed the same record first, so nothing was written: repeat it.")


class WriterBusyError(DatabaseError):
    """Another write takes longer than this one can wait."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            path.name, "The desk is busy with a long write, so nothing was written: repeat it in a minute."
        )


class AbandonedWriteError(DatabaseError):
    """A part of a transaction failed and was overlooked; nothing of it was written."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(path.name, "One part of the change failed, so nothing of it was written: repeat it.")


class DatabaseFaultError(DatabaseError):
    """The database refused for a reason that no other class names."""

    def __init__(self, *, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(path.name, f"The desk's file {path.name} could not do this: {reason.rstrip('.')}.")


class EvidenceUnwritableError(DeskError):
    """A file of evidence could not be kept; nothing of the change was written."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"The evidence could not be kept ({reason}), so nothing was written: repeat it.")


class EvidenceMissingError(DeskError):
    """The bytes of a file of evidence are not where they should be."""

    def __init__(self, *, content_hash: str) -> None:
        self.content_hash = content_hash
        super().__init__(f"The evidence file {content_hash[:12]} is missing beside the desk's file: restore it.")


class LifecycleChangedError(DeskError):
    """A lifecycle's file was edited without a new version while tickets run on the old text."""

    def __init__(self, *, category: str, version: int) -> None:
        self.category, self.version = category, version
        super().__init__(
            f"Lifecycle {category} version {version} differs from the one that this desk keeps: give the edited one "
            f"version {version + 1}."
        )


class PolicyChangedError(DeskError):
    """A policy row was edited in place, which would move clocks that run already."""

    def __init__(self, *, policy_id: str, stored: str, found: str) -> None:
        self.policy_id = policy_id
        super().__init__(
            f"Policy row “{policy_id}” now says {found}, but clocks of this desk run on {stored}: put the old value "
            "back in its file (policies.toml, or the lifecycle's own) and add a row with a later valid_from."
        )


class NumbersTakenError(DeskError):
    """A bulk load brings ticket numbers that the desk has given already."""

    def __init__(self, *, lowest: int, next_free: int) -> None:
        super().__init__(f"Ticket number {lowest} is taken: the first free number of this desk is {next_free}.")


class EditedMeanwhileError(DeskError):
    """What is to be saved was saved or deleted by somebody else since it was read; nothing of this edit was kept."""

    def __init__(self, *, what: str, is_deleted: bool = False) -> None:
        self.what = what
        self.is_deleted = is_deleted
        is_so = "deleted by somebody else meanwhile: save your change under a new name"
        if not is_deleted:
            is_so = "saved by somebody else meanwhile: open it again, then repeat your change"
        super().__init__(f"{what} was {is_so}.")


class MacroInvalidError(DeskError):
    """A macro cannot be kept; nothing was saved."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The macro was not saved: {reason}.")


class ArchiveTooLargeError(DeskError):
    """The evidence of a case is too large for one archive; nothing was made."""

    def __init__(self, *, number: int, size_bytes: int, max_bytes: int) -> None:
        self.number = number
        megabyte = 1024 * 1024
        super().__init__(
            f"The archive of ticket {number} was not made: its evidence has {size_bytes // megabyte} MB, at most "
            f"{max_bytes // megabyte} MB are possible. Download the files one by one."
        )
