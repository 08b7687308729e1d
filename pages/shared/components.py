"""Loads the desk's own components: a folder with a script and a style sheet becomes a mounting command, once."""

from pathlib import Path

from streamlit.components.v2 import component
from streamlit.components.v2.types import ComponentRenderer


def load(folder: Path, root: str, *, is_isolated: bool = True) -> ComponentRenderer:
    """The component of `folder`: `<folder>.js` and `<folder>.css`; `root` is the element that the script fills.

    One that is not isolated stands in the page itself, not in a shadow root: the keys of the page find it, and the
    names of its classes have to be its own.
    """
    return component(
        f"marketdesk_{folder.name}",
        html=root,
        css=(folder / f"{folder.name}.css").read_text(encoding="utf-8"),
        js=(folder / f"{folder.name}.js").read_text(encoding="utf-8"),
        isolate_styles=is_isolated,
    )
