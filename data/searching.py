"""Brings the words of tickets up to the newest event before somebody searches. What words are is `search_index`'s."""

from contextlib import suppress

from data.database import Database
from data.errors import DiskFullError, WriterBusyError
from data.search_index import keep_words

PATIENCE_SECONDS = 0.5


def refresh_words(database: Database) -> None:
    """Add the words of what was written since the last time, in one transaction.

    Acts leave them out, so that nobody waits for words while acting. Where there is no room for them, or a long write
    such as an import goes on, a search finds what is there: the newest texts follow with a later one.
    """
    after, last = database.recall("words", lambda: database.read("search/behind")[0], ("events", "settings"))
    if after == last:
        return
    with suppress(DiskFullError, WriterBusyError), database.writing(patience=PATIENCE_SECONDS) as cursor:
        keep_words(cursor)
