"""Links from a figure to the tickets behind it, as Markdown; Streamlit opens them in a tab of their own."""

from urllib.parse import urlencode

from pages.shared import formats


def queue(text: str, **query: str) -> str:
    """`text` as a link to the queue, narrowed by `query` (its parameters: `category`, `view`)."""
    return f"[{formats.plain(text)}](queue?{urlencode(query)})"


def ticket(number: int) -> str:
    """A ticket's number as a link to it."""
    return f"[{number}](queue?{urlencode({'ticket': number})})"
