"""How `MarketdeskHan-Regular.otf` was made of Noto Sans CJK SC: `python -m data.lettering.han_subset <its .ttc>`.

Noto Sans CJK is Adobe's and Google's, under the SIL Open Font License 1.1 (OFL.txt beside this file), which allows a
part of it to be shipped under another name. The source is the file `NotoSansCJK-Regular.ttc` of Debian's package
`fonts-noto-cjk`, 1:20220127. What is kept: the signs of GB 2312 and the common half of Big5, both with their
punctuation, and ASCII; no hints, no layout features. That is a tenth of the file, and all that buyers usually write.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from data.lettering.fonts import FAMILY, FILE

SOURCE_FAMILY = "Noto Sans CJK SC"
_COPYRIGHT, _FAMILY, _STYLE, _UNIQUE, _FULL, _VERSION, _POSTSCRIPT, _LICENCE, _LICENCE_AT = 0, 1, 2, 3, 4, 5, 6, 13, 14
_KEPT_NAMES = (_COPYRIGHT, _VERSION, _LICENCE, _LICENCE_AT)
_ASCII = range(0x20, 0x7F)
_TWO_BYTES = range(0xA1, 0xFF)
_COMMON_OF_BIG5 = range(0xA1, 0xC7)  # its punctuation and its first plane of characters
_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx")


def signs() -> frozenset[int]:
    """The code points that the font is to hold, where its source has them."""
    pairs = [bytes((first, second)) for first in _TWO_BYTES for second in _TWO_BYTES]
    common = [
        bytes((first, second)) for first in _COMMON_OF_BIG5 for second in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    ]
    simplified = {ord(sign) for pair in pairs for sign in pair.decode("gb2312", "ignore")}
    traditional = {ord(sign) for pair in common for sign in pair.decode("big5", "ignore")}
    return frozenset({*_ASCII, *simplified, *traditional})


def make(source: Path, target: Path = FILE) -> None:
    """Write the subset of the collection `source`; the same source always gives the same bytes."""
    fonts = TTCollection(source, lazy=True).fonts
    font = next(font for font in fonts if font["name"].getDebugName(_FAMILY) == SOURCE_FAMILY)
    font.recalcTimestamp = False
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [*_KEPT_NAMES, _FAMILY]
    options.drop_tables += _UNUSED_TABLES
    work = subset.Subsetter(options)
    work.populate(unicodes=signs())
    work.subset(font)
    _rename(font)
    font.save(target)


def _rename(font: TTFont) -> None:
    """Give the part its own name, so that no machine takes it for the whole; whose it is and its licence stay."""
    postscript = FILE.stem
    new = {
        _FAMILY: FAMILY,
        _STYLE: "Regular",
        _UNIQUE: f"{postscript}; part of {SOURCE_FAMILY}",
        _FULL: FAMILY,
        _POSTSCRIPT: postscript,
    }
    names = font["name"]
    kept = {name: names.getDebugName(name) for name in _KEPT_NAMES}
    names.names = []
    for name, text in (kept | new).items():
        names.setName(text, name, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [postscript]
    outlines.topDictIndex[0].FullName = outlines.topDictIndex[0].FamilyName = FAMILY


def main(arguments: Sequence[str]) -> None:
    """Make the font anew."""
    make(Path(arguments[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
