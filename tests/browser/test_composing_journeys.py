"""Writing to a buyer in a real browser: the verdict while typing, a template, and a colleague who was faster."""

import json
import re
from zipfile import ZipFile

import typst
from playwright.sync_api import expect

WRITE = "Write to the buyer"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)


def open_unassigned(page, desk, settled):
    """A ticket that takes a reply; its number."""
    page.goto(f"{desk}/queue?view=unassigned")
    page.wait_for_url("**ticket=*")
    settled(page)
    expect(page.get_by_placeholder(WRITE)).to_be_visible()
    settled(page)
    return page.url.rpartition("ticket=")[2]


def stream(page):
    return page.get_by_role("list", name="History of ticket")


def test_a_reply_is_judged_while_it_is_typed_and_stopped_by_the_linter(demo_desk, page, settled):
    number = open_unassigned(page, demo_desk, settled)
    box = page.get_by_placeholder(WRITE)
    box.press_sequentially("Call me on +7 912 345-67-89")
    composer = page.locator(".st-key-queue_composer")
    expect(composer.get_by_text("the marketplace forbids other channels")).to_be_visible()
    expect(box).to_be_focused()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(composer.get_by_text("Not sent.")).to_be_visible()
    expect(composer.get_by_text("the marketplace forbids other channels")).to_have_count(1)  # said once, above
    expect(box).to_have_value("Call me on +7 912 345-67-89")
    expect(stream(page)).not_to_contain_text("Call me on")
    settled(page)
    page.reload()
    settled(page)
    expect(page.get_by_placeholder(WRITE)).to_have_value("Call me on +7 912 345-67-89")
    expect(page).to_have_url(re.compile(rf"ticket={number}\b"))
    expect(composer.get_by_text("the marketplace forbids other channels")).to_be_visible()
    page.get_by_placeholder(WRITE).fill("")
    expect(composer.get_by_text("the marketplace forbids other channels")).to_be_hidden()
    settled(page)


def test_a_template_is_inserted_and_sent_by_key(demo_desk, page, settled):
    open_unassigned(page, demo_desk, settled)
    page.get_by_role("button", name="Template").click()
    page.get_by_role("menuitem").first.click()
    box = page.get_by_placeholder(WRITE)
    expect(box).not_to_have_value("")
    expect(page.get_by_text("Nothing in it is forbidden.")).to_be_visible()
    settled(page)
    box.focus()
    box.press("End")
    box.press_sequentially(" ...")
    box.press("Alt+Enter")
    expect(stream(page)).to_contain_text(" ...")


def test_a_stale_action_of_a_second_session_is_refused_with_what_the_other_did(demo_desk, page, settled):
    open_unassigned(page, demo_desk, settled)
    page.get_by_placeholder(WRITE).press_sequentially("My long answer.")
    expect(page.get_by_text("Nothing in it is forbidden.")).to_be_visible()
    other = page.context.new_page()
    other.set_default_timeout(60_000)
    other.goto(page.url)
    settled(other)
    expect(other.get_by_text("You write here in another window")).to_be_visible()
    other.get_by_role("button", name="Assign to me").click()
    expect(other.get_by_role("button", name="Assign to me")).to_be_hidden()
    settled(other)
    expect(page.get_by_text("What you typed is kept.")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Nothing that you typed is lost")).to_be_visible()
    expect(page.get_by_placeholder(WRITE)).to_have_value("My long answer.")
    settled(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(stream(page)).to_contain_text("My long answer.")


def test_a_duplicate_is_merged_and_the_merge_undone(demo_desk, page, settled):
    number = open_unassigned(page, demo_desk, settled)
    page.get_by_role("button", name="New contact").wait_for()
    follow_up = second_contact_about_the_same(page, settled)
    page.goto(f"{demo_desk}/queue?view=unassigned&ticket={follow_up}")
    settled(page)
    together = page.locator(".st-key-queue_pairs")
    expect(together).to_contain_text(f"Ticket {number} is open about the same order in the same category.")
    together.get_by_role("button", name="Merge this one into it").first.click()
    expect(together.get_by_text(f"Merged into ticket {number}.")).to_be_visible()
    settled(page)
    page.goto(f"{demo_desk}/queue?view=all&ticket={number}")
    expect(stream(page)).to_contain_text(f"from ticket {follow_up}")
    expect(stream(page)).to_contain_text("I ask once more.")
    page.goto(f"{demo_desk}/queue?view=all&ticket={follow_up}")
    settled(page)
    together.get_by_role("button", name="Undo the merge").click()
    expect(together.get_by_text(f"Ticket {number} is open")).to_be_visible()


def second_contact_about_the_same(page, settled):
    """Open another ticket about the order and category of the one that is shown; its number."""
    category = page.locator(".st-key-queue_ticket h2").inner_text().partition(":")[0]
    order = page.locator(".st-key-queue_order").get_by_text(re.compile(r"^\d{8}-\d{4}$")).first.inner_text()
    page.get_by_role("button", name="New contact").click()
    form = page.get_by_role("dialog")
    form.get_by_role("radio", name="Phone").click()
    form.get_by_role("textbox", name="Order or parcel number").fill(order)
    form.get_by_role("textbox", name="Order or parcel number").press("Tab")
    expect(form.get_by_text(f"Order {order}")).to_be_visible()
    form.get_by_role("combobox", name="Category").click()
    page.get_by_role("option", name=category).click()
    form.get_by_role("textbox", name="What the buyer says").fill("I ask once more.")
    form.get_by_role("button", name="Open the ticket").click()
    expect(form).to_be_hidden()
    expect(page.get_by_role("list", name="History of ticket")).to_contain_text("I ask once more.")
    settled(page)
    return page.url.rpartition("ticket=")[2]


def test_a_colleague_is_named_in_a_note_without_knowing_an_id(demo_desk, page, settled):
    open_unassigned(page, demo_desk, settled)
    page.get_by_role("radio", name="Internal note").click()
    box = page.get_by_placeholder("Only the desk sees this")
    expect(box).to_be_visible()
    settled(page)
    box.press_sequentially("Could you ask the carrier,")
    page.get_by_role("button", name="Mention").click()
    page.get_by_role("menuitem", name="Lin Shili").click()
    expect(box).to_have_value("Could you ask the carrier, @Lin Shili ")
    settled(page)
    box.focus()
    box.press("Alt+Enter")
    expect(stream(page)).to_contain_text("Could you ask the carrier, @Lin Shili")


def test_a_document_is_seen_and_what_it_shows_is_said_anew(demo_desk, page, settled):
    open_unassigned(page, demo_desk, settled)
    evidence, opened = page.locator(".st-key-queue_evidence"), page.locator("[data-testid=stPopoverBody]")
    evidence.get_by_role("button", name="Add files").click()
    document = typst.compile(b"#set page(width: 21cm, height: 29.7cm, fill: aqua)\nOur finding", format="pdf")
    opened.locator("input[type=file]").set_input_files(
        {"name": "finding.pdf", "mimeType": "application/pdf", "buffer": document}
    )
    add = opened.get_by_role("button", name="Add", exact=True)
    expect(add).to_be_enabled()
    add.click()
    expect(evidence.get_by_text("finding.pdf").first).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    evidence.get_by_role("button", name="Show").last.click()
    picture = opened.get_by_role("img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.naturalWidth") > 500
    expect(opened.get_by_text("First page of finding.pdf")).to_be_visible()
    opened.get_by_role("combobox", name="What it shows").click()
    page.get_by_role("option", name="Expert's conclusion").click()
    save = opened.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_enabled()
    save.click()
    expect(stream(page)).to_contain_text("Evidence tagged anew")
    expect(evidence.get_by_text("Expert's conclusion").first).to_be_visible()


def test_evidence_is_uploaded_and_goes_out_with_the_whole_case(demo_desk, page, settled, tmp_path):
    number = open_unassigned(page, demo_desk, settled)
    evidence = page.locator(".st-key-queue_evidence")
    evidence.get_by_role("button", name="Add files").click()
    page.locator("[data-testid=stPopoverBody] input[type=file]").set_input_files(
        {"name": "crack at home.png", "mimeType": "image/png", "buffer": PNG}
    )
    add = page.locator("[data-testid=stPopoverBody]").get_by_role("button", name="Add", exact=True)
    expect(add).to_be_enabled()
    add.click()
    expect(evidence.get_by_text("crack at home.png").first).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        evidence.get_by_role("button", name="Whole case").click()
    assert download.value.suggested_filename == f"case-{number}.zip"
    download.value.save_as(tmp_path / "case.zip")
    with ZipFile(tmp_path / "case.zip") as archive:
        names = archive.namelist()
        assert names[:2] == ["case.pdf", "case.json"]
        assert any(name.endswith("crack_at_home.png") for name in names)
        assert json.loads(archive.read("case.json"))["ticket"]["number"] == int(number)
