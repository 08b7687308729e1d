"""The queue as a place to work: a saved view by its link, an act on many with one refused, five tickets by keyboard."""

import re

from playwright.sync_api import expect


def ticket(page):
    return page.locator(".st-key-queue_ticket")


def listening(page):
    """Wait until the page hears the keys that no button has."""
    expect(page.locator(".keyboard[data-keys]")).to_be_attached()


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


def test_five_tickets_are_worked_by_keyboard_only(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue?view=ours&sort=newest")
    settled(page)
    listening(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Play: act, then the next ticket")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    settled(page)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Playing")).to_be_visible()
    settled(page)
    worked = set()
    for _ in range(30):
        number = shown_number(page)
        take = ticket(page).get_by_role("button", name="Assign to me")
        if take.is_visible():
            page.keyboard.press("a")
            expect(take).to_be_hidden()
            settled(page)
        box = page.get_by_placeholder("Write to the buyer")
        if box.is_visible():  # where the chat is closed there is none
            press_until_focused(page, "m", box)
            page.keyboard.type("We look into it and write again tomorrow.")
            page.keyboard.press("Alt+Enter")
            expect(box.first).to_have_value("")  # while the next ticket is drawn there are two
            settled(page)
            worked.add(number)
        if len(worked) == 5:
            break
        if shown_number(page) == number:  # the message left the ticket where it was
            page.keyboard.press("j")
            expect(ticket(page)).not_to_contain_text(f"No. {number} ")
            settled(page)
    assert len(worked) == 5
    page.goto(f"{demo_desk}/queue?view=mine")
    settled(page)
    expect(page.get_by_text("Mine ", exact=False).first).to_be_visible()


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
