"""UUIDv7 keys (RFC 9562): they sort by the instant at which they were made, and no coordinator is needed."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random, SystemRandom
from uuid import UUID

NewId = Callable[[datetime], str]


def new_ids(random: Random | None = None) -> NewId:
    """A source of keys; a seeded `random` makes it reproducible. The instant is naive UTC, kept to the millisecond."""
    source = random or SystemRandom()

    def new_id(now: datetime) -> str:
        milliseconds = int(now.replace(tzinfo=UTC).timestamp() * 1000)
        bits = source.getrandbits(74)
        value = milliseconds << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & (1 << 62) - 1
        return str(UUID(int=value))

    return new_id
