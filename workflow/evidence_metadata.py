"""Takes from a picture or video what its camera wrote into it, position first, without touching a pixel.

JPEG, PNG, WebP and GIF lose their blocks of metadata; of a JPEG the orientation is kept, so that it is seen upright. In
other containers (HEIC, MP4, QuickTime) the position is overwritten where it stands, so that no offset moves, and so are
the blocks of every further picture in a JPEG, which its index finds by offsets.
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from itertools import islice

_EXIF = b"Exif\x00\x00"
_TIFF_HEADERS = (b"II*\x00", b"MM\x00*")  # with which a block of Exif begins, whatever stands before it
_ORIENTATION, _GPS, _SHORT = 0x0112, 0x8825, 3
_JPEG_KEPT = {0xE0, 0xE2, 0xEE}  # JFIF, colour profile, Adobe
_JPEG_BARE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_JPEG_INDEX = b"MPF\x00"  # CIPA DC-007: where the other pictures of the file begin, counted from this block
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # what ends the picture's own bytes
# A further picture, told from bytes that only happen to begin as one by its first block.
_JPEG_NEXT = re.compile(
    rb"\xff\xd8(?=\xff+(?:[\xe0-\xef]..(?:JFIF|Exif|http|MPF\0|ICC_|urn:|Phot|Adob)|[\xdb\xfe]\0))", re.DOTALL
)
_PNG_DROPPED = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_DROPPED = {b"EXIF", b"XMP "}
_GIF_COLOURS, _GIF_EXTENSION, _GIF_PICTURE = 0x80, 0x21, 0x2C
_GIF_COMMENT, _GIF_APPLICATION = 0xFE, 0xFF
_GIF_KEPT = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}  # how often it plays, and its colour profile
_WEBP_FLAGS = 0x08 | 0x04  # in VP8X: EXIF and XMP are there
# ISO 6709: degrees, minutes, seconds, each may have a fraction, to the slash; or what lacks the slash but is exact.
_PLACE = re.compile(
    rb"[+-]\d{2}(?:\d\d){0,2}(?:\.\d{1,15})?[+-]\d{3}(?:\d\d){0,2}(?:\.\d{1,15})?(?:[+-]\d{1,9}(?:\.\d{1,15})?)?"
    rb"(?:CRS\w{1,32})?/|[+-]\d{2,3}\.\d{2,15}[+-]\d{2,3}\.\d{2,15}(?:[+-]\d{1,9}(?:\.\d{1,15})?)?/?"
)
# What is read of one file is bounded, for a forged one may point at itself a million times: a camera writes one block,
# about 32 entries of position in it, and no value that is longer than a segment of JPEG.
_MAX_BLOCKS, _MAX_ENTRIES, _MAX_VALUE_BYTES = 64, 256, 65_535
_LOCI = re.compile(rb"loci\0{4}")  # 3GPP TS 26.244, 8.10: version and flags are 0
_LOCI_BYTES = range(8 + 4 + 2 + 1 + 1 + 12 + 1 + 1, 4096)  # a box of it: one name, role, three numbers, body, notes
# As an attribute in either quotes, or as an element, which may have attributes of its own.
_XMP_PLACE = re.compile(rb":GPS\w{1,64}(?:\s{0,64}=\s{0,64}(?:\"([^\"<]*)|'([^'<]*))|(?:\s[^<>G]{0,256})?>([^<]*))")


def without_metadata(content: bytes, media_type: str) -> bytes:
    """`content` without its metadata; a file whose structure cannot be followed keeps what lies behind the break."""
    strip = _STRIPPED.get(media_type)
    if strip:
        content = strip(content)
    return _position_blanked(content) if media_type.partition("/")[0] in {"image", "video"} else content


def _jpeg(content: bytes) -> bytes:
    kept, place, is_fixed = bytearray(content[:2]), 2, False  # nothing moves any more once an index was passed
    while place + 2 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004 - every segment begins so
        marker = content[place + 1]
        if marker == 0xFF:  # noqa: PLR2004 - any number of them may stand before a marker and say nothing
            end = place + 1
            kept += content[place:end] if is_fixed else b""
        elif marker in _JPEG_BARE:
            end = place + 2
            kept += content[place:end]
        elif marker == 0xD9:  # noqa: PLR2004 - the end of one picture
            further = _JPEG_NEXT.search(content, place + 2)
            end, is_fixed = further.end() if further else len(content), True
            kept += content[place:end]
        else:
            end = place + 2 + int.from_bytes(content[place + 2 : place + 4])
            segment = content[place:end]
            kept += _segment_fixed(marker, segment) if is_fixed else _segment(marker, segment)
            is_fixed = is_fixed or (marker == 0xE2 and segment[4:8] == _JPEG_INDEX)  # noqa: PLR2004 - APP2
            if marker == 0xDA:  # noqa: PLR2004 - the picture itself follows
                behind = _JPEG_MARKER.search(content, end)
                after = behind.start() if behind else len(content)
                kept += content[end:after]
                end = after
        place = end
    return bytes(kept) + content[place:]


def _segment(marker: int, segment: bytes) -> bytes:
    """What stays of a segment of a JPEG."""
    if marker == 0xE1 and segment[4:10] == _EXIF:  # noqa: PLR2004 - where Exif stands
        return _upright(segment[10:])
    is_dropped = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in _JPEG_KEPT)  # noqa: PLR2004 - a comment, the blocks of applications
    return b"" if is_dropped else segment


def _segment_fixed(marker: int, segment: bytes) -> bytes:
    """The same, as long as it was: what stays, and zeros."""
    body = _segment(marker, segment)[4:]
    return segment[:4] + body[: len(segment) - 4].ljust(len(segment) - 4, b"\0")


def _upright(tiff: bytes) -> bytes:
    """An Exif block that holds the orientation alone; nothing where the picture is upright or does not say."""
    for tag, _kind, _count, place, order in _entries(tiff, 0):
        if tag == _ORIENTATION:
            turned = struct.unpack_from(f"{order}H", tiff, place)[0]
            entry = struct.pack("<HHHIHHI", 1, _ORIENTATION, _SHORT, 1, turned, 0, 0)
            block = _EXIF + b"II*\x00" + struct.pack("<I", 8) + entry
            return b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return b""


def _png(content: bytes) -> bytes:
    kept, place = bytearray(content[:8]), 8
    while place + 12 <= len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4])
        if end > len(content):
            break
        if content[place + 4 : place + 8] not in _PNG_DROPPED:
            kept += content[place:end]
        place = end
    return bytes(kept) + content[place:]


def _webp(content: bytes) -> bytes:
    kept, place = bytearray(), 12
    while place + 8 <= len(content):
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        end = place + 8 + size + size % 2
        chunk = bytearray(content[place:end])
        if bytes(chunk[:4]) == b"VP8X" and len(chunk) > 8:  # noqa: PLR2004 - its flags stand there
            chunk[8] &= ~_WEBP_FLAGS & 0xFF
        if bytes(chunk[:4]) not in _WEBP_DROPPED:
            kept += chunk
        place = end
    body = b"WEBP" + bytes(kept) + content[place:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(content: bytes) -> bytes:
    place = 13 + _colour_bytes(content, 10)
    kept = bytearray(content[:place])
    while place + 2 <= len(content) and content[place] in {_GIF_EXTENSION, _GIF_PICTURE}:
        is_picture = content[place] == _GIF_PICTURE
        end = _blocks_end(content, place + (11 + _colour_bytes(content, place + 9) if is_picture else 2))
        label, name = content[place + 1], content[place + 3 : place + 14]
        is_dropped = label == _GIF_COMMENT or (label == _GIF_APPLICATION and name not in _GIF_KEPT)
        if is_picture or not is_dropped:
            kept += content[place:end]
        place = end
    return bytes(kept) + content[place:]


def _colour_bytes(content: bytes, flags_at: int) -> int:
    """How long the table of colours is that the flags at `flags_at` announce; 0 where there is none."""
    flags = content[flags_at] if flags_at < len(content) else 0
    return 3 * 2 ** ((flags & 7) + 1) if flags & _GIF_COLOURS else 0


def _blocks_end(content: bytes, place: int) -> int:
    """Behind the data of a GIF that begin at `place`: blocks with their length in front, the last of them empty."""
    while place < len(content) and content[place]:
        place += 1 + content[place]
    return place + 1


def _position_blanked(content: bytes) -> bytes:
    """The same number of bytes, with the position overwritten wherever it is known to stand."""
    changed = bytearray(content)
    for tiff_at, directory_at in _positions(content):
        _blank_directory(changed, content, tiff_at, directory_at)
    for found in _PLACE.finditer(content):
        changed[found.start() : found.end()] = re.sub(rb"\d", b"0", found.group())
    for begin, end in _loci(content):
        changed[begin:end] = bytes(end - begin)
    for found in _XMP_PLACE.finditer(content):
        begin, end = found.span(found.lastindex or 0)
        changed[begin:end] = b" " * (end - begin)
    return bytes(changed)


def _loci(content: bytes) -> Iterator[tuple[int, int]]:
    """The name, numbers and notes of each box with a position of 3GPP: where they begin and end, none over another."""
    behind = 0
    for found in _LOCI.finditer(content):
        size = int.from_bytes(content[max(found.start() - 4, 0) : found.start()])
        begin, end = found.end() + 2, found.start() - 4 + size
        if size in _LOCI_BYTES and found.start() >= behind and end <= len(content):
            yield begin, end
            behind = end


def _positions(content: bytes) -> set[tuple[int, int]]:
    """Where the directories of positions begin, each once: the place of its block, and its own."""
    found: set[tuple[int, int]] = set()
    headers = merge(*(_places(content, mark) for mark in _TIFF_HEADERS))
    for tiff_at in islice(headers, _MAX_BLOCKS):
        pointers = (
            struct.unpack_from(f"{order}I", content, place)[0]
            for tag, _kind, _count, place, order in _entries(content, tiff_at)
            if tag == _GPS
        )
        found |= {(tiff_at, tiff_at + pointer) for pointer in islice(pointers, 1)}
    return found


def _places(content: bytes, mark: bytes) -> Iterator[int]:
    """Where `mark` stands, in order."""
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + len(mark))


def _blank_directory(changed: bytearray, content: bytes, tiff_at: int, at: int) -> None:
    """Overwrite every value of the GPS directory that begins at `at`."""
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
    for _tag, kind, count, place, order in _directory(content, tiff_at, at):
        length = min(sizes.get(kind, 1) * count, _MAX_VALUE_BYTES)
        begin = place if length <= 4 else tiff_at + struct.unpack_from(f"{order}I", content, place)[0]  # noqa: PLR2004 - small values stand in the entry
        end = min(begin + length, len(changed))
        changed[begin:end] = bytes(max(end - begin, 0))


def _entries(content: bytes, tiff_at: int) -> Iterator[tuple[int, int, int, int, str]]:
    """The first directory of the TIFF block at `tiff_at`: tag, kind, count, place of the value, byte order."""
    order = {b"II": "<", b"MM": ">"}.get(content[tiff_at : tiff_at + 2])
    if order and tiff_at + 8 <= len(content):
        first = tiff_at + struct.unpack_from(f"{order}I", content, tiff_at + 4)[0]
        yield from _directory(content, tiff_at, first)


def _directory(content: bytes, tiff_at: int, at: int) -> Iterator[tuple[int, int, int, int, str]]:
    """The first `_MAX_ENTRIES` entries of the directory at `at`."""
    order = "<" if content[tiff_at : tiff_at + 2] == b"II" else ">"
    count = struct.unpack_from(f"{order}H", content, at)[0] if at + 2 <= len(content) else 0
    for index in range(min(count, _MAX_ENTRIES)):
        place = at + 2 + 12 * index
        if place + 12 > len(content):
            return
        tag, kind, number = struct.unpack_from(f"{order}HHI", content, place)
        yield tag, kind, number, place + 8, order


_STRIPPED: Mapping[str, Callable[[bytes], bytes]] = {
    "image/gif": _gif,
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
