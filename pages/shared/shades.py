"""Shades for tables that are read like a map: from little to much by rank, with text that reads on each."""

from collections.abc import Iterable, Mapping

from pages.shared.axes import reached
from pages.shared.colours import Palette

DARK_TEXT, LIGHT_TEXT = "#10151D", "#FFFFFF"


def shades(seconds: Iterable[float | None], colours: Palette) -> Mapping[float, str]:
    """The CSS of a cell for each duration of `seconds`: as many of them in each shade, the longest in the deepest."""
    ordered = sorted(set(reached(seconds)))
    last, highest = len(colours.sequence) - 1, max(len(ordered) - 1, 1)
    return {value: css(colours.sequence[place * last // highest]) for place, value in enumerate(ordered)}


def css(colour: str) -> str:
    """A cell in `colour` with the text that reads better on it."""
    return f"background-color: {colour}; color: {text_on(colour)}"


def text_on(colour: str) -> str:
    """Dark or light text, whichever contrasts more with `colour` (WCAG 2 relative luminance)."""
    against = {text: _contrast(colour, text) for text in (DARK_TEXT, LIGHT_TEXT)}
    return max(against, key=against.__getitem__)


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
