"""Whole numbers that people and addresses write: bounded before they are read, so that none is too long to be one."""

LONGEST = 18  # every number of so many digits fits where the desk keeps numbers


def number_of(text: str) -> int | None:
    """The number that `text` writes in digits alone, `LONGEST` at most; None where it is none."""
    return int(text) if len(text) <= LONGEST and text.isdecimal() else None


def shown(text: str) -> str:
    """`text`, which was to be a number, as a sentence may quote it: cut where none would go on."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
