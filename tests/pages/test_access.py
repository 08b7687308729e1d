"""Who sees what, and what is shown when the desk cannot be."""

import subprocess
import sys

from pages.shared import access

PAGES = ("queue", "response-times", "issue-categories", "start")


def everything_shown(page) -> str:
    return "\n".join(
        str(element.value)
        for kind in (page.title, page.header, page.markdown, page.text, page.caption)
        for element in kind
    )


def test_a_signed_out_visitor_sees_nothing_of_the_desk(desk, visit, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "")
    for url_path in ("", *PAGES):
        page = visit(url_path, ticket="2")
        assert "You are signed out" in everything_shown(page)
        assert "Northwind" not in everything_shown(page)
        assert not page.exception
        assert len(page.dataframe) == 0
        assert len(page.button) == 0


def test_a_manager_has_no_access_to_the_queue_and_lands_on_what_is_live(desk, visit, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "manager")
    assert "You have no access to this page" in everything_shown(visit("queue", ticket="2"))
    assert visit().title[0].value == "Live"


def test_an_agent_lands_on_the_queue(desk, visit, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    assert visit().title[0].value == "Queue"


def test_the_first_visit_to_an_empty_desk_leads_to_the_start(empty_desk, visit):
    page = visit()
    assert page.title[0].value == "Welcome to Marketdesk"
    assert not page.button(key="start_load_demo").disabled


def test_an_empty_queue_says_how_to_get_started(empty_desk, visit):
    page = visit("queue")
    assert "The desk is empty" in everything_shown(page)
    assert not page.exception


def test_a_file_that_another_process_holds_is_said_in_one_sentence(tmp_path, visit, monkeypatch):
    path = tmp_path / "held.duckdb"
    monkeypatch.setenv("DESK_DATABASE", str(path))
    access.close()
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        holder.stdout.readline()
        page = visit("queue")
        holder.stdin.close()
    assert [str(holder.pid) in error.value for error in page.error] == [True]
    assert not page.exception


def test_made_up_data_are_called_so_on_every_page(desk, visit):
    assert "Synthetic data" not in everything_shown(visit("queue"))
    desk.settings.data_are_synthetic = True
    for url_path in PAGES:
        assert "Synthetic data" in everything_shown(visit(url_path))
