"""A saved view in two browsers: what one does to it is not undone by the other, who loses nothing either."""

import re

import pytest
from playwright.sync_api import expect

UPDATE = "Save the changes to this view"


def open_menu(page, settled, title):
    page.get_by_role("button", name=title, exact=True).click()
    settled(page)


def save_as(page, settled, name):
    """Save the list under a new name, in the open menu; its id."""
    box = page.get_by_role("textbox", name="Save this list as")
    box.fill(name)
    box.press("Enter")
    settled(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"The view “{name}” is saved.")).to_be_visible()
    settled(page)
    return re.search(r"saved=([0-9a-f-]+)", page.url)[1]


def change(page, settled, saved):
    page.goto(re.sub(r"/queue.*", f"/queue?view=all&priority=normal&saved={saved}", page.url))
    settled(page)
    open_menu(page, settled, "changed")
    page.get_by_role("button", name=UPDATE).click()
    expect(page.get_by_text("The view “changed” is saved.")).to_be_visible()


def delete(page, settled, saved):
    page.goto(re.sub(r"/queue.*", f"/queue?saved={saved}", page.url))
    settled(page)
    open_menu(page, settled, "deleted")
    page.locator(f".st-key-queue_saved_delete_{saved}").get_by_role("button").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("The view “deleted” is deleted.")).to_be_visible()


OVERTAKEN = {"changed": (change, "was saved by somebody else"), "deleted": (delete, "was deleted by somebody else")}


@pytest.mark.parametrize("name", OVERTAKEN)
def test_the_later_change_is_refused_in_sight_and_kept_under_a_new_name(demo_desk, page, settled, browser, name):
    overtake, sentence = OVERTAKEN[name]
    page.goto(f"{demo_desk}/queue?view=all&priority=urgent")
    settled(page)
    open_menu(page, settled, "Saved")
    saved = save_as(page, settled, name)
    other = browser.new_context().new_page()
    other.goto(f"{demo_desk}/queue?view=all&priority=low&saved={saved}")
    settled(other)
    open_menu(other, settled, name)
    overtake(page, settled, saved)
    other.get_by_role("button", name=UPDATE).click()
    expect(other.get_by_text(sentence)).to_be_visible()
    expect(other).to_have_url(re.compile("priority=low"))
    settled(other)
    assert save_as(other, settled, f"Low beside {name}") != saved
    expect(other).to_have_url(re.compile("priority=low"))
    other.context.close()
