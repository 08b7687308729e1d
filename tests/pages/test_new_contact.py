"""A buyer's contact written down on the page: known and unknown orders, sellers and buyers, and follow-ups."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Thread

import pytest
from desk_builders import ANNA, PNG, contact_about_the_order, numbered

from data import clock
from data.check import check
from data.people import Agent, People, Seller, Team, save_people
from pages.shared import access
from pages.shared import people as people_of_desk
from pages.shared.people import DeskRole, Person
from workflow.tickets import Scope
from workflow.vocabulary import Channel, Language, LinkKind


def said(page):
    return [element.value for element in page.markdown if element.value.startswith(":red[:material/error:")]


@pytest.fixture
def form(desk, visit):
    page = visit("queue")
    page.button(key="queue_new").click().run()
    return page


def fill(page, *, seller=None, number="", category="after_sales", text="I want to return it.", buyer=""):
    if number:
        page.text_input(key="queue_contact_number").set_value(number).run()
    if seller:
        choice = page.selectbox(key="queue_contact_seller")
        choice.options.append(seller)  # AppTest knows no typing of a new option
        choice.set_value(seller)
    if buyer:
        page.text_input(key="queue_contact_buyer").set_value(buyer)
    page.selectbox(key="queue_contact_category").set_value(category)
    page.text_area(key="queue_contact_text").set_value(text)


def submit(page):
    return page.button(key="queue_contact_submit").click().run()


def logged(desk):
    return " ".join(text for (text,) in desk.database.read("select to_json(events)::varchar from events"))


def test_a_new_contact_becomes_a_ticket_with_its_order(desk, visit, now):
    page = visit("queue")
    page.button(key="queue_new").click().run()
    page.text_input(key="queue_contact_number").set_value("40001-0001-1").run()
    assert any("40001" in success.value for success in page.success)
    page.button_group(key="queue_contact_channel").set_value(Channel.PHONE)
    page.selectbox(key="queue_contact_category").set_value("product_quality")
    page.text_area(key="queue_contact_text").set_value("It hums.")
    page.file_uploader(key="queue_contact_files").set_value([("hum.png", PNG, "image/png")])
    page.button(key="queue_contact_submit").click().run()
    case = numbered(desk, 5)
    assert page.query_params["ticket"] == "5"
    assert (case.ticket.category, case.ticket.channel, case.ticket.product_id) == ("product_quality", "phone", "p1")
    assert (case.order.id, case.posting.number) == ("o1", "40001-0001-1")
    assert case.messages[0].text == "It hums."
    assert [item.media_type for item in case.evidence] == ["image/png"]
    assert case.ticket.opened_at - now < timedelta(minutes=1)


def test_the_language_is_that_of_the_order_s_buyer_unless_another_was_chosen(desk, form, now):
    newest = replace(contact_about_the_order(), language=Language.EN)
    desk.desk.open_ticket(newest, actor=ANNA, now=now)
    language = "queue_contact_language"
    assert form.selectbox(key=language).value == Language.RU
    form.text_input(key="queue_contact_number").set_value("40001-0001").run()
    assert form.selectbox(key=language).value == Language.EN
    form.text_input(key="queue_contact_number").set_value("").run()
    assert form.selectbox(key=language).value == Language.RU
    form.selectbox(key=language).set_value(Language.ZH).run()
    form.text_input(key="queue_contact_number").set_value("40001-0001").run()
    assert form.selectbox(key=language).value == Language.ZH
    language_of = access.directory().language_of
    assert (language_of("b1"), language_of("b1", Scope(team_ids=("t-9",))), language_of("")) == ("en", None, None)


def test_a_contact_without_its_parts_is_not_opened(desk, visit):
    page = visit("queue")
    page.button(key="queue_new").click().run()
    page.button(key="queue_contact_submit").click().run()
    assert len(said(page)) == 3
    assert desk.database.read("select count(*) from tickets") == [(4,)]


def test_a_file_that_is_no_evidence_is_refused_with_a_sentence(desk, visit):
    page = visit("queue")
    page.button(key="queue_new").click().run()
    page.selectbox(key="queue_contact_seller").set_value("s1")
    page.selectbox(key="queue_contact_category").set_value("after_sales")
    page.text_area(key="queue_contact_text").set_value("Look.")
    page.file_uploader(key="queue_contact_files").set_value([("fake.png", b"MZ\x90", "image/png")])
    page.button(key="queue_contact_submit").click().run()
    (sentence,) = said(page)
    assert "fake" in sentence
    assert desk.database.read("select count(*) from tickets") == [(4,)]


def test_a_contact_that_is_refused_leaves_nobody_behind(desk, form):
    def people():
        tables = ("buyer_persons", "buyers", "sellers")
        return [desk.database.read(f"select count(*) from {table}") for table in tables]  # noqa: S608 - names of ours

    before, file = people(), "queue_contact_files"
    for content in (b"MZ\x90", PNG):
        form.file_uploader(key=file).set_value([("photo.png", content, "image/png")])
        fill(form, seller="A shop that nobody knows", buyer="Ivan Petrov")
        submit(form)
        is_refused = content != PNG
        assert len(said(form)) == is_refused
        assert people() == (before if is_refused else [[(count + 1,)] for ((count,),) in before])


def test_others_write_while_the_files_of_a_contact_are_judged(desk, form, monkeypatch):
    judges, written = desk.rules.holds_picture, []

    def holds_picture(content, kind):
        ticket_id, note = numbered(desk, 3).ticket.id, {"note_text": "Rang back."}
        act = partial(desk.desk.act, ticket_id, "add_note", actor=ANNA, now=clock.now(), inputs=note)
        colleague = Thread(target=act)
        colleague.start()
        colleague.join(20)  # as long as the writer's lock was held, it did not end
        written.append(not colleague.is_alive())
        return judges(content, kind)

    monkeypatch.setattr(desk.rules, "holds_picture", holds_picture)
    form.file_uploader(key="queue_contact_files").set_value([("photo.png", PNG, "image/png")])
    fill(form, seller="A shop that nobody knows", buyer="Ivan Petrov")
    submit(form)
    assert (said(form), written) == ([], [True])
    assert len(numbered(desk, 5).evidence) == 1


def test_a_seller_whom_a_colleague_wrote_down_meanwhile_is_theirs_at_the_next_try(desk, form, monkeypatch):
    judges = desk.rules.holds_picture

    def holds_picture(content, kind):
        save_people(desk.database, People(sellers=(Seller(id="s-9", name="kiosk sieben"),)), clock.now())
        return judges(content, kind)

    monkeypatch.setattr(desk.rules, "holds_picture", holds_picture)
    form.file_uploader(key="queue_contact_files").set_value([("photo.png", PNG, "image/png")])
    fill(form, seller="Kiosk Sieben")
    submit(form)
    (sentence,) = said(form)
    assert "Kiosk Sieben meanwhile" in sentence
    assert desk.database.read("select count(*) from tickets") == [(4,)]
    fill(form, seller="Kiosk Sieben")
    submit(form)
    assert numbered(desk, 6).ticket.seller_id == "s-9"  # 5 went with the first try


def test_an_order_that_nobody_knows_is_noted_and_stays_out_of_the_log(desk, form):
    fill(form, number="99999999-0001", seller="s2")
    (warning,) = form.warning
    assert "kept as an internal note" in warning.value
    submit(form)
    case = numbered(desk, 5)
    assert (case.ticket.order_id, case.ticket.seller_id, case.order) == ("", "s2", None)
    assert [(message.text, message.is_public) for message in case.messages] == [
        ("I want to return it.", True),
        ("Order number as given: 99999999-0001", False),
    ]
    assert "99999999" not in logged(desk)


def test_a_seller_who_is_typed_gets_a_record_once_and_a_made_up_id(desk, visit):
    for number, name in ((5, "Kiosk Sieben"), (6, "kiosk sieben ")):
        page = visit("queue")
        page.button(key="queue_new").click().run()
        fill(page, seller=name)
        submit(page)
        seller_id = numbered(desk, number).ticket.seller_id
        assert desk.database.read("select name from sellers where id = $1", [seller_id]) == [("Kiosk Sieben",)]
    assert desk.database.read("select count(*) from sellers") == [(3,)]
    assert "iosk" not in logged(desk)


def test_a_buyer_is_a_random_key_and_the_name_lies_apart(desk, form):
    fill(form, seller="s1", buyer="Zinaida Q.")
    submit(form)
    key = numbered(desk, 5).ticket.buyer_key
    assert desk.database.read("select name from buyer_persons where buyer_key = $1", [key]) == [("Zinaida Q.",)]
    assert desk.database.read("select count(*) from buyers where key = $1", [key]) == [(1,)]
    assert "Zinaida" not in logged(desk)


def test_what_the_form_writes_passes_the_check(desk, form):
    fill(form, number="unknown 1", seller="Kiosk Sieben", buyer="Zinaida Q.")
    submit(form)
    assert check(desk.database) == []


def test_a_settled_ticket_is_continued_by_a_follow_up_that_begins_with_what_is_known(desk, visit, now):
    earlier = numbered(desk, 2).ticket
    inputs = {"resolution_reason": "explained"}
    desk.desk.act(earlier.id, "resolve", actor=ANNA, now=now - timedelta(minutes=5), inputs=inputs)
    page = visit("queue", ticket="2")
    page.button(key="queue_follow_up_2").click().run()
    assert page.text_input(key="queue_contact_number").value == "40001-0001-1"
    assert page.selectbox(key="queue_contact_category").value == "logistics_delay"
    page.text_area(key="queue_contact_text").set_value("It is late again.")
    submit(page)
    later = numbered(desk, 5)
    assert (later.ticket.buyer_key, later.ticket.order_id, later.ticket.channel) == ("b1", "o1", Channel.CHAT_APP)
    assert [(link.number, link.kind, link.is_child) for link in later.links] == [(2, LinkKind.FOLLOW_UP_OF, False)]
    assert page.query_params["ticket"] == "5"
    relations = [link.label for link in page.get("page_link") if ": ticket" in link.label]
    assert relations == ["Follow-up of: ticket 2"]
    relations = [link.label for link in visit("queue", ticket="2").get("page_link") if ": ticket" in link.label]
    assert relations == ["Follow-up: ticket 5"]


def test_a_ticket_that_is_open_has_no_follow_up(desk, visit):
    assert [
        button for button in visit("queue", ticket="2").button if (button.key or "").startswith("queue_follow_up")
    ] == []


def signed_in(monkeypatch, desk, **scope):
    """Anna of team north, who sees what `scope` says."""
    teams = (Team(id="north", name="North"), Team(id="south", name="South"))
    people = People(agents=(Agent(id="anna", name="Anna", team_id="north"),), teams=teams)
    save_people(desk.database, people, clock.now())
    person = Person(id="anna", name="Anna", roles=frozenset(DeskRole), scope=Scope(**scope))
    monkeypatch.setattr(people_of_desk, "me", lambda: person)


@pytest.mark.parametrize(
    ("scope", "team_id"),
    [
        ({}, "north"),
        ({"team_ids": ("south", "north")}, "north"),
        ({"team_ids": ("south", "east")}, "south"),
        ({"seller_ids": ("s1",)}, "north"),
    ],
)
def test_a_ticket_is_of_the_team_of_whoever_opens_it_and_sees_it(desk, visit, monkeypatch, scope, team_id):
    signed_in(monkeypatch, desk, **scope)
    page = visit("queue", view="team")
    page.button(key="queue_new").click().run()
    fill(page, seller="s1")
    submit(page)
    assert not page.exception
    ticket = numbered(desk, 5).ticket
    assert (ticket.team_id, ticket.assignee_id, ticket.seller_id) == (team_id, "anna", "s1")
    assert page.query_params["ticket"] == "5"
    assert any("No. 5" in caption.value for caption in page.caption)  # whoever opened it sees it
    if team_id == "north":
        assert list(page.dataframe[0].value["number"]) == [5]  # My team


def test_a_contact_of_a_seller_that_the_person_does_not_see_is_refused_with_a_sentence(desk, visit, monkeypatch):
    signed_in(monkeypatch, desk, seller_ids=("s1",))
    page = visit("queue")
    page.button(key="queue_new").click().run()
    fill(page, seller="s2")
    submit(page)
    (sentence,) = said(page)
    assert "you do not see the tickets of this seller" in sentence
    assert desk.database.read("select count(*) from tickets") == [(4,)]
    assert desk.database.read("select count(*) from sellers") == [(2,)]
