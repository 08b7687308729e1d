"""A lifecycle file is taken as it says, or refused with file, row and reason."""

from datetime import datetime, timedelta

import pytest

from tests.workflow.small_table import EXTRA, NONE, SMALL, changed, loaded, refusal
from workflow.errors import LifecycleError
from workflow.lifecycle import ClockStart, InputUse, TimerSpec
from workflow.loading import BUILT_IN, load_directory, load_lifecycle, load_policies
from workflow.vocabulary import Ball, Effect, Language, Role, Scheme, StateKind


def test_a_table_becomes_a_lifecycle():
    lifecycle, policies = loaded()
    assert (lifecycle.category, lifecycle.version, lifecycle.initial, lifecycle.takes_over_in) == (
        "lost_key",
        3,
        "new",
        "new",
    )
    assert lifecycle.labels[Language.RU] == "Ключ"
    assert lifecycle.source == SMALL
    assert lifecycle.clocks == {"asked", "reply", "promise"}
    assert lifecycle.label_of("ask") == "Ask"
    assert lifecycle.label_of("give_up") == "Give up"
    assert lifecycle.timers == (
        TimerSpec(trigger="give_up", clock="asked", budget="patience"),
        TimerSpec(trigger="give_up", clock="state", budget="patience", is_since_entry=True),
    )
    assert [(row.key, row.budget, row.id) for row in policies] == [
        ("patience", timedelta(hours=6), "patience 2026-01-01")
    ]


def test_a_state_has_kind_ball_and_three_names():
    asked = loaded()[0].states["asked"]
    assert (asked.kind, asked.ball) == (StateKind.WAITING, Ball.BUYER)
    assert (asked.holder(None), asked.holder(Scheme.FBS), asked.holder(Scheme.FBO)) == (
        Ball.BUYER,
        Ball.BUYER,
        Ball.PLATFORM,
    )
    assert dict(asked.labels) == {Language.EN: "Asked", Language.RU: "Спрошено", Language.ZH: "已问"}


def test_a_row_becomes_a_transition():
    row = loaded()[0].transitions[0]
    assert (row.row, row.trigger, row.from_state, row.to_state, row.is_stay) == (1, "ask", "new", "asked", False)
    assert row.by == {Role.SELLER_AGENT}
    assert row.inputs == (InputUse(name="reply_text"), InputUse(name="eta", is_required=False))
    assert row.starts == (
        ClockStart(clock="asked"),
        ClockStart(clock="reply", is_only_if_stopped=True),
        ClockStart(clock="promise", at_input="eta"),
    )
    assert (row.facts, row.advice, row.effect) == (("contact_log_present",), ("replied",), Effect.PUBLIC_REPLY)
    assert (row.raises, row.counts) == (("was_asked",), "questions")


def test_a_row_from_several_states_and_from_every_other_state():
    lifecycle, _ = loaded()
    assert [(row.row, row.from_state, row.to_state) for row in lifecycle.transitions[2:]] == [
        (3, "asked", "asked"),
        (4, "done", "done"),
        (4, "new", "new"),
        (4, "over", "over"),
        (5, "new", "over"),
        (5, "done", "over"),
    ]


def test_a_stored_text_loads_again():
    lifecycle, policies = loaded()
    again, rows = load_lifecycle(lifecycle.source, "version 3 of lost_key", NONE)
    assert (again, rows) == (lifecycle, policies)


def test_a_directory_with_one_file_adds_a_category(tmp_path):
    (tmp_path / "lost_key.toml").write_text(SMALL, encoding="utf-8")
    lifecycles, policies = load_directory(BUILT_IN, tmp_path)
    assert [item.category for item in lifecycles] == ["after_sales", "logistics_delay", "lost_key", "product_quality"]
    assert policies[-1].key == "patience"


def test_policies_of_every_directory_are_read_before_the_tables(tmp_path):
    (tmp_path / "policies.toml").write_text(
        'policies = [{ key = "kept", days = 2, scheme = "FBO", is_cross_border = true, '
        'valid_from = 2026-01-01T00:00:00, source = "Us" }]',
        encoding="utf-8",
    )
    text = changed('budget = "patience" }', 'budget = "kept" }')
    (tmp_path / "lost_key.toml").write_text(text, encoding="utf-8")
    lifecycles, (kept, _) = load_directory(tmp_path)
    assert lifecycles[0].timers[0].budget == "kept"
    assert kept.id == "kept is_cross_border=True scheme=FBO 2026-01-01"
    assert kept.budget == timedelta(days=2)
    assert kept.valid_from == datetime(2026, 1, 1)
    assert dict(kept.when) == {"is_cross_border": True, "scheme": "FBO"}


def test_two_files_of_one_version_are_refused(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(LifecycleError, match=r"^b\.toml: lost_key version 3 is in another file already"):
        load_directory(tmp_path)


def test_two_policy_rows_for_one_case_are_refused(tmp_path):
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.toml").write_text(SMALL.replace("version = 3", "version = 4"), encoding="utf-8")
    with pytest.raises(LifecycleError, match=r"^policies\.toml, policy patience 2026-01-01: stands twice"):
        load_directory(tmp_path)


def test_a_row_that_opens_an_unknown_category_is_refused(tmp_path):
    text = changed(
        'effect = "contact" },\n  { do = "say", from = "*"',
        'effect = "contact", opens = "spare_key" },\n  { do = "say", from = "*"',
    )
    (tmp_path / "lost_key.toml").write_text(text, encoding="utf-8")
    with pytest.raises(
        LifecycleError, match=r"^lost_key\.toml, row 3 \(say from asked\): unknown category 'spare_key'"
    ):
        load_directory(tmp_path)


def test_a_guard_about_an_unknown_category_is_refused(tmp_path):
    text = changed('facts = ["contact_log_present"]', 'facts = ["linked_settled:spare_key"]')
    (tmp_path / "lost_key.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LifecycleError, match=r"^lost_key\.toml, row 1 \(ask from new\): unknown category 'spare_key'"):
        load_directory(tmp_path)


GIVE_UP = 'to = "done", by = ["system_timer"], facts = ["flag:was_asked", "count_below:questions:3"]'
HEAD = [
    ("version = 3", "version = ", "", "this is not TOML: Invalid value (at line 3, column 11)"),
    ('initial = "new"', 'initial = "new"\ninitial = "new"', "", "this is not TOML: Cannot overwrite a value"),
    ("done = { kind", "new = { kind", "", "this is not TOML: Cannot overwrite a value"),
    ('initial = "new"', 'initial = "nowhere"', "", "'initial' names the unknown state 'nowhere'"),
    ('initial = "new"', "", "", "'initial' is missing"),
    ('initial = "new"', 'initial = "new"\ntakes_over_in = "x"', "", "'takes_over_in' names the unknown state 'x'"),
    ('initial = "new"', 'initial = "new"\ncolour = "red"', "", "unknown key 'colour'"),
    ("version = 3", 'version = "3"', "", "'version' must be a whole number above 0"),
    ('category = "lost_key"', 'category = "Lost key"', "", "'category' must be a name of small letters, digits and _"),
    ("[actions]\n", "[actions]\nfly = 'Fly'\n", "action fly", "no row has this trigger"),
    (', zh = "钥匙"', "", "name", "its name in 'zh' is missing"),
    ('initial = "new"', "initial = 3", "", "'initial' must be a text"),
    ("timers = [", "timers = 3\nmore = [", "", "unknown key 'more'"),
    ("timers = [", "timers = [3, ", "", "'timers' must be a list of tables"),
    ("[states]", "states = 3\n[others]", "", "unknown key 'others'"),
    ("[actions]", "[actions]\nsay = 3", "", "'actions' must be a table of texts"),
    ("[actions]", "Lone = { }\n[actions]", "", "'states' must be a table whose names are small letters, digits and _"),
    ("[actions]", "lone = 3\n[actions]", "", "'states' must be a table whose names are small letters, digits and _"),
]
STATES = [
    ('ru = "Готово"', 'ru = " "', "state done", "'ru' must be a text"),
    (', ru = "Готово"', "", "state done", "its name in 'ru' is missing"),
    ('kind = "done"', 'kind = "ended"', "state done", "'ended' is not a valid StateKind"),
    ('ball = "buyer", ball_by', 'ball = "dog", ball_by', "state asked", "'dog' is not a valid Ball"),
    ("FBO =", "XXX =", "state asked", "'XXX' is not a valid Scheme"),
    ('kind = "done"', 'kind = "done", size = 3', "state done", "unknown key 'size'"),
    (
        "[actions]",
        'lone = { kind = "open", ball = "seller", en = "Lone", ru = "Один", zh = "独" }\n[actions]',
        "state lone",
        "it cannot be reached from new",
    ),
    (
        'from = ["new", "done"], to = "over"',
        'from = ["new"], to = "over"',
        "state asked",
        "no final state can be reached from it",
    ),
    (
        "[actions]",
        'stuck = { kind = "platform", ball = "seller", en = "Stuck", ru = "Стоп", zh = "卡" }\n[actions]',
        "state stuck",
        "stuck could wait for ever: it has no timer; add a timer on the clock 'state'",
    ),
]
TIMERS = [
    ('clock = "asked", budget', 'clock = "asked", colour = "red", budget', "timer 1 (give_up)", "unknown key 'colour'"),
    ("is_since_entry = true", "is_since_entry = 1", "timer 2 (give_up)", "'is_since_entry' must be true or false"),
    ('{ trigger = "give_up", clock = "asked"', '{ trigger = "give_up"', "timer 1 (give_up)", "'clock' is missing"),
    (
        '{ trigger = "give_up", clock = "asked"',
        '{ clock = "asked"',
        "timer 1 (without trigger)",
        "'trigger' is missing",
    ),
    (
        'trigger = "give_up", clock = "asked"',
        'trigger = "ask", clock = "asked"',
        "timer ask",
        "no row of this trigger has system_timer in 'by'",
    ),
    ('clock = "asked", budget', 'clock = "tea", budget', "timer give_up", "unknown clock 'tea': no row starts it"),
    (
        'clock = "asked", budget = "patience"',
        'clock = "asked", budget = "haste"',
        "timer give_up",
        "unknown policy 'haste': it has no dated row",
    ),
    (
        'clock = "state", budget = "patience", is_since_entry = true',
        'clock = "state"',
        "timer give_up",
        "a timer on the clock 'state' needs a budget",
    ),
    (
        '{ do = "say", from = "asked", to = "=", by = ["buyer"]',
        '{ do = "say", from = "asked", to = "=", by = ["buyer", "system_timer"]',
        "row 3 (say from asked)",
        "unknown timer 'say': say in 'timers' when it is due",
    ),
]
ROWS = [
    (
        EXTRA,
        '  { do = "finish", colour = "red", from = ["new", "done"]',
        "row 5 (finish from new or done)",
        "unknown key 'colour'",
    ),
    (EXTRA, '  { from = ["new", "done"]', "row 5 (without trigger from new or done)", "'do' is missing"),
    (EXTRA, '  { do = "finish"', "row 5 (finish from nowhere)", "'from' is missing"),
    (EXTRA, '  { do = "finish", from = ["new", "far"]', "row 5 (finish from new or far)", "unknown state 'far'"),
    (
        EXTRA,
        '  { do = "finish", from = ["new", "new"]',
        "row 5 (finish from new or new)",
        "a state stands twice in 'from'",
    ),
    ('to = "over"', 'to = "far"', "row 5 (finish from new or done)", "unknown state 'far'"),
    ('from = "*", to = "="', 'from = "*", to = "far"', "row 4 (say from *)", "unknown state 'far'"),
    ('by = ["buyer"], effect', 'by = ["dog"], effect', "row 3 (say from asked)", "unknown role 'dog'"),
    ('by = ["buyer"], effect', 'by = "buyer", effect', "row 3 (say from asked)", "'by' must be a list of texts"),
    ('raises = ["was_asked"]', 'raises = ["was_asked", 3]', "row 1 (ask from new)", "'raises' must be a list of names"),
    ('counts = "questions"', "counts = 3", "row 1 (ask from new)", "'counts' must be a name of small letters"),
    (EXTRA, '  { do = "finish", from = []', "row 5 (finish from )", "'from' must be a text or a list of texts"),
    ('do = "finish"', 'do = "Finish it"', "row 5 (Finish it from new or done)", "'do' must be a name of small letters"),
    ('effect = "internal"', 'effect = "loud"', "row 5 (finish from new or done)", "unknown effect 'loud'"),
    (
        'effect = "internal"',
        'effect = "internal", on = "whim"',
        "row 5 (finish from new or done)",
        "unknown occasion 'whim' in 'on'",
    ),
    (
        'effect = "internal"',
        'effect = "internal", on = "evidence"',
        "row 5 (finish from new)",
        "a row that fires by itself needs system_sync in 'by' and no required input",
    ),
    ('effect = "resolution"', 'effect = "internal"', "row 2 (give_up from asked)", "its effect must be 'resolution'"),
    ('effect = "internal"', 'effect = "resolution"', "row 5 (finish from new)", "its effect must not be 'resolution'"),
    ('"reply_text", "eta?"', '"song", "eta?"', "row 1 (ask from new)", "unknown input 'song'"),
    (
        '"reply_text", "eta?"',
        '"reply_text"',
        "row 1 (ask from new)",
        "clock 'promise' starts at 'eta', which is no instant it asks for",
    ),
    (
        '"promise=eta"',
        '"promise=reply_text"',
        "row 1 (ask from new)",
        "clock 'promise' starts at 'reply_text', which is no instant it asks for",
    ),
    (
        'counts = "questions"',
        'counts = "questions", ball_from = "asked_party"',
        "row 1 (ask from new)",
        "'ball_from' names 'asked_party', which is no required choice of a party",
    ),
    (
        '"reply_text", "eta?"',
        '"rejection_reason", "eta?"',
        "row 1 (ask from new)",
        "input 'rejection_reason' may need a comment: ask for 'rejection_comment', too",
    ),
    ('stops = ["asked"]', 'stops = ["tea"]', "row 2 (give_up from asked)", "unknown clock 'tea': no row starts it"),
    (
        'clears = ["was_asked"]',
        'clears = ["seen"]',
        "row 2 (give_up from asked)",
        "unknown flag 'seen': no row raises it",
    ),
]
GUARDS = [
    ('"contact_log_present"', '"moon_full"', "row 1 (ask from new)", "unknown guard 'moon_full'"),
    ('advice = ["replied"]', 'advice = ["not moon_full"]', "row 1 (ask from new)", "unknown guard 'moon_full'"),
    ('"contact_log_present"', '"scheme"', "row 1 (ask from new)", "guard 'scheme' must read scheme:<scheme>"),
    ('"contact_log_present"', '"scheme:ABC"', "row 1 (ask from new)", "'ABC' is no scheme, use one of FBO, FBS, rFBS"),
    ('"contact_log_present"', '"flag:seen"', "row 1 (ask from new)", "unknown flag 'seen': no row raises it"),
    ('"contact_log_present"', '"running:tea"', "row 1 (ask from new)", "unknown clock 'tea': no row starts it"),
    (
        '"contact_log_present"',
        '"status_stale:haste"',
        "row 1 (ask from new)",
        "unknown policy 'haste': it has no dated row",
    ),
    (
        "count_below:questions:3",
        "count_below:jokes:3",
        "row 2 (give_up from asked)",
        "unknown count 'jokes': no row counts it",
    ),
    ("count_below:questions:3", "count_below:questions:few", "row 2 (give_up from asked)", "'few' is no whole number"),
]
POLICIES = [
    ('key = "patience", ', "", "policy 1 (without key)", "'key' is missing"),
    (', source = "Us"', "", "policy 1 (patience)", "'source' is missing"),
    ("hours = 6", "hours = 6, days = 1", "policy 1 (patience)", "say how long in one of days, hours or minutes"),
    ("hours = 6", "hours = 0", "policy 1 (patience)", "'hours' must be a whole number above 0"),
    ("hours = 6", "hours = true", "policy 1 (patience)", "'hours' must be a whole number above 0"),
    ("2026-01-01", '"today"', "policy 1 (patience)", "'valid_from' must be a day such as 2025-10-15"),
    ("hours = 6", "hours = 6, floor = 3", "policy 1 (patience)", "'floor' must be a text, true or false"),
]


@pytest.mark.parametrize(("old", "new", "row", "reason"), [*HEAD, *STATES, *TIMERS, *ROWS, *GUARDS, *POLICIES])
def test_a_faulty_table_is_refused_with_row_and_reason(old, new, row, reason):
    error = refusal(changed(old, new))
    assert (error.file, error.row) == ("lost_key.toml", row)
    assert reason in error.reason


def test_a_policy_of_the_shared_file_is_known():
    text = changed('clock = "asked", budget = "patience"', 'clock = "asked", budget = "haste"')
    assert load_lifecycle(text, "lost_key.toml", frozenset({"haste"}))[0].timers[0].budget == "haste"


def test_a_policies_file_holds_nothing_else():
    with pytest.raises(LifecycleError, match=r"^policies\.toml: unknown key 'colour'"):
        load_policies("colour = 3", "policies.toml")


def test_states_that_are_no_table_are_refused():
    text = SMALL[: SMALL.index("[states]")].replace("transitions = [", "states = 3\ntransitions = [")
    assert refusal(text).reason == (
        "'states' must be a table whose names are small letters, digits and _, each with a table"
    )
