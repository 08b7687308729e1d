"""The first request to a fresh server, and what every answer carries."""

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

PAGES = ("queue?ticket=1", "response-times", "issue-categories", "start", "")  # the first one meets a fresh server


def test_a_signed_out_deep_link_shows_nothing_even_as_the_first_request_to_a_fresh_server(desk_server, page, settled):
    address = desk_server(DESK_LOCAL_ROLES="")
    for deep_link in PAGES:
        page.goto(f"{address}/{deep_link}")
        settled(page)
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        drawn = "[data-testid=stDataFrame], [data-testid=stButton], [data-testid=stTopNavLink], [data-testid=stMetric]"
        assert page.locator(drawn).count() == 0
        for word in ("Queue", "Welcome", "empty", "Response times", "Load"):
            expect(page.locator("body")).not_to_contain_text(word)


def test_the_server_tells_nobody_its_counters_and_sets_the_security_headers(shown_desk):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{shown_desk}/_stcore/metrics", timeout=60)
    with refused.value as answer:
        assert answer.code == 404
    with urllib.request.urlopen(shown_desk, timeout=60) as answer:
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
