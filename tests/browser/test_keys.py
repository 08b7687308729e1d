"""The keys of the queue on the layouts that agents type on: each does what the list under `?` says of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import grave_in_any_light
from tests.browser.queue_pages import opened, shown, step

BOX = "Write to the buyer"
SEARCH = "Number, order, tracking"


@pytest.fixture
def queue(demo_desk, page, settled):
    """A ticket that takes a reply, on a page that hears its keys."""
    opened(page, settled, f"{demo_desk}/queue?view=ours&sort=newest")
    show_next_until(page, settled, page.get_by_placeholder(BOX))
    return page


def show_next_until(page, settled, wanted):
    """Go down the list to a ticket that shows it; where none does, waiting at the list's end fails."""
    while not wanted.is_visible():
        step(page, settled, "j")


def strike(page, key, code, virtual, *, has_shift=False):
    """Press the key at the place `code` of a keyboard whose layout prints `key` there."""
    keyboard = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        event = {"type": kind, "key": key, "code": code, "windowsVirtualKeyCode": virtual, "modifiers": 8 * has_shift}
        keyboard.send("Input.dispatchKeyEvent", event | ({"text": key} if kind == "keyDown" else {}))
    keyboard.detach()


@pytest.mark.parametrize(
    ("key", "code", "virtual", "field"),
    [
        ("ь", "KeyM", 77, BOX),  # Russian
        ("ь".upper(), "KeyM", 77, BOX),  # with Caps Lock
        (".", "Slash", 191, SEARCH),
        ("m", "Semicolon", 77, BOX),  # French
        ("/", "BracketLeft", 191, SEARCH),  # Dvorak
    ],
)
def test_a_key_is_found_where_the_layout_has_it(key, code, virtual, field, queue):
    strike(queue, key, code, virtual)
    expect(queue.get_by_placeholder(field)).to_be_focused()
    expect(queue.get_by_placeholder(field)).to_have_value("")


def test_the_list_of_keys_opens_on_a_russian_layout(queue):
    strike(queue, ",", "Slash", 191)
    expect(queue.get_by_role("dialog")).to_contain_text("Next ticket")


@pytest.mark.parametrize(
    ("key", "code", "virtual"), [(",", "KeyM", 188), ("v", "Period", 86)], ids=["French", "Dvorak"]
)
def test_a_key_of_another_name_does_nothing_though_it_stands_at_the_place(key, code, virtual, queue):
    strike(queue, key, code, virtual)
    strike(queue, "/", "Slash", 191)
    expect(queue.get_by_placeholder(SEARCH)).to_be_focused()  # and not the box, which would have taken the stroke


def test_reply_and_note_have_a_key_each(queue):
    note = queue.get_by_placeholder("Only the desk sees this")
    queue.keyboard.press("i")
    queue.keyboard.press("b")  # before the box is there: begins no selecting
    expect(note).to_be_focused()
    note.fill("")  # where the box was faster, it has the stroke
    queue.keyboard.type("m")
    expect(note).to_have_value("m")
    queue.keyboard.press("Backspace")
    queue.keyboard.press("Escape")
    expect(note).not_to_be_focused()
    queue.keyboard.press("m")
    expect(queue.get_by_placeholder(BOX)).to_be_focused()
    expect(queue.locator(".st-key-queue_bulk_bar")).to_have_count(0)


def test_each_stroke_counts_however_fast_they_come(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    first = page.url
    seen = []
    for _ in range(6):
        step(page, settled, "j")
        seen.append(page.url)
    opened(page, settled, first)
    for pause in (0, 50, 150, 250, 350, 0):
        page.keyboard.press("j")
        page.wait_for_timeout(pause)
    expect(page).to_have_url(seen[-1])
    settled(page)
    page.keyboard.type("kkkb")
    expect(page.get_by_text("0 tickets selected", exact=True)).to_be_visible()
    expect(page).to_have_url(seen[2])
    page.keyboard.type("xjxjx")
    expect(page.get_by_text("3 tickets selected", exact=True)).to_be_visible()
    expect(page).to_have_url(seen[4])


# Streamlit's buttons hear at the document: what they hear is held back while `window.deafUntil` lies ahead.
DEAF_AT_WILL = """() => {
    const add = document.addEventListener.bind(document);
    document.addEventListener = (kind, hear, ...rest) =>
        add(kind, kind === "keydown" ? (event) => performance.now() < window.deafUntil || hear(event) : hear, ...rest);
}"""


@pytest.fixture
def deaf(own_page):
    """A page whose buttons hear only when they are to."""
    own_page.add_init_script(f"({DEAF_AT_WILL})()")
    return own_page


def test_a_stroke_that_no_button_heard_is_no_text_in_the_box_that_is_entered_meanwhile(demo_desk, deaf, settled):
    opened(deaf, settled, f"{demo_desk}/queue?view=ours&sort=newest")
    box = deaf.get_by_placeholder(BOX)
    show_next_until(deaf, settled, box)
    deaf.evaluate("window.deafUntil = performance.now() + 5000")
    deaf.keyboard.press("Shift+1")
    box.focus()
    deaf.keyboard.type("Hello")
    expect(box).to_have_value("Hello")
    box.fill("")
    box.blur()
    settled(deaf)


@pytest.mark.parametrize("key", ["j", "Shift+numbered"])
def test_a_stroke_that_no_button_hears_yet_is_given_again(key, demo_desk, deaf, settled):
    opened(deaf, settled, f"{demo_desk}/queue?view=all&sort=newest")
    names = deaf.locator(".st-key-queue_actions button:has(kbd):visible").all_inner_texts()
    number = next(place for place, name in enumerate(names, start=1) if "Add an internal note" in name)
    first = deaf.url
    step(deaf, settled, "j")
    second = deaf.url
    step(deaf, settled, "k")
    expect(deaf).to_have_url(first)
    deaf.evaluate("window.deafUntil = performance.now() + 500")
    deaf.keyboard.press(key.replace("numbered", str(number)))
    if key == "j":
        expect(deaf).to_have_url(second)
        shown(deaf, settled)
        deaf.wait_for_timeout(500)  # it would go on
        expect(deaf).to_have_url(second)
    else:
        expect(deaf.get_by_role("dialog")).to_contain_text("Add an internal note: ticket")


def test_a_menu_of_the_bar_is_worked_by_keys_up_to_what_would_happen(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=ours&sort=newest")
    page.keyboard.type("bx")
    expect(page.get_by_text("1 ticket selected", exact=True)).to_be_visible()
    settled(page)
    page.keyboard.press("Shift+P")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem").nth(1)).to_be_focused()
    chosen = page.get_by_role("menuitem").nth(1).inner_text().strip()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(chosen.lower())


def test_after_a_refused_reply_one_writes_on_and_no_letter_is_a_key(queue, settled):
    before = queue.url
    box = queue.get_by_placeholder(BOX)
    box.fill("Call me on +7 912 345-67-89")
    box.press("Alt+Enter")
    queue.keyboard.type("tj")  # before the refusal is there: the text goes on, and the desk does not hear it
    composer = queue.locator(".st-key-queue_composer")
    expect(composer.get_by_text("Not sent.")).to_be_visible()  # why stands in the verdict, once
    expect(composer.get_by_text("the marketplace forbids other channels")).to_have_count(1)
    expect(box).to_be_focused()
    box.press("End")
    queue.keyboard.type(" jj")
    expect(box).to_have_value("Call me on +7 912 345-67-89tj jj")
    assert queue.url == before
    box.fill("")  # no draft is left to whoever tests this ticket next
    box.blur()
    expect(composer.get_by_text("the marketplace forbids other channels")).to_be_hidden()
    settled(queue)


# The box is found again only a moment after everything was drawn, as on a busy machine.
FOUND_LATE = """() => {
    const find = document.querySelector.bind(document);
    const isBox = (selector) => /^[.]st-key-queue_reply_\\S+ textarea$/.test(selector);
    document.querySelector = (selector) => {
        if (!isBox(selector)) return find(selector);
        window.foundAt ??= performance.now() + 250;
        return performance.now() < window.foundAt ? null : find(selector);
    };
}"""


def test_what_is_typed_after_send_is_no_key_before_the_box_has_the_focus_again(demo_desk, own_page, settled):
    opened(own_page, settled, f"{demo_desk}/queue?view=ours&sort=newest")
    box = own_page.get_by_placeholder(BOX)
    show_next_until(own_page, settled, box)
    before = own_page.url
    box.fill("Call me on +7 912 345-67-89")
    own_page.evaluate(FOUND_LATE)
    box.press("Alt+Enter")
    own_page.keyboard.type("jj")
    expect(own_page.locator(".st-key-queue_composer").get_by_text("Not sent.")).to_be_visible()
    expect(box).to_have_value("Call me on +7 912 345-67-89jj")
    assert own_page.url == before
    box.fill("")
    box.blur()
    settled(own_page)


def test_where_the_chat_is_locked_a_note_is_written_and_the_reply_says_why_not(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=settled")
    locked = page.locator(".st-key-queue_refused_reply_text")
    show_next_until(page, settled, locked)
    page.keyboard.press("m")
    expect(locked).to_be_focused()
    expect(locked).to_contain_text(".")
    page.keyboard.press("i")
    expect(page.get_by_placeholder("Only the desk sees this")).to_be_focused()


# Puts in place of the choice between reply and note, for a moment, one that leads nowhere, as of a ticket left before.
DEAF_CHOICE = """() => {
    const choice = document.querySelector(".st-key-queue_composer [role=radiogroup]");
    const deaf = choice.cloneNode(true);
    choice.replaceWith(deaf);
    deaf.addEventListener("click", () => setTimeout(() => deaf.replaceWith(choice), 200));
}"""


def test_where_the_choice_of_the_ticket_before_stands_still_that_of_the_ticket_is_pressed(queue):
    queue.evaluate(DEAF_CHOICE)
    queue.keyboard.press("i")
    expect(queue.get_by_placeholder("Only the desk sees this")).to_be_focused()


def test_an_action_is_found_by_typing_and_taken_with_enter(queue):
    palette = queue.get_by_role("dialog", name="All actions")
    queue.keyboard.press("d")
    queue.keyboard.type("note b")  # b begins no selecting: the list has the stroke
    expect(palette.get_by_role("combobox")).to_have_value("note b")
    expect(palette.get_by_role("status")).to_have_text("No action is called so.")
    for _ in "b ":
        queue.keyboard.press("Backspace")
    chosen = palette.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Add an internal note")
    queue.keyboard.press("Enter")
    expect(palette).to_be_hidden()
    expect(queue.get_by_role("dialog")).to_contain_text("Add an internal note: ticket")


def test_an_action_that_is_forbidden_says_why_and_is_not_taken(queue, settled):
    palette = queue.get_by_role("dialog", name="All actions")
    options = palette.get_by_role("option")
    forbidden = palette.locator("[role=option][aria-disabled=true]").first
    queue.keyboard.press("d")
    expect(options.first).to_be_visible()
    while not forbidden.count():  # everything may be done with this one
        queue.keyboard.press("Escape")
        expect(palette).to_be_hidden()
        step(queue, settled, "j")
        queue.keyboard.press("d")
        expect(options.first).to_be_visible()
    while options.locator("xpath=self::*[@aria-selected='true' and @aria-disabled='false']").count():
        queue.keyboard.press("ArrowDown")
    expect(forbidden).to_have_attribute("aria-selected", "true")
    expect(forbidden).to_contain_text(".")
    queue.keyboard.press("Enter")
    expect(forbidden).to_be_visible()
    queue.keyboard.press("ArrowUp")
    expect(forbidden).to_have_attribute("aria-selected", "false")
    queue.keyboard.press("Escape")
    expect(palette).to_be_hidden()


def test_axe_finds_nothing_serious_in_the_palette(queue):
    queue.get_by_role("button", name="All actions").click()
    expect(queue.get_by_role("option").first).to_be_visible()
    for width in (1440, 390):
        queue.set_viewport_size({"width": width, "height": 844})
        assert (width, grave_in_any_light(queue)) == (width, [])


@pytest.mark.parametrize("printed", ["@", '"', "2"], ids=["English", "Russian", "French"])
def test_a_numbered_action_asks_for_shift_and_an_order_number_typed_beside_its_box_acts_on_nothing(printed, queue):
    queue.keyboard.type("40001-0002")
    second = queue.locator(".st-key-queue_actions button:has(kbd)").nth(1).locator("p").first.inner_text()
    strike(queue, printed, "Digit2", 50, has_shift=True)
    if second == "Reply":  # written in the box
        expect(queue.get_by_placeholder(BOX)).to_be_focused()
    else:
        expect(queue.get_by_role("dialog")).to_contain_text(f"{second}: ticket")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (640, 400)], ids=["phone", "zoomed"])
def test_play_and_the_list_of_keys_are_there_on_a_phone_and_at_200_percent(width, height, queue, settled):
    queue.set_viewport_size({"width": width, "height": height})
    play = queue.get_by_role("button", name=re.compile("^Play$"))
    play.click()
    expect(queue.get_by_role("button", name="Playing")).to_be_visible()
    settled(queue)
    queue.get_by_role("button", name="Playing").click()
    expect(play).to_be_visible()
    settled(queue)
    opener = queue.locator(".st-key-shared_keys button").filter(visible=True)
    assert opener.bounding_box()["width"] >= 24
    opener.click()
    expect(queue.get_by_role("dialog")).to_contain_text("Next ticket")
    settled(queue)
    queue.keyboard.press("Escape")
    expect(queue.get_by_role("dialog")).to_be_hidden()
    settled(queue)
    queue.keyboard.press("?")
    expect(queue.get_by_role("dialog")).to_contain_text("Next ticket")
