"""One registry of keys: what works is listed, what is listed works, and nothing else in the pages names a key."""

import ast
import re
from collections import Counter

from pages.shared import keys


def shortcuts_written(source):
    """What the calls of a module give as `shortcut`."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [ast.unparse(item.value) for call in calls for item in call.keywords if item.arg == "shortcut"]


def test_the_keys_of_the_buttons_are_those_of_the_registry(visit, desk):
    page = visit("queue", ticket="2")
    page.button(key="queue_bulk").click().run()
    drawn = Counter(button.proto.shortcut for button in page.button if button.proto.shortcut)
    listed = [key.shortcut.lower() for key in keys.KEYS if not key.selector and key not in (keys.SEND, keys.LEAVE)]
    assert drawn == Counter(listed)


def test_no_page_names_a_key_that_the_registry_does_not_know(root):
    written = {
        value
        for path in (root / "pages").rglob("*.py")
        if path.name != "keys.py"
        for value in shortcuts_written(path.read_text(encoding="utf-8"))
    }
    handed_on = "key.shortcut if key else None"  # by the function that draws the buttons of actions
    names = [re.fullmatch(r"(?:keys\.)?([A-Z_]+)\.shortcut", value) for value in sorted(written - {handed_on})]
    assert names
    assert all(names)
    assert {getattr(keys, name[1]) for name in names if name} <= set(keys.KEYS)


def test_no_two_keys_are_the_same():
    assert set(Counter(key.shortcut.lower() for key in keys.KEYS).values()) == {1}


def test_no_key_is_one_that_browsers_take_for_tabs_and_menus():
    assert not [key for key in keys.KEYS if re.fullmatch(r"(ctrl|cmd|alt)\+.", key.shortcut.lower())]


def test_the_list_has_a_line_for_each_key_and_one_for_the_numbered_ones(visit, desk):
    page = visit("queue")
    page.button(key="shared_keys").click().run()
    said = [text.value for text in page.markdown]
    first, last = keys.ACTIONS[0].shortcut, keys.ACTIONS[-1].shortcut
    assert said.count(f"`{first}` … `{last}`") == 1
    assert "**Everywhere**" not in said  # the list itself, too, is opened by a key of the queue's page only
    for where in {key.where for key in keys.KEYS}:
        assert said.count(f"**{where}**") == 1
    for key in keys.KEYS:
        assert said.count(key.what) == 1
        if key not in keys.ACTIONS:
            assert said.count(f"`{key.shortcut}`") == 1
