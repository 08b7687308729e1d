"""The demo's evidence files: small pictures and documents, drawn in code. Real PNG and PDF, clearly no photographs."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from workflow.evidence import File
from workflow.vocabulary import EvidenceKind

WIDTH, HEIGHT = 360, 240
Colour = tuple[int, int, int]
WALL, FLOOR = (232, 229, 222), (203, 196, 184)
CARD, TAPE, DARK = (190, 146, 96), (226, 203, 160), (62, 44, 30)
WHITE, INK, GREY, RED, BLUE, GREEN = (
    (250, 250, 248),
    (32, 34, 38),
    (126, 130, 136),
    (190, 58, 46),
    (64, 118, 180),
    (74, 140, 92),
)


class Canvas:
    """A picture in memory, three bytes a point, drawn from plain shapes."""

    def __init__(self, ground: Colour = WALL) -> None:
        self._rows = [bytearray(bytes(ground) * WIDTH) for _ in range(HEIGHT)]

    def box(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        """A filled rectangle."""
        for row in self._rows[top:bottom]:
            row[left * 3 : right * 3] = bytes(colour) * (right - left)

    def frame(self, place: tuple[int, int, int, int], colour: Colour, ground: Colour) -> None:
        """A rectangle with a line around it."""
        left, top, right, bottom = place
        self.box(left, top, right, bottom, colour)
        self.box(left + 2, top + 2, right - 2, bottom - 2, ground)

    def disc(self, x: int, y: int, radius: int, colour: Colour) -> None:
        """A filled circle."""
        for step in range(-radius, radius + 1):
            half = int((radius * radius - step * step) ** 0.5)
            self.box(x - half, y + step, x + half + 1, y + step + 1, colour)

    def line(self, points: list[tuple[int, int]], colour: Colour, width: int = 3) -> None:
        """A broken line through `points`."""
        for (x, y), (to_x, to_y) in pairwise(points):
            steps = max(abs(to_x - x), abs(to_y - y), 1)
            for step in range(steps + 1):
                left, top = x + (to_x - x) * step // steps, y + (to_y - y) * step // steps
                self.box(left, top, left + width, top + width, colour)

    def wedge(self, left: int, top: int, size: int, colour: Colour) -> None:
        """A triangle that fills the upper right corner of a square."""
        for step in range(size):
            self.box(left + step, top + step, left + size, top + step + 1, colour)

    def png(self) -> bytes:
        """The picture as a PNG file."""
        points = b"".join(b"\0" + bytes(row) for row in self._rows)
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(points, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
            for name, body in chunks
        )


def _table() -> Canvas:
    canvas = Canvas()
    canvas.box(0, 176, WIDTH, HEIGHT, FLOOR)
    return canvas


def _parcel() -> Canvas:
    canvas = _table()
    canvas.box(80, 60, 280, 200, CARD)
    canvas.box(168, 60, 192, 200, TAPE)
    canvas.frame((96, 140, 150, 184), GREY, WHITE)
    return canvas


def _crushed_corner() -> Canvas:
    canvas = _parcel()
    canvas.wedge(222, 60, 58, DARK)
    canvas.wedge(236, 60, 44, WALL)
    canvas.line([(222, 62), (240, 96), (262, 104), (279, 118)], RED)
    return canvas


def _wet_parcel() -> Canvas:
    canvas = _parcel()
    for x, y, radius in ((110, 176, 20), (140, 186, 14), (224, 182, 18), (252, 190, 10)):
        canvas.disc(x, y, radius, (120, 98, 74))
    canvas.box(60, 200, 300, 208, BLUE)
    return canvas


def _cracked_screen() -> Canvas:
    canvas = _table()
    canvas.box(126, 26, 236, 216, INK)
    canvas.box(134, 38, 228, 200, (86, 104, 124))
    canvas.line([(150, 38), (172, 92), (162, 128), (190, 166), (184, 199)], WHITE, 2)
    canvas.line([(172, 92), (206, 78), (227, 86)], WHITE, 2)
    canvas.line([(162, 128), (136, 150)], WHITE, 2)
    return canvas


def _broken_part() -> Canvas:
    canvas = _table()
    canvas.box(110, 70, 210, 200, (216, 218, 222))
    canvas.box(110, 186, 210, 200, INK)
    canvas.line([(210, 88), (244, 88), (248, 112)], INK, 9)
    canvas.line([(262, 150), (258, 178), (214, 184)], INK, 9)
    canvas.line([(238, 116), (258, 110)], RED, 2)
    return canvas


def _torn_cloth() -> Canvas:
    canvas = Canvas()
    canvas.box(60, 30, 300, 210, (104, 132, 120))
    for left in range(60, 300, 12):
        canvas.box(left, 30, left + 2, 210, (96, 122, 111))
    for width, shade in ((15, DARK), (9, WALL)):
        canvas.line([(170, 70), (182, 98), (176, 122), (192, 160)], shade, width)
    return canvas


def _two_colours() -> Canvas:
    canvas = _table()
    canvas.frame((50, 50, 170, 190), GREY, BLUE)
    canvas.frame((190, 50, 310, 190), GREY, GREEN)
    canvas.line([(172, 120), (188, 120)], RED, 4)
    return canvas


def _missing_part() -> Canvas:
    canvas = _table()
    for index in range(6):
        left, top = 60 + index % 3 * 84, 50 + index // 3 * 80
        canvas.frame((left, top, left + 70, top + 66), GREY, WHITE)
        if index != 4:  # noqa: PLR2004 - the slot that stays empty
            canvas.disc(left + 35, top + 33, 20, (150, 158, 166))
        else:
            canvas.line([(left + 18, top + 18), (left + 50, top + 46)], RED)
            canvas.line([(left + 50, top + 18), (left + 18, top + 46)], RED)
    return canvas


def _label() -> Canvas:
    canvas = Canvas(GREY)
    canvas.box(40, 20, 320, 220, WHITE)
    for index in range(44):
        left = 60 + index * 5
        canvas.box(left, 120, left + (1, 3, 2, 4)[index * 7 % 4], 196, INK)
    for top, right in ((40, 250), (58, 210), (76, 280), (94, 180)):
        canvas.box(60, top, right, top + 7, INK)
    return canvas


def _pdf(title: str, lines: tuple[str, ...]) -> bytes:
    rows = [f"BT /F1 18 Tf 60 760 Td ({title}) Tj ET"]
    rows += [f"BT /F1 11 Tf 60 {720 - 20 * index} Td ({line}) Tj ET" for index, line in enumerate(lines)]
    stream = "\n".join(rows).encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return body + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


_PICTURES: dict[str, tuple[EvidenceKind, Callable[[], Canvas]]] = {
    "crushed_corner": (EvidenceKind.PHOTO, _crushed_corner),
    "wet_parcel": (EvidenceKind.PHOTO, _wet_parcel),
    "cracked_screen": (EvidenceKind.PHOTO, _cracked_screen),
    "broken_part": (EvidenceKind.PHOTO, _broken_part),
    "torn_cloth": (EvidenceKind.PHOTO, _torn_cloth),
    "two_colours": (EvidenceKind.PHOTO, _two_colours),
    "missing_part": (EvidenceKind.PHOTO, _missing_part),
    "packed_parcel": (EvidenceKind.PHOTO, _parcel),
    "label": (EvidenceKind.LABEL, _label),
}
_MADE_UP = "Made up for the demo: no real person, company or case."
_DOCUMENTS: dict[str, tuple[EvidenceKind, str, tuple[str, ...]]] = {
    "defect_found": (
        EvidenceKind.CONCLUSION,
        "Conclusion of a service centre",
        ("Result: the defect is confirmed, it comes from manufacture.", "No traces of misuse.", _MADE_UP),
    ),
    "no_defect_found": (
        EvidenceKind.CONCLUSION,
        "Conclusion of a service centre",
        ("Result: no defect was found, the item works as described.", _MADE_UP),
    ),
    "handover_slip": (
        EvidenceKind.HANDOVER_PROOF,
        "Hand-over slip",
        ("The item was handed over to the buyer and checked together.", _MADE_UP),
    ),
    "invoice": (EvidenceKind.DOCUMENT, "Invoice", ("One position, paid in full.", _MADE_UP)),
}


@cache
def evidence_file(name: str) -> File:
    """The file of this name, for example `crushed_corner`, with what it shows."""
    if name in _PICTURES:
        kind, draw = _PICTURES[name]
        return File(name=f"{name}.png", content=draw().png(), kind=kind)
    kind, title, lines = _DOCUMENTS[name]
    return File(name=f"{name}.pdf", content=_pdf(title, lines), kind=kind)


NAMES = (*_PICTURES, *_DOCUMENTS)
