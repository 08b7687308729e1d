"""Templates and macros are saved by a manager in versions; what buyers must not get is refused with its sentence."""

from dataclasses import replace

import pytest
from desk_builders import ANNA, field, numbered
from streamlit.util import calc_hash

from data.people import Agent, People, save_people
from pages.shared import access
from workflow.composing import Template
from workflow.steps import AddTags, Assign, Do, Macro, Prioritise
from workflow.vocabulary import Language, Priority

T, M = "replies_template_field_", "replies_macro_field_"


@pytest.fixture
def page(visit, desk):
    return visit("replies")


def test_a_new_template_is_saved_and_offered(desk, page):
    field(page.text_input, f"{T}name_").set_value("Short")
    field(page.text_area, f"{T}text_").set_value("We answer on {ticket_number} today.").run()
    page.button(key="replies_template_save").click().run()
    assert any("Version 1 of “Short” is saved" in toast.value for toast in page.toast)
    assert "Short" in {item.name for item in access.templates().offered(Language.EN, "after_sales")}


def test_a_template_is_edited_into_its_next_version(desk, page):
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    assert field(page.text_area, f"{T}text_").value.startswith("We are glad")
    field(page.text_area, f"{T}text_").set_value("Thank you. {agent}").run()
    page.button(key="replies_template_save").click().run()
    (kept,) = [item for item in access.templates().all() if (item.id, item.language) == ("thanks", Language.EN)]
    assert (kept.text, kept.version) == ("Thank you. {agent}", 2)


def test_a_template_gets_a_further_language_under_the_same_id(desk, page):
    field(page.text_input, f"{T}name_").set_value("Short")
    field(page.text_area, f"{T}text_").set_value("Soon.").run()
    page.button(key="replies_template_save").click().run()
    (english,) = [item for item in access.templates().all() if item.name == "Short"]
    page.selectbox(key="replies_template_chosen").set_value(f"{english.id}:en").run()
    adding = page.menu_button(key="replies_template_language")
    assert adding.options == ["Russian", "Chinese"]
    adding.set_value(Language.RU).run()
    assert page.selectbox(key="replies_template_chosen").value == f"{english.id}:ru"
    assert field(page.text_area, f"{T}text_").value == ""
    field(page.text_input, f"{T}name_").set_value("Кратко")
    field(page.text_area, f"{T}text_").set_value("Скоро.").run()
    page.button(key="replies_template_save").click().run()
    saved = {item.language: (item.name, item.text) for item in access.templates().all() if item.id == english.id}
    assert saved == {Language.EN: ("Short", "Soon."), Language.RU: ("Кратко", "Скоро.")}
    assert page.selectbox(key="replies_template_chosen").value == f"{english.id}:ru"
    assert field(page.text_area, f"{T}text_").value == "Скоро."
    assert page.menu_button(key="replies_template_language").options == ["Chinese"]
    assert "Short · EN RU" in field(page.selectbox, f"{M}template_").options


def test_of_two_further_languages_none_that_is_not_saved_yet_is_lost(desk, page):
    field(page.text_input, f"{T}name_").set_value("Short")
    field(page.text_area, f"{T}text_").set_value("Soon.").run()
    page.button(key="replies_template_save").click().run()
    (english,) = [item for item in access.templates().all() if item.name == "Short"]
    for language, text in ((Language.RU, "Скоро."), (Language.ZH, "很快。")):
        page.selectbox(key="replies_template_chosen").set_value(f"{english.id}:en").run()
        page.menu_button(key="replies_template_language").set_value(language).run()
        field(page.text_area, f"{T}text_").set_value(text).run()
    page.selectbox(key="replies_template_chosen").set_value(f"{english.id}:ru").run()
    assert field(page.text_area, f"{T}text_").value == "Скоро."
    page.button(key="replies_template_save").click().run()
    page.selectbox(key="replies_template_chosen").set_value(f"{english.id}:zh").run()
    assert field(page.text_area, f"{T}text_").value == "很快。"


def test_a_template_in_every_language_is_offered_no_further_one(desk, page):
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    assert not page.menu_button


def test_what_is_typed_stays_when_somebody_else_saves_the_template(desk, page, now):
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    (kept,) = [item for item in access.templates().all() if (item.id, item.language) == ("thanks", Language.EN)]
    field(page.text_area, f"{T}text_").set_value("Mine.").run()
    access.templates().save(replace(kept, text="Theirs."), by="olga", now=now)
    page.button(key="replies_template_save").click().run()
    assert any("meanwhile" in error.value for error in page.error)
    assert field(page.text_area, f"{T}text_").value == "Mine."
    assert [warning.value.startswith("Somebody saved a newer version") for warning in page.warning] == [True]
    page.button(key="editing_replies_template_field_newer").click().run()
    assert field(page.text_area, f"{T}text_").value == "Theirs."
    assert not page.warning
    field(page.text_area, f"{T}text_").set_value("Ours.").run()
    page.button(key="replies_template_save").click().run()
    assert "Ours." in {item.text for item in access.templates().all()}
    assert field(page.text_area, f"{T}text_").value == "Ours."


def test_what_is_typed_stays_when_somebody_else_saves_the_macro(desk, page, now):
    macro = Macro(id="m-1", name="Close", template_id="thanks", then=())
    access.macros().save(macro, by="olga", now=now)
    page.run()
    page.selectbox(key="replies_macro_chosen").set_value("m-1").run()
    access.macros().save(replace(macro, version=1, name="Theirs"), by="olga", now=now)
    field(page.text_input, f"{M}name_").set_value("Mine").run()
    page.button(key="replies_macro_save").click().run()
    assert field(page.text_input, f"{M}name_").value == "Mine"
    assert [item.name for item in access.macros().all()] == ["Theirs"]
    page.button(key="editing_replies_macro_field_newer").click().run()
    assert field(page.text_input, f"{M}name_").value == "Theirs"


def test_what_is_typed_for_one_template_waits_while_another_is_shown(desk, page):
    field(page.text_area, f"{T}text_").set_value("A new one, half written.").run()
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    field(page.text_area, f"{T}text_").set_value("Half").run()
    field(page.checkbox, f"{T}active_").uncheck().run()
    page.selectbox(key="replies_template_chosen").set_value("thanks:ru").run()
    assert field(page.text_area, f"{T}text_").value.startswith("Рады")
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    assert (field(page.text_area, f"{T}text_").value, field(page.checkbox, f"{T}active_").value) == ("Half", False)
    page.button(key="replies_template_save").click().run()
    page.selectbox(key="replies_template_chosen").set_value("").run()
    assert field(page.text_area, f"{T}text_").value == "A new one, half written."
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    assert field(page.text_area, f"{T}text_").value == "Half"
    assert not page.warning


def test_what_waited_for_its_template_is_not_laid_over_what_a_colleague_saved_meanwhile(desk, page, now):
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    (kept,) = [item for item in access.templates().all() if (item.id, item.language) == ("thanks", Language.EN)]
    field(page.text_area, f"{T}text_").set_value("Mine.").run()
    page.selectbox(key="replies_template_chosen").set_value("thanks:ru").run()
    access.templates().save(replace(kept, text="Theirs."), by="olga", now=now)
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    assert field(page.text_area, f"{T}text_").value == "Mine."
    assert [warning.value.startswith("Somebody saved a newer version") for warning in page.warning] == [True]


def test_what_only_was_looked_at_is_shown_anew_as_a_colleague_saved_it(desk, page, now):
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    (kept,) = [item for item in access.templates().all() if (item.id, item.language) == ("thanks", Language.EN)]
    page.selectbox(key="replies_template_chosen").set_value("thanks:ru").run()
    access.templates().save(replace(kept, text="Theirs."), by="olga", now=now)
    page.selectbox(key="replies_template_chosen").set_value("thanks:en").run()
    assert (field(page.text_area, f"{T}text_").value, len(page.warning)) == ("Theirs.", 0)


def test_what_is_typed_waits_while_another_page_is_shown(desk, page):
    field(page.text_input, f"{M}name_").set_value("Half a macro").run()
    page._page_hash = calc_hash("team")
    page.run()
    field(page.number_input, "team_field_most_").set_value(7).run()
    page._page_hash = calc_hash("replies")
    page.run()
    assert field(page.text_input, f"{M}name_").value == "Half a macro"
    page._page_hash = calc_hash("team")
    page.run()
    assert field(page.number_input, "team_field_most_").value == 7


def test_a_forbidden_template_is_refused_and_stays_in_the_editor(desk, page):
    field(page.text_input, f"{T}name_").set_value("Call us")
    field(page.text_area, f"{T}text_").set_value("Call +7 912 345-67-89").run()
    page.button(key="replies_template_save").click().run()
    assert any("The template was not saved" in error.value for error in page.error)
    assert field(page.text_area, f"{T}text_").value == "Call +7 912 345-67-89"
    assert "Call us" not in {item.name for item in access.templates().all()}


def test_a_macro_is_saved_with_all_of_its_steps(desk, page):
    field(page.text_input, f"{M}name_").set_value("Explain and close")
    field(page.selectbox, f"{M}template_").set_value("thanks")
    field(page.selectbox, f"{M}trigger_").set_value("resolve").run()
    field(page.selectbox, f"{M}input_resolution_reason_").set_value("explained")
    field(page.selectbox, f"{M}priority_").set_value("low")
    field(page.text_input, f"{M}tags_").set_value("done, told").run()
    page.button(key="replies_macro_save").click().run()
    (macro,) = access.macros().all()
    assert macro.then == (
        Do(trigger="resolve", inputs={"resolution_reason": "explained"}),
        Prioritise(priority=Priority.LOW),
        AddTags(tags=("done", "told")),
    )
    page.selectbox(key="replies_macro_chosen").set_value(macro.id).run()
    assert field(page.text_input, f"{M}tags_").value == "done, told"


def test_a_macro_offers_each_reply_once_by_its_name_on_the_screen_with_its_languages(desk, visit, now):
    only_chinese = Template(id="t-zh", language=Language.ZH, name="仅中文", text="您好。")
    access.templates().save(only_chinese, by="olga", now=now)
    page = visit("replies")
    assert sorted(field(page.selectbox, f"{M}template_").options) == [
        "Ask for photos · EN RU ZH",
        "First answer · EN RU ZH",
        "How to return · EN RU ZH",
        "No reply",
        "Solved, thank you · EN RU ZH",
        "Where the parcel is · EN RU ZH",
        "仅中文 · ZH",
    ]


def test_actions_by_one_name_say_their_category(page):
    offered = field(page.selectbox, f"{M}trigger_").options
    assert len(set(offered)) == len(offered)
    assert [name for name in offered if name.startswith("Refund without return")] == [
        "Refund without return · After-sales",
        "Refund without return · Product quality",
    ]
    assert "Resolve" in offered


def test_a_macro_keeps_the_step_to_a_colleague_who_left_until_another_is_chosen(desk, visit, now):
    save_people(desk.database, People(agents=(Agent(id="x-17", name="Gleb Orlov", is_active=False),)), now)
    then = (Assign(assignee_id="x-17"), AddTags(tags=("late",)))
    access.macros().save(Macro(id="m-1", name="To Gleb", template_id="", then=then), by="olga", now=now)
    page = visit("replies")
    page.selectbox(key="replies_macro_chosen").set_value("m-1").run()
    assignees = field(page.selectbox, f"{M}assignee_")
    assert (assignees.value, "Gleb Orlov" in assignees.options) == ("x-17", True)
    field(page.text_input, f"{M}name_").set_value("To whoever").run()
    page.button(key="replies_macro_save").click().run()
    assert [(macro.name, macro.then) for macro in access.macros().all()] == [("To whoever", then)]
    field(page.selectbox, f"{M}assignee_").set_value("li").run()
    page.button(key="replies_macro_save").click().run()
    assert access.macros().all()[0].then == (Assign(assignee_id="li"), AddTags(tags=("late",)))
    assert "Gleb Orlov" not in field(page.selectbox, f"{M}assignee_").options


def test_an_agent_has_no_access_to_the_page(visit, desk, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    assert not visit("replies").text_area


def test_a_rating_is_entered_after_the_resolution(visit, desk, now):
    ticket = numbered(desk, 2).ticket
    page = visit("queue", ticket="2")
    assert not [element for element in page.markdown if element.value == "**Satisfaction**"]
    access.desk().desk.act(ticket.id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    page = visit("queue", ticket="2")
    assert page.button(key="queue_rating_save_2").disabled
    page.feedback(key="queue_rating_stars_2").set_value(3).run()
    page.text_area(key="queue_rating_comment_2").set_value("Fast").run()
    page.button(key="queue_rating_save_2").click().run()
    assert any("The buyer gave 4 of 5." in caption.value for caption in page.caption)
    assert numbered(desk, 2).messages[-1].text == "Fast"
