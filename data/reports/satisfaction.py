"""How content buyers were in the week, in words and over all categories (DECISIONS: Satisfaction)."""

from collections.abc import Iterable

from data.reports import words
from data.reports.values import Satisfaction, Share


def of_all(categories: Iterable[Satisfaction]) -> Satisfaction:
    """The categories together: counts are added, so that the mean is that of the ratings."""
    parts = tuple(categories)
    columns = zip(*(part.counts for part in parts), strict=True) if parts else [(0,)] * 5
    return Satisfaction(
        name="",
        counts=tuple(sum(column) for column in columns),
        answered=Share(
            part_count=sum(part.answered.part_count for part in parts),
            whole_count=sum(part.answered.whole_count for part in parts),
        ),
    )


def sentences(categories: tuple[Satisfaction, ...]) -> tuple[str, ...]:
    """What the page says of it."""
    whole = of_all(categories)
    asked = words.counted(whole.answered.whole_count, "ticket", "tickets")
    answered = "No ticket was resolved in the week before."
    if whole.answered.whole_count:
        answered = f"Of {asked} resolved in the week before, rated since: {words.share(whole.answered)}."
    if whole.mean is None:
        return ("Nobody rated in the week.", answered)
    spread = ", ".join(f"{rating}: {whole.counts[rating - 1]:,}" for rating in range(5, 0, -1))
    ratings = words.counted(whole.ratings_count, "ticket", "tickets")
    found = f"{ratings} rated, {whole.mean:.1f} of 5 on average ({spread})."
    parts = [f"{one.name} {one.mean:.1f} ({one.ratings_count:,})" for one in categories if one.mean is not None]
    return (found, *((f"{'; '.join(parts)}.",) if len(parts) > 1 else ()), answered)
