"""What a colleague did to the ticket on the screen is called by the same words as in its stream."""

from streamlit.testing.v1 import AppTest

SECONDS = 60


def merged_meanwhile() -> None:
    from desk_builders import ANNA, numbered

    from pages.queue.company import company
    from pages.queue.sheet import load
    from pages.shared import access
    from pages.shared.people import me

    opened = access.desk()
    shown, other = (numbered(opened, number).ticket.id for number in (2, 3))
    sheet = load(shown, me())
    opened.desk.pairs.merge(shown, other, actor=ANNA, now=access.now())
    company(sheet)


def test_the_banner_calls_a_merge_a_merge(desk):
    page = AppTest.from_function(merged_meanwhile, default_timeout=SECONDS).run()
    assert not page.exception
    (banner,) = [warning.value for warning in page.warning]
    assert banner.startswith("Merged by Anna Petrova")
