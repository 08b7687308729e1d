"""Evidence is seen beside its ticket; what cannot be shown is downloaded, and the ticket stays usable."""

from io import BytesIO

import pytest
import typst
from PIL import Image

from pages.queue import evidence_card
from tests.pages.desk_builders import ANNA, numbered
from workflow.desk import Desk
from workflow.evidence import File
from workflow.rules import Rules

NOT_HERE = "This file cannot be shown here: download it."


def photo(colour):
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def shown(desk, visit, now):
    """Adds a file to ticket 2 and gives the page with that file's box open, and the file."""

    def show(name, content):
        ticket, rules = numbered(desk, 2).ticket, desk.desk.rules
        believing = Desk(desk.store, Rules(rules.lifecycles, rules.policies, rules.new_id))  # as desks once were
        believing.attach_evidence(ticket.id, [File(name=name, content=content)], actor=ANNA, now=now)
        item = numbered(desk, 2).evidence[-1]
        page = visit("queue", ticket="2")
        opened(page, item)
        assert not page.exception
        return page, item

    return show


def opened(page, item):
    page.session_state[f"queue_show_{item.id}"] = True
    page.run()


def captions(page):
    return [caption.value for caption in page.caption]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("garbage.jpg", b"\xff\xd8\xff\xe0garbage"),
        ("signature.png", b"\x89PNG\r\n\x1a\n"),
        ("odd.gif", b"GIF89a garbage"),
        ("odd.webp", b"RIFF\x10\x00\x00\x00WEBPgarbage!"),
        ("broken.jpg", photo("navy")[:-200]),
        ("broken.pdf", b"%PDF-1.7 garbage"),
        ("phone.heic", b"\0\0\0\x18ftypheic" + bytes(12)),
    ],
)
def test_a_file_that_cannot_be_shown_says_so_and_is_downloaded(shown, name, content):
    page, item = shown(name, content)
    assert NOT_HERE in captions(page)
    assert not page.get("image")
    assert any(button.key == f"queue_download_{item.id}" for button in page.get("download_button"))


def test_a_signature_without_a_picture_is_refused_in_one_sentence(desk, visit):
    page = visit("queue", ticket="2")
    page.file_uploader(key="queue_files_2_0").set_value([("s.png", b"\x89PNG\r\n\x1a\n", "image/png")]).run()
    page.button(key="queue_files_add_2").click().run()
    (said,) = [warning.value for warning in page.warning]
    assert said == "s\\.png was not added\\: it is no photo, video or PDF that the desk knows\\."
    assert [item.file_name for item in numbered(desk, 2).evidence] == ["label.png"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("crack.jpg", photo("teal")), ("finding.pdf", typst.compile(b"Our finding", format="pdf"))],
)
def test_a_picture_is_drawn_once_however_often_the_page_is(shown, monkeypatch, name, content):
    drawn = []
    draw = evidence_card.preview

    def counted(*arguments):
        drawn.append(arguments)
        return draw(*arguments)

    monkeypatch.setattr(evidence_card, "preview", counted)
    page, item = shown(name, content)
    assert len(page.get("image")) == 1
    opened(page, item)
    assert len(page.get("image")) == 1
    assert NOT_HERE not in captions(page)
    assert len(drawn) == 1
