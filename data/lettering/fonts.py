"""Which fonts a printed page has, and what stands where none of them has a sign (DECISIONS: Evidence and the archive).

Owns the folders that Typst looks into and the signs that they hold. `han_subset` says how the Chinese one was made.
"""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

_HAN = Path(__file__).parent
FAMILY = "Marketdesk Han"
FILE = _HAN / "MarketdeskHan-Regular.otf"
_BREAKS = frozenset("\n\r\t")


@cache
def folders() -> tuple[Path, ...]:
    """Where the fonts are: DejaVu Sans, Latin and Cyrillic, comes with matplotlib, which is loaded only for that."""
    import matplotlib as mpl  # noqa: PLC0415

    return Path(mpl.get_data_path()) / "fonts" / "ttf", _HAN


def drawn(text: str) -> str:
    """`text` with a name for each sign that no font has: `[U+1F4E6 PACKAGE]`. Signs that show nothing are left out.

    A combining mark is drawn only where one font has both it and the sign that it stands on.
    """
    if all(_is_simple(sign) for sign in set(text)):
        return text
    parts: list[str] = []
    fonts: frozenset[int] = frozenset()  # those that can draw the sign so far, with its marks
    for sign in text:
        category = unicodedata.category(sign)
        if category == "Cf" or _is_selector(sign):
            continue
        if category in {"Zl", "Zp"}:
            parts.append("\n")
            continue
        holders = _fonts_with(sign)
        if category.startswith("M"):
            holders &= fonts
        if holders or sign in _BREAKS:
            fonts = holders
            parts.append(sign)
        else:
            parts.append(f"[U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip() + "]")
    return "".join(parts)


@cache
def signs_of(file: Path) -> frozenset[int]:
    """The code points that a font draws."""
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


@cache
def _is_simple(sign: str) -> bool:
    is_mark = unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf", "Zl", "Zp"}
    return sign in _BREAKS or (bool(_fonts_with(sign)) and not is_mark)


@cache
def _fonts_with(sign: str) -> frozenset[int]:
    files = (folders()[0] / "DejaVuSans.ttf", FILE)
    return frozenset(place for place, file in enumerate(files) if ord(sign) in signs_of(file))


def _is_selector(sign: str) -> bool:
    """Whether the sign only chooses how the one before it looks."""
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
