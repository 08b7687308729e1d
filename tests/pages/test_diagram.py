"""The state diagram: every state has its place, every arrow its way, and the picture says what is true."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise

import pytest
from desk_builders import ANNA, posting

from pages.queue.diagram.layout import arrange
from pages.queue.diagram.picture import lines, picture
from pages.queue.diagram.routes import BOX_HEIGHT, BOX_WIDTH, Grid, boxes, rounded
from pages.shared.words import capital
from workflow.loading import BUILT_IN, load_directory
from workflow.reasons import sentence
from workflow.vocabulary import StateKind

LIFECYCLES = {item.category: item for item in load_directory(BUILT_IN)[0]}


def grid_of(lifecycle):
    kinds = {name: state.kind for name, state in lifecycle.states.items()}
    arrows = [(row.from_state, row.to_state) for row in lifecycle.transitions]
    return Grid(layout=arrange(kinds, arrows, lifecycle.initial))


def points(path):
    return [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


@pytest.mark.parametrize("category", sorted(LIFECYCLES))
def test_every_state_has_a_box_of_its_own_within_the_picture(category):
    grid = grid_of(LIFECYCLES[category])
    corners = boxes(grid)
    assert set(corners) == set(LIFECYCLES[category].states)
    for x, y in corners.values():
        assert 0 <= x <= grid.width - BOX_WIDTH
        assert 0 <= y <= grid.height - BOX_HEIGHT
    for (ax, ay), (bx, by) in combinations(corners.values(), 2):
        assert abs(ax - bx) >= BOX_WIDTH or abs(ay - by) >= BOX_HEIGHT


@pytest.mark.parametrize("category", sorted(LIFECYCLES))
def test_the_widest_lifecycle_stays_legible_at_the_width_of_the_page(category):
    assert grid_of(LIFECYCLES[category]).width * 0.72 <= 716


@pytest.mark.parametrize("category", sorted(LIFECYCLES))
def test_no_arrow_runs_through_the_box_of_another_state(category):
    lifecycle = LIFECYCLES[category]
    grid = grid_of(lifecycle)
    corners = boxes(grid)
    for source, target in {(row.from_state, row.to_state) for row in lifecycle.transitions if not row.is_stay}:
        way = points(grid.route(source, target))
        for name, (x, y) in corners.items():
            if name in {source, target}:
                continue
            for (ax, ay), (bx, by) in pairwise(way):
                is_clear = (
                    max(ax, bx) <= x
                    or min(ax, bx) >= x + BOX_WIDTH
                    or max(ay, by) <= y
                    or min(ay, by) >= y + BOX_HEIGHT
                )
                assert is_clear, (source, target, name)


def test_an_arrow_begins_at_its_state_and_ends_at_the_next():
    grid = grid_of(LIFECYCLES["logistics_delay"])
    corners = boxes(grid)
    way = points(grid.route("new", "awaiting_seller"))
    assert way[0][0] == corners["new"][0] + BOX_WIDTH
    assert way[-1][0] == corners["awaiting_seller"][0]


def test_a_path_with_one_corner_is_rounded_there():
    assert rounded([(0, 0), (20, 0), (20, 20)]) == "M0 0L13 0Q20 0 20 7L20 20"


def test_states_that_cannot_be_reached_still_have_a_place():
    kinds = {"a": StateKind.OPEN, "b": StateKind.OPEN, "island": StateKind.WAITING}
    assert set(arrange(kinds, [("a", "b")], "a").spots) == {"a", "b", "island"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("New", ["New"]),
        ("Awaiting seller reply", ["Awaiting seller", "reply"]),
        ("Назначен новый срок доставки", ["Назначен новый", "срок доставки"]),
        ("已承诺新的送达时间安排", ["已承诺新的送达时", "间安排"]),
    ],
)
def test_names_are_set_on_two_lines(name, expected):
    assert lines(name) == expected


def test_the_picture_says_where_the_ticket_was_is_and_can_go(desk, now):
    ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = 2")
    ticket = desk.store.load_case(ticket_id).ticket
    offers = desk.desk.offers(ticket_id, actor=ANNA, now=now)
    drawn = picture(
        desk.rules.lifecycle_of(ticket), ticket, desk.store.events_of(ticket_id), offers, now + timedelta(minutes=30)
    )
    looks = {state["name"]: (state["look"], state["note"]) for state in drawn["states"]}
    assert looks["new"] == ("visited", "1 h")
    assert looks["awaiting_seller"] == ("current", "6 h 30 min so far")
    assert looks["awaiting_buyer"] == ("next", "Reply")
    assert looks["closed"] == ("idle", "")
    assert [arrow["to"] for arrow in drawn["arrows"] if arrow["kind"] == "walked"] == ["awaiting_seller"]
    assert {arrow["to"] for arrow in drawn["arrows"] if arrow["kind"] == "next"} == {
        name for name, (look, _note) in looks.items() if look == "next"
    }


def test_a_step_that_is_not_possible_says_why_on_the_state_to_which_it_would_lead(desk, now):
    ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = 2")
    desk.store.save_posting(replace(posting(now), tracking_number=""))
    ticket = desk.store.load_case(ticket_id).ticket
    offers = desk.desk.offers(ticket_id, actor=ANNA, now=now)
    refused = {offer.trigger: offer for offer in offers if not offer.is_allowed}
    lifecycle = desk.rules.lifecycle_of(ticket)
    drawn = {
        state["name"]: state
        for state in picture(lifecycle, ticket, desk.store.events_of(ticket_id), offers, now)["states"]
    }
    tracing = drawn["tracing"]
    why = [
        f"{refused[name].label} is not possible now. {capital(sentence(refused[name].reason))}"
        for name in refused
        if "tracing" in refused[name].to_states
    ]
    assert len(why) == 1
    assert why[0].startswith("Open a carrier trace is not possible now. ")
    assert (tracing["why"], tracing["look"], tracing["note"]) == (why, "idle", "not now")
    assert tracing["spoken"] == f"Carrier trace in progress: not visited. {why[0]}"
    assert drawn["awaiting_buyer"]["why"] == []
    assert (drawn["closed"]["why"], drawn["closed"]["note"]) == ([], "")
    shown = {name for name, state in drawn.items() if state["why"]}
    possible = {name for offer in offers if offer.is_allowed for name in offer.to_states}
    asked = {name for offer in refused.values() for name in offer.to_states}
    assert shown == asked - possible - {ticket.state}


def test_names_are_drawn_with_twelve_pixels_at_least(root):
    style = (root / "pages" / "queue" / "diagram" / "diagram.css").read_text(encoding="utf-8")
    assert re.search(r"svg \{[^}]*min-width: var\(--natural\);", style)
    assert [int(size) >= 12 for size in re.findall(r"\.name \{[^}]*font-size: (\d+)px", style)] == [True]
