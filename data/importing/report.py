"""What an import found and did, as values and as the lines a person reads."""

from dataclasses import dataclass

from data.importing.times import TimesRead
from data.importing.words import counted

_SHOWN_STATES = 12
_SHOWN_TICKETS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """The counts of one import; `row_count` is all rows of the file, `known_count` those that the desk had already."""

    file: str
    source: str
    lifecycle: str
    lifecycle_version: int
    is_dry_run: bool
    row_count: int
    case_count: int
    added_count: int
    known_count: int
    repeat_count: int
    dropped_repeat_count: int
    reject_count: int
    new_ticket_count: int
    grown_ticket_count: int
    nonconforming_count: int
    likely_double_count: int
    taken_over_count: int
    taken_over_numbers: tuple[int, ...]
    times: TimesRead
    kept_meanings: tuple[tuple[str, str, str, int], ...]
    undescribed_states: tuple[tuple[str, int], ...]
    absent_columns: tuple[str, ...]
    rejects_file: str = ""

    def lines(self) -> list[str]:
        """The report as a person reads it."""
        if not self.row_count - self.reject_count:
            head = f"{self.file}: nothing is left to import."
        else:
            head = f"{self.file}: {counted(self.row_count, 'row')}, {counted(self.case_count, 'case')}."
        return [head, self._added(), *self._rows(), *self._kept(), *self._times(), *self._states()]

    def _added(self) -> str:
        verb = "Would add" if self.is_dry_run else "Added"
        growing = counted(self.grown_ticket_count, "ticket grows", "tickets grow")
        grown = f", {growing}" if self.grown_ticket_count else ""
        where = f"lifecycle {self.lifecycle}, version {self.lifecycle_version}"
        added, opened = counted(self.added_count, "event"), counted(self.new_ticket_count, "new ticket")
        return f"{verb} {added}, {opened}{grown} ({where})."

    def _rows(self) -> list[str]:
        rows = ("row", "rows")
        known = f"Known from an earlier import and left alone: {counted(self.known_count, *rows)}."
        kept = (
            f"Exact repeats of an earlier row, kept (--drop-repeats drops them): {counted(self.repeat_count, *rows)}."
        )
        dropped = f"Exact repeats of an earlier row, dropped as asked: {counted(self.dropped_repeat_count, *rows)}."
        rejected = f"Left out, as asked, and listed in {self.rejects_file}: {counted(self.reject_count, *rows)}."
        doubles = (
            f"{counted(self.likely_double_count, 'new row has', 'new rows have')} the case, activity and time of an "
            "event that is here already, and something else that differs from its row."
        )
        steps = f"Not in the table of {self.lifecycle}, kept and flagged: {counted(self.nonconforming_count, 'step')}."
        found = {
            known: self.known_count,
            kept: self.repeat_count,
            dropped: self.dropped_repeat_count,
            rejected: self.reject_count,
            doubles: self.likely_double_count,
            steps: self.nonconforming_count,
        }
        return [line for line, count in found.items() if count]

    def _kept(self) -> list[str]:
        lines = [
            f"The mapping now says {now} for {name}, the desk keeps {kept} for {counted(count, 'earlier event')}."
            for name, kept, now, count in self.kept_meanings
        ]
        if lines:
            lines.append(
                "What was imported never changes: to have it anew, import into a new desk or as another source."
            )
        if self.taken_over_count:
            shown = ", ".join(f"{number:,}" for number in self.taken_over_numbers[:_SHOWN_TICKETS])
            more = ", ..." if len(self.taken_over_numbers) > _SHOWN_TICKETS else ""
            rows = counted(self.taken_over_count, "row")
            lines.append(f"Left out, because the desk has taken over their tickets ({shown}{more}): {rows}.")
        return lines

    def _times(self) -> list[str]:
        times = self.times
        lines = [f"Times read as {times.format}{f', local times as {times.zone}' if times.has_local else ''}."]
        if times.skipped_count:
            skipped = counted(times.skipped_count, "local time does", "local times do")
            lines.append(f"{skipped} not exist in {times.zone} (clocks forward): moved on.")
        if times.repeated_count:
            repeated = counted(times.repeated_count, "local time exists", "local times exist")
            lines.append(f"{repeated} twice in {times.zone} (clocks back): the first.")
        return lines

    def _states(self) -> list[str]:
        lines: list[str] = []
        if self.absent_columns:
            lines.append(f"Not in this log: {', '.join(self.absent_columns)}.")
        if self.undescribed_states:
            shown = ", ".join(f"{state} ({count:,})" for state, count in self.undescribed_states[:_SHOWN_STATES])
            more = len(self.undescribed_states) - _SHOWN_STATES
            rest = f" and {more:,} more" if more > 0 else ""
            lines.append(f"Not described by the mapping, so open with the ball at the seller: {shown}{rest}.")
        return lines
