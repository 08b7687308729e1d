# ruff: noqa: RUF001 - Russian letters are compared with Latin ones.
"""A text as a reader would take it, however it is dressed up: each view knows where its signs stand in the original.

Full-width and circled signs are narrowed, invisible ones dropped, letters that only look alike made equal, letters that
stand apart put together, numbers in words or Chinese figures written as digits.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.linter.dialect import ALPHABETS, CYRILLIC, LATIN, LETTER, Pattern

_LATIN, _CYRILLIC = "aceopxykmtbh", "асеорхукмтвн"  # letters that look alike
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_LEET = str.maketrans("@013457$", "aoieasts")
_FIGURES = str.maketrans("零〇一二三四五六七八九幺两,", "0012345678912 ")
_LETTERS = str.maketrans("oоil", "0011")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\uffa0").union(map(chr, range(0xFE00, 0xFE10)))
_WORD = Pattern(rf"[{ALPHABETS}]+")
_MIXED = Pattern(r"(?=[^a-z]*[a-z])(?=[^а-яё]*[а-яё])")
_LEET_WORD = Pattern(r"(?<![a-zа-яё])(?=[a-zа-яё@$\d]*[a-zа-яё]{2})[a-zа-яё][a-zа-яё@$\d]*[@$013457][a-zа-яё@$\d]*")
# A sign that stands apart may be Chinese, and a Chinese one may touch the run: only letters that are glued end it. A
# run has no bound and is read once all the same: where its last sign begins a word, it ends one before.
_APART = re.compile(rf"(?<![{LETTER}])\w(?:[\s._*\-|]{{1,2}}\w){{3,}}(?![{LETTER}])")
_CHINESE_NUMBER = Pattern(
    r"[零〇一二三四五六七八九幺两](?:[\s\-,]?[零〇一二三四五六七八九幺两]){6,40}|"
    r"(?=\d{0,6}[零〇一二三四五六七八九幺两])[\d零〇一二三四五六七八九幺两](?:[\s\-]?[\d零〇一二三四五六七八九幺两]){6,40}"
)
_LETTERED_NUMBER = Pattern(
    rf"(?<![{LATIN}])(?:(?<![{CYRILLIC}])|(?<=[{CYRILLIC}]{{3}}))\d[\doоil\-\s()]{{6,24}}[\doоil](?!\w)"
)


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
        if unicodedata.category(sign) in {"Cf", "Me"} or sign in _UNSEEN:
            continue
        for narrow in "-" if sign in _DASHES else unicodedata.normalize("NFKC", sign).lower():
            signs.append(narrow)
            places.append(place)
    return View("".join(signs), tuple(places))


def alike(view: View) -> tuple[View, ...]:
    """The views in which words of two alphabets, letters written as figures and letters apart read as meant."""
    lettered = _matched(view, _LEET_WORD, _LEET)
    views = [_words(seen, table) for seen in (view, lettered) for table in (_TO_LATIN, _TO_CYRILLIC)] + [lettered]
    views += [together(view, apart=count) for count in (0, 1, 2)]
    return tuple(dict.fromkeys(other for other in views if other.text != view.text))


def together(view: View, *, apart: int = 0) -> View:
    """Letters that stand apart (“w h a t s a p p”) put together.

    So many as `apart` says stay before each word: a word of one letter (“a v i b e r”) looks like a part of it.
    """
    dropped = {place for match in _APART.finditer(view.text) for place in _gaps(match, apart)}
    kept = [index for index in range(len(view.text)) if index not in dropped]
    return View("".join(view.text[index] for index in kept), tuple(view.places[index] for index in kept))


def _gaps(match: re.Match[str], apart: int) -> Iterator[int]:
    letter_count = 0
    for place, sign in enumerate(match.group(), match.start()):
        if sign.isalnum():
            letter_count += 1
        elif letter_count > apart:
            yield place


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


def _matched(view: View, pattern: Pattern, table: dict[int, int]) -> View:
    return View(pattern.sub(lambda match: match.group().translate(table), view.text), view.places)
