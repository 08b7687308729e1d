"""What the pages of figures share: axes, sparklines, shades, periods and badges."""

from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from data.selection import Step
from pages.issue_categories import view as issue_categories
from pages.response_times import view as response_times
from pages.shared import axes, dates, definitions, names, periods, shades
from pages.shared.colours import DARK, LIGHT
from pages.shared.sparkline import sparkline

NOON = datetime(2026, 11, 20, 12, 0)


def test_ticks_are_durations_that_people_use():
    assert axes.duration_ticks(1800, 100_000, most=3) == [3600, 14_400, 86_400]
    assert axes.duration_ticks(1, 1e9, most=4) == [1, 3600, 30 * 86_400, 3_650 * 86_400]
    assert axes.duration_axis([600.0])["ticktext"] == ["10 min"]
    assert axes.duration_axis([])["ticktext"] == ["1 h", "2 h", "4 h", "12 h", "1 d"]


def test_merging_keeps_what_is_not_laid_over():
    base = {"xaxis": {"showgrid": False, "type": "log"}, "height": 1}
    assert axes.merged(base, {"xaxis": {"type": "linear"}}) == {
        "xaxis": {"showgrid": False, "type": "linear"},
        "height": 1,
    }


def test_a_sparkline_has_a_gap_where_a_value_is_missing():
    svg = sparkline([1.0, None, 3.0, 2.0], "#123456")
    assert svg.count("<polyline") == 2
    assert svg.count("<circle") == 1


def test_a_sparkline_of_one_value_is_empty():
    assert "<polyline" not in sparkline([1.0], "#123456")
    assert "<rect" not in sparkline([], "#123456", "bar")


def test_the_highest_bar_fills_the_height():
    assert 'height="41.0"' in sparkline([1, 2], "#123456", "bar")
    assert 'height="20.5"' in sparkline([1, 2], "#123456", "bar")


def test_shades_run_from_the_shortest_to_the_longest():
    css = shades.shades([6000.0, *range(60, 66), float("nan"), None, 0], LIGHT)
    assert css[60] == css[61] == shades.css(LIGHT.sequence[0])
    assert css[6000.0] == shades.css(LIGHT.sequence[-1])
    assert len(css) == 7
    assert shades.shades([], LIGHT) == {}


@pytest.mark.parametrize("colour", [*LIGHT.sequence, *DARK.sequence])
def test_text_on_every_shade_reads(colour):
    assert shades._contrast(colour, shades.text_on(colour)) >= 4.5


def test_the_horizon_is_the_minute_that_has_begun_or_just_after_the_newest_event():
    now = NOON.replace(second=40)
    assert periods.horizon(now, None) == NOON
    assert periods.horizon(now, NOON - timedelta(hours=1)) == NOON
    assert periods.horizon(now, NOON) == NOON.replace(microsecond=1)
    assert periods.horizon(now, NOON.replace(second=10)) == NOON.replace(second=10, microsecond=1)


@pytest.mark.parametrize("newest_at", [NOON.replace(second=40), NOON + timedelta(days=1)])
def test_the_horizon_is_never_later_than_now(newest_at):
    assert periods.horizon(NOON.replace(second=40), newest_at) == NOON.replace(second=40)


def test_a_period_ends_at_the_horizon():
    assert periods.period("7d", NOON, None).since == datetime(2026, 11, 13, 12, 0)
    assert periods.period("7d", NOON, None).until == NOON


def test_everything_begins_with_the_first_ticket():
    assert periods.period("all", NOON, datetime(2010, 1, 1)).since == datetime(2010, 1, 1)
    assert periods.period("all", NOON, None).since == NOON


def test_a_log_without_recent_tickets_is_shown_whole():
    assert periods.usual_slug(datetime(2014, 1, 1), NOON) == "all"
    assert periods.usual_slug(datetime(2026, 11, 1), NOON) == "90d"
    assert periods.usual_slug(None, NOON) == "90d"


def test_figures_over_time_are_cut_into_days_weeks_or_months():
    everything = periods.period("all", NOON, datetime(2010, 1, 1))
    assert periods.period("30d", NOON, None).step(NOON) is Step.DAY
    assert periods.period("90d", NOON, None).step(NOON) is Step.WEEK
    assert everything.step(NOON) is Step.MONTH
    assert everything.step(datetime(2010, 2, 1)) is Step.DAY


def test_a_cohort_is_named_by_its_first_day():
    monday = date(2026, 11, 16)
    assert [dates.cohort(monday, step) for step in Step] == ["16 Nov 2026", "week of 16 Nov 2026", "Nov 2026"]


def test_a_day_is_a_day_on_the_clock_of_the_desk():
    assert dates.day_of(datetime(2026, 11, 16, 22, 30), "Europe/Moscow") == "17 Nov 2026"


def test_a_category_without_a_name_is_called_by_its_slug():
    frame = pd.DataFrame(
        {
            "category": ["help_desk", "empty"],
            "label_en": ["", "Empty"],
            "label_ru": ["", ""],
            "label_zh": ["", ""],
            "tickets_count": [3, 0],
        }
    )
    assert names.category_names(frame) == {"help_desk": "Help desk"}


def test_a_name_from_a_log_cannot_write_markdown():
    assert names.badge("a](http://evil)", "open") == ":green-badge[a\\]\\(http\\:\u2060//evil\\)]"


def test_the_pages_quote_headings_that_decisions_has():
    for heading in (*response_times.DEFINITIONS, *issue_categories.DEFINITIONS):
        assert definitions.sections()[heading]


def test_a_tooltip_leads_to_the_definition():
    assert definitions.tip("So long.", "First reply") == "So long. [How it is counted](#definition-first-reply)"


def test_a_definition_is_the_first_paragraph_below_its_heading():
    assert definitions.sections()["Open tickets"].startswith("A ticket is open if ")
    assert "Worked ticket" not in definitions.sections()["Open tickets"]


def days_from(first, last):
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def test_a_few_days_are_all_named():
    assert list(dates.ticks(days_from(date(2026, 11, 1), date(2026, 11, 3))).values()) == ["1 Nov", "2 Nov", "3 Nov"]
    assert dates.ticks([]) == {}


def test_weeks_are_named_by_their_mondays():
    month = dates.ticks(days_from(date(2026, 10, 24), date(2026, 11, 23)))
    assert list(month.values()) == ["26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov"]
    quarter = dates.ticks(days_from(date(2026, 8, 24), date(2026, 11, 23)))
    assert [day.weekday() for day in quarter] == [0] * 5
    assert list(quarter.values())[:2] == ["24 Aug", "14 Sept"]


def test_years_are_named_by_months_or_by_themselves():
    four = dates.ticks(days_from(date(2010, 1, 13), date(2014, 1, 3)))
    assert list(four.values()) == ["2011", "2012", "2013", "2014"]
    one = dates.ticks(days_from(date(2025, 11, 20), date(2026, 11, 23)))
    assert list(one.values()) == ["Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]


@pytest.mark.parametrize("count", [1, 5, 6, 40, 299, 301, 500, 1000, 3000, 20_000, 90_000])
def test_there_are_some_ticks_and_never_too_many(count):
    assert 1 <= len(dates.ticks(days_from(date(1980, 3, 5), date(1980, 3, 5) + timedelta(days=count)))) <= 6
