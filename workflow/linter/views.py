# ruff: noqa: RUF001 - Russian letters are compared with Latin ones.
"""A text as a reader would take it, however it is dressed up: each view knows where its signs stand in the original.

Full-width and circled signs are narrowed, invisible ones dropped, letters that only look alike made equal, letters that
stand apart put together, numbers in words or Chinese figures written as digits.
"""

import re
import unicodedata
from dataclasses import dataclass

_LATIN, _CYRILLIC = "aceopxykmtbh", "асеорхукмтвн"  # letters that look alike
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_LEET = str.maketrans("@013457$", "aoieasts")
_FIGURES = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")
_LETTERS = str.maketrans("oоil", "0011")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"(?=.*[a-z])(?=.*[а-яё])")
_LEET_WORD = re.compile(r"(?=[a-zа-яё@$\d]*[a-zа-яё]{2})[a-zа-яё][a-zа-яё@$\d]*[@$013457][a-zа-яё@$\d]*")
_APART = re.compile(r"(?<!\w)\w(?:[\s._*\-|]{1,2}\w){3,}(?!\w)")
_CHINESE_NUMBER = re.compile(r"[零〇一二三四五六七八九幺两](?:[\s\-]?[零〇一二三四五六七八九幺两]){6,}")
_LETTERED_NUMBER = re.compile(r"(?<!\w)\d[\doоil\-\s()]{6,}[\doоil](?!\w)")


@dataclass(frozen=True, slots=True)
class View:
    """A text and, for each of its signs, the place in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original, half open."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> View:
    """The text in lower case with narrowed signs, without invisible ones, and with one kind of dash."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in {"Cf", "Me"} or "\ufe00" <= sign <= "\ufe0f":
            continue
        for narrow in "-" if sign in _DASHES else unicodedata.normalize("NFKC", sign).lower():
            signs.append(narrow)
            places.append(place)
    return View("".join(signs), tuple(places))


def alike(view: View) -> tuple[View, ...]:
    """The views in which words of two alphabets, letters written as figures and letters apart read as meant."""
    views = [_words(view, _TO_LATIN), _words(view, _TO_CYRILLIC), _matched(view, _LEET_WORD, _LEET)]
    views += [together(view, apart=count) for count in (0, 1, 2)]
    return tuple(dict.fromkeys(other for other in views if other.text != view.text))


def together(view: View, *, apart: int = 0) -> View:
    """Letters that stand apart (“w h a t s a p p”) put together.

    So many as `apart` says stay before each word: a word of one letter (“a v i b e r”) looks like a part of it.
    """
    dropped = {
        start + offset
        for match in _APART.finditer(view.text)
        for start, run in [(match.start(), match.group())]
        for offset in [place for place, sign in enumerate(run) if not sign.isalnum()]
        if sum(sign.isalnum() for sign in run[:offset]) > apart
    }
    kept = [index for index in range(len(view.text)) if index not in dropped]
    return View("".join(view.text[index] for index in kept), tuple(view.places[index] for index in kept))


def in_digits(view: View) -> View:
    """Long numbers in Chinese figures, or with letters that look like digits, as digits."""
    return _matched(_matched(view, _CHINESE_NUMBER, _FIGURES), _LETTERED_NUMBER, _LETTERS)


def _words(view: View, table: dict[int, int]) -> View:
    return View(
        _WORD.sub(
            lambda match: match.group().translate(table) if _MIXED.match(match.group()) else match.group(), view.text
        ),
        view.places,
    )


def _matched(view: View, pattern: re.Pattern[str], table: dict[int, int]) -> View:
    return View(pattern.sub(lambda match: match.group().translate(table), view.text), view.places)
