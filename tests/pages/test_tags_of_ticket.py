"""A ticket's tags are added to and taken from beside its assignee; nobody's change is lost to another's."""

import pytest
from desk_builders import ANNA, numbered

FIELD, SAVE = "queue_tags_2", "queue_tags_save_2"


@pytest.fixture
def tagged(desk, now, visit):
    desk.desk.tag(numbered(desk, 2).ticket.id, ["late", "vip"], actor=ANNA, now=now)
    return visit("queue", ticket="2")


def tags(desk, number=2):
    return numbered(desk, number).ticket.tags


def test_a_tag_is_added_and_one_taken_off(desk, tagged):
    assert tagged.multiselect(key=FIELD).value == ["late", "vip"]
    assert tagged.button(key=SAVE).disabled
    tagged.multiselect(key=FIELD).set_value(["vip", "flood-2026"]).run()
    tagged.button(key=SAVE).click().run()
    assert tags(desk) == ("flood-2026", "vip")
    assert tagged.button(key=SAVE).disabled
    assert tagged.multiselect(key=FIELD).value == ["flood-2026", "vip"]
    tagged.multiselect(key=FIELD).set_value([]).run()
    tagged.button(key=SAVE).click().run()
    assert tags(desk) == ()


def test_a_colleague_who_was_faster_is_named_and_both_changes_stand_at_the_next_press(desk, tagged, now):
    tagged.multiselect(key=FIELD).set_value(["vip", "flood"]).run()
    desk.desk.tag(numbered(desk, 2).ticket.id, ["late", "vip", "theirs"], actor=ANNA, now=now)
    tagged.button(key=SAVE).click().run()
    assert [warning.value for warning in tagged.warning if "Anna Petrova" in warning.value] != []
    assert tags(desk) == ("late", "theirs", "vip")
    assert tagged.multiselect(key=FIELD).value == ["flood", "theirs", "vip"]
    tagged.button(key=SAVE).click().run()
    assert tags(desk) == ("flood", "theirs", "vip")


def test_what_is_no_tag_is_refused_with_its_sentence_and_stays_typed(desk, tagged):
    tagged.multiselect(key=FIELD).set_value(["late", "vip", "two words"]).run()
    tagged.button(key=SAVE).click().run()
    assert ["two words" in warning.value for warning in tagged.warning] == [True]
    assert tags(desk) == ("late", "vip")
    assert tagged.multiselect(key=FIELD).value == ["late", "vip", "two words"]


def test_tags_typed_on_one_ticket_are_not_those_of_the_next(desk, tagged):
    tagged.multiselect(key=FIELD).set_value(["mine"]).run()
    tagged.query_params["ticket"] = "3"
    tagged.run()
    assert tagged.multiselect(key="queue_tags_3").value == []
    assert tagged.button(key="queue_tags_save_3").disabled
    assert tags(desk, 3) == ()


def test_a_tag_that_a_colleague_set_stands_in_an_untouched_field(desk, tagged, now):
    desk.desk.tag(numbered(desk, 2).ticket.id, ["theirs"], actor=ANNA, now=now)
    tagged.run()
    assert tagged.multiselect(key=FIELD).value == ["theirs"]
