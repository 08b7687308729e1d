"""Where the holidays and extra working days of a calendar come from: a country, an iCal file, a person's own list.

Countries are those of the package `holidays`; files are read by `ical_holidays`. Gives values for a calendar to keep:
a published version never asks its source again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import holidays

from workflow.calendars import ExtraDay, Holiday
from workflow.errors import DeskError
from workflow.vocabulary import Language

_LANGUAGES = {Language.EN: "en_US", Language.RU: "ru", Language.ZH: "zh_CN"}
_WORKED = "Working day by transfer"


class HolidaySourceError(DeskError):
    """A source of holidays cannot be used; `source` is the country or the file's name."""

    def __init__(self, *, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"The holidays of {source} cannot be read: {reason}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialDays:
    """Holidays and extra working days, by date, and a sentence for each thing of the source that is neither."""

    holidays: tuple[Holiday, ...] = ()
    extra_days: tuple[ExtraDay, ...] = ()
    left_out: tuple[str, ...] = ()


def countries() -> Mapping[str, Sequence[str]]:
    """The countries whose holidays are known, by their two letters, each with its regions."""
    return holidays.list_supported_countries(include_aliases=False)


def country_days(
    country: str, years: range, *, region: str = "", language: Language | None = None, like: int = 0
) -> SpecialDays:
    """The public holidays of a country (`RU`, `DE`, ...) or of its `region` (`BY`, ...) with their transfers.

    Days of the weekend that are worked instead become extra days with the hours of the weekday `like` (0 is Monday).
    Names are in `language` where the package has it, otherwise in the country's own. A year that the government has
    not settled yet has no transfers. `HolidaySourceError` for an unknown country, region or year.
    """
    source = f"{country}-{region}" if region else country
    if not years:
        raise HolidaySourceError(source=source, reason="no year was named, so name at least one")
    found = _country(country.upper(), years, region, language, source)
    known = range(found.start_year, found.end_year + 1)
    if years[0] not in known or years[-1] not in known:
        reason = f"they are known for the years {known[0]} to {known[-1]} only, so choose among these"
        raise HolidaySourceError(source=source, reason=reason)
    return SpecialDays(
        holidays=tuple(Holiday(on=day, name=name) for day, name in sorted(found.items()) if day.year in years),
        extra_days=tuple(
            ExtraDay(on=day, like=like, name=_WORKED) for day in sorted(found.weekend_workdays) if day.year in years
        ),
    )


def merged_holidays(*sources: Iterable[Holiday]) -> tuple[Holiday, ...]:
    """One holiday for each date of all sources; a date with several names carries each once, in the given order."""
    names = defaultdict[date, dict[str, None]](dict)
    for holiday in chain.from_iterable(sources):
        names[holiday.on].update({holiday.name: None} if holiday.name else {})
    return tuple(Holiday(on=day, name=", ".join(found)) for day, found in sorted(names.items()))


def _country(country: str, years: range, region: str, language: Language | None, source: str) -> holidays.HolidayBase:
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=years)
    except NotImplementedError as error:
        reason = "the package holidays does not know this country or region, so give its two letters, such as DE or RU"
        raise HolidaySourceError(source=source, reason=reason) from error
    wanted = _LANGUAGES[language] if language else None
    # Said always: without it, the package takes the language of the machine.
    name = wanted if wanted in found.supported_languages else found.default_language
    return holidays.country_holidays(country, subdiv=region or None, years=years, language=name)
