"""Whoever chooses another record sees and saves what that one says: a browser keeps a widget's value with its key."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def choose(page, settled):
    """Choose an entry of a list by its label: `choose("Agent", "Gleb", within=card)`."""

    def pick(label, entry, *, within):
        within.get_by_role("combobox", name=label, exact=True).click()
        page.get_by_role("option", name=entry, exact=True).click()
        settled(page)

    return pick


def save(page, settled, card, said):
    """Save what stands in the editor, and wait until `said` is."""
    card.get_by_role("button", name="Save", exact=True).click()
    page.get_by_test_id("stToast").get_by_text(said).wait_for()
    settled(page)


def test_a_chosen_template_shows_its_own_name_and_text(demo_desk, page, settled, choose):
    page.goto(f"{demo_desk}/replies")
    settled(page)
    card = page.locator(".st-key-replies_templates")
    name, text = card.get_by_role("textbox", name="Name"), card.get_by_role("textbox", name="Text")
    choose("Template", "First answer · English", within=card)
    expect(name).to_have_value("First answer")
    first = text.input_value()
    assert first
    choose("Template", "Solved, thank you · English", within=card)
    expect(name).to_have_value("Solved, thank you")
    expect(text).not_to_have_value(first)
    choose("Template", "A new one", within=card)
    expect(name).to_have_value("")
    expect(text).to_have_value("")
    choose("Template", "First answer · English", within=card)
    expect(text).to_have_value(first)
    text.fill("Half a thought")
    choose("Template", "Solved, thank you · English", within=card)
    expect(text).not_to_have_value("Half a thought")
    choose("Template", "First answer · English", within=card)
    expect(text).to_have_value("Half a thought")
    page.get_by_role("link", name="Team").click()
    page.get_by_role("heading", name="Team", exact=True).wait_for()
    settled(page)
    page.go_back()
    expect(card.get_by_role("combobox", name="Template", exact=True)).to_have_value("First answer · English")
    expect(text).to_have_value("Half a thought")


def test_a_saved_macro_leaves_an_empty_form_and_is_shown_when_it_is_chosen(demo_desk, page, settled, choose):
    page.goto(f"{demo_desk}/replies")
    settled(page)
    card = page.locator(".st-key-replies_macros")
    name, tags = card.get_by_role("textbox", name="Name"), card.get_by_role("textbox", name="Tags to add, by commas")
    for called, tag in (("Mark as seen", "seen"), ("Mark as told", "told")):
        name.fill(called)
        tags.fill(tag)
        save(page, settled, card, f"Version 1 of “{called}” is saved.")
        expect(name).to_have_value("")
        expect(tags).to_have_value("")
    for called, tag in (("Mark as seen", "seen"), ("Mark as told", "told"), ("Mark as seen", "seen")):
        choose("Macro", called, within=card)
        expect(name).to_have_value(called)
        expect(tags).to_have_value(tag)
    name.fill("Mark as read")
    save(page, settled, card, "Version 2 of “Mark as read” is saved.")
    choose("Macro", "Mark as told", within=card)
    expect(name).to_have_value("Mark as told")
    expect(tags).to_have_value("told")
    choose("Macro", "Mark as read", within=card)
    expect(tags).to_have_value("seen")


def test_what_one_agent_takes_is_neither_shown_for_nor_saved_to_another(demo_desk, page, settled, choose):
    page.goto(f"{demo_desk}/team")
    settled(page)
    card = page.locator(".st-key-team_editor")
    most = card.get_by_role("spinbutton", name="Most open tickets")
    agents = card.get_by_role("combobox", name="Agent", exact=True)
    agents.click()
    one, other = page.get_by_role("option").all_inner_texts()[:2]
    page.keyboard.press("Escape")
    choose("Agent", one, within=card)
    most.fill("300")
    save(page, settled, card, f"What {one} takes is saved.")
    expect(most).to_have_value("300")
    choose("Agent", other, within=card)
    expect(most).to_have_value("")
    choose("Who stands in", one, within=card)
    save(page, settled, card, f"What {other} takes is saved.")
    expect(most).to_have_value("")
    page.reload()
    settled(page)
    choose("Agent", other, within=card)
    expect(most).to_have_value("")
    choose("Agent", one, within=card)
    expect(most).to_have_value("300")


def test_another_calendar_shows_its_own_name_in_its_draft(demo_desk, page, settled, choose):
    page.goto(f"{demo_desk}/policies?part=calendars")
    settled(page)
    shown = page.get_by_role("textbox", name="Name").first
    seen = set()
    for calendar in range(2):
        page.get_by_role("button", name="New calendar" if calendar else "Edit as a draft").click()
        expect(page.get_by_role("button", name="Discard the draft")).to_be_visible()
        settled(page)
        seen.add(shown.input_value())
        shown.fill("Typed and thrown away")
        shown.press("Tab")
        settled(page)
        page.get_by_role("button", name="Discard the draft").click()
        expect(page.get_by_role("button", name="Edit as a draft")).to_be_visible()
        settled(page)
    assert len(seen) == 2
    assert "Typed and thrown away" not in seen


def test_a_language_that_is_added_to_a_template_is_the_one_shown_before_and_after_it_is_saved(
    demo_desk, page, settled, choose
):
    page.goto(f"{demo_desk}/replies")
    settled(page)
    card = page.locator(".st-key-replies_templates")
    name, text = card.get_by_role("textbox", name="Name"), card.get_by_role("textbox", name="Text")
    chosen = card.get_by_role("combobox", name="Template", exact=True)
    name.fill("Short")
    text.fill("Soon.")
    save(page, settled, card, "Version 1 of “Short” is saved.")
    choose("Template", "Short · English", within=card)
    card.get_by_role("button", name="Add a language").click()
    page.get_by_role("menuitem", name="Russian").or_(page.get_by_role("option", name="Russian")).click()
    settled(page)
    expect(text).to_have_value("")
    expect(chosen).to_have_value("Short · Russian (not saved yet)")
    name.fill("Кратко")
    text.fill("Скоро.")
    save(page, settled, card, "Version 1 of “Кратко” is saved.")
    expect(chosen).to_have_value("Кратко · Russian")
    expect(text).to_have_value("Скоро.")
    text.fill("Очень скоро.")
    save(page, settled, card, "Version 2 of “Кратко” is saved.")
    expect(text).to_have_value("Очень скоро.")
