"""A picture goes into the desk without its position; its pixels and its orientation stay."""

import re
import struct
from io import BytesIO

import pytest
from PIL import Image, ImageSequence, PngImagePlugin

from tests.workflow.builders import AGENT, NOW, PNG, world
from tests.workflow.pictures import GPS, MAKER, ORIENTATION, picture, seen
from workflow import evidence_metadata
from workflow.errors import EvidenceRefusedError
from workflow.evidence import File
from workflow.evidence_metadata import without_metadata
from workflow.records import Claim
from workflow.vocabulary import EventKind

EXIF = b"Exif\x00\x00"


@pytest.mark.parametrize(
    ("kind", "media_type", "extra"),
    [
        ("JPEG", "image/jpeg", {"comment": b"taken at home"}),
        ("PNG", "image/png", {}),
        ("WEBP", "image/webp", {"lossless": True}),
    ],
)
def test_a_picture_loses_what_its_camera_wrote_and_no_pixel(kind, media_type, extra):
    before = picture(kind, **extra)
    assert seen(before)[1].get_ifd(GPS)
    after = without_metadata(before, media_type)
    pixels, exif = seen(after)
    assert pixels == seen(before)[0]
    assert dict(exif.get_ifd(GPS)) == {}
    assert MAKER not in exif
    assert b"Camera of Anna" not in after
    assert b"taken at home" not in after
    assert without_metadata(after, media_type) == after


def test_a_jpeg_stays_upright():
    assert seen(without_metadata(picture("JPEG"), "image/jpeg"))[1].get(ORIENTATION) == 6
    assert ORIENTATION not in seen(without_metadata(picture("JPEG", orientation=0), "image/jpeg"))[1]


def test_the_words_of_a_png_go_too():
    info = PngImagePlugin.PngInfo()
    info.add_text("Location", "55.75 N")
    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG", pnginfo=info)
    assert b"Location" not in without_metadata(out.getvalue(), "image/png")


def test_in_other_containers_the_position_is_overwritten_where_it_stands():
    exif = picture("JPEG")
    block = exif[exif.index(b"Exif\x00\x00") : exif.index(b"Exif\x00\x00") + 300]
    xmp = b'<x exif:GPSLatitude="55,45.3N" exif:Model="A"/><exif:GPSLongitude>37,37E</exif:GPSLongitude>'
    heic = b"\x00\x00\x00\x18ftypheic" + b"mdat" + block + xmp
    after = without_metadata(heic, "image/heic")
    assert len(after) == len(heic)
    assert b"55,45.3N" not in after
    assert b"37,37E" not in after
    assert b'Model="A"' in after
    assert struct.pack(">II", 55, 1) not in after
    assert struct.pack("<II", 55, 1) not in after
    film = b"\x00\x00\x00\x18ftypqt  \xa9xyz\x00\x12\x15\xc7+55.7558+037.6176+150.5/rest 2026-11-27"
    assert without_metadata(film, "video/quicktime") == film.replace(
        b"+55.7558+037.6176+150.5/", b"+00.0000+000.0000+000.0/"
    )


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp", "image/gif", "image/heic"])
def test_a_file_that_breaks_off_anywhere_is_still_taken(media_type):
    kind = media_type.rpartition("/")[2].upper()
    whole = picture(kind if kind != "HEIC" else "JPEG")
    for length in range(0, len(whole), 3):
        without_metadata(whole[:length], media_type)


def directory(*entries):
    """A directory of a little-endian TIFF block."""
    return struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)


def block(*directories):
    """A block of Exif: its directories one after another, the first of them eight bytes behind its beginning."""
    return EXIF + b"II*\x00" + struct.pack("<I", 8) + b"".join(directories)


def entries_read(monkeypatch, content):
    read = []
    ordinary = evidence_metadata._directory

    def counted(*arguments):
        for entry in ordinary(*arguments):
            read.append(entry)
            yield entry

    monkeypatch.setattr(evidence_metadata, "_directory", counted)
    without_metadata(content, "image/heic")
    return len(read)


def test_a_forged_picture_that_points_at_itself_is_read_once(monkeypatch):
    many = 2000
    gps_at = 8 + 2 + 12 * many
    forged = block(directory(*[(GPS, 4, 1, gps_at)] * many), directory(*[(2, 5, 1, 0)] * many))
    assert entries_read(monkeypatch, forged) <= 1 + 256


def test_a_forged_picture_of_many_blocks_is_read_up_to_a_bound(monkeypatch):
    forged = block(directory(*[(ORIENTATION, 3, 1, 6)] * 300)) * 100
    assert entries_read(monkeypatch, forged) == 64 * 256


def test_a_forged_length_overwrites_no_more_than_a_position_can_be():
    ones = b"\x01" * 200_000
    values_at = 8 + 2 + 12 + 2 + 12
    forged = block(directory((GPS, 4, 1, 8 + 2 + 12)), directory((2, 5, 2**31, values_at)), ones)
    after = without_metadata(forged, "image/heic")
    assert after == forged[: -len(ones)] + bytes(65_535) + ones[65_535:]


def test_a_number_without_an_end_is_no_position():
    film = b"\x00\x00\x00\x18ftypqt  +55.75581234567+037.617612345678+" + b"1" * 100
    assert without_metadata(film, "video/quicktime") == (
        b"\x00\x00\x00\x18ftypqt  +00.00000000000+000.000000000000+" + b"0" * 9 + b"1" * 91
    )


def test_the_position_is_found_in_every_block_that_a_camera_may_write():
    one = block(directory((GPS, 4, 1, 8 + 2 + 12)), directory((2, 5, 3, 8 + 2 * 14)), b"\x01" * 24)
    assert b"\x01" * 24 not in without_metadata(EXIF * 100 + one + one, "image/heic")


@pytest.mark.parametrize("kind", ["image/heic", "video/mp4"])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_block_of_exif_that_begins_with_its_tiff_header_loses_its_position(kind, order):
    """In a HEIC the word Exif stands with the item's name, and `exif_tiff_header_offset` 0 leads to the header."""
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    gps_at, values_at = 8 + 2 + 12, 8 + 2 + 12 + 2 + 12
    tiff = mark + struct.pack(f"{order}I", 8)
    tiff += struct.pack(f"{order}HHHII", 1, GPS, 4, 1, gps_at) + struct.pack(f"{order}HHHII", 1, 2, 5, 3, values_at)
    place = struct.pack(f"{order}6I", 55, 1, 45, 1, 209, 10)
    before, after = b"\0\0\0\x18ftypheic" + b"Exif" + bytes(4) + tiff, b"pixels" * 9
    assert without_metadata(before + place + after, kind) == before + bytes(len(place)) + after


def test_a_header_by_chance_without_a_position_is_left_as_it_is():
    pixels = b"\x07" * 20
    chance = pixels + b"II*\x00" + pixels + block(directory((ORIENTATION, 3, 1, 6)))[6:] + pixels + b"MM\x00*"
    assert without_metadata(chance, "image/heic") == chance


def test_a_document_is_left_as_it_is():
    document = b"%PDF-1.7 +55.7558+037.6176/"
    assert without_metadata(document, "application/pdf") == document


def test_bare_markers_of_a_jpeg_are_followed():
    content = b"\xff\xd8\xff\x01\xff\xe1\x00\x08Exif!!\xff\xda\x00\x02rest"
    assert without_metadata(content, "image/jpeg") == b"\xff\xd8\xff\x01\xff\xda\x00\x02rest"


def test_evidence_names_the_claim_that_it_shows_something_about_and_so_does_the_log():
    it = world()
    ticket = it.open("after_sales")
    claim = Claim(
        id="c-1",
        ticket_id=ticket.id,
        kind="return",
        external_ref="RET-1",
        status="filed",
        reason_code="defect",
        is_defect=True,
        filed_at=NOW,
    )
    it.desk.record_claim(claim, actor=AGENT, now=NOW)
    files = [File(name="a.png", content=PNG, claim_id="c-1"), File(name="b.png", content=PNG + b"2")]
    it.desk.attach_evidence(ticket.id, files, actor=AGENT, now=NOW)
    assert [item.claim_id for item in it.store.load_case(ticket.id).evidence] == ["c-1", ""]
    added = [event for event in it.store.events_of(ticket.id) if event.kind is EventKind.EVIDENCE_ADDED]
    assert added[0].payload["claim_ids"] == ["c-1", ""]


def test_the_same_photo_is_one_file_and_a_claim_of_another_ticket_is_refused():
    it = world()
    ticket = it.open()
    photo = File(name="home.jpg", content=picture("JPEG"))
    for _ in range(2):
        it.desk.attach_evidence(ticket.id, [photo], actor=AGENT, now=NOW)
    (kept,) = it.store.load_case(ticket.id).evidence
    assert kept.size_bytes == len(it.store.blobs[kept.content_hash]) < len(photo.content)
    strange = File(name="x.jpg", content=picture("JPEG", orientation=3), claim_id="nobody's")
    with pytest.raises(EvidenceRefusedError, match="the claim that it is to show is not of this ticket"):
        it.desk.attach_evidence(ticket.id, [strange], actor=AGENT, now=NOW)


def gif(*blocks, colours=8):
    """Two frames that move for ever, with `blocks` put in before the first frame."""
    out = BytesIO()
    frames = [Image.new("P", (8, 8), colour) for colour in (1, 2)]
    for frame in frames:
        frame.putpalette(bytes(range(3 * colours)))
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"GPS 55.7558,37.6173")
    whole = out.getvalue()
    colours_end = 13 + 3 * 2 ** ((whole[10] & 7) + 1)
    return whole[:colours_end] + b"".join(blocks) + whole[colours_end:]


def frames_of(content):
    with Image.open(BytesIO(content)) as image:
        return [frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(image)], image.info.get("loop")


def test_a_gif_loses_comments_and_what_programs_wrote_and_goes_on_moving():
    xmp = b"\x21\xff\x0bXMP DataXMP<xmp:CreatorTool>Camera of Anna</xmp:CreatorTool>"
    xmp += b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    profile = b"\x21\xff\x0bICCRGBG1012\x03abc\x00"
    before = gif(xmp, profile)
    after = without_metadata(before, "image/gif")
    assert frames_of(after) == frames_of(before)
    assert frames_of(after)[1] == 0
    assert profile in after
    assert b"Camera of Anna" not in after
    assert b"55.7558" not in after
    assert without_metadata(after, "image/gif") == after


def test_a_gif_without_colours_for_all_is_followed():
    frame = b"\x2c" + bytes(8) + b"\x80" + bytes(6) + b"\x02\x02\x4c\x01\x00"
    content = b"GIF89a" + bytes(7) + b"\x21\xfe\x04Anna\x00" + frame + b"\x3b"
    assert without_metadata(content, "image/gif") == b"GIF89a" + bytes(7) + frame + b"\x3b"


@pytest.mark.parametrize(
    "place",
    [
        b"+55.7+037.6/",
        b"+55+037/",
        b"+5545.12+03737.02/",
        b"+554512.3+0373702.1/",
        b"-33.8688+151.2093/",
        b"+55.7+037.6+150/",
        b"+55.7558+037.6176",
    ],
)
def test_every_way_to_write_a_position_in_a_film_is_overwritten(place):
    head = b"\0\0\0\x18ftypqt  \xa9xyz\0\x12\x15\xc7"
    zeros = re.sub(rb"[0-9]", b"0", place)
    assert without_metadata(head + place + b"rest", "video/mp4") == head + zeros + b"rest"


def test_the_name_of_the_earths_shape_ends_a_position():
    film = b"\0\0\0\x18ftypqt  +55.7+037.6+150CRSWGS_84/2026"
    assert without_metadata(film, "video/mp4") == film.replace(
        b"+55.7+037.6+150CRSWGS_84/", b"+00.0+000.0+000CRSWGS_00/"
    )


@pytest.mark.parametrize("text", [b"+55+037", b"2026-11-27", b"+1+2/", b"-10.5+20.5/", b"+55.7+37.6/"])
def test_sums_and_days_are_no_position(text):
    film = b"\0\0\0\x18ftypqt  " + text + b" "
    assert without_metadata(film, "video/mp4") == film


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<r exif:GPSLatitude='55,45.1N' exif:Model='A'/>", b"<r exif:GPSLatitude='        ' exif:Model='A'/>"),
        (b'<r exif:GPSLatitude = "55,45.1N"/>', b'<r exif:GPSLatitude = "        "/>'),
        (b'<e:GPSLatitude a="b">55,45.1N</e:GPSLatitude>', b'<e:GPSLatitude a="b">        </e:GPSLatitude>'),
        (b"<exif:GPSLatitude>55,45.1N</exif:GPSLatitude>", b"<exif:GPSLatitude>        </exif:GPSLatitude>"),
        (b'<r exif:GPSLatitude="55,45.1N', b'<r exif:GPSLatitude="        '),
    ],
)
def test_a_position_in_xmp_is_overwritten_in_every_form(before, after):
    head = b"\0\0\0\x18ftypheic"
    assert without_metadata(head + before, "image/heic") == head + after


def loci(name=b"", notes=b"", size=None):
    """A box of 3GPP that says where the film was made: its place's name, role, three numbers, body and notes."""
    said = (
        b"\x15\xc7" + name + b"\0\0" + struct.pack(">iii", 0x25_9E20, 0x37_C17D, 150 << 16) + b"earth\0" + notes + b"\0"
    )
    return struct.pack(">I", (size or 12 + len(said))) + b"loci" + bytes(4) + said


def film(*boxes):
    inner = b"".join(boxes)
    user = struct.pack(">I", 8 + len(inner)) + b"udta" + inner
    head = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", 8 + len(user)) + b"moov" + user
    return head + b"\0\0\0\x10mdatpixels.."


@pytest.mark.parametrize(("name", "notes"), [(b"", b""), (b"Home of Anna", b"third floor")])
def test_a_film_loses_the_position_that_3gpp_writes_and_keeps_its_length(name, notes):
    box = loci(name, notes)
    blanked = box[:14] + bytes(len(box) - 14)
    assert without_metadata(film(box, box), "video/mp4") == film(blanked, blanked)


def test_what_only_looks_like_a_box_with_a_position_is_left():
    for content in (film(loci(size=12)), film(loci(size=5000)), film() + loci(size=200), b"loci" + bytes(40)):
        assert without_metadata(content, "video/mp4") == content


def test_boxes_with_a_position_that_are_forged_into_one_another_are_blanked_once():
    forged = loci(name=struct.pack(">I", 60) + b"loci" + b"\1\1\1\1", notes=loci())
    assert len(list(evidence_metadata._loci(forged))) == 1
    assert without_metadata(forged, "video/mp4") == forged[:14] + bytes(len(forged) - 14)
