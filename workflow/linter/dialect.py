r"""How the linter's patterns are read: regular expressions in which `\b`, `\w`, `+` and `*` mean something narrower.

Python takes Chinese signs for letters of a word, so no number or name that touches one has an edge, and Chinese is
written without blanks. Here a letter of a word (`\w`, `\W`, `\b`) is Latin or Cyrillic, a digit or an underscore. A
repeat without an end makes the search slower with the square of the text's length, so `+` and `*` end at `MOST`.
"""

import re
from collections.abc import Iterable

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


def compiled(pattern: str) -> re.Pattern[str]:
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
    return re.compile("".join(parts) + pattern[end:])


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
