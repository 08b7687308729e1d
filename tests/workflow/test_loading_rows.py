"""Rows that nobody could take, that say nothing, or that ask where nobody answers are refused."""

import pytest

from tests.workflow.small_table import EXTRA, SMALL, changed, loaded, refusal

ASK = "row 1 (ask from new)"
GIVE_UP = "row 2 (give_up from asked)"
FINISH = "row 5 (finish from new)"
FIRST = 'effect = "internal"'
TIMED = 'facts = ["flag:was_asked", "count_below:questions:3"]'
NAMES = "must be a list of names of small letters, digits and _"
A_NAME = "must be a name of small letters, digits and _"
STARTS = "'starts' must be a list of clocks: name, name? or name=input, in small letters, digits and _"
SPEAKS = "a public reply says something: require a text that the buyer sees, such as 'reply_text'"
TWO_WAYS = "it can never be taken: 'delivered' and 'not delivered' exclude each other"


@pytest.mark.parametrize(
    ("old", "new", "row", "reason"),
    [
        ('by = ["buyer"], effect', "by = [], effect", "row 3 (say from asked)", "'by' must be a list of texts, at le"),
        (FIRST, f'{FIRST}, facts = ["delivered", "replied", "not delivered"]', FINISH, TWO_WAYS),
        (TIMED, 'facts = ["delivered", "not delivered"]', GIVE_UP, TWO_WAYS),
        (TIMED, 'inputs = ["note_text"]', GIVE_UP, "a timer's row needs no required input: nobody is there to give it"),
        (TIMED, 'opens = "after_sales"', GIVE_UP, "a row that fires by itself opens no other ticket"),
        (
            'by = ["buyer", "system_sync"], effect',
            'by = ["buyer", "system_sync"], on = "evidence", opens = "after_sales", effect',
            "row 4 (say from done)",
            "a row that fires by itself opens no other ticket",
        ),
        ('"reply_text", "eta?"', '"reply_text", "eta?", "eta"', ASK, "input 'eta' stands twice"),
        ('"reply_text", "eta?"', '"reply_text?", "eta?"', ASK, SPEAKS),
        ('"reply_text", "eta?"', '"note_text", "eta?"', ASK, SPEAKS),
        ('"reply_text", "eta?"', '"reference", "eta?"', ASK, SPEAKS),
        ('counts = "questions"', 'counts = "Questions asked"', ASK, f"'counts' {A_NAME}"),
        ('reason = "no_response"', 'reason = "no response"', GIVE_UP, f"'reason' {A_NAME}"),
        ('raises = ["was_asked"]', 'raises = ["was asked"]', ASK, f"'raises' {NAMES}"),
        ('clears = ["was_asked"]', 'clears = ["Was"]', GIVE_UP, f"'clears' {NAMES}"),
        ('stops = ["asked"]', 'stops = ["asked?"]', GIVE_UP, f"'stops' {NAMES}"),
        ('"promise=eta"', '"promise = eta"', ASK, STARTS),
        ('"promise=eta"', '"promise=eta?"', ASK, STARTS),
        ('"promise=eta"', '"2nd"', ASK, STARTS),
        ('starts = ["asked"', "starts = [3", ASK, STARTS),
        ('"promise=eta"', '"state"', ASK, "no row starts or stops the clock 'state': it is the entry into the state"),
        ('stops = ["asked"]', 'stops = ["state"]', GIVE_UP, "no row starts or stops the clock 'state'"),
        ('initial = "new"', 'initial = "done"', "", "'initial' names 'done', in which a ticket is at its end"),
        ('initial = "new"', 'initial = "over"', "", "'initial' names 'over', in which a ticket is at its end"),
        (
            'initial = "new"',
            'initial = "new"\ntakes_over_in = "over"',
            "",
            "'takes_over_in' names 'over', in which a ticket is at its end",
        ),
    ],
)
def test_a_row_without_sense_is_refused(old, new, row, reason):
    error = refusal(changed(old, new))
    assert (error.file, error.row) == ("lost_key.toml", row)
    assert error.reason.startswith(reason)


def test_a_row_for_all_other_states_that_takes_none_is_refused():
    text = SMALL.replace('do = "say", from = "asked"', 'do = "say", from = ["new", "asked", "done", "over"]')
    error = refusal(text)
    assert error.row == "row 4 (say from *)"
    assert error.reason == "every state has a row of its own for this: it is never taken"


def test_a_timer_in_a_final_state_is_refused():
    row = '  { do = "give_up", from = "over", to = "=", by = ["system_timer"], effect = "internal" },\n'
    error = refusal(changed(EXTRA, row + EXTRA))
    assert (error.row, error.reason) == ("row 5 (give_up from over)", "a final state is the end: no timer runs there")


def test_a_timer_after_one_on_the_state_s_clock_is_never_reached():
    spec = '{ trigger = "give_up", clock = "state", budget = "patience", is_since_entry = true },\n'
    text = changed(spec, spec + '  { trigger = "give_up", clock = "asked" },\n')
    error = refusal(text)
    assert error.row == "timer give_up"
    assert error.reason == "the one on clock 'asked' is never reached: the clock 'state' before it always runs"


ON_STATE = '  { trigger = "give_up", clock = "state", budget = "patience", is_since_entry = true },\n'
WAITS = "asked could wait for ever: not every way in starts one of the clocks asked; add a timer on the clock 'state'"


def only_on(clock: str = '"asked"', more: str = "") -> str:
    """The table whose one wait has a timer only on `clock`."""
    return changed(ON_STATE, "").replace('clock = "asked"', f"clock = {clock}").replace(EXTRA, more + EXTRA)


MORE = '  {{ do = "again", from = "new", to = "asked", by = ["buyer"], effect = "contact"{} }},\n'
STAY = '  {{ do = "hush", from = "asked", to = "=", by = ["buyer"], effect = "contact", stops = ["asked"]{} }},\n'


@pytest.mark.parametrize(
    "text",
    [
        only_on(),
        only_on(more=MORE.format(', starts = ["asked"]')),
        only_on('"asked", is_since_entry = true'),
        only_on(more=STAY.format(', starts = ["asked"]')),
        only_on(
            more=MORE.format(', inputs = ["auto_approve_at"], starts = ["asked=auto_approve_at"]'),
        ),
    ],
)
def test_a_wait_may_rely_on_a_clock_that_every_way_in_starts(text):
    assert [spec.clock for spec in loaded(text)[0].timers] == ["asked"]


@pytest.mark.parametrize(
    "text",
    [
        only_on(more=MORE.format("")),
        only_on(more=MORE.format(', starts = ["asked?"]')),
        only_on(more=MORE.format(', inputs = ["auto_approve_at?"], starts = ["asked=auto_approve_at"]')),
        only_on(
            '"asked", is_since_entry = true',
            MORE.format(', inputs = ["auto_approve_at"], starts = ["asked=auto_approve_at"]'),
        ),
        only_on(more=STAY.format("")),
        only_on().replace('initial = "new"', 'initial = "new"\ntakes_over_in = "asked"'),
    ],
)
def test_a_wait_without_a_clock_that_surely_runs_is_refused(text):
    error = refusal(text)
    assert (error.row, error.reason) == ("state asked", WAITS)
