"""Who looks at a ticket and who writes: for as long as their screen says so."""

from datetime import timedelta

from tests.workflow.builders import NOW
from workflow.presence import SEEN_FOR, WRITES_FOR, Presences

SECOND = timedelta(seconds=1)


def names(board, session="mine", at=NOW, ticket="t1"):
    return [(seen.person_id, seen.is_writing(at)) for seen in board.others(ticket, session, at)]


def test_others_are_seen_on_their_ticket_those_who_write_first():
    board = Presences()
    board.see("t1", "mine", "anna", NOW)
    board.see("t1", "a", "boris", NOW)
    board.see("t1", "b", "li", NOW, is_typing=True)
    board.see("t2", "c", "otto", NOW)
    assert names(board) == [("li", True), ("boris", False)]
    assert names(board, ticket="t2") == [("otto", False)]


def test_a_screen_that_falls_silent_is_gone():
    board = Presences()
    board.see("t1", "a", "boris", NOW)
    assert names(board, at=NOW + SEEN_FOR - SECOND) == [("boris", False)]
    assert names(board, at=NOW + SEEN_FOR) == []
    board.see("t1", "b", "li", NOW + SEEN_FOR)
    assert names(board, at=NOW) == [("li", False)]


def test_writing_lasts_while_the_screen_stays_and_ends_with_sending_or_leaving():
    board = Presences()
    board.see("t1", "a", "boris", NOW, is_typing=True)
    board.see("t1", "a", "boris", NOW + 10 * SECOND)
    assert names(board, at=NOW + 10 * SECOND) == [("boris", True)]
    board.stop_writing("a")
    board.stop_writing("nobody")
    assert names(board, at=NOW + 10 * SECOND) == [("boris", False)]
    board.see("t1", "a", "boris", NOW + 11 * SECOND, is_typing=True)
    board.see("t2", "a", "boris", NOW + 12 * SECOND)
    assert names(board, at=NOW + 12 * SECOND, ticket="t2") == [("boris", False)]
    for second in range(13, 73):
        board.see("t2", "a", "boris", NOW + second * SECOND, is_typing=second == 13)
    assert names(board, at=NOW + 13 * SECOND + WRITES_FOR, ticket="t2") == [("boris", False)]
