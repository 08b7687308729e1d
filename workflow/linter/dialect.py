r"""How the linter's patterns are read: regular expressions in which `\b`, `\w`, `+` and `*` mean something narrower.

Python takes Chinese signs for letters of a word, so no number or name that touches one has an edge, and Chinese is
written without blanks. Here a letter of a word (`\w`, `\W`, `\b`) is Latin or Cyrillic, a digit or an underscore. A
repeat without an end makes the search slower with the square of the text's length, so `+` and `*` end at `MOST`.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

_ROMAN = r"a-z\u00df-\u024f"
CYRILLIC = r"\u0400-\u052f"
ALPHABETS = _ROMAN + CYRILLIC
LATIN = _ROMAN + "0-9_"  # for what is glued to a digit or an underscore is glued to a word
LETTER = LATIN + CYRILLIC
MOST = 40  # signs or times; no word, ending or run of blanks in a message is longer
_EDGE = rf"(?:(?<=[{LETTER}])(?![{LETTER}])|(?<![{LETTER}])(?=[{LETTER}]))"
_PART = re.compile(r"\\.|\[\^?|\]|[*+]")
_OUTSIDE = {
    r"\b": _EDGE,
    r"\w": f"[{LETTER}]",
    r"\W": f"[^{LETTER}]",
    "+": f"{{1,{MOST}}}",
    "*": f"{{0,{MOST}}}",
}
_INSIDE = {r"\w": LETTER}  # of a class in brackets


class Pattern:
    """A regular expression of this dialect.

    It is compiled when it is first asked: all of them take half a second, and few processes judge a text.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def compile(self) -> re.Pattern[str]:
        """As Python has it; made once."""
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self._compiled.search(text, start, end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self._compiled.match(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._compiled.finditer(text)

    def sub(self, put: Callable[[re.Match[str]], str], text: str) -> str:
        """As `re.Pattern.sub`."""
        return self._compiled.sub(put, text)

    @property
    def pattern(self) -> str:
        """As Python reads it."""
        return self._compiled.pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(_in_python(self._text))


def _in_python(pattern: str) -> str:
    """`pattern` as Python reads it, with narrower edges and letters and with an end to each repeat."""
    is_inside = False
    parts: list[str] = []
    end = 0
    for match in _PART.finditer(pattern):
        part = match.group()
        parts.append(pattern[end : match.start()])
        parts.append((_INSIDE if is_inside else _OUTSIDE).get(part, part))
        if part in {"[", "[^"}:
            is_inside = True
        elif part == "]":
            is_inside = False
        end = match.end()
    return "".join(parts) + pattern[end:]


def any_of(patterns: Iterable[str]) -> str:
    r"""Whichever of the patterns matches; the edge that many of them begin with is looked for once."""
    edged: list[str] = []
    others: list[str] = []
    for pattern in patterns:
        if pattern.startswith(r"\b"):
            edged.append(pattern.removeprefix(r"\b"))
        else:
            others.append(pattern)
    if edged:
        others.append(rf"\b(?:{'|'.join(edged)})")
    return f"(?:{'|'.join(others)})"
