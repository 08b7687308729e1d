"""The bell by keyboard and by mouse, in a real browser: what is new, the way to the ticket, what was read."""

import re

import pytest
from playwright.sync_api import expect

from data.clock import now
from data.opening import open_desk
from data.people import Agent, People, save_people
from pages.shared.people import LOCAL_ID, LOCAL_NAME
from tests.browser.accessibility import grave
from tests.pages import desk_builders

BELL = re.compile(r"\d new notices?")


@pytest.fixture(scope="module")
def told_desk(desk_server, tmp_path_factory) -> str:
    """A desk on which Anna gave tickets 1 and 2 to the person at the screen and named them on ticket 4."""
    path = tmp_path_factory.mktemp("told") / "desk.duckdb"
    with open_desk(path) as opened:
        desk_builders.fill(opened, now())
        save_people(opened.database, People(agents=(Agent(id=LOCAL_ID, name=LOCAL_NAME),)), now())
        first, second, fourth = (desk_builders.numbered(opened, number).ticket.id for number in (1, 2, 4))
        for ticket_id in (first, second):  # no clock of theirs runs out within hours
            opened.desk.assign(ticket_id, LOCAL_ID, actor=desk_builders.ANNA, now=now())
        note = {"note_text": "@Local agent, what do you think?"}
        opened.desk.act(fourth, "add_note", actor=desk_builders.ANNA, now=now(), inputs=note)
    return desk_server(DESK_DATABASE=str(path))


def focused(page) -> str:
    return page.evaluate("document.activeElement.innerText")


def press_until(page, key: str, text: str) -> None:
    """Press a key until what has the focus says `text`."""
    for _ in range(40):
        page.keyboard.press(key)
        if text in focused(page) and len(focused(page)) < 200:
            return
    pytest.fail(f"{key} never came to {text}; it is at {focused(page)[:100]}")


def test_the_keyboard_alone_leads_from_the_bell_to_the_ticket(told_desk, page, settled):
    page.goto(f"{told_desk}/live")
    settled(page)
    expect(page.get_by_role("button", name="3 new notices")).to_be_visible()
    press_until(page, "Tab", "3 new notices")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Anna Petrova mentioned you on ticket 4")
    press_until(page, "Tab", "mentioned you on ticket 4")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/queue\?ticket=4"))
    expect(page.get_by_role("button", name="2 new notices")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_on_the_queue_itself_another_ticket_is_opened_and_everything_is_read_at_once(told_desk, page, settled):
    page.goto(f"{told_desk}/queue?ticket=1")
    settled(page)
    page.get_by_role("button", name=BELL).click()
    page.get_by_role("dialog").get_by_role("button", name="gave you ticket 2").click()
    expect(page).to_have_url(re.compile(r"/queue\?ticket=2"))
    expect(page.get_by_role("list", name="History of ticket 2")).to_be_visible()
    page.get_by_role("button", name=BELL).click()
    page.get_by_role("dialog").get_by_role("button", name="Mark all read").click()
    expect(page.get_by_role("button", name=BELL)).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Notices")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_bell_and_page_are_accessible_and_fit(scheme, width, told_desk, page, settled):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{told_desk}/notices")
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    wide = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    assert page.evaluate(wide) <= width
    assert grave(page) == []
    page.locator(".st-key-notices_bell").get_by_role("button").click()
    page.get_by_role("dialog").get_by_text("ticket 4").wait_for()
    assert grave(page) == []
