"""A file is what its content shows, and what is none is refused whole."""

import pytest

from tests.workflow.builders import AGENT, NOW, PNG, world
from workflow.desk import Desk
from workflow.errors import EvidenceRefusedError
from workflow.evidence import MAX_BYTES, File, kind_of, media_type
from workflow.rules import Rules
from workflow.steps import AddTags, Do
from workflow.vocabulary import EvidenceKind


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF0000WEBP", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypM4V ", "video/mp4"),
        (b"\0\0\0\x18ftyp3gp5", "video/mp4"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc", "image/heic"),
        (b"\x1aE\xdf\xa3", "video/webm"),
    ],
)
def test_a_files_type_is_read_from_its_content(head, expected):
    assert media_type(File(name="anything.exe", content=head + b"rest")) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"\0\0\0\x18ftypavif\0\0\0\0avifmif1",
        b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif",
        b"\0\0\0\x10ftypmif1\0\0\0\0heic",  # another box begins where the list of brands ends
        b"\0\0\0\x18ftypM4A \0\0\0\0mp42isom",
        b"\0\0\0\x18ftypcrx \0\0\0\1isomcrx ",
        b"textftyp hello",
        b"textftypisom hello",
        b"01234567WEBP hello",
        b"RIFF\x24\0\0\0WAVEfmt ",
    ],
)
def test_sound_and_pictures_that_nobody_could_see_and_text_are_no_film_and_no_photo(content):
    with pytest.raises(EvidenceRefusedError, match=r"no photo, video or PDF that the desk knows"):
        media_type(File(name="a", content=content + bytes(40)))


def test_a_document_and_a_declared_kind():
    assert kind_of(File(name="a", content=b"%PDF-1.7")) is EvidenceKind.DOCUMENT
    assert kind_of(File(name="a", content=b"%PDF-1.7", kind=EvidenceKind.CONCLUSION)) is EvidenceKind.CONCLUSION
    assert kind_of(File(name="a", content=b"\0\0\0\x18ftypmp42")) is EvidenceKind.VIDEO


def test_a_file_in_which_nothing_can_be_seen_is_refused_with_the_sentence_of_an_unknown_one():
    it = world()
    ticket = it.open()
    asked = []

    def holds_picture(content: bytes, kind: str) -> bool:
        asked.append(kind)
        return content != PNG

    shipped = it.desk.rules
    desk = Desk(it.store, Rules(shipped.lifecycles, shipped.policies, shipped.new_id, holds_picture))
    seen = File(name="seen.png", content=PNG + b"2")
    with pytest.raises(EvidenceRefusedError, match=r"a\.png was not added: it is no photo, video or PDF that the desk"):
        desk.attach_evidence(ticket.id, (seen, File(name="a.png", content=PNG)), actor=AGENT, now=NOW)
    assert it.store.load_case(ticket.id).evidence == ()
    desk.attach_evidence(ticket.id, (seen,), actor=AGENT, now=NOW)
    desk.attach_evidence(ticket.id, (seen,), actor=AGENT, now=NOW)
    assert asked == ["image/png"] * 3  # one that the ticket has is not judged again


NOTE = Do(trigger="add_note", inputs={"note_text": "Our purchase price."})
FILES = (File(name="prices.png", content=PNG),)


def test_a_file_that_comes_with_a_note_alone_is_refused_and_nothing_is_written():
    it = world()
    ticket = it.open()
    for act in (
        lambda: it.desk.act(ticket.id, NOTE.trigger, actor=AGENT, now=NOW, inputs=NOTE.inputs, files=FILES),
        lambda: it.desk.act_together(ticket.id, [NOTE], actor=AGENT, now=NOW, files=FILES),
        lambda: it.desk.act_together(ticket.id, [NOTE, AddTags(tags=("x",))], actor=AGENT, now=NOW, files=FILES),
        lambda: it.desk.act_together(ticket.id, [Do(trigger="register"), NOTE], actor=AGENT, now=NOW, files=FILES),
    ):
        with pytest.raises(EvidenceRefusedError, match=r"prices\.png was not added: a note takes no file"):
            act()
    assert it.now(ticket).version == ticket.version
    assert it.desk.act_together(ticket.id, [NOTE], actor=AGENT, now=NOW).version > ticket.version


def test_a_file_that_comes_with_a_reply_or_a_tag_is_evidence_also_beside_a_note():
    it = world()
    for steps in (
        [Do(trigger="seller_reply", inputs={"reply_text": "Here it is."}), NOTE],
        [AddTags(tags=("x",))],
        [Do(trigger="register")],
    ):
        ticket = it.open()
        if steps[0] != Do(trigger="register"):
            it.act(ticket, "register", NOW)
        it.desk.act_together(ticket.id, steps, actor=AGENT, now=NOW, files=FILES)
        assert [item.file_name for item in it.store.load_case(ticket.id).evidence] == ["prices.png"]


def test_a_file_of_the_largest_size_is_taken():
    assert media_type(File(name="a.jpg", content=b"\xff\xd8\xff".ljust(MAX_BYTES, b"\0"))) == "image/jpeg"


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh", b"\xff\xd8\xff".ljust(MAX_BYTES + 1, b"\0")])
def test_a_file_that_is_no_evidence_is_refused_and_nothing_is_written(content):
    it = world()
    ticket = it.open()
    with pytest.raises(EvidenceRefusedError, match=r"script\.jpg was not added"):
        it.desk.attach_evidence(ticket.id, (File(name="script.jpg", content=content),), actor=AGENT, now=NOW)
    assert it.now(ticket).version == ticket.version
