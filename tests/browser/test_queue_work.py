"""The queue as a place to work: a saved view by its link, an act on many with one refused, five tickets by keyboard."""

import json
import re
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.browser.queue_pages import listening, opened


def ticket(page):
    return page.locator(".st-key-queue_ticket")


def press_until_focused(page, key, field):
    """Press a key that focuses a field; a field that is just being drawn may lose it once."""
    listening(page)
    for _ in range(5):
        page.keyboard.press(key)
        try:
            expect(field).to_be_focused(timeout=3_000)
        except AssertionError:
            continue
        return
    expect(field).to_be_focused()


def shown_number(page):
    """The number of the ticket that is shown."""
    return int(re.search(r"No\. (\d+)", ticket(page).inner_text())[1])


def test_a_saved_view_opens_by_its_link_in_another_browser(demo_desk, page, settled, browser):
    page.goto(f"{demo_desk}/queue?view=all&priority=urgent,high&sort=oldest")
    settled(page)
    first = shown_number(page)
    page.get_by_role("button", name="Saved", exact=True).click()
    page.get_by_role("textbox", name="Save this list as").fill("Urgent ones")
    page.get_by_role("textbox", name="Save this list as").press("Enter")
    settled(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**saved=*")
    saved = re.search(r"saved=([0-9a-f-]+)", page.url)[1]
    other = browser.new_context().new_page()
    other.goto(f"{demo_desk}/queue?saved={saved}")
    settled(other)
    expect(other).to_have_url(re.compile("priority=urgent"))
    expect(other.get_by_role("button", name="Urgent ones")).to_be_visible()
    expect(ticket(other)).to_contain_text(f"No. {first}")
    other.context.close()


def test_an_act_on_many_is_foreseen_and_one_refused_stops_no_other(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue?view=unassigned")
    settled(page)
    listening(page)
    page.keyboard.press("b")
    expect(page.get_by_text("0 tickets selected")).to_be_visible()
    settled(page)
    page.keyboard.press("x")
    expect(page.get_by_text("1 ticket selected")).to_be_visible()
    settled(page)
    first = shown_number(page)
    page.keyboard.press("j")
    expect(ticket(page)).not_to_contain_text(f"No. {first} ")
    settled(page)
    page.keyboard.press("x")
    expect(page.get_by_text("2 tickets selected")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Tag", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name="Tags, apart by spaces").fill("flood")
    form.get_by_role("textbox", name="Tags, apart by spaces").press("Enter")
    expect(form.get_by_role("button", name="Do it for 2 tickets")).to_be_enabled()
    expect(form).to_contain_text("Nothing has been changed yet.")
    # A colleague changes one of the two before the word is given.
    number = shown_number(page)
    other = page.context.new_page()
    other.goto(f"{demo_desk}/queue?view=all&ticket={number}")
    settled(other)
    other.get_by_role("button", name="Assign to me").click()
    expect(other.get_by_role("button", name="Assign to me")).to_be_hidden()
    settled(other)
    other.close()
    form.get_by_role("button", name="Do it for 2 tickets").click()
    expect(form).to_be_hidden()
    result = page.locator(".st-key-queue_bulk_result")
    expect(result).to_contain_text("Tag: 1 of 2 done")
    settled(page)
    result.get_by_role("button", name="Undo").click()
    expect(result).to_contain_text("Undo Tag: 1 of 1 done")


def test_a_note_to_many_is_typed_at_once_and_done_once_it_was_shown(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    for key, said in (("b", "0 tickets selected"), ("x", "1 ticket selected")):
        page.keyboard.press(key)
        expect(page.get_by_text(said)).to_be_visible()
        settled(page)
    page.keyboard.press("Shift+D")
    page.get_by_role("menuitem", name="Add an internal note").click()
    form = page.get_by_role("dialog")
    box = form.get_by_role("textbox", name="Internal note")
    expect(box).to_be_focused()
    page.keyboard.type("The warehouse is flooded.")
    expect(form.get_by_text("refused")).to_have_count(0)
    page.keyboard.press("Tab")
    form.get_by_role("button", name="Do it for 1 ticket").click()
    expect(form).to_be_hidden()
    expect(page.locator(".st-key-queue_bulk_result")).to_contain_text("1 of 1 done")


REPLY = "We look into it and write again tomorrow."
FORBIDDEN = "Call me on +7 912 345-67-89, please."


def test_five_tickets_are_worked_by_keyboard_only(demo_desk, page, settled, tmp_path):
    opened(page, settled, f"{demo_desk}/queue?view=ours&sort=newest")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Play: act, then the next ticket")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    settled(page)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Playing")).to_be_visible()
    settled(page)
    worked = {}
    for _ in range(30):
        number = shown_number(page)
        if how := work(page, settled, set(worked.values())):
            worked[number] = how
        if len(worked) == 5:
            break
        if shown_number(page) == number:  # the message left the ticket where it was
            page.keyboard.press("j")
            expect(ticket(page)).not_to_contain_text(f"No. {number} ")
            settled(page)
    assert sorted(worked.values()) == ["refused", "replied", "replied", "replied", "resolved"]
    for number, how in worked.items():
        log = log_of(page, settled, demo_desk, number, tmp_path)
        said = [entry["text"] for entry in log if entry["who"] == "Seller"]
        assert (number, said[-1]) == (number, "Resolve: Resolved" if how == "resolved" else REPLY)
        assert (number, said.count(REPLY)) == (number, 0 if how == "resolved" else 1)
        assert not [entry for entry in log if FORBIDDEN in entry["text"]]


def work(page, settled, done):
    """Take the ticket that is shown, and resolve or answer it; what was done, nothing where the chat is locked."""
    take = ticket(page).get_by_role("button", name="Assign to me")
    if take.is_visible():
        page.keyboard.press("a")
        expect(take).to_be_hidden()
        settled(page)
    box = page.get_by_placeholder("Write to the buyer")
    if (
        "resolved" not in done
        and page.locator(".st-key-queue_actions").get_by_role("button", name="Resolve").is_visible()
    ):
        resolve(page, settled)
        return "resolved"
    if not box.is_visible():
        return None
    press_until_focused(page, "m", box)
    if is_first := "refused" not in done:
        page.keyboard.type(FORBIDDEN)
        page.keyboard.press("Alt+Enter")
        composer = page.locator(".st-key-queue_composer")
        expect(composer.get_by_text("Not sent.")).to_be_visible()
        expect(composer.get_by_text("the marketplace forbids")).to_have_count(1)  # said once, by the verdict
        expect(box).to_have_value(FORBIDDEN)
        settled(page)
        press_until_focused(page, "m", box)
        page.keyboard.press("Control+A")
    page.keyboard.type(REPLY)
    page.keyboard.press("Alt+Enter")
    expect(box.first).to_have_value("")  # while the next ticket is drawn there are two
    settled(page)
    return "refused" if is_first else "replied"


def resolve(page, settled):
    """The action by its name, its form and the next ticket: no mouse."""
    number = shown_number(page)
    page.keyboard.press("d")
    page.keyboard.type("resolve")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Resolve")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog").filter(has_text="Resolve: ticket")
    expect(form).to_be_visible()
    settled(page)
    tab_to(page, form.get_by_role("combobox", name="How it ended"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)
    tab_to(page, form.get_by_role("button", name="Resolve"))
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(ticket(page)).not_to_contain_text(f"No. {number} ")  # play goes on
    settled(page)


def tab_to(page, field):
    """Move the focus to a field as somebody without a mouse does."""
    for _ in range(10):
        if field.evaluate("field => field === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(field).to_be_focused()


def log_of(page, settled, desk, number, folder):
    """The desk's log of a ticket, the oldest first, as the archive for the platform holds it."""
    page.goto(f"{desk}/queue?view=all&ticket={number}")
    settled(page)
    with page.expect_download() as download:
        page.locator(".st-key-queue_evidence").get_by_role("button", name="Whole case").click()
    download.value.save_as(folder / f"{number}.zip")
    with ZipFile(folder / f"{number}.zip") as archive:
        return json.loads(archive.read("case.json"))["log"]


def test_the_key_of_the_search_focuses_it_and_words_find_a_ticket(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue?view=all")
    settled(page)
    number = shown_number(page)
    press_until_focused(page, "/", page.get_by_placeholder("Number, order, tracking"))
    page.keyboard.type(str(number))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**q={number}*")
    settled(page)
    expect(ticket(page)).to_contain_text(f"No. {number}")
