"""What an import found and did, as values and as the lines a person reads."""

from dataclasses import dataclass

from data.importing.times import TimesRead

_SHOWN_STATES = 12


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
    times: TimesRead
    undescribed_states: tuple[tuple[str, int], ...]
    absent_columns: tuple[str, ...]
    rejects_file: str = ""

    def lines(self) -> list[str]:
        """The report as a person reads it."""
        if not self.row_count - self.reject_count:
            head = f"{self.file}: nothing is left to import."
        else:
            head = f"{self.file}: {self.row_count:,} rows, {self.case_count:,} cases."
        return [head, self._added(), *self._rows(), *self._times(), *self._states()]

    def _added(self) -> str:
        verb = "Would add" if self.is_dry_run else "Added"
        grown = f", {self.grown_ticket_count:,} tickets grow" if self.grown_ticket_count else ""
        where = f"lifecycle {self.lifecycle}, version {self.lifecycle_version}"
        return f"{verb} {self.added_count:,} events, {self.new_ticket_count:,} new tickets{grown} ({where})."

    def _rows(self) -> list[str]:
        known = f"{self.known_count:,} rows were known from an earlier import and left alone."
        kept = f"{self.repeat_count:,} rows repeat an earlier row exactly; they are kept (--drop-repeats drops them)."
        dropped = f"{self.dropped_repeat_count:,} rows repeat an earlier row exactly; they were dropped, as asked."
        rejected = f"{self.reject_count:,} rows were left out, as asked; each is listed in {self.rejects_file}."
        doubles = (
            f"{self.likely_double_count:,} of the new rows have the case, activity and time of an event that is here "
            "already and differ in another column: if this is the same log in another form, give it another source."
        )
        steps = f"{self.nonconforming_count:,} steps are not in the table of {self.lifecycle}; kept and flagged."
        found = {
            known: self.known_count,
            kept: self.repeat_count,
            dropped: self.dropped_repeat_count,
            rejected: self.reject_count,
            doubles: self.likely_double_count,
            steps: self.nonconforming_count,
        }
        return [line for line, count in found.items() if count]

    def _times(self) -> list[str]:
        times = self.times
        lines = [f"Times read as {times.format}{f', local times as {times.zone}' if times.has_local else ''}."]
        if times.skipped_count:
            lines.append(
                f"{times.skipped_count:,} local times do not exist in {times.zone} (clocks forward): moved on."
            )
        if times.repeated_count:
            lines.append(f"{times.repeated_count:,} local times exist twice in {times.zone} (clocks back): the first.")
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
