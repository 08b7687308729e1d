"""The picture of a file is of bounded size and effort, and what cannot be drawn is said to be none."""

import zlib
from io import BytesIO

import pytest
import typst
from PIL import Image

from data import previews
from data.previews import MAX_PIXELS, PDF, holds_picture, preview

TALL = b"#set page(width: 1cm, height: 400cm)\nTall\n#pagebreak()\nSecond"
RED = b"#set page(width: 21cm, height: 29.7cm, fill: red)\n#pagebreak()\n#set page(fill: blue)\nSecond"
ORIENTATION = 0x0112


def first_page(source: bytes) -> Image.Image:
    page = preview(typst.compile(source, format="pdf"), PDF)
    assert page
    return Image.open(BytesIO(page)).convert("RGB")


def is_red(image: Image.Image, place: tuple[int, int]) -> bool:
    red, green, blue = image.getpixel(place)
    return red > 200 and max(green, blue) < 100


def document(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table) + trailer


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(content), content)


def page_of(*objects: bytes) -> bytes:
    """A PDF of one page, whose content is the fourth object and whose form /F the fifth."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    return document(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *objects)


def nested(levels: int) -> bytes:
    """A page that draws a form of ten forms of ten forms: 10 to the power of `levels` lines."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]"
    forms = [
        stream(b"/F Do " * 10, form + b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)) for level in range(levels)
    ]
    return page_of(stream(b"/F Do"), *forms, stream(b"0 0 m 10 10 l S", form))


def packed(chunk: bytes, count: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(chunk) for _time in range(count)) + packer.flush()


def blank_png(side: int) -> bytes:
    """A picture without a mark: a few hundred kilobytes, whatever its size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    head = side.to_bytes(4) * 2 + bytes([8, 6, 0, 0, 0])
    rows = packed(bytes(side * 4 + 1), side)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def saved(image: Image.Image, kind: str, **extra) -> bytes:
    out = BytesIO()
    image.save(out, kind, **extra)
    return out.getvalue()


def test_the_first_page_of_a_document_is_drawn():
    width, height = (page := first_page(RED)).size
    assert is_red(page, (width // 2, height // 2))


def test_the_page_is_a_sheet_of_paper_whatever_it_claims():
    assert first_page(TALL).size == first_page(RED).size


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", PDF),
        (b"%PDF-1.4\nbroken", PDF),
        (b"no document", PDF),
        (b"\xff\xd8\xff\xe0garbage", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF0000WEBP", "image/webp"),
        (saved(Image.new("RGB", (4, 4)), "PNG"), "image/jpeg"),
        (saved(Image.effect_noise((90, 90), 9), "JPEG")[:-900], "image/jpeg"),
        (saved(Image.new("RGB", (4, 4)), "PNG"), "image/heic"),
    ],
)
def test_what_cannot_be_drawn_is_none(content, media_type):
    assert preview(content, media_type) is None


def noise(kind):
    return saved(Image.effect_noise((90, 90), 9), kind)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff\xe0garbage", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\x89PNG\r\n\x1a\nphoto", "image/png"),
        (noise("PNG")[:40], "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF0000WEBP", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WEBPgarbage!", "image/webp"),
        (noise("PNG"), "image/jpeg"),
    ],
)
def test_a_signature_alone_is_no_picture(content, media_type):
    assert not holds_picture(content, media_type)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_a_picture_that_breaks_off_is_one(kind):
    content = noise(kind)
    assert holds_picture(content, f"image/{kind.lower()}")
    assert holds_picture(content[: len(content) * 2 // 3], f"image/{kind.lower()}")


def test_what_cannot_be_judged_is_believed(monkeypatch):
    assert holds_picture(b"\0\0\0\x18ftypheic", "image/heic")
    assert holds_picture(blank_png(9000), "image/png")
    huge = saved(Image.new("L", (8000, 8000)), "WEBP")
    assert preview(huge, "image/webp") is None
    assert holds_picture(huge, "image/webp")
    monkeypatch.setattr(previews, "TIME_LIMIT_SECONDS", 0.001)
    assert holds_picture(b"GIF89a", "image/gif")


def test_a_document_that_takes_too_long_to_read_is_left_to_the_reader(monkeypatch):
    content = typst.compile(RED, format="pdf")
    monkeypatch.setattr(previews, "MAX_BYTES", len(content) - 1)
    assert preview(content, PDF) is None


def test_a_forged_document_that_would_be_drawn_for_hours_is_given_up(monkeypatch):
    assert preview(nested(1), PDF)
    monkeypatch.setattr(previews, "TIME_LIMIT_SECONDS", 2)
    assert len(forged := nested(9)) < 3000
    assert preview(forged, PDF) is None


def test_a_forged_document_that_would_fill_the_memory_is_given_up():
    def spaces(megabytes: int) -> bytes:
        return page_of(stream(packed(b" " * 2**20, megabytes), b"/Filter/FlateDecode"))

    assert preview(spaces(1), PDF)
    assert preview(spaces(800), PDF) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_is_drawn_no_wider_than_a_page_shows_it(kind):
    drawn = preview(saved(Image.new("RGB", (2920, 200), "red"), kind), f"image/{kind.lower()}")
    assert drawn
    image = Image.open(BytesIO(drawn))
    assert (image.format, image.size) == ("JPEG", (1460, 100))
    assert is_red(image, (730, 50))


def test_a_picture_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    drawn = preview(saved(Image.new("RGB", (80, 20)), "JPEG", exif=exif), "image/jpeg")
    assert drawn
    assert Image.open(BytesIO(drawn)).size == (20, 80)


def test_what_is_transparent_is_white():
    drawn = preview(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"), "image/png")
    assert drawn
    assert Image.open(BytesIO(drawn)).getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_of_too_many_pixels_is_left_to_the_reader(monkeypatch):
    monkeypatch.setattr("data.previews.TIME_LIMIT_SECONDS", 120)  # on a busy machine the largest takes more than ten
    assert preview(blank_png(8000), "image/png")
    assert MAX_PIXELS == 8000 * 8000
    assert preview(blank_png(9000), "image/png") is None
