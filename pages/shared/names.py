"""What tables call categories, states and durations, in the language of the screen."""

from collections.abc import Mapping

import pandas as pd

from pages.shared import formats
from pages.shared.colours import OF_KIND
from pages.shared.frames import where
from pages.shared.texts import _, label
from workflow.vocabulary import Language, StateKind


def labels(frame: pd.DataFrame, slug: str) -> list[str]:
    """The name of each row in the language of the screen; its `slug` stands in for a missing one."""
    columns = zip(frame[slug], frame["label_en"], frame["label_ru"], frame["label_zh"], strict=True)
    return [
        label({Language.EN: english, Language.RU: russian, Language.ZH: chinese}, otherwise)
        for otherwise, english, russian, chinese in columns
    ]


def category_names(categories: pd.DataFrame) -> Mapping[str, str]:
    """Slug to name of the categories that have tickets."""
    kept = where(categories, categories["tickets_count"] > 0)
    return dict(zip(kept["category"], labels(kept, "category"), strict=True))


def badge(name: str, kind: str) -> str:
    """A state's name as a badge in the colour of its kind."""
    return f":{OF_KIND[StateKind(kind)]}-badge[{formats.plain(name)}]"


def unbroken(seconds: float | None) -> str:
    """A duration that a narrow table does not break."""
    return formats.duration(seconds).replace(" ", "\u00a0")


def or_not_reached(seconds: float) -> str:
    """A Kaplan-Meier median of tickets that there are: none is one that fewer than half have reached."""
    return _("not reached") if pd.isna(seconds) else unbroken(seconds)


def percent(share: float) -> str:
    """A share between 0 and 1 in percent; no data is a dash."""
    return formats.NO_DATA if pd.isna(share) else f"{100 * share:.1f}\u00a0%"
