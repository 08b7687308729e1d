"""Who sells, who answers, and who buys. The person behind a buyer's key lives in one row that can be erased alone."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import duckdb

from data.commits import load, run
from data.database import Database
from data.search_index import keep_record_words
from workflow.contacts import Newcomers
from workflow.errors import SellerKnownError


@dataclass(frozen=True, kw_only=True, slots=True)
class Seller:
    """A seller on the marketplace, with the contract that some policies depend on."""

    id: str
    name: str
    contract: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """A group of agents."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agent:
    """Somebody who answers buyers."""

    id: str
    name: str
    role: str = "agent"
    team_id: str = ""
    is_active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class BuyerPerson:
    """The person behind a buyer's key."""

    buyer_key: str
    name: str = ""
    marketplace_user_id: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """Everybody whom a desk knows."""

    sellers: tuple[Seller, ...] = ()
    teams: tuple[Team, ...] = ()
    agents: tuple[Agent, ...] = ()
    persons: tuple[BuyerPerson, ...] = ()


def new_buyer_key() -> str:
    """A random key that says nothing about the person."""
    return f"b-{secrets.token_hex(12)}"


def new_seller_id() -> str:
    """A random id that says nothing about the seller."""
    return f"s-{secrets.token_hex(6)}"


def seller_named(database: Database, name: str) -> str:
    """The id of the seller with this name, however it is capitalised; empty where nobody has it."""
    rows = database.read("store/seller_by_name", {"name": name})
    return rows[0][0] if rows else ""


def keep_newcomers(cursor: duckdb.DuckDBPyConnection, newcomers: Newcomers) -> None:
    """Give `newcomers` records of their own in an open transaction; `SellerKnownError` where another has the name."""
    if newcomers.seller_id:
        if run(cursor, "store/seller_by_name", {"name": newcomers.seller_name}):
            raise SellerKnownError(name=newcomers.seller_name)
        load(cursor, "sellers", [asdict(Seller(id=newcomers.seller_id, name=newcomers.seller_name))])
    if newcomers.buyer_key:
        _keep_buyer(
            cursor, BuyerPerson(buyer_key=newcomers.buyer_key, name=newcomers.buyer_name), newcomers.first_seen_at
        )


def write_people(cursor: duckdb.DuckDBPyConnection, people: People, first_seen: Mapping[str, datetime]) -> None:
    """Insert or replace `people` in an open transaction; `first_seen` says since when each buyer's key is known."""
    load(cursor, "sellers", [asdict(item) for item in people.sellers])
    load(cursor, "teams", [asdict(item) for item in people.teams])
    load(cursor, "agents", [asdict(item) for item in people.agents])
    load(cursor, "buyers", [{"key": key, "first_seen_at": at} for key, at in first_seen.items()])
    load(cursor, "buyer_persons", [asdict(item) for item in people.persons])


def save_people(database: Database, people: People, now: datetime) -> None:
    """Insert or replace `people`."""
    with database.writing() as cursor:
        write_people(cursor, people, {person.buyer_key: now for person in people.persons})
        for person in people.persons:
            keep_record_words(cursor, "buyer", person.buyer_key, person.name)


def erase_person(database: Database, key: str) -> None:
    """Forget the person behind `key`. Tickets, log and figures stay as they are."""
    with database.writing() as cursor:
        run(cursor, "store/erase_person", {"buyer_key": key})
        keep_record_words(cursor, "buyer", key, "")
    database.checkpoint()


def _keep_buyer(cursor: duckdb.DuckDBPyConnection, person: BuyerPerson, first_seen_at: datetime) -> None:
    run(cursor, "store/save_buyer", {"key": person.buyer_key, "first_seen_at": first_seen_at})
    run(cursor, "store/save_buyer_person", asdict(person))
    keep_record_words(cursor, "buyer", person.buyer_key, person.name)
