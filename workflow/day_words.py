"""Days as a reply names them to a buyer, in its own language: `8 November 2026`, `8 ноября 2026 года`.

What the desk's own screens show is written by the pages; this is text that leaves the desk.
"""

from collections.abc import Mapping
from datetime import date

from workflow.vocabulary import Language

_ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_RUSSIAN = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
_FORMS: Mapping[Language, tuple[str, tuple[str, ...]]] = {
    Language.EN: ("{day} {month} {year}", _ENGLISH),
    Language.RU: ("{day} {month} {year} года", _RUSSIAN),
    Language.ZH: ("{year}年{month}月{day}日", tuple(map(str, range(1, 13)))),
}


def day_in(language: Language, day: date) -> str:
    """`day` with its year, the month in words where the language writes it so."""
    form, months = _FORMS[language]
    return form.format(day=day.day, month=months[day.month - 1], year=day.year)
