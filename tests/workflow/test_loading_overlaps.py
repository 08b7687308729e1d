"""Two rows, or two timers, that one moment could satisfy must not lead to different ends."""

import pytest

from tests.workflow.small_table import EXTRA, changed, loaded, refusal
from workflow.loading import load_lifecycle


@pytest.mark.parametrize(
    ("facts", "others"),
    [
        ('["replied"]', '["not replied"]'),
        ('["contact_log_present", "scheme:FBO"]', '["scheme:FBS", "contact_log_present"]'),
        ('["scheme:FBO or scheme:FBS"]', '["scheme:rFBS"]'),
        ('["waited:state:patience"]', '["open_for:state:patience"]'),
    ],
)
def test_two_rows_with_facts_that_exclude_each_other_may_part(facts, others):
    rows = f"""  {{ do = "part", from = "new", to = "over", by = ["buyer"], facts = {facts}, effect = "contact" }},
  {{ do = "part", from = "new", to = "asked", by = ["buyer"], facts = {others}, effect = "contact" }},
{EXTRA}"""
    assert len(loaded(changed(EXTRA, rows))[0].rows_from("new")["part"]) == 2


@pytest.mark.parametrize(
    ("facts", "others"),
    [
        ("[]", "[]"),
        ('["replied"]', '["contact_log_present"]'),
        ('["scheme:FBO"]', '["not scheme:FBS"]'),
        ('["scheme:FBO or replied"]', '["scheme:FBS"]'),
        ('["waited:state:patience"]', '["waited:asked:patience"]'),
        ('["not waited:state:patience"]', '["not open_for:state:patience"]'),
    ],
)
def test_two_rows_that_one_moment_could_satisfy_must_not_part(facts, others):
    rows = f"""  {{ do = "part", from = "new", to = "over", by = ["buyer"], facts = {facts}, effect = "contact" }},
  {{ do = "part", from = "new", to = "asked", by = ["buyer", "system_sync"], facts = {others}, effect = "contact" }},
{EXTRA}"""
    error = refusal(changed(EXTRA, rows))
    assert error.row == "row 6 (part from new)"
    assert error.reason.startswith("one moment could satisfy this row and row 5, which leads to over")


def test_rows_of_different_people_may_part():
    rows = f"""  {{ do = "part", from = "new", to = "over", by = ["buyer"], effect = "contact" }},
  {{ do = "part", from = "new", to = "asked", by = ["seller_agent"], effect = "internal" }},
{EXTRA}"""
    assert len(loaded(changed(EXTRA, rows))[0].rows_from("new")["part"]) == 2


TIMED = '  { do = "tire", from = "asked", to = "over", by = ["system_timer"], effect = "internal"'


@pytest.mark.parametrize(
    ("clock", "facts", "is_refused"),
    [
        ('"state", budget = "patience"', "", True),
        ('"asked", budget = "patience"', "", True),
        ('"asked", budget = "haste"', "", False),
        ('"state", budget = "patience"', ', facts = ["not flag:was_asked"]', False),
    ],
)
def test_two_timers_due_at_one_instant_must_not_part(clock, facts, is_refused):
    text = changed(EXTRA, f"{TIMED}{facts} }},\n{EXTRA}")
    text = text.replace("timers = [\n", f'timers = [\n  {{ trigger = "tire", clock = {clock} }},\n')
    if not is_refused:
        assert load_lifecycle(text, "lost_key.toml", frozenset({"haste"}))
        return
    error = refusal(text)
    assert error.row == "row 5 (tire from asked)"
    assert error.reason == "its timer is due at the same instant as give_up of row 2, which leads to done"


@pytest.mark.parametrize("row", [TIMED.replace('"over"', '"="'), TIMED.replace('"over"', '"done"')])
def test_timers_due_at_one_instant_with_one_end_or_none_are_fine(row):
    row = row.replace('"internal"', '"resolution"' if '"done"' in row else '"internal"')
    text = changed(EXTRA, f"{row} }},\n{EXTRA}")
    text = text.replace("timers = [\n", 'timers = [\n  { trigger = "tire", clock = "state", budget = "patience" },\n')
    assert loaded(text)


PART = '  {{ do = "part", from = "new", to = "over", by = [{}], effect = "contact"{} }},\n'


@pytest.mark.parametrize(
    "more",
    [
        ', stops = ["asked"]',
        ', starts = ["asked"]',
        ', raises = ["was_asked"]',
        ', clears = ["was_asked"]',
        ', counts = "questions"',
        ', reason = "lost"',
        ', inputs = ["note_text?"]',
        ', advice = ["replied"]',
        ', facts = ["replied"], reason = "lost"',
    ],
)
def test_of_two_rows_with_one_end_that_do_different_things_none_may_silently_win(more):
    rows = PART.format('"buyer"', "") + PART.format('"system_sync", "buyer"', more)
    error = refusal(changed(EXTRA, rows + EXTRA))
    assert error.row == "row 6 (part from new)"
    assert error.reason == (
        "one moment could satisfy this row and row 5, which does something else and would silently win: "
        "give them facts that exclude each other"
    )


def test_a_row_that_stands_twice_is_refused():
    facts = ', facts = ["replied", "delivered"]', ', facts = ["delivered", "replied"]'
    rows = PART.format('"buyer"', facts[0]) + PART.format('"buyer", "system_sync"', facts[1])
    error = refusal(changed(EXTRA, rows + EXTRA))
    assert (error.row, error.reason) == ("row 6 (part from new)", "it says the same as row 5")


@pytest.mark.parametrize(
    ("facts", "others"),
    [
        ('["replied"]', '["delivered"]'),
        ('["count_below:questions:2"]', '["count_at_least:questions:2"]'),
    ],
)
def test_two_cases_of_one_row_may_stand_apart(facts, others):
    rows = PART.format('"buyer"', f", facts = {facts}") + PART.format('"buyer"', f", facts = {others}")
    assert len(loaded(changed(EXTRA, rows + EXTRA))[0].rows_from("new")["part"]) == 2


def test_below_a_count_and_at_least_that_count_may_part():
    rows = PART.format('"buyer"', ', facts = ["count_below:questions:2"]')
    rows += PART.format('"buyer"', ', facts = ["count_at_least:questions:2"], reason = "asked_twice"')
    assert len(loaded(changed(EXTRA, rows + EXTRA))[0].rows_from("new")["part"]) == 2
