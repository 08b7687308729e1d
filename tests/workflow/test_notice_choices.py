"""What a person wants where, when they are left in peace, and how long a refused delivery waits."""

from datetime import timedelta

from tests.workflow.calendar_builders import at, business
from workflow.calendars import week
from workflow.notice_choices import Choices, next_wait, sent_from
from workflow.notices import OUTSIDE, NoticeChannel, NoticeKind


def test_the_usual_choice_tells_everything_at_the_bell_and_outside_what_asks_for_an_act():
    usual = Choices()
    assert usual.at_the_bell == tuple(NoticeKind)
    assert {kind for kind in NoticeKind if usual.outside(kind)} == set(NoticeKind) - {NoticeKind.COLLEAGUE}
    assert usual.outside(NoticeKind.ASSIGNED) == OUTSIDE


def test_a_kind_that_is_not_named_is_not_wanted():
    own = Choices(channels={NoticeKind.MENTIONED: frozenset({NoticeChannel.MAIL})})
    assert own.outside(NoticeKind.MENTIONED) == (NoticeChannel.MAIL,)
    assert own.at_the_bell == ()
    assert not own.wants(NoticeKind.ASSIGNED, NoticeChannel.MAIL)


def test_outside_the_hours_it_waits_for_the_next_opening():
    # 2026-01-09 is a Friday; the hours are Monday to Friday, 09:00 to 17:00.
    assert sent_from(at("2026-01-09 16:59"), business()) == at("2026-01-09 16:59")
    assert sent_from(at("2026-01-09 17:00"), business()) == at("2026-01-12 09:00")
    assert sent_from(at("2026-01-12 08:00"), business()) == at("2026-01-12 09:00")


def test_without_hours_or_with_hours_that_never_come_it_leaves_at_once():
    moment = at("2026-01-10 03:00")
    assert sent_from(moment, None) == moment
    assert sent_from(moment, business(weekly=week())) == moment


def test_each_refusal_waits_twice_as_long_until_it_is_given_up():
    minutes = [wait and wait / timedelta(minutes=1) for wait in map(next_wait, range(1, 10))]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, None, None]
