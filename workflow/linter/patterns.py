# ruff: noqa: RUF001 - Russian words are searched for, so Cyrillic letters stand in the patterns.
"""The patterns of the linter: words from `rules.toml`, and the shapes of addresses, which are put here.

All are written in `workflow.linter.dialect`: a Chinese sign is no letter of a word, and every repeat has an end.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workflow.linter.dialect import Pattern, any_of

_RULES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("rules.toml").read_text(encoding="utf-8")
)
OWN_DOMAINS: tuple[str, ...] = tuple(_RULES["marketplace"]["domains"])


def _words(rule: str) -> str:
    """Whichever pattern of `rule` matches, in any language."""
    return any_of(_pieced(pattern) for language in _RULES[rule].values() for pattern in language)


def _pieced(pattern: str) -> str:
    """`pattern` with each `<name>` replaced by the piece of that name."""
    for name, piece in _RULES["parts"].items():
        pattern = pattern.replace(f"<{name}>", piece)
    return pattern


_ENDINGS = any_of(sorted(_RULES["link"]["endings"], key=len, reverse=True))
_AT = r"(?:\s*(?:@|\(at\)|\[at\]|\{at\}|\(?собак[аи]\)?|\(?собачк[аи]\)?|艾特)\s*)"
_DOT = r"(?:\s*(?:\[\.\]|\(\.\)|\(dot\)|\[dot\]|\(точка\)|\bточка\b|\bdot\b|\(点\)|点)\s*|\.|\s\.\s)"
_SECOND = rf"(?:{_DOT}(?:uk|cn|jp|kr|tr|in|br|au|nz|za|ua))?"  # “co dot uk”, “com.cn”
_HOST = rf"[a-z0-9а-я][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{0,5}}{_DOT}{_ENDINGS}{_SECOND}(?![\w-])"
_LOCAL = r"[\w.+-]{1,64}"
_PROVIDERS = any_of(_RULES["email"]["providers"])
# Where nothing but “at” stands for the sign, a box is what a word leads to, what is no plain word, or what a host of
# mailboxes keeps. Else “at” says where a thing is to be seen (“the catalogue at parts dot net”).
_BOXED = (
    rf"(?<![\w.+-])(?:(?:(?<=\bto\s)|(?<=\bis\s)|(?<=mail\s)|(?<=write\s)|(?<=contact\s)|(?<=under\s)|(?<=[:,]\s)|"
    rf"(?=[\w.+-]{{0,63}}[._+\d])){_LOCAL}\s+(?:at|эт)\s+[\w-]{{1,63}}|{_LOCAL}\s+(?:at|эт)\s+{_PROVIDERS})"
)
EMAIL = Pattern(
    rf"{_LOCAL}{_AT}[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}{_DOT}[a-zа-я]{{2,24}}|"
    rf"{_BOXED}\s+(?:dot|точка)\s+{_ENDINGS}\b|"
    # Said aloud, a known box needs no dot.
    rf"{_LOCAL}\s+соба(?:ка|чка)\s+{_PROVIDERS}\s+{_ENDINGS}\b|"
    rf"{_LOCAL}\s?[#*&$%]\s?{_PROVIDERS}{_DOT}{_ENDINGS}\b|"
    rf"(?<![\w.]){_PROVIDERS}\s?邮箱(?:号|地址)?\s?[:是为]?\s?[\w.+-]{{5,64}}|"
    rf"(?:\be-?mail|\bmail\b|почт[уаеы]\b|邮箱)\W+(?:\w+\W+){{0,2}}?{_LOCAL}\s+at\s+{_HOST}"
)
# No address: two sentences without a blank between them (“Hello.Me and my team”, “2 kg”.“Net weight”).
_GLUED = (
    r"(?!\d{1,5}(?:kg|g|cm|mm|m|ml|l|w|v|pcs|кг|г|см|мм|м|мл|л|шт)\.(?:net|me|by|be|pro|top|link|page)\b)"
    r"(?!(?:hello|hi|hey|thanks|thank\s+you|please|sorry|ok|okay|yes|no)\.(?:me|be|by|co|de|pro|top)\b)"
)
# The tail of an address is taken whole, however long: what is taken is not read again.
_TAIL = r"\S{0,1000}"
LINK = Pattern(
    rf"(?:[a-z]{{3,5}}://|\bwww\.)(?:[\w.:@%-]{{1,253}}|[^\s/?#]{{0,63}})(?:[/?#]{_TAIL})?|"
    rf"(?<![\w@.-]){_GLUED}{_HOST}(?!@)(?:/{_TAIL})?"
)
MESSENGER = Pattern(_words("messenger"))
CALLED_TO = Pattern(_words("calls"))
ASKED_EMAIL, ASKED_PHONE = Pattern(_words("asked_email")), Pattern(_words("asked_phone"))
CANCEL = Pattern(_words("cancel"))
OFF_PLATFORM = Pattern(_words("off_platform"))
REFUSAL = Pattern(_words("refusals"))
# These are searched for in the text before a match, not further back than this.
REACH = 300
WISH = Pattern(_words("wishes") + r"[^,.;:!?，。；：！？]{0,120}$")
_NEGATION = Pattern(_words("negations") + _pieced(r"<on>{0,2}\s*$"))
# Chinese writes no blanks, so signs are counted there; what asks or turns to the buyer begins another clause.
_NEGATION_ZH = Pattern(_words("negations_zh") + r"[^,.;!?。请麻建您你把就先直\s]{0,6}\s?$")
_MARKETPLACE = Pattern(_words("marketplace_does") + r"\s*$")
DENIALS = (_NEGATION, _NEGATION_ZH, _MARKETPLACE)
EXCUSE = Pattern(_words("excuses") + r"\s*$")
SHOWN = Pattern(_words("shown") + r"\s+(?:[\w-]{2,20}\s?(?:,|and\b|и\b)\s*){0,4}$")
