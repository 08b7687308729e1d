"""Keeps the words by which tickets are found, in the transaction that writes what they are the words of.

What a word is says `workflow.words`; how words are searched, `sql/marts/mart_queue_found` (DECISIONS: Search).
"""

from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from data.commits import run, value_of
from data.rows import Row
from workflow.ports import Change
from workflow.records import Order, Posting, Product
from workflow.words import VERSION, words_of

_VERSION, _IN_ORDER = "search_words_version", "search_words_in_order"
UNORDERED_MOST = 1_000_000  # a search reads those row by row: about 10 ms
_TICKETS_AT_ONCE = 50_000


def keep_words(cursor: duckdb.DuckDBPyConnection, changes: Iterable[Change]) -> None:
    """Add the words of what `changes` write: one statement for each ticket that is new or gets a message."""
    for change in changes:
        texts = [("message", message.text) for message in change.messages]
        if not change.expected_version:
            ticket = change.ticket
            texts += [
                ("number", str(ticket.number)),
                ("reference", ticket.external_ref),
                ("posting", ticket.posting_number),
            ]
        pairs = sorted({(field, word) for field, text in texts for word in words_of(text)})
        if pairs:
            fields, words = zip(*pairs, strict=True)
            row = {"number": change.ticket.number, "fields": list(fields), "words": list(words)}
            run(cursor, "search/insert_ticket_words", row)


def keep_order_words(cursor: duckdb.DuckDBPyConnection, order: Order) -> None:
    """Take over the words of an order."""
    keep_record_words(cursor, "order", order.id, order.number)


def keep_posting_words(cursor: duckdb.DuckDBPyConnection, posting: Posting) -> None:
    """Take over the words of a parcel; its own number is its tickets'."""
    keep_record_words(cursor, "tracking", posting.number, posting.tracking_number)


def keep_product_words(cursor: duckdb.DuckDBPyConnection, product: Product) -> None:
    """Take over the words of a product."""
    keep_record_words(cursor, "product", product.id, f"{product.id} {product.name}")


def keep_record_words(cursor: duckdb.DuckDBPyConnection, field: str, record_id: str, text: str) -> None:
    """Make `text` what a record is found by; an empty one forgets the record."""
    record = {"record_id": record_id, "field": field}
    words = words_of(text)
    if words == {word for (word,) in run(cursor, "search/words_of_record", record)}:
        return
    run(cursor, "search/forget_record", record)
    if words:
        run(cursor, "search/insert_record_words", {**record, "words": sorted(words)})


def add_ticket_words(cursor: duckdb.DuckDBPyConnection, first_number: int = 0) -> None:
    """Add the words of all tickets from `first_number` on, which have none yet, set-wise and in order."""
    run(cursor, "search/make_incoming_words")
    last_number = value_of(cursor, "search/last_number", {})
    for start in range(first_number, last_number + 1, _TICKETS_AT_ONCE):
        among = {"first_number": start, "end_number": start + _TICKETS_AT_ONCE}
        _add_incoming(cursor, "search/texts_of_tickets", among, pa.int64())
    run(cursor, "search/take_ticket_words")
    run(cursor, "search/drop_incoming_words")


def add_words(cursor: duckdb.DuckDBPyConnection, query: str) -> None:
    """Add the words of the texts that `query` gives as number of the ticket, field and text, set-wise."""
    run(cursor, "search/make_incoming_words")
    _add_incoming(cursor, query, {}, pa.int64())
    run(cursor, "search/take_ticket_words")
    run(cursor, "search/drop_incoming_words")


def make_record_words(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the words of every order, parcel, product and buyer anew, set-wise."""
    run(cursor, "search/empty_record_words")
    run(cursor, "search/make_incoming_words")
    _add_incoming(cursor, "search/texts_of_records", {}, pa.string())
    run(cursor, "search/take_record_words")
    run(cursor, "search/drop_incoming_words")


def rebuild_words(cursor: duckdb.DuckDBPyConnection) -> None:
    """Forget all words and make them anew from what they are the words of."""
    run(cursor, "search/empty_ticket_words")
    add_ticket_words(cursor)
    make_record_words(cursor)
    _save(cursor, _VERSION, VERSION)
    _save(cursor, _IN_ORDER, value_of(cursor, "search/words_count", {}))


def tidy_words(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Make the words anew where another `VERSION` made them, put them in order where many are not; whether either was.

    A desk does so when it is opened: putting 24 million words in order takes about six seconds.
    """
    if _saved(cursor, _VERSION) != VERSION:
        rebuild_words(cursor)
        return True
    count = value_of(cursor, "search/words_count", {})
    if count - _saved(cursor, _IN_ORDER) <= UNORDERED_MOST:
        return False
    run(cursor, "search/copy_ticket_words")
    run(cursor, "search/empty_ticket_words")
    run(cursor, "search/take_ticket_words")
    run(cursor, "search/drop_incoming_words")
    _save(cursor, _IN_ORDER, value_of(cursor, "search/words_count", {}))
    return True


def expect_words(cursor: duckdb.DuckDBPyConnection) -> None:
    """Leave the words as they should be in the temporary table `incoming_words`."""
    run(cursor, "search/make_incoming_words")
    last_number = value_of(cursor, "search/last_number", {})
    for start in range(0, last_number + 1, _TICKETS_AT_ONCE):
        among = {"first_number": start, "end_number": start + _TICKETS_AT_ONCE}
        _add_incoming(cursor, "search/texts_of_tickets", among, pa.int64())
    _add_incoming(cursor, "search/texts_of_records", {}, pa.string())


def _add_incoming(cursor: duckdb.DuckDBPyConnection, query: str, parameters: Row, kind: pa.DataType) -> None:
    """Bring the words of the texts that `query` gives into the waiting room."""
    owners: list[Any] = []
    fields: list[str] = []
    words: list[str] = []
    for owner, field, text in run(cursor, query, parameters):
        found = words_of(text)
        owners.extend([owner] * len(found))
        fields.extend([field] * len(found))
        words.extend(found)
    columns = {
        _owner(kind): pa.array(owners, kind),
        "field": pa.array(fields, pa.string()),
        "word": pa.array(words, pa.string()),
    }
    cursor.register("incoming", pa.table(columns))
    try:
        run(cursor, "search/add_incoming_words")
    finally:
        cursor.unregister("incoming")


def _owner(kind: pa.DataType) -> str:
    return "number" if kind == pa.int64() else "record_id"


def _saved(cursor: duckdb.DuckDBPyConnection, key: str) -> int:
    rows = run(cursor, "store/setting", {"key": key})
    return int(rows[0][0]) if rows else 0


def _save(cursor: duckdb.DuckDBPyConnection, key: str, value: int) -> None:
    run(cursor, "store/save_setting", {"key": key, "value": str(value)})
