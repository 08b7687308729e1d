"""The lines of a ledger as a table to read and as one to take away. Free of streamlit."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import accumulate, pairwise

import pandas as pd

from pages.shared import formats, service_words, words
from pages.shared.texts import _
from workflow.service.ledger import Line

_NOTHING = timedelta()
Labels = Mapping[str, str]


def shown(lines: Sequence[Line], labels: Labels, zone: str) -> pd.DataFrame:
    """One row per line and the sum below; `labels` are the names of states, times are those of the desk's `zone`."""
    elapsed, counts = _adding_up([line.elapsed for line in lines]), _adding_up([line.counted for line in lines])
    rows = [
        {
            _("From"): formats.short_instant(line.from_at, zone),
            _("To"): formats.short_instant(line.to_at, zone),
            _("State"): labels.get(line.state, line.state),
            _("Whose turn"): words.BALLS[line.ball],
            _("By the clock"): exact(elapsed[place]),
            _("Counted"): exact(counts[place]) if line.why.is_counted else formats.NO_DATA,
            _("Why"): service_words.why(line),
            _("Policy"): _("v{version}").format(version=line.policy_version),
            _("Calendar"): _("v{version}").format(version=line.calendar_version) if line.calendar_version else "",
        }
        for place, line in enumerate(lines)
    ]
    sums = {
        _("From"): _("Sum"),
        _("By the clock"): exact(sum((line.elapsed for line in lines), _NOTHING)),
        _("Counted"): exact(counted(lines)),
    }
    return pd.DataFrame([*rows, sums]).fillna("").map(_plain)


def counted(lines: Sequence[Line]) -> timedelta:
    """What the lines' counted time adds up to."""
    return sum((line.counted for line in lines), _NOTHING)


def _adding_up(lengths: Sequence[timedelta]) -> list[timedelta]:
    """The lengths in whole seconds, a second more or less here and there, so that they add up to the whole's."""
    ends = [timedelta(seconds=int(end.total_seconds())) for end in accumulate(lengths)]
    return [end - before for before, end in pairwise([_NOTHING, *ends])]


def exact(length: timedelta) -> str:
    """A duration to the second, so that lines add up before the reader's eyes: `26:03:05`."""
    seconds = int(length.total_seconds())
    return f"{seconds // formats.HOUR:,}:{seconds // formats.MINUTE % 60:02d}:{seconds % 60:02d}"


def csv(lines: Sequence[Line]) -> str:
    """The same for a spreadsheet: instants in UTC, seconds to the microsecond, words as the policies have them."""
    rows = [
        {
            "from_utc": line.from_at.isoformat(),
            "to_utc": line.to_at.isoformat(),
            "state": line.state,
            "turn": line.ball.value,
            "elapsed_seconds": line.elapsed.total_seconds(),
            "counted_seconds": line.counted.total_seconds(),
            "why": line.why.value,
            "name": _as_text(line.name),
            "policy_version": line.policy_version,
            "calendar_version": line.calendar_version,
        }
        for line in lines
    ]
    return pd.DataFrame(rows).to_csv(index=False)


def _as_text(name: str) -> str:
    """A name that a spreadsheet takes as text, whatever it begins with."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name


def _plain(text: str) -> str:
    return formats.plain(text)
