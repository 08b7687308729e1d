"""The drawing shows every move of the table, and the README holds the drawings of the tables as they are."""

import re
import runpy
import sys

import pytest

from tests.workflow.builders import CATEGORIES, built_in
from tests.workflow.small_table import EXTRA, changed, loaded
from workflow.drawing import END, main, mermaid, renewed
from workflow.errors import DeskError
from workflow.vocabulary import Language

TABLES = {item.category: item for item in built_in()[0]}


def test_a_small_table_drawn():
    assert mermaid(loaded()[0]) == (
        "stateDiagram-v2\n"
        '    state "New" as new\n'
        '    state "Asked" as asked\n'
        '    state "Done" as done\n'
        '    state "Over" as over\n'
        "    [*] --> new\n"
        "    new --> asked : Ask\n"
        "    new --> over : Finish\n"
        "    asked --> done : ⏱ Give up\n"
        "    done --> over : Finish\n"
        "    over --> [*]"
    )


def test_rows_between_the_same_states_share_an_arrow():
    row = '  { do = "win", from = "new", to = "over", by = ["buyer"], effect = "internal" },\n'
    assert "    new --> over : Win / Finish\n" in mermaid(loaded(changed(EXTRA, row + EXTRA))[0])


def test_states_are_named_in_the_readers_language():
    assert '    state "已问" as asked\n' in mermaid(loaded()[0], Language.ZH)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_move_is_drawn_or_noted(category):
    table = TABLES[category]
    text = mermaid(table)
    arrows = {(here, there): label for here, there, label in re.findall(r"    (\w+) --> (\w+) : (.+)", text)}
    notes = re.findall(r"    note right of (\w+)\n        (.+), from\n((?:        .+\n)+)    end note", text)
    for row in table.transitions:
        if row.is_stay:
            assert (row.from_state, row.to_state) not in arrows
            continue
        label = table.label_of(row.trigger)
        name = table.states[row.from_state].labels[Language.EN]
        is_noted = any(end == row.to_state and what == label and name in who for end, what, who in notes)
        arrow = arrows.get((row.from_state, row.to_state), "").replace("⏱ ", "").split(" / ")
        assert is_noted is not (label in arrow), row


@pytest.mark.parametrize("category", CATEGORIES)
def test_no_name_holds_what_mermaid_would_misread(category):
    table = TABLES[category]
    for name in (
        *table.actions.values(),
        *(label for state in table.states.values() for label in state.labels.values()),
    ):
        assert not re.search(r'["#;:{}\[\]<>\n]', name)


def test_drawings_stand_between_their_marks():
    text = f"Before.\n<!-- lifecycles: by hand -->\nold\n{END}\nAfter.\n"
    new = renewed(text, [loaded()[0]])
    assert new.startswith("Before.\n<!-- lifecycles: by hand -->\n\n### Lost key\n\n```mermaid\nstateDiagram-v2\n")
    assert new.endswith(f"    over --> [*]\n```\n\n{END}\nAfter.\n")
    assert renewed(new, [loaded()[0]]) == new


def test_a_text_without_marks_is_refused():
    with pytest.raises(DeskError, match="The text holds no place for the drawings"):
        renewed("Nothing here.", [])


def test_a_file_is_renewed_in_place(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"<!-- lifecycles: -->\n{END}\n", encoding="utf-8")
    main([str(path)])
    assert path.read_text(encoding="utf-8").count("```mermaid") == 3


def test_the_module_is_a_command(root, tmp_path, monkeypatch):
    path = tmp_path / "README.md"
    path.write_text(f"<!-- lifecycles: -->\n{END}\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["drawing", str(path)])
    runpy.run_path(str(root / "workflow" / "drawing.py"), run_name="__main__")
    assert "### After-sales\n" in path.read_text(encoding="utf-8")


def test_the_readme_draws_the_tables_as_they_are(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    assert renewed(text, built_in()[0]) == text, "Run: python -m workflow.drawing README.md"
