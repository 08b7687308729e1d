"""The list of the queue by its address: views, search, facets, order, columns, saved views."""

from dataclasses import replace

import pytest
from desk_builders import ANNA, numbered

from data.metrics import Metrics
from data.saved_views import SavedViews
from data.selection import QueueSort, QueueView
from pages.queue.look import USUAL_COLUMNS, Look, conditions_of, of_conditions
from workflow.saved_views import SavedView, Viewer
from workflow.vocabulary import Priority

EXAMPLE = Look(
    view=QueueView.RECENT,
    search="лампа 退货",
    facets={
        "category": ("a", "b"),
        "kind": ("open",),
        "channel": (),
        "priority": ("urgent",),
        "assignee": ("-",),
        "team": (),
    },
    sort=QueueSort.OLDEST,
    columns=("state", "order"),
)


def numbers(page):
    return list(page.dataframe[0].value["number"]) if page.dataframe else []


def saved(desk, name, conditions, **changes):
    view = SavedView(
        **{"id": "", "owner_id": "local", "name": name, "is_shared": False, "conditions": conditions} | changes
    )
    viewer = Viewer(id=view.owner_id, is_manager=True)
    return SavedViews(desk.database).save(view, viewer, numbered(desk, 1).ticket.opened_at)


def test_what_an_address_says_is_read_again_as_it_was():
    assert of_conditions(conditions_of(EXAMPLE)) == EXAMPLE
    assert of_conditions(conditions_of(Look())).columns == USUAL_COLUMNS
    assert set(conditions_of(Look()).values()) == {""}


def test_words_that_mean_nothing_any_more_are_dropped():
    odd = {"view": "x", "sort": "x", "columns": "x,order", "kind": "x,open", "priority": "x", "channel": "x"}
    look = of_conditions(odd)
    assert (look.view, look.sort, look.columns) == (QueueView.OPEN, QueueSort.NEAREST_CLOCK, ("order",))
    assert {facet: slugs for facet, slugs in look.facets.items() if slugs} == {"kind": ("open",)}


def test_slugs_of_an_address_that_the_desk_does_not_know_are_dropped(desk, visit, now):
    desk.desk.assign(numbered(desk, 3).ticket.id, "anna", actor=ANNA, now=now)
    page = visit("queue", category="zzz", assignee="nobodyx,anna", team="gone")
    assert numbers(page) == [3]
    assert sorted(numbers(visit("queue", category="zzz", team="gone,-"))) == [1, 2, 3, 4]
    assert numbers(visit("queue", category="logistics_delay,zzz", assignee="li")) == []


def test_a_saved_view_that_is_not_there_is_said(desk, visit):
    page = visit("queue", saved="00000000-0000-0000-0000-000000000000")
    assert len(numbers(page)) == 4
    assert ["saved view of this link is not there" in info.value for info in page.info] == [True]
    kept = saved(desk, "Urgent ones", {"priority": "urgent"})
    assert not visit("queue", saved=kept.id).info
    assert not visit("queue", saved="x", priority="urgent").info


def test_a_settled_view_is_ordered_by_the_last_step_unless_another_order_is_chosen():
    assert of_conditions({"view": "recent"}).sort is QueueSort.CHANGED
    assert of_conditions({"view": "recent", "sort": "oldest"}).sort is QueueSort.OLDEST


def test_a_link_opens_the_same_list(desk, visit):
    desk.desk.prioritise(
        numbered(desk, 3).ticket.id, Priority.URGENT, actor=ANNA, now=numbered(desk, 1).ticket.opened_at
    )
    page = visit("queue", view="all", q="headphones", priority="urgent,high", sort="oldest", columns="order,state")
    assert numbers(page) == [4, 3]
    assert page.text_input(key="queue_search").value == "headphones"
    assert page.selectbox(key="queue_sort").value == QueueSort.OLDEST
    assert page.multiselect(key="queue_columns").value == ["order", "state"]
    assert not page.exception


@pytest.mark.parametrize(("search", "expected"), [("RR123456789CN", [4, 3, 2, 1]), ("3", [3]), ("kettle", [])])
def test_a_search_is_kept_in_the_address(desk, visit, search, expected):
    page = visit("queue")
    page.text_input(key="queue_search").set_value(search).run()
    assert numbers(page)[: len(expected)] == expected
    assert page.query_params["q"] == search
    if not expected:
        assert any("Nothing matches" in header.value for header in page.header)


@pytest.mark.parametrize("search", ["3", "No. 3"])
def test_a_ticket_that_the_view_leaves_out_is_offered_by_its_number(desk, visit, now, search):
    desk.desk.act(
        numbered(desk, 3).ticket.id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"}
    )
    page = visit("queue", priority="urgent", q=search)
    assert numbers(page) == []
    assert any("leaves it out by its view or filter" in caption.value for caption in page.caption)
    assert not [button for button in page.button if button.key == "queue_found_in_all"]  # it is the only one
    page.button(key="queue_found_ticket").click().run()
    assert numbers(page) == [3]
    assert (page.query_params["ticket"], page.query_params["view"], page.query_params["q"]) == ("3", "all", search)
    assert "priority" not in page.query_params


def test_what_the_search_finds_in_all_is_counted_where_the_list_is_empty(desk, visit):
    page = visit("queue", view="mine", q="headphones")
    assert numbers(page) == []
    assert any("4 tickets match elsewhere" in caption.value for caption in page.caption)
    assert not [button for button in page.button if button.key == "queue_found_ticket"]  # it names none
    page.button(key="queue_found_in_all").click().run()
    assert numbers(page) == [4, 3, 2, 1]
    assert page.query_params["q"] == "headphones"


def test_tickets_handed_over_that_a_search_leaves_out_are_no_end_of_it(desk, visit):
    page = visit("queue", tickets="1,2", q="3")
    page.button(key="queue_found_ticket").click().run()
    assert numbers(page) == [3]


@pytest.mark.parametrize(("view", "search"), [("all", "kettle"), ("mine", "kettle"), ("mine", "")])
def test_where_the_search_finds_nothing_anywhere_nothing_is_offered(desk, visit, view, search):
    page = visit("queue", view=view, q=search)
    assert numbers(page) == []
    assert not [button for button in page.button if str(button.key).startswith("queue_found")]


@pytest.mark.parametrize("search", ["No. 3", "№ 3", "№3", "ticket 3", "#3"])
def test_a_ticket_is_found_by_its_number_as_people_write_it(desk, visit, search):
    assert numbers(visit("queue", view="all", q=search))[0] == 3


def test_a_long_search_says_which_words_it_leaves_out(desk, visit):
    page = visit("queue", view="all", q="oh dear a b c d e f")
    said = [caption.value.replace("\\", "") for caption in page.caption]
    assert "The search looks for its last 6 words. Left out: oh, dear" in said
    page = visit("queue", view="all", q="a b c d e f")
    assert not any("Left out" in caption.value for caption in page.caption)


def test_the_facets_count_and_narrow(desk, visit):
    page = opened(visit("queue"), "queue_filter")
    facet = page.multiselect(key="queue_facet_priority")
    assert sorted(facet.options) == ["High · 1", "Low · 1", "Normal · 1", "Urgent · 1"]
    facet.select("urgent").run()
    assert page.query_params["priority"] == "urgent"
    assert numbers(page) == [4]


@pytest.mark.parametrize(
    ("query", "counted_times"),
    [
        ({"view": "all"}, 0),
        ({"view": "due_soon"}, 0),
        ({"view": "all", "priority": "high"}, 1),
        ({"view": "all", "q": "parcel"}, 1),
        ({"tickets": "1,2"}, 1),
    ],
)
def test_a_list_says_how_many_it_has_and_only_what_is_narrowed_is_counted_for_itself(
    query, counted_times, desk, visit, monkeypatch
):
    asked, count = [], Metrics.open_queue_count
    monkeypatch.setattr(Metrics, "open_queue_count", lambda self, queue: asked.append(queue) or count(self, queue))
    page = visit("queue", **query)
    rows = len(page.dataframe[0].value)
    assert rows
    assert any(caption.value.startswith(f"{rows} ticket") for caption in page.caption)
    assert len(asked) == counted_times


def test_every_view_of_the_address_is_drawn(desk, visit, now):
    desk.desk.act(
        numbered(desk, 2).ticket.id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"}
    )
    assert numbers(visit("queue", view="recent")) == [2]
    assert numbers(visit("queue", view="settled")) == [2]
    assert numbers(visit("queue", view="buyer")) == []
    assert numbers(visit("queue", view="team")) == []
    assert sorted(numbers(visit("queue", view="all"))) == [1, 2, 3, 4]


def test_a_saved_view_is_opened_by_its_name_alone(desk, visit):
    kept = saved(desk, "Urgent ones", {"view": "all", "priority": "urgent"}, is_shared=True)
    page = visit("queue", saved=kept.id)
    assert page.query_params["priority"] == "urgent"
    assert numbers(page) == [4]


def test_somebody_elses_view_is_not_opened(desk, visit):
    kept = saved(desk, "Of Li", {"priority": "urgent"}, owner_id="li")
    page = visit("queue", saved=kept.id)
    assert "priority" not in page.query_params
    assert len(numbers(page)) == 4


def opened(page, popover):
    """AppTest forgets which menu is open with every run."""
    page.session_state[popover] = True
    return page.run()


def in_menu(page, button):
    """Press a button of the menu of saved views, which stays open."""
    page.session_state["queue_saved"] = True
    return page.button(key=button).click().run()


def test_a_list_is_saved_and_deleted(desk, visit):
    page = opened(visit("queue", view="all", priority="urgent"), "queue_saved")
    page.text_input(key="queue_saved_name").set_value("Urgent")
    page.button(key="queue_saved_save").click().run()
    (view,) = SavedViews(desk.database).seen_by(Viewer(id="local"))
    assert (view.name, view.conditions["priority"], view.is_shared) == ("Urgent", "urgent", False)
    assert page.query_params["saved"] == view.id
    assert [toast.value.replace("\\", "") for toast in page.toast] == ["The view “Urgent” is saved."]
    opened(page, "queue_saved")
    assert page.button(key=f"queue_saved_open_{view.id}").label == "Urgent · 1"
    page.text_input(key="queue_saved_name").set_value("urgent")
    page.button(key="queue_saved_save").click().run()
    opened(page, "queue_saved")
    assert ["already" in error.value for error in page.error] == [True]
    in_menu(page, f"queue_saved_delete_{view.id}")
    assert "Delete “Urgent”?" in [text.value for text in page.markdown]
    in_menu(page, f"queue_saved_keep_{view.id}")
    assert SavedViews(desk.database).seen_by(Viewer(id="local")) == (view,)
    assert "Delete “Urgent”?" not in [text.value for text in page.markdown]
    in_menu(page, f"queue_saved_delete_{view.id}")
    in_menu(page, f"queue_saved_delete_now_{view.id}")
    assert SavedViews(desk.database).seen_by(Viewer(id="local")) == ()
    assert [toast.value for toast in page.toast] == ["The view “Urgent” is deleted\\."]
    assert "saved" not in page.query_params


def test_a_question_is_gone_once_the_menu_was_closed(desk, visit):
    kept = saved(desk, "Urgent ones", {"view": "all", "priority": "urgent"})
    page = opened(visit("queue"), "queue_saved")
    in_menu(page, f"queue_saved_delete_{kept.id}")
    page.session_state["queue_saved"] = False
    opened(page.run(), "queue_saved")
    assert not [button for button in page.button if button.key == f"queue_saved_delete_now_{kept.id}"]


def test_a_shared_view_is_deleted_by_a_manager_who_is_told_that_it_is_everybodys(desk, visit, monkeypatch):
    kept = saved(desk, "Team's", {"view": "all"}, owner_id="boss", is_shared=True)
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    page = opened(visit("queue"), "queue_saved")
    in_menu(page, f"queue_saved_delete_{kept.id}")
    assert ["only a manager" in error.value for error in page.error] == [True]
    assert not [button for button in page.button if button.key == f"queue_saved_delete_now_{kept.id}"]
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent,manager")
    page = opened(visit("queue"), "queue_saved")
    in_menu(page, f"queue_saved_delete_{kept.id}")
    assert "Delete “Team's”? Everybody loses it\\." in [text.value for text in page.markdown]
    in_menu(page, f"queue_saved_delete_now_{kept.id}")
    assert SavedViews(desk.database).seen_by(Viewer(id="boss")) == ()


def test_a_saved_view_takes_over_what_was_changed(desk, visit):
    kept = saved(desk, "Urgent ones", {"view": "all", "priority": "urgent"})
    page = opened(visit("queue", view="all", priority="low", saved=kept.id), "queue_saved")
    page.button(key="queue_saved_update").click().run()
    (view,) = SavedViews(desk.database).seen_by(Viewer(id="local"))
    assert (view.id, view.name, view.conditions["priority"]) == (kept.id, "Urgent ones", "low")


OF_A_COLLEAGUE = {"view": "all", "priority": "normal", "q": "headphones"}


def overtaken(desk, visit, change):
    """A shared view opened by its link and narrowed otherwise; then a colleague makes `change` of it."""
    kept = saved(desk, "Late", {"view": "all", "priority": "urgent"}, owner_id="boss", is_shared=True)
    page = opened(visit("queue", saved=kept.id), "queue_saved")
    page.query_params["priority"] = "low"
    opened(page, "queue_saved")
    change(SavedViews(desk.database), kept, Viewer(id="boss", is_manager=True), numbered(desk, 1).ticket.opened_at)
    return page, kept


def changed(views, kept, boss, now):
    views.save(replace(kept, conditions=OF_A_COLLEAGUE), boss, now, seen=kept)


def deleted(views, kept, boss, _now):
    views.delete(kept, boss)


@pytest.mark.parametrize("is_drawn_anew", [False, True])
def test_a_colleagues_change_of_a_saved_view_is_not_overwritten(desk, visit, is_drawn_anew):
    page, _kept = overtaken(desk, visit, changed)
    if is_drawn_anew:  # which tells the person nothing of the change: the menu shows names
        opened(page, "queue_saved")
    in_menu(page, "queue_saved_update")
    assert ["saved by somebody else meanwhile" in error.value for error in page.error] == [True]
    assert page.query_params["priority"] == "low"
    page.text_input(key="queue_saved_name").set_value("Late, low")
    page.checkbox(key="queue_saved_shared").set_value(True)
    in_menu(page, "queue_saved_save")
    views = SavedViews(desk.database).seen_by(Viewer(id="boss"))
    assert [(view.name, view.conditions["priority"]) for view in views] == [("Late", "normal"), ("Late, low", "low")]


def test_a_view_that_was_overtaken_is_changed_once_it_is_opened_again(desk, visit):
    page, kept = overtaken(desk, visit, changed)
    in_menu(page, "queue_saved_update")
    in_menu(page, f"queue_saved_open_{kept.id}")
    assert (page.query_params["priority"], page.query_params["q"]) == ("normal", "headphones")
    assert not page.error
    assert not [button for button in page.button if button.key == "queue_saved_update"]
    page.query_params["priority"] = "urgent"
    opened(page, "queue_saved")
    in_menu(page, "queue_saved_update")
    (view,) = SavedViews(desk.database).seen_by(Viewer(id="boss"))
    assert (view.conditions["priority"], view.conditions["q"]) == ("urgent", "headphones")


def test_a_view_that_a_colleague_deleted_does_not_come_back(desk, visit):
    page, _kept = overtaken(desk, visit, deleted)
    page.button(key="queue_saved_update").click().run()
    assert ["deleted by somebody else meanwhile" in error.value for error in page.error] == [True]
    assert SavedViews(desk.database).seen_by(Viewer(id="boss")) == ()
    assert page.query_params["priority"] == "low"


def test_a_view_that_was_changed_while_its_deletion_is_asked_is_not_deleted(desk, visit):
    kept = saved(desk, "Late", {"view": "all"}, owner_id="boss", is_shared=True)
    page = opened(visit("queue"), "queue_saved")
    in_menu(page, f"queue_saved_delete_{kept.id}")
    changed(SavedViews(desk.database), kept, Viewer(id="boss", is_manager=True), numbered(desk, 1).ticket.opened_at)
    opened(page, "queue_saved")
    in_menu(page, f"queue_saved_delete_now_{kept.id}")
    assert ["saved by somebody else meanwhile" in error.value for error in page.error] == [True]
    in_menu(page, f"queue_saved_delete_{kept.id}")
    in_menu(page, f"queue_saved_delete_now_{kept.id}")
    assert SavedViews(desk.database).seen_by(Viewer(id="boss")) == ()
