"""Mappings: each mistake is named by its key, with what is allowed there; the examples are sound."""

import pytest

from data.importing import MappingRefusedError, run_import
from data.importing.mapping_file import read_mapping
from tests.data.importing_builders import MAPPING, NOW, Folder
from tests.new_desks import new_desk

COLUMNS = MAPPING[MAPPING.index("[columns]") :]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (COLUMNS, "mapping.toml, name: is missing or empty."),
        (
            MAPPING.replace('case = ["case"', 'kase = ["case"'),
            "columns.kase: is no key of a mapping; allowed here: case,",
        ),
        (
            'name = "x"\n[columns]\ncase = "c"\nactivity = "a"',
            "columns.time: is missing: name the column that holds it.",
        ),
        (
            MAPPING.replace('"final"', '"finished"'),
            'kind: is "finished"; allowed: open, waiting, platform, done, final.',
        ),
        (
            MAPPING.replace('"waiting" }', '"waiting", ball = "me" }'),
            "allowed: buyer, seller, platform, carrier, nobody.",
        ),
        (
            MAPPING.replace("is_public_reply = true", "is_public_reply = 1"),
            "is_public_reply: is neither true nor false.",
        ),
        (MAPPING.replace('"buyer" }', '"shop" }'), 'activities."Write".role: is "shop"; allowed: buyer, seller_agent,'),
        (MAPPING.replace("[states]", "resource = 3\n[states]"), "columns.resource: is not a list of names"),
        (MAPPING.replace("[states]", "resource = []\n[states]"), "columns.resource: names no column"),
        (MAPPING + '[csv]\ndelimiter = "::"\n', 'csv.delimiter: is "::": give one ASCII character'),
        (MAPPING + '[csv]\nencoding = "klingon"\n', 'csv.encoding: "klingon" is no known encoding'),
        (MAPPING + '[values.channel]\nFax = "fax"\n', 'is "fax"; allowed: chat_web, chat_app, email, phone, import.'),
        (
            MAPPING + '[defaults]\npriority = "soon"\n',
            'defaults.priority: is "soon"; allowed: low, normal, high, urgent.',
        ),
        (MAPPING + "[time]\nzone = 3\n", "time.zone: is not text: put it in quotes."),
        ("name = [", "mapping.toml: the mapping is not TOML"),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(folder, text, sentence):
    with pytest.raises(MappingRefusedError) as caught:
        read_mapping(folder.mapping(text))
    assert sentence in str(caught.value)


def test_a_mapping_that_cannot_be_read_is_refused(folder, tmp_path):
    with pytest.raises(MappingRefusedError, match="the mapping cannot be read"):
        read_mapping(tmp_path / "nowhere.toml")
    path = folder.file("mapping.toml", MAPPING.replace("Ask", "Ждать").encode("cp1251"))
    with pytest.raises(MappingRefusedError, match="the mapping is not UTF-8 text"):
        read_mapping(path)


def test_a_lifecycle_must_be_one_of_the_desks_and_its_states_too(folder, tmp_path):
    onto = MAPPING.replace("[columns]", 'lifecycle = "{}"\n[columns]')
    onto = onto[: onto.index("[states]")] + '[states]\n"Solve" = "solved"\n'
    with new_desk(tmp_path / "desk.duckdb") as desk:
        for text, sentence in (
            (
                onto.replace("{}", "nothing"),
                'lifecycle: "nothing" is no lifecycle of the desk; there are: after_sales,',
            ),
            (onto.replace("{}", "after_sales"), 'states."Solve".to: "solved" is no state of after_sales; it has: '),
            (MAPPING.replace('"shop"', '"after_sales"'), 'name: "after_sales" is a lifecycle of the desk'),
        ):
            with pytest.raises(MappingRefusedError) as caught:
                run_import(desk.database, folder.csv(), folder.mapping(text), now=NOW)
            assert sentence in str(caught.value)


def test_a_category_column_and_a_declared_lifecycle_exclude_each_other(folder):
    text = MAPPING.replace("[columns]", 'lifecycle = "after_sales"\n[columns]\ncategory = "topic"')
    text = text[: text.index("[states]")]
    with pytest.raises(MappingRefusedError, match=r"columns\.category: .* lifecycle"):
        read_mapping(folder.mapping(text))


def test_every_example_is_a_mapping(root):
    for file in sorted((root / "examples").glob("*.toml")):
        assert read_mapping(file).columns.keys() >= {"case", "activity", "time"}


def test_the_worked_example_of_the_documentation_imports(folder, root, tmp_path):
    text = (root / "docs" / "importing.md").read_text(encoding="utf-8")
    mapping, log = (text.split(f"```{kind}\n")[1].split("```")[0] for kind in ("toml", "csv"))
    with new_desk(tmp_path / "desk.duckdb") as desk:
        report = run_import(desk.database, folder.csv(log), folder.mapping(mapping), now=NOW)
        states = desk.database.read("select external_ref, state, state_kind, channel from tickets order by 1")
    assert report.undescribed_states == (("Note added / -", 1),)
    assert states == [("4711", "Solved / -", "done", "email"), ("4712", "Question sent / -", "waiting", "chat_app")]
