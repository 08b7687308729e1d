"""Small readings of data frames with the types that pandas leaves open."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd
from pandas.io.formats.style import Styler

Row: TypeAlias = Mapping[str, Any]
Formats: TypeAlias = Mapping[Callable[[Any], str] | str, Sequence[str]]  # how the values of some columns are written


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame row by row, each by its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def row_of(frame: pd.DataFrame, column: str, value: str) -> Row:
    """The one row whose `column` is `value`."""
    return next(row for row in rows(frame) if row[column] == value)


def where(frame: pd.DataFrame, is_kept: Any) -> pd.DataFrame:  # noqa: ANN401 - a column of booleans, however pandas types it
    """The rows for which `is_kept` is true."""
    return frame.loc[is_kept]


def total(frame: pd.DataFrame, column: str) -> int:
    """The sum of a column of counts."""
    return int(frame[column].to_numpy().sum())


def true_count(flags: Any) -> int:  # noqa: ANN401 - a column of booleans, however pandas types it
    """For how many rows it is true."""
    return int(pd.Series(flags).eq(other=True).sum())


def formatted(shown: pd.DataFrame, formats: Formats) -> Styler:
    """`shown` with each format laid on its columns; the values below stay what they are."""
    styler = shown.style
    for form, columns in formats.items():
        styler.format(form, subset=list(columns))
    return styler
