"""A JPEG loses the blocks of every program, wherever they stand in it, and its further pictures keep their places."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tests.workflow.pictures import GPS, MAKER, ORIENTATION, picture, seen
from workflow.evidence_metadata import without_metadata


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


IPTC = segment(0xED, b"Photoshop 3.0\0 Lenina 5, flat 12")
XMP = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='55,45.1N'/>")
COMMENT = segment(0xFE, b"taken at home")


def with_blocks(jpeg, *blocks):
    return jpeg[:2] + b"".join(blocks) + jpeg[2:]


def test_a_jpeg_loses_the_blocks_of_every_program():
    bare = without_metadata(picture("JPEG"), "image/jpeg")
    assert without_metadata(with_blocks(bare, IPTC, XMP, COMMENT, segment(0xEC, b"Ducky")), "image/jpeg") == bare


def test_the_words_of_a_png_that_are_packed_go_too():
    packed = zlib.compress(b"Raw profile type exif")
    body = b"zTXtRaw profile type exif\0\0" + packed
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    png = without_metadata(picture("PNG"), "image/png")
    end = png.index(b"IEND") - 4
    assert without_metadata(png[:end] + chunk + png[end:], "image/png") == png


@pytest.mark.parametrize("gap", [b"", bytes(30)])
@pytest.mark.parametrize("block", [IPTC, XMP, COMMENT, segment(0xE0, b"JFIF\0" + bytes(9)) + COMMENT])
def test_a_further_picture_of_a_jpeg_keeps_its_place_and_nothing_that_was_written_into_it(block, gap):
    first, second = without_metadata(picture("JPEG"), "image/jpeg"), with_blocks(picture("JPEG"), block)
    after = without_metadata(first + gap + second, "image/jpeg")
    assert after.startswith(first + gap + b"\xff\xd8")
    assert len(after) == len(first + gap + second)
    for words in (b"Lenina", b"55,45", b"at home", b"Camera of Anna"):
        assert words not in after
    pixels, exif = seen(after[len(first + gap) :])
    assert pixels == seen(second)[0]
    assert (exif.get(ORIENTATION), dict(exif.get_ifd(GPS))) == (6, {})
    assert without_metadata(after, "image/jpeg") == after


def test_the_index_of_a_jpeg_of_several_pictures_still_leads_to_them():
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    exif = Image.Exif()
    exif[MAKER] = "Camera of Anna"
    out = BytesIO()
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:], exif=exif)
    whole = out.getvalue()
    after = without_metadata(whole, "image/jpeg")
    assert whole.count(b"Camera of Anna") == 2
    assert b"Camera of Anna" not in after
    with Image.open(BytesIO(after)) as image, Image.open(BytesIO(whole)) as ordinary:
        assert (image.format, image.n_frames) == ("MPO", 2)
        for frame in (0, 1):
            image.seek(frame)
            ordinary.seek(frame)
            assert image.convert("RGB").tobytes() == ordinary.convert("RGB").tobytes()


def test_what_stands_behind_the_index_of_a_jpeg_is_overwritten_and_does_not_move():
    index = segment(0xE2, b"MPF\0" + bytes(20))
    content = b"\xff\xd8" + COMMENT + index + b"\xff" + COMMENT + segment(0xDA, b"") + b"pixels"
    blanked = segment(0xFE, bytes(len(b"taken at home")))
    expected = b"\xff\xd8" + index + b"\xff" + blanked + segment(0xDA, b"") + b"pixels"
    assert without_metadata(content, "image/jpeg") == expected


def test_a_comment_between_the_scans_of_a_jpeg_goes():
    out = BytesIO()
    Image.effect_noise((32, 32), 90).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    second_scan = whole.rindex(b"\xff\xda")
    assert whole.count(b"\xff\xda") > 2
    assert without_metadata(whole[:second_scan] + COMMENT + whole[second_scan:], "image/jpeg") == whole


@pytest.mark.parametrize(
    "trailer", [b"\xff\xd8\xff\xfe\x10by chance" + bytes(9), b"\0\0\0\x18ftypmp42" + COMMENT, b"\xff\xd8"]
)
def test_what_only_looks_like_a_further_picture_is_left(trailer):
    bare = without_metadata(picture("JPEG"), "image/jpeg")
    assert without_metadata(bare + trailer, "image/jpeg") == bare + trailer


@pytest.mark.parametrize("length", [0, 1, 2])
def test_a_further_picture_that_breaks_off_within_a_block_keeps_its_length(length):
    bare = without_metadata(picture("JPEG"), "image/jpeg")
    content = bare + b"\xff\xd8" + segment(0xE0, b"JFIF\0") + COMMENT[: 2 + length]
    assert without_metadata(content, "image/jpeg") == content


@pytest.mark.parametrize("fill", [1, 2, 3])
def test_fill_bytes_before_a_marker_of_a_jpeg_hide_nothing(fill):
    """ITU T.81, B.1.1.2: any marker may stand behind any number of FF bytes."""
    whole = picture("JPEG")
    exif_at = whole.index(b"\xff\xe1")
    filled = whole[:exif_at] + b"\xff" * fill + whole[exif_at:]
    assert seen(filled)[1][MAKER] == "Camera of Anna"
    assert without_metadata(filled, "image/jpeg") == without_metadata(whole, "image/jpeg")
