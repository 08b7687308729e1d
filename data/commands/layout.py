"""How figures read in a terminal: durations in human units beside their exact seconds, tables in columns."""

from collections.abc import Iterable, Sequence

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
NOTHING = "-"


def duration(seconds: float | None) -> str:
    """`5 d 23 h (518,246 s)`: the two largest units, then the exact seconds; a dash where there is none."""
    if seconds is None:
        return NOTHING
    exact = f"{int(seconds):,} s" if seconds == int(seconds) else f"{seconds:,} s"
    if abs(seconds) < _UNITS[-2][1]:
        return exact
    parts: list[str] = []
    rest = round(seconds)
    for name, size in _UNITS:
        count, left = divmod(rest, size)
        if count or parts:
            parts.append(f"{count} {name}")
            rest = left
        if len(parts) == 2:  # noqa: PLR2004 - the two largest units
            break
    return f"{' '.join(part for part in parts if not part.startswith('0 '))} ({exact})"


def share(part: int, whole: int) -> str:
    """`92.4 % (231 of 250)`; a dash where there is no whole."""
    return f"{100 * part / whole:.1f} % ({part:,} of {whole:,})" if whole else NOTHING


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as their longest cell, two spaces apart."""
    lines = [tuple(headings), *(tuple(row) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
