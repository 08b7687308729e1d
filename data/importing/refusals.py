"""Refusals that no reader and no row brings about: what would overwrite a file, and what would spoil the desk."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from data.importing.errors import FileRefusedError, MappingRefusedError
from data.importing.mapping import LogMapping
from data.importing.words import counted


def refuse_overwriting(rejects_file: Path, others: Mapping[str, Path], file: str) -> None:
    """Refuse a list of rejects that would be written over one of `others`, by what they are."""
    for what, other in others.items():
        if _is_same(rejects_file, other):
            reason = f"the rejects would be written over {what}, {other}: name another file with --rejects."
            raise FileRefusedError(file=file, reason=reason)


def refuse_other_home(mapping: LogMapping, case_ref: str, number: int, category: str, is_observed: bool) -> NoReturn:  # noqa: FBT001 - a row
    """Refuse a mapping whose cases are here on another lifecycle; say which."""
    known = f'the case "{case_ref}" of the source "{mapping.source}" is here as ticket {number:,}'
    if is_observed:
        reason = f"{known} with the states of its source ({category}): leave lifecycle out, or name another source."
    else:
        reason = f'{known} on the lifecycle {category}: set lifecycle = "{category}", or name another source.'
    raise MappingRefusedError(file=mapping.file, key="lifecycle", reason=reason)


def refuse_doubles(file: str, double_count: int, added_count: int) -> None:
    """Refuse a log most of whose new rows are likely to be here already, in another form."""
    if double_count * 2 <= added_count:
        return
    reason = (
        f"{counted(double_count, 'row')} of {added_count:,} that are new have the case, activity and time of an event "
        "that is here already, and differ from its row in something else. If this is the same log in another form, it "
        "would count twice: go on with the form of the first import. If they are other events, say --add-anyway."
    )
    raise FileRefusedError(file=file, reason=reason)


def _is_same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return one.expanduser().resolve() == other.expanduser().resolve()
