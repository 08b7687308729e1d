"""The one place that reads the wall clock. Everything else is given `now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)
