"""XES logs as they are published, and logs that are no XES."""

import gzip
import json
from datetime import datetime
from time import process_time

import pytest

from data.check import check
from data.importing import FileRefusedError, RowsRejectedError, run_import
from data.importing.files import LogFile, LogKind
from data.importing.xes import XesNotes, xes_events
from tests.data.importing_builders import MAPPING, NOW, Folder, counts, history, rejects_in, xes_text
from tests.new_desks import new_desk

MANY = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- as the challenges publish them -->
<log xes.version="1.0" xes.features="nested-attributes" openxes.version="1.0RC7" xmlns="http://www.xes-standard.org/">
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
  <global scope="event">
    <string key="concept:name" value="UNKNOWN"/><date key="time:timestamp" value="1970-01-01T01:00:00.000+01:00"/>
    <string key="org:resource" value="UNKNOWN"/>
  </global>
  <classifier name="Activity" keys="concept:name lifecycle:transition"/>
  <string key="origin" value="csv"/>
  <trace>
    <event>
      <string key="concept:name" value="Ждать &amp; &quot;ответа&quot;"/>
      <string key="lifecycle:transition" value="start"/>
      <date key="time:timestamp" value="2024-01-01T10:00:00.000+03:00"/>
      <boolean key="urgent" value="true"/>
      <int key="tries" value="3"/>
      <float key="cost" value="12.50"><string key="currency" value="EUR"/></float>
      <list key="items"><values><string key="item" value="a"/><string key="item" value="b"/></values></list>
      <string key="org:resource" value="Anna"/>
    </event>
    <string key="concept:name" value="173688"/>
    <int key="AMOUNT_REQ" value="20000"/>
    <event>
      <string key="concept:name" value="Ждать &amp; &quot;ответа&quot;"/>
      <string key="lifecycle:transition" value="complete"/>
      <date key="time:timestamp" value="2024-01-01T07:30:00Z"/>
    </event>
  </trace>
</log>
"""
WIDE = MAPPING.replace(
    "[states]",
    'resource = "org:resource"\nstate = { join = ["concept:name", "lifecycle:transition"], separator = "+" }\n'
    'attributes = ["case:AMOUNT_REQ", "urgent", "tries", "cost", "cost/currency", "items/item", '
    '"items/item_1", "none"]\n'
    "[states]",
)


@pytest.fixture
def desk(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        yield desk


@pytest.fixture
def load(desk, tmp_path):
    folder = Folder(tmp_path)

    def load(content, mapping=MAPPING, **options):
        file = folder.file(options.pop("name", "log.xes"), content)
        options.setdefault("rejects_file", tmp_path / "rejects.csv")
        return run_import(desk.database, file, folder.mapping(mapping), now=NOW, **options)

    return load


def test_nested_and_typed_attributes_trace_attributes_and_lifecycles_are_read(load, desk):
    report = load(MANY, WIDE)
    name, at = 'Ждать & "ответа"', datetime
    start, complete = f"{name}+start", f"{name}+complete"
    assert [row[:4] + row[6:10] for row in history(desk.database)] == [
        ("173688", name, "", start, at(2024, 1, 1, 7), None, "seller_agent", "Anna"),
        ("173688", name, start, complete, at(2024, 1, 1, 7, 30), 1800.0, "seller_agent", ""),
    ]
    payloads = [json.loads(text) for (text,) in desk.database.read("select payload from events order by seq")]
    assert [payload["attributes"] for payload in payloads] == [
        {
            "case:AMOUNT_REQ": "20000",
            "cost": "12.50",
            "cost/currency": "EUR",
            "items/item": "a",
            "items/item_1": "b",
            "tries": "3",
            "urgent": "true",
        },
        {"case:AMOUNT_REQ": "20000"},
    ]
    assert report.absent_columns == ("none",)
    assert check(desk.database) == []


def test_all_attributes_may_be_kept(load, desk):
    load(MANY, MAPPING.replace("[states]", 'attributes = "*"\n[states]'))
    (first, second) = desk.database.read("select payload ->> '$.attributes' from events order by seq")
    assert sorted(json.loads(first[0])) == [
        "case:AMOUNT_REQ",
        "cost",
        "cost/currency",
        "items/item",
        "items/item_1",
        "lifecycle:transition",
        "org:resource",
        "tries",
        "urgent",
    ]
    assert json.loads(second[0]) == {"case:AMOUNT_REQ": "20000", "lifecycle:transition": "complete"}


def test_a_log_without_any_resource_is_read(load, desk):
    log = xes_text([("1", [{"concept:name": "Write", "time:timestamp": "2024-01-01T10:00:00Z"}])])
    report = load(log, MAPPING.replace("[states]", 'resource = "org:resource"\n[states]'))
    assert (report.absent_columns, counts(desk.database)) == (("resource",), (1, 1))


@pytest.mark.parametrize(
    "encode", [gzip.compress, lambda text: text.decode().replace("UTF-8", "UTF-16").encode("utf-16")]
)
def test_gzip_and_utf_16_are_read(load, desk, encode):
    load(encode(MANY.encode()), name="log.xes.gz")
    assert counts(desk.database) == (1, 2)


def test_a_prefix_of_the_elements_does_not_matter(load, desk):
    log = xes_text([("1", [{"concept:name": "Write", "time:timestamp": "2024-01-01T10:00:00Z"}])])
    prefixed = log.replace("</", "</x:").replace("<trace", "<x:trace").replace("<event", "<x:event")
    prefixed = (
        prefixed.replace("<string", "<x:string").replace("<date", "<x:date").replace("<log", '<x:log xmlns:x="urn:x"')
    )
    load(prefixed)
    assert counts(desk.database) == (1, 1)


def test_every_faulty_event_is_listed_with_its_line(load, desk, tmp_path):
    log = xes_text(
        [
            ("A", []),
            ("B", [{"concept:name": "Write"}, {"time:timestamp": "2024-01-01T10:00:00Z"}]),
            ("", [{"concept:name": "Write", "time:timestamp": "2024-01-01T10:00:00Z"}]),
            ("C", [{"concept:name": "Write", "time:timestamp": "soon"}]),
        ]
    )
    with pytest.raises(RowsRejectedError) as caught:
        load(log.replace('<string key="concept:name" value=""/>\n', ""))
    assert rejects_in(tmp_path / "rejects.csv") == [
        ["3", "", 'the case "A" has no event'],
        ["8", "time:timestamp", "the time is missing"],
        ["11", "concept:name", "the activity is missing"],
        ["16", "case:concept:name", "the case is missing"],
        ["23", "time:timestamp", '"soon" is no time in the format iso8601'],
    ]
    assert (caught.value.reject_count, caught.value.row_count) == (5, 5)
    assert counts(desk.database) == (0, 0)


def test_a_log_of_cases_without_events_lists_them(load, tmp_path):
    with pytest.raises(RowsRejectedError):
        load(xes_text([("A", []), ("B", [])]), MAPPING + '[time]\nformat = ["%Y", "%d.%m.%Y"]\n')
    assert [row[2] for row in rejects_in(tmp_path / "rejects.csv")] == [
        'the case "A" has no event',
        'the case "B" has no event',
    ]


BOMB = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><log>&b;</log>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log>&x;</log>'


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (BOMB, "it declares XML entities"),
        (OUTSIDE, "it declares XML entities"),
        ('<!DOCTYPE log SYSTEM "xes.dtd"><log/>', 'its DOCTYPE refers to "xes.dtd", which is not fetched'),
        ('<?xml version="1.0" encoding="euc-jp"?><log/>', "its encoding cannot be read"),
        ('<?xml version="1.0" encoding="x-foo"?><log/>', "its encoding cannot be read"),
        ("<html><body>Sign in</body></html>", "this is not an XES log: its first element is <html>, not <log>"),
        ("case,activity,time\n1,2,3\n", "this is not an XES log: it does not begin with an XML tag"),
        (MANY[: len(MANY) // 2], r"line \d+: the XML is broken"),
        (MANY.replace("</trace>", ""), r"line \d+: the XML is broken"),
        ('<log xes.version="1.0"></log>', "the file has no event"),
        (MANY.replace("concept:name", "name"), 'no event has the attribute "case" or "case:concept:name"'),
        ("", "the file is empty"),
    ],
)
def test_what_is_no_xes_log_is_refused_in_one_sentence(load, desk, content, part):
    with pytest.raises(FileRefusedError, match=part) as caught:
        load(content)
    assert "\n" not in str(caught.value)
    assert counts(desk.database) == (0, 0)


def test_all_attributes_are_those_of_the_trace_too_wherever_they_stand(load, desk):
    event = '<event><string key="concept:name" value="Write"/><date key="time:timestamp" value="2024-01-01T10:00:00Z"/>'
    late = '</event><string key="region" value="South"/><string key="region" value="East"/></trace></log>'
    head = '<!DOCTYPE log><log><trace><string key="concept:name" value="1"/><string key="kind" value="A"/>'
    load(head + event + late, MAPPING.replace("[states]", 'attributes = "*"\n[states]'))
    ((attributes,),) = desk.database.read("select payload ->> '$.attributes' from events")
    assert json.loads(attributes) == {"case:kind": "A", "case:region": "South", "case:region_1": "East"}


def test_many_attributes_of_one_name_take_no_longer_each(tmp_path):
    path = tmp_path / "log.xes"
    attributes = '<string key="x" value="1"/>' * 50_000
    path.write_text(f"<log><trace><event>{attributes}</event></trace></log>")
    log = LogFile(name=path.name, plain=path, kind=LogKind.XES, sha256="")
    start = process_time()
    (event,) = xes_events(log, XesNotes(), lambda _stage, _fraction: None)
    assert (len(event.values), list(event.values)[-1]) == (50_000, "x_49999")
    assert process_time() - start < 20  # seconds; by trying every number it took minutes
