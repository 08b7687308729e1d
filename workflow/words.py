# ruff: noqa: RUF001 - the endings of Russian words are Russian.
"""The words by which a text is found, and the words that a search asks for: one way for both, so that they can meet.

Russian, English and Chinese in one text. Owns what a word is; where words are kept is the store's.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

VERSION = 4  # another number makes every desk's words anew
LONGEST = 64
MOST_SOUGHT = 6
_CHAIN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")  # letters and digits, also joined by hyphens as numbers of orders are
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_HAN}]+|[^{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"\d{4}")
_LONG_HEAD = re.compile(r"\d{5,}-")
_READ_ALOUD = (3, 4)  # how many of the last digits before the first hyphen people read of a long number
_LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|\d+")
_NUMBER_SIGN = str.maketrans("№", " ")  # folding would make the letters of “No” of it, joined to the number behind
# What people write before a number, as the ticket's own head does; no text needs to have it as well.
_SAYS_NUMBER = re.compile(
    r"(?<![^\W_])(?:no|nr|ticket|тикет|заявка|обращение|номер)[\s.:#]+(?=\d)|(?:工单号?|编号)[\s.:#]*(?=\d)"
)
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
    """What a search asks for: all of `words`, and a word that begins with `beginning` (the last one, still typed).

    `left_out` are the words of a long search that are not looked for, as they were typed.
    """

    words: tuple[str, ...]
    beginning: str
    left_out: tuple[str, ...] = ()


def words_of(text: str) -> frozenset[str]:
    """The words of `text`, each once: case and ё folded, usual endings cut off, Chinese in pairs of signs.

    A number joined by hyphens is a word as a whole and by its parts: `40001-0001-1`, `40001`, `0001`, `1`; so is one
    with letters and at least four digits in a row: `DEMO00000332`, `DEMO`, `00000332`. One that begins with five digits
    or more is found by its end, as people read it aloud: `509-0020-1` and `9509-0020-1` of `24219509-0020-1`.
    """
    found: set[str] = set()
    for chain in _CHAIN.findall(_folded(text)):
        if _is_number(chain):
            found.add(chain[:LONGEST])
            found.update(_ends(chain))
        for part in chain.split("-"):
            found.update(_parts(part))
            if _LONG_NUMBER.search(part):
                for piece in _LETTERS_OR_DIGITS.findall(part):
                    found.update(_parts(piece))
    return frozenset(found)


def sought(text: str) -> Sought | None:
    """What the search `text` asks for; None where it holds no word. Of a long one the last six words count."""
    found: list[tuple[str, str]] = []  # each word, and how it was typed
    for chain in _CHAIN.findall(_SAYS_NUMBER.sub(" ", _folded(text))):
        if _is_number(chain):
            found.append((chain[:LONGEST], chain))
            continue
        for part in chain.split("-"):
            # A text ends a run of Chinese with its last sign alone; nobody needs to ask for that as well.
            pieces = (piece for piece in _parts(part) if len(part) == 1 or not _is_last_sign(piece, part))
            found.extend((piece, piece if _IS_HAN.match(piece) else part) for piece in pieces)
    if not found:
        return None
    *others, last = (word for word, _typed in found[-MOST_SOUGHT:])
    return Sought(
        words=tuple(dict.fromkeys(word for word in others if word != last)),
        beginning=last,
        left_out=tuple(dict.fromkeys(typed for word, typed in found[:-MOST_SOUGHT] if word not in {*others, last})),
    )


def _folded(text: str) -> str:
    """NFKC makes one of full-width and usual signs; the breve of й stays, the dots of ё go, № is a space."""
    return unicodedata.normalize("NFKC", text.translate(_NUMBER_SIGN)).lower().replace("ё", "е")


def _is_number(chain: str) -> bool:
    return "-" in chain and _DIGIT.search(chain) is not None


def _ends(chain: str) -> list[str]:
    """What people read aloud of a number, from its last digits before the first hyphen on."""
    head = _LONG_HEAD.match(chain)
    return [chain[head.end() - 1 - count :][:LONGEST] for count in _READ_ALOUD] if head else []


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
