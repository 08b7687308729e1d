"""Files chosen for a reply stay chosen while a note is written, and the note takes none of them."""

import re

from playwright.sync_api import expect

from tests.browser.test_composing_journeys import PNG, WRITE, open_unassigned

NOTE_BOX, NO_FILE = "Only the desk sees this", "A note takes no file"


def test_a_file_chosen_for_the_reply_waits_while_a_note_is_written(demo_desk, page, settled):
    open_unassigned(page, demo_desk, settled)
    composer = page.locator(".st-key-queue_composer")
    attach = composer.get_by_role("button", name="Attach")
    attach.click()
    with page.expect_response(re.compile("upload_file")):
        page.locator("[data-testid=stFileUploader] input").first.set_input_files(
            {"name": "chosen.png", "mimeType": "image/png", "buffer": PNG}
        )
    expect(page.get_by_text("chosen.png").first).to_be_visible()
    page.wait_for_timeout(1_000)  # the file is there, and the run that takes it over begins
    settled(page)
    page.keyboard.press("Escape")
    composer.get_by_role("radio").last.click()
    expect(page.get_by_placeholder(NOTE_BOX)).to_be_visible()
    expect(composer.get_by_text(NO_FILE)).to_be_visible()
    expect(attach).to_be_disabled()
    settled(page)
    composer.get_by_role("radio").first.click()
    expect(page.get_by_placeholder(WRITE)).to_be_visible()
    settled(page)
    attach.click()
    expect(page.get_by_text("chosen.png").first).to_be_visible()
