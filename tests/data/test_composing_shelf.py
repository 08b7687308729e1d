"""Templates and macros in versions, and drafts, in the desk's file."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from data.check import check
from data.composing.drafts import Draft, Drafts
from data.composing.macros import Macros
from data.composing.templates import Templates
from data.database import Database
from data.errors import EditedMeanwhileError, MacroInvalidError
from data.opening import open_desk
from tests.new_desks import new_database, new_desk
from workflow.composing import Template
from workflow.errors import TemplateInvalidError
from workflow.steps import AddTags, Assign, Do, Macro, Prioritise
from workflow.vocabulary import Language, Priority

NOW = datetime(2026, 3, 2, 9, 0)
HELLO = Template(id="hello", language=Language.EN, name="Hello", text="Hello {agent}")
MACRO = Macro(
    id="m1",
    name="Explain and close",
    template_id="thanks",
    then=(
        Do(trigger="resolve", inputs={"resolution_reason": "explained"}),
        Prioritise(priority=Priority.LOW),
        Assign(assignee_id=""),
        AddTags(tags=("done",)),
    ),
)


@pytest.fixture
def database(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as opened:
        yield opened


def test_a_template_is_saved_in_versions_of_which_the_newest_counts(database):
    shelf = Templates(database)
    first = shelf.save(HELLO, by="anna", now=NOW)
    second = shelf.save(
        Template(id="hello", language=Language.EN, name="Hello", text="Hi {agent}", version=first.version),
        by="boris",
        now=NOW + timedelta(minutes=1),
    )
    assert [template.text for template in shelf.all()] == ["Hi {agent}"]
    assert second.version == 2
    assert len(database.read("select * from reply_template_versions")) == 2
    entries = database.read("select by_id, action, subject from audit_entries order by noted_at")
    assert entries == [("anna", "save_template", "hello"), ("boris", "save_template", "hello")]


def test_who_edits_an_old_version_is_told_and_nothing_is_saved(database):
    shelf = Templates(database)
    shelf.save(HELLO, by="anna", now=NOW)
    with pytest.raises(EditedMeanwhileError, match="The template “Hello” was saved by somebody else meanwhile"):
        shelf.save(HELLO, by="boris", now=NOW)
    with pytest.raises(TemplateInvalidError):
        shelf.save(Template(id="x", language=Language.EN, name="x", text="anna@example.com"), by="anna", now=NOW)
    assert len(database.read("select * from reply_template_versions")) == 1


def test_templates_are_offered_by_language_and_category_while_they_are_active(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        shelf = Templates(opened.database)
        offered = shelf.offered(Language.RU, "logistics_delay")
        assert [template.id for template in offered] == ["tracking", "first_answer", "thanks"]
        thanks = offered[-1]
        shelf.save(
            Template(
                id="thanks",
                language=Language.RU,
                name=thanks.name,
                text=thanks.text,
                version=thanks.version,
                is_active=False,
            ),
            by="anna",
            now=NOW,
        )
        assert "thanks" not in {template.id for template in shelf.offered(Language.RU, "after_sales")}
        assert "thanks" in {template.id for template in shelf.offered(Language.EN, "after_sales")}
    with open_desk(tmp_path / "desk.duckdb") as opened:
        assert "thanks" not in {item.id for item in Templates(opened.database).offered(Language.RU, "after_sales")}


def test_a_macro_comes_back_as_it_was_saved(database):
    shelf = Macros(database)
    shelf.save(MACRO, by="anna", now=NOW)
    (kept,) = shelf.offered()
    assert kept == Macro(id="m1", name="Explain and close", template_id="thanks", then=MACRO.then, version=1)
    shelf.save(Macro(id="m1", name="Explain", then=MACRO.then, version=1, is_active=False), by="anna", now=NOW)
    assert shelf.offered() == ()
    assert [macro.version for macro in shelf.all()] == [2]


def test_a_macro_that_cannot_be_kept_is_refused(database):
    shelf = Macros(database)
    with pytest.raises(MacroInvalidError, match="give it a name"):
        shelf.save(Macro(id="m", name=" ", then=MACRO.then), by="anna", now=NOW)
    with pytest.raises(MacroInvalidError, match="it changes nothing"):
        shelf.save(Macro(id="m", name="Nothing"), by="anna", now=NOW)
    shelf.save(MACRO, by="anna", now=NOW)
    with pytest.raises(EditedMeanwhileError):
        shelf.save(MACRO, by="boris", now=NOW)


def test_a_draft_is_kept_for_each_agent_ticket_and_field_across_a_restart(tmp_path):
    ticket_id = str(uuid4())
    with new_database(tmp_path / "desk.duckdb") as database:
        shelf = Drafts(database)
        for minute, (agent, field, text) in enumerate(
            [
                ("anna", "reply_text", "Hel"),
                ("boris", "reply_text", "I"),
                ("anna", "reply_text", "Hello"),
                ("anna", "note_text", "Ask @li"),
            ]
        ):
            at = NOW + timedelta(minutes=minute)
            shelf.save(ticket_id, Draft(agent_id=agent, field=field, text=text, base_version=3, saved_at=at))
    with Database.open(tmp_path / "desk.duckdb") as database:
        shelf = Drafts(database)
        kept = [(draft.agent_id, draft.field, draft.text) for draft in shelf.of(ticket_id)]
        assert kept == [
            ("anna", "note_text", "Ask @li"),
            ("anna", "reply_text", "Hello"),
            ("boris", "reply_text", "I"),
        ]
        empty = Draft(agent_id="boris", field="reply_text", text=" ", base_version=3, saved_at=NOW)
        shelf.save(ticket_id, empty)
        shelf.drop(ticket_id, "anna", "note_text")
        assert [draft.text for draft in shelf.of(ticket_id)] == ["Hello"]


def test_check_names_a_draft_of_a_ticket_that_is_not_there(database):
    draft = Draft(agent_id="anna", field="reply_text", text="x", base_version=1, saved_at=NOW)
    Drafts(database).save(str(uuid4()), draft)
    assert [difference.place for difference in check(database)] == ["drafts.ticket_id"]
