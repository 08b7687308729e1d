# ruff: noqa: RUF001 - the endings of Russian words are Russian.
"""The words by which a text is found, and the words that a search asks for: one way for both, so that they can meet.

Russian, English and Chinese in one text. Owns what a word is; where words are kept is the store's.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

VERSION = 1  # another number makes every desk's words anew
LONGEST = 64
_MOST_SOUGHT = 6
_CHAIN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")  # letters and digits, also joined by hyphens as numbers of orders are
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_HAN}]+|[^{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_DIGIT = re.compile(r"\d")
_FORMS = (
    (re.compile(r"[a-z]{4,}"), re.compile(r"(.{3,}?)(?:ings?|ed|ies|es|(?<!s)s|y|e)")),
    (
        re.compile(r"[а-я]{4,}"),
        re.compile(
            r"(.{3,}?)(?:иями|ями|ами|иях|ях|ах|ией|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ыми|ими|ую|юю|ою|ом|ем"
            r"|ам|ям|ов|ев|ия|ию|ии|ью|ить|или|ила|ило|ил|а|я|о|е|и|ы|у|ю|ь|й)(?:с[ья])?"
        ),
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """What a search asks for: all of `words`, and a word that begins with `beginning` (the last one, still typed)."""

    words: tuple[str, ...]
    beginning: str


def words_of(text: str) -> frozenset[str]:
    """The words of `text`, each once: case and ё folded, usual endings cut off, Chinese in pairs of signs.

    A number joined by hyphens is a word as a whole and by its parts: `40001-0001-1`, `40001`, `0001`, `1`.
    """
    found: set[str] = set()
    for chain in _CHAIN.findall(_folded(text)):
        if _is_number(chain):
            found.add(chain[:LONGEST])
        for part in chain.split("-"):
            found.update(_parts(part))
    return frozenset(found)


def sought(text: str) -> Sought | None:
    """What the search `text` asks for; None where it holds no word. Of a long one the last six words count."""
    found: list[str] = []
    for chain in _CHAIN.findall(_folded(text)):
        if _is_number(chain):
            found.append(chain[:LONGEST])
            continue
        for part in chain.split("-"):
            # A text ends a run of Chinese with its last sign alone; nobody needs to ask for that as well.
            found.extend(piece for piece in _parts(part) if len(part) == 1 or not _is_last_sign(piece, part))
    if not found:
        return None
    *others, last = found[-_MOST_SOUGHT:]
    return Sought(words=tuple(dict.fromkeys(word for word in others if word != last)), beginning=last)


def _folded(text: str) -> str:
    """NFKC makes one of full-width and usual signs; the breve of й stays, the dots of ё go."""
    return unicodedata.normalize("NFKC", text).lower().replace("ё", "е")


def _is_number(chain: str) -> bool:
    return "-" in chain and _DIGIT.search(chain) is not None


@lru_cache(maxsize=200_000)
def _parts(part: str) -> tuple[str, ...]:
    """The words of a run without hyphens."""
    found: list[str] = []
    for run in _RUN.findall(part):
        if _IS_HAN.match(run):
            found.extend(run[place : place + 2] for place in range(len(run)))
        else:
            found.append(_stem(run)[:LONGEST])
    return tuple(found)


def _stem(word: str) -> str:
    """`word` without a usual ending: only cut off, never replaced, so that a beginning stays one."""
    for letters, form in _FORMS:
        if letters.fullmatch(word):
            cut = form.fullmatch(word)
            return cut[1] if cut else word
    return word


def _is_last_sign(piece: str, part: str) -> bool:
    return len(piece) == 1 and _IS_HAN.match(piece) is not None and part.endswith(piece)
