"""What a manager does with policies: reads, drafts, back-tests, publishes."""

import json
from datetime import datetime

import pytest

from data.service.publishing import audit_entries
from data.service.shelf import publications, publish_policies
from pages.shared import access


def texts(page):
    return "\n".join(element.value for kind in (page.markdown, page.caption, page.error) for element in kind)


def said(page):
    return texts(page).replace("\\", "")


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def draft_of(page):
    return page.session_state["policies_draft"]


def budget_field(page, policy=0, target=0):
    return page.number_input(key=f"policies_field_{draft_of(page).rows[policy].rows[target].uid}_amount")


def drafted(visit, hours=1):
    """A draft in which urgent tickets get another first reply."""
    page = press(visit("policies"), "Edit as a draft")
    budget_field(page).set_value(hours).run()
    assert not page.exception
    return page


def replayed(page):
    page.button(key="policies_back_test_run").click().run()
    page.session_state["policies_back_test"].job.wait()
    return page.run()


def published(page, note=""):
    page.button(key="policies_publish_open").click().run()
    page.text_area(key="policies_note").set_value(note).run()
    page.button(key="policies_publish_confirm").click().run()
    assert not page.exception
    return page


def versions(desk):
    return [one.version.version for one in publications(desk.database)]


def test_the_version_in_force_is_explained_in_sentences(desk, visit):
    page = visit("policies")
    assert not page.exception
    assert "1. Urgent tickets" in said(page)
    assert "A first reply within 4 h, every hour counts. At 50 % the desk notifies" in said(page)
    assert "Resolved within 27 h, counted in “Office hours”, paused while the buyer or the carrier must act" in said(
        page
    )


def test_an_empty_desk_has_policies_to_read_as_well(empty_desk, visit):
    page = visit("policies")
    assert not page.exception
    assert "2. Every ticket" in said(page)


def test_a_draft_says_what_it_changes(desk, visit):
    page = drafted(visit)
    assert "“Urgent tickets”: A first reply within 1 h, every hour counts. Before: A first reply within 4 h" in said(
        page
    )
    assert "begun on version 1 · 1 change" in said(page)


def test_a_draft_survives_another_page(desk, visit):
    page = drafted(visit)
    page.query_params["part"] = "history"
    page.run()
    page.query_params["part"] = ""
    page.run()
    assert budget_field(page).value == 1


def test_policies_are_moved_copied_added_and_removed(desk, visit):
    page = press(visit("policies"), "Edit as a draft")
    press(page, "Duplicate")
    press(page, "Move down")
    names = [row.fields["name"] for row in draft_of(page).rows]
    assert names == ["Urgent tickets", "Every ticket", "Urgent tickets (copy)"]
    assert "“Urgent tickets (copy)” never applies: “Urgent tickets” stands before it" in " ".join(
        warning.value.replace("\\", "") for warning in page.warning
    )
    press(page, "Remove")
    press(page, "Add a policy")
    names = [row.fields["name"] for row in draft_of(page).rows]
    assert names == ["Urgent tickets", "New policy", "Every ticket"]


def test_conditions_targets_and_warnings_are_chosen_not_typed(desk, visit):
    page = press(visit("policies"), "Edit as a draft")
    policy = draft_of(page).rows[0]
    page.multiselect(key=f"policies_field_{policy.uid}_channel").set_value(["email", "phone"]).run()
    target = policy.rows[0].uid
    page.selectbox(key=f"policies_field_{target}_clock").set_value("office").run()
    page.multiselect(key=f"policies_field_{target}_pause_states").set_value(["awaiting_buyer"]).run()
    page.button(key=f"policies_field_{target}_warn_button").click().run()
    warning = draft_of(page).rows[0].rows[0].rows[-1].uid
    page.selectbox(key=f"policies_field_{warning}_effect").set_value("raise_priority").run()
    assert "every effect but notify needs its argument" in said(page)
    page.selectbox(key=f"policies_field_{warning}_argument").set_value("high").run()
    assert not page.exception
    document = json.loads(draft_of(page).text)["policies"][0]
    assert document["when"] == {"priority": ["urgent"], "channel": ["email", "phone"]}
    assert document["targets"][0]["clock"] == "office"
    assert document["targets"][0]["pause_states"] == ["awaiting_buyer"]
    assert document["targets"][0]["warnings"][-1] == {"percent": 80, "effect": "raise_priority", "argument": "high"}
    assert "“Urgent tickets” is for: Priority: Urgent · Channel: E-mail or Phone" in said(page)


def test_what_is_wrong_stands_at_its_target_and_cannot_be_published(desk, visit):
    page = drafted(visit, hours=0)
    assert "Policy urgent, target 1, budget: give more than nothing" in said(page)
    assert "1 thing is wrong" in said(page)
    assert page.button(key="policies_publish_open").disabled
    assert page.button(key="policies_back_test_run").disabled


def test_a_back_test_shows_shares_and_stays_until_the_draft_changes(desk, visit):
    page = replayed(drafted(visit))
    assert not page.exception
    assert "4 tickets (90 days):" in said(page)
    assert list(page.table[0].value["Target"])[:1] == ["First reply"]
    budget_field(page).set_value(2).run()
    assert "The draft has changed since the last back-test" in said(page)


def test_a_back_test_leads_to_the_tickets_that_change_sides(desk, visit):
    page = press(visit("policies"), "Edit as a draft")
    page.radio(key="policies_field_list").set_value(draft_of(page).rows[1].uid).run()
    budget_field(page, policy=1).set_value(1).run()
    page = replayed(page)
    tables = [table.value for table in page.table]
    assert all(link.startswith("[") and "](queue?ticket=" in link for link in tables[-1]["Ticket"])
    assert len(tables[-1])


def test_publishing_makes_a_version_and_an_audit_entry_and_says_the_number(desk, visit):
    page = published(drafted(visit), "Urgent buyers call after an hour.")
    assert page.success[0].value.replace("\\", "").startswith("Version 2 of the policies is published.")
    assert "policies_draft" not in page.session_state
    assert versions(desk) == [1, 2]
    entry = audit_entries(desk.database)[0]
    assert (entry.by, entry.version, entry.note) == ("local", 2, "Urgent buyers call after an hour.")


def test_a_version_from_later_on_is_announced_and_not_yet_in_force(desk, visit):
    page = drafted(visit)
    page.button(key="policies_publish_open").click().run()
    page.radio(key="policies_when").set_value("later").run()
    page.button(key="policies_publish_confirm").click().run()
    page.run()
    assert not page.exception
    assert "version 1, the one in force" in said(page)
    assert "version 2, holds from" in said(page)


def test_an_instant_that_has_passed_is_refused_with_its_sentence(desk, visit):
    page = drafted(visit)
    page.button(key="policies_publish_open").click().run()
    page.radio(key="policies_when").set_value("later").run()
    page.datetime_input(key="policies_at").set_value(datetime(2020, 1, 1, 9)).run()
    page.button(key="policies_publish_confirm").click().run()
    assert "Policies cannot change from 1 Jan 2020, 09:00 on, which has passed" in said(page)
    assert versions(desk) == [1]


def test_a_draft_on_an_older_version_is_not_published_over_the_newer_one(desk, visit):
    page = drafted(visit)
    base = publications(desk.database)[0].version.policies
    now = access.now()
    publish_policies(desk.database, base[1:], valid_from=now, by="anna", note="", now=now)
    page.run()
    assert "Version 2 was published by Anna Petrova" in page.warning[0].value.replace("\\", "")
    assert "“Urgent tickets” goes." in said(page)
    assert page.button(key="policies_publish_open").disabled
    page.button(key="policies_rebase").click().run()
    published(page)
    assert versions(desk) == [1, 2, 3]


def test_one_who_published_while_the_question_was_open_is_not_overwritten(desk, visit):
    page = drafted(visit)
    page.button(key="policies_publish_open").click().run()
    base = publications(desk.database)[0].version.policies
    now = access.now()
    publish_policies(desk.database, base[1:], valid_from=now, by="anna", note="", now=now)
    page.button(key="policies_publish_confirm").click().run()
    assert "The policies cannot be published" in page.session_state["policies_refused"]
    assert versions(desk) == [1, 2]


def test_who_is_no_manager_any_more_publishes_nothing(desk, visit, monkeypatch):
    page = drafted(visit)
    page.button(key="policies_publish_open").click().run()
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    page.button(key="policies_publish_confirm").click().run()
    assert versions(desk) == [1]
    assert any("You have no access to this page" in header.value for header in page.header)


@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_only_a_manager_sees_the_page(desk, visit, monkeypatch, role):
    monkeypatch.setenv("DESK_LOCAL_ROLES", role)
    page = visit("policies")
    assert any("You have no access to this page" in header.value for header in page.header)
    assert [button.key for button in page.button] == ["notices_bell_open"]


def test_json_replaces_the_draft_or_says_every_fault(desk, visit):
    page = press(visit("policies"), "Edit as a draft")
    page.text_area(key="policies_json_text").set_value(
        '{"policies": [{"id": "a", "targets": [{"kind": "mood"}]}]}'
    ).run()
    page.button(key="policies_json_take").click().run()
    assert "Policy a, target 1, kind: 'mood' is none of" in said(page)
    assert "Policy a, target 1, budget: give more than nothing" in said(page)
    target = '{"kind": "first_reply", "budget": {"minutes": 90}}'
    text = f'{{"policies": [{{"id": "a", "name": "*All*", "targets": [{target}]}}]}}'
    page.text_area(key="policies_json_text").set_value(text).run()
    page.button(key="policies_json_take").click().run()
    assert not page.exception
    assert [row.fields["name"] for row in draft_of(page).rows] == ["*All*"]
    assert "\\*All\\*" in texts(page)
    assert "“Urgent tickets” goes." in said(page)


def test_a_draft_can_be_discarded(desk, visit):
    page = press(drafted(visit), "Discard the draft")
    assert "version 1, the one in force" in said(page)


def test_the_history_shows_who_changed_what_and_gives_a_version_back(desk, visit):
    page = published(drafted(visit), "Faster")
    page.query_params["part"] = "history"
    page.run()
    table = page.table[0].value
    assert table["Why"].tolist()[0] == "Faster"
    assert table["Who"].tolist() == ["Local agent", "Marketdesk", "Marketdesk"]
    assert "A first reply within 1 h, every hour counts. Before: A first reply within 4 h" in said(page)
    page.selectbox(key="policies_history_shown").set_value(("", 1)).run()
    assert "It is the first version." in said(page)
    page.button(key="policies_history_use").click().run()
    assert draft_of(page).base_version == 2
    assert budget_field(page).value == 4
