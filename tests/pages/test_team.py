"""The team's page: a manager says what an agent takes; giving a ticket to somebody absent says who has it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from desk_builders import field, numbered
from streamlit.testing.v1 import AppTest

from pages.shared import access
from workflow.staff import Profile
from workflow.vocabulary import Language, Scheme

F = "team_field_"


@pytest.fixture
def page(desk, visit):
    page = visit("team")
    page.selectbox(key="team_agent").set_value("li").run()
    return page


def test_what_an_agent_takes_is_saved_and_shown(desk, page):
    field(page.number_input, f"{F}most_").set_value(7)
    field(page.multiselect, f"{F}categories_").set_value(["after_sales"])
    field(page.multiselect, f"{F}languages_").set_value([Language.ZH])
    field(page.multiselect, f"{F}schemes_").set_value([Scheme.FBS])
    field(page.selectbox, f"{F}stand_in_").set_value("anna").run()
    page.button(key="team_save").click().run()
    assert access.staff().profiles() == (
        Profile(
            agent_id="li",
            most_open_count=7,
            categories=("after_sales",),
            languages=(Language.ZH,),
            schemes=(Scheme.FBS,),
            stand_in_id="anna",
        ),
    )
    assert [toast.value for toast in page.toast] == ["What Li Wei takes is saved\\."]
    table = page.dataframe[0].value
    assert table["Open"].tolist() == ["0", "0 of 7", "0"]
    assert table["Takes"].tolist() == ["Everything", "After-sales · Chinese · FBS", "Everything"]
    assert field(page.number_input, f"{F}most_").value == 7


def test_the_limit_is_said_to_bind_whoever_has_the_fewest_and_not_take_next(page):
    said = field(page.number_input, f"{F}most_").help
    assert said.startswith("“Whoever has the fewest” gives no more than that.")
    (title,) = [element.value for element in page.markdown if element.value.startswith("**One agent**")]
    assert "“take next” asks only for what they know" in title


def test_an_absence_without_an_end_is_refused_and_stays_in_the_editor(desk, page):
    field(page.datetime_input, f"{F}from_").set_value(datetime(2026, 3, 9, 9)).run()
    page.button(key="team_save").click().run()
    assert any("needs a beginning and a later end" in error.value for error in page.error)
    assert field(page.datetime_input, f"{F}from_").value == datetime(2026, 3, 9, 9)
    assert access.staff().profiles() == ()


def test_what_is_typed_stays_when_a_colleague_saves_that_profile_and_is_refused(desk, page, now):
    field(page.number_input, f"{F}most_").set_value(7).run()
    theirs = Profile(agent_id="li", languages=(Language.ZH,))
    access.staff().save(theirs, by="olga", now=now)
    page.button(key="team_save").click().run()
    assert any("What Li Wei takes was saved by somebody else meanwhile" in error.value for error in page.error)
    assert [warning.value.startswith("Somebody saved a newer version") for warning in page.warning] == [True]
    assert field(page.number_input, f"{F}most_").value == 7
    assert access.staff().profiles() == (theirs,)
    page.button(key="editing_team_field_newer").click().run()
    assert (field(page.number_input, f"{F}most_").value, len(page.warning)) == (None, 0)
    assert field(page.multiselect, f"{F}languages_").value == [Language.ZH]
    field(page.number_input, f"{F}most_").set_value(7).run()
    page.button(key="team_save").click().run()
    assert access.staff().profiles() == (replace(theirs, most_open_count=7),)


def test_what_is_typed_for_one_agent_waits_while_another_is_shown(desk, page):
    field(page.number_input, f"{F}most_").set_value(7).run()
    page.selectbox(key="team_agent").set_value("anna").run()
    assert field(page.number_input, f"{F}most_").value is None
    field(page.multiselect, f"{F}languages_").set_value([Language.ZH]).run()
    page.selectbox(key="team_agent").set_value("li").run()
    assert (field(page.number_input, f"{F}most_").value, field(page.multiselect, f"{F}languages_").value) == (7, [])
    page.button(key="team_save").click().run()
    page.selectbox(key="team_agent").set_value("anna").run()
    assert field(page.multiselect, f"{F}languages_").value == [Language.ZH]
    assert access.staff().profiles() == (Profile(agent_id="li", most_open_count=7),)


def test_who_is_no_manager_neither_sees_nor_saves(desk, page, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    page.button(key="team_save").click().run()
    assert access.staff().profiles() == ()
    assert not page.multiselect


def test_a_ticket_for_somebody_absent_goes_to_whoever_stands_in_and_says_so(desk, now):
    day = timedelta(days=1)
    away = Profile(agent_id="li", absent_from_at=now - day, absent_until_at=now + day, stand_in_id="anna")
    access.staff().save(away, by="olga", now=now)
    said = AppTest.from_function(_give_to_li, kwargs={"ticket": numbered(desk, 3).ticket}).run()
    assert numbered(desk, 3).ticket.assignee_id == "anna"
    assert said.text[0].value == "Li Wei is away: Anna Petrova stands in and has the ticket."


def _give_to_li(ticket):
    import streamlit as st

    from pages.queue import acting
    from pages.shared import session

    acting.assign(ticket, "li")
    st.text(session.recall(acting.DONE))
