"""What a command is, and what several of them ask for: the desk's file and instants."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.database import Database
from data.opening import default_path
from workflow.errors import DeskError


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a command prints, and the exit code it ends with."""

    text: str
    exit_code: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One word after `python -m data`; `summary` is its line in the help, `examples` stand below its options."""

    name: str
    summary: str
    examples: tuple[str, ...]
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], Answer]


class DatabaseMissingError(DeskError):
    """A command that only reads found no desk."""

    def __init__(self, *, path: Path) -> None:
        self.path = path
        super().__init__(
            f"There is no desk at {path}: fill one with `python -m data demo` or `python -m data import`, "
            "or name another with --database."
        )


class InstantUnreadableError(DeskError):
    """What was given as a time is none."""

    def __init__(self, *, text: str) -> None:
        self.text = text
        super().__init__(
            f"{text!r} is not a time: write it like 2012-07-01, 2012-07-01T09:30Z or 2012-07-01T12:30+03:00."
        )


def database_path(arguments: Namespace) -> Path:
    """The file that `--database` names, else `DESK_DATABASE`, else the default."""
    return Path(arguments.database) if arguments.database else default_path()


def open_existing(arguments: Namespace) -> Database:
    """The desk that is there; `DatabaseMissingError` where there is none, so that reading never makes a file."""
    path = database_path(arguments)
    if not path.exists():
        raise DatabaseMissingError(path=path)
    return Database.open(path)


def instant(text: str) -> datetime:
    """An ISO 8601 instant as naive UTC; without `Z` or an offset it is UTC already."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise InstantUnreadableError(text=text) from error


def no_arguments(parser: ArgumentParser) -> None:
    """For a command that has only the common ones."""
    del parser
