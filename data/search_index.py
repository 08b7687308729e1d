"""Keeps the words by which tickets are found: those of records at once, those of tickets before the next search.

What a word is says `workflow.words`; how words are searched, `sql/marts/int_tickets_sought` (DECISIONS: Search).
"""

from typing import Any

import duckdb
import pyarrow as pa

from data.commits import run, value_of
from data.rows import Row
from workflow.records import Claim, Order, Posting, Product
from workflow.words import VERSION, words_of

_VERSION, _IN_ORDER, _UP_TO = "search_words_version", "search_words_in_order", "search_words_up_to"
UNORDERED_MOST = 1_000_000  # a search reads those row by row: about 10 ms
_TICKETS_AT_ONCE = 50_000
_EVENTS_AT_ONCE = 250_000


def keep_words(cursor: duckdb.DuckDBPyConnection) -> None:
    """Add the words of all texts that events wrote since the last time, set-wise."""
    ((after, last),) = run(cursor, "search/behind")
    if after == last:
        return
    run(cursor, "search/make_incoming_words")
    _add_newer(cursor, after, last)
    run(cursor, "search/take_ticket_words")
    run(cursor, "search/drop_incoming_words")
    _save(cursor, _UP_TO, last)


def keep_order_words(cursor: duckdb.DuckDBPyConnection, order: Order) -> None:
    """Take over the words of an order."""
    keep_record_words(cursor, "order", order.id, order.number)


def keep_posting_words(cursor: duckdb.DuckDBPyConnection, posting: Posting) -> None:
    """Take over the words of a parcel; its own number is its tickets'."""
    keep_record_words(cursor, "tracking", posting.number, posting.tracking_number)


def keep_product_words(cursor: duckdb.DuckDBPyConnection, product: Product) -> None:
    """Take over the words of a product."""
    keep_record_words(cursor, "product", product.id, f"{product.id} {product.name}")


def keep_claim_words(cursor: duckdb.DuckDBPyConnection, claim: Claim) -> None:
    """Take over the words of a claim: its number with the marketplace."""
    keep_record_words(cursor, "claim", claim.id, claim.external_ref)


def keep_record_words(cursor: duckdb.DuckDBPyConnection, field: str, record_id: str, text: str) -> None:
    """Make `text` what a record is found by; an empty one forgets the record."""
    record = {"record_id": record_id, "field": field}
    words = words_of(text)
    if words == {word for (word,) in run(cursor, "search/words_of_record", record)}:
        return
    run(cursor, "search/forget_record", record)
    if words:
        run(cursor, "search/insert_record_words", {**record, "words": sorted(words)})


def make_record_words(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the words of every order, parcel, product, claim and buyer anew, set-wise."""
    run(cursor, "search/empty_record_words")
    run(cursor, "search/make_incoming_words")
    _add_incoming(cursor, "search/texts_of_records", {}, pa.string())
    run(cursor, "search/take_record_words")
    run(cursor, "search/drop_incoming_words")


def rebuild_words(cursor: duckdb.DuckDBPyConnection) -> None:
    """Forget all words and make them anew from what they are the words of."""
    run(cursor, "search/empty_ticket_words")
    run(cursor, "search/make_incoming_words")
    _add_all(cursor)
    run(cursor, "search/take_ticket_words")
    run(cursor, "search/drop_incoming_words")
    make_record_words(cursor)
    _save(cursor, _VERSION, VERSION)
    _save(cursor, _UP_TO, run(cursor, "search/behind")[0][1])
    _save(cursor, _IN_ORDER, value_of(cursor, "search/words_count", {}))


def tidy_words(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Make the words anew where another `VERSION` made them, put them in order where many are not; whether either was.

    A desk does so when it is opened: putting 24 million words in order takes about six seconds.
    """
    if _saved(cursor, _VERSION) != VERSION:
        rebuild_words(cursor)
        return True
    keep_words(cursor)
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
    """Leave the words as they should be in the temporary table `incoming_words`, and those to come in `due_words`."""
    run(cursor, "search/make_incoming_words")
    _add_newer(cursor, *run(cursor, "search/behind")[0])
    run(cursor, "check/make_due_words")
    run(cursor, "search/make_incoming_words")
    _add_all(cursor)
    _add_incoming(cursor, "search/texts_of_records", {}, pa.string())


def _add_newer(cursor: duckdb.DuckDBPyConnection, after: int, last: int) -> None:
    for start in range(after, last, _EVENTS_AT_ONCE):
        among = {"after": start, "up_to": min(start + _EVENTS_AT_ONCE, last)}
        _add_incoming(cursor, "search/texts_since", among, pa.int64())


def _add_all(cursor: duckdb.DuckDBPyConnection) -> None:
    last_number = value_of(cursor, "search/last_number", {})
    for start in range(0, last_number + 1, _TICKETS_AT_ONCE):
        among = {"first_number": start, "end_number": start + _TICKETS_AT_ONCE}
        _add_incoming(cursor, "search/texts_of_tickets", among, pa.int64())


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
