"""Parses an XES log as a stream: one flat mapping of names to texts for each event, whatever the size of the file.

An attribute of the trace has the prefix `case:`. An attribute within another, or within a list, is named by its path
(`cost/currency`); a name that comes twice in one element has `_1` the second time. `<global>` is a declaration, not
data: an attribute that an event lacks stays absent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException, ExternalReferenceForbidden
from defusedxml.expatreader import DefusedExpatParser

from data.importing.errors import FileRefusedError
from data.importing.files import CHUNK_BYTES, LogFile, Progress
from data.importing.raw import Reject

CASE = "case:"
_NAME = "concept:name"
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})


@dataclass(slots=True)
class XesEvent:
    """One event with its trace's attributes; `line` is where it begins, `others` the types that are no `date`."""

    line: int
    values: dict[str, str]
    case: dict[str, str]


@dataclass(slots=True)
class XesNotes:
    """What was noticed while parsing: names, those that were not always a `date`, and traces without events."""

    names: set[str] = field(default_factory=set[str])
    untyped: set[str] = field(default_factory=set[str])
    event_count: int = 0
    rejects: list[Reject] = field(default_factory=list[Reject])


def xes_events(log: LogFile, notes: XesNotes, progress: Progress) -> Iterator[XesEvent]:
    """Every event in the order of the file; refuses what is no XES, broken XML and entities."""
    parser = DefusedExpatParser()
    handler = _Handler(notes, parser)
    parser.setContentHandler(handler)
    size = max(log.plain.stat().st_size, 1)
    try:
        with log.plain.open("rb") as file:
            done = 0
            while chunk := file.read(CHUNK_BYTES):
                parser.feed(chunk)
                done += len(chunk)
                progress("Reading the log", done / size)
                yield from handler.taken()
            parser.close()
            yield from handler.taken()
    except ExternalReferenceForbidden as error:
        _refuse(
            log, f'its DOCTYPE refers to "{error.sysid}", which is not fetched: delete what stands in <!DOCTYPE ...>.'
        )
    except DefusedXmlException:
        _refuse(log, "it declares XML entities, which no event log needs and which can harm: export it again without.")
    except (LookupError, ValueError) as error:
        _refuse(log, f"its encoding cannot be read ({error}): save it as UTF-8.")
    except SAXParseException as error:
        _refuse(log, f"line {error.getLineNumber()}: the XML is broken ({error.getMessage()}): export it again.")
    except _NotXesError as error:
        _refuse(log, f"this is not an XES log: its first element is <{error}>, not <log>.")


class _NotXesError(Exception):
    pass


class _Handler(ContentHandler):
    """Collects events; they are taken after each piece of the file, so only one trace is ever held."""

    def __init__(self, notes: XesNotes, parser: DefusedExpatParser) -> None:
        super().__init__()
        self.notes, self.parser = notes, parser
        self.ready: list[XesEvent] = []
        self.trace: dict[str, str] | None = None
        self.trace_line = 0
        self.events: list[XesEvent] = []
        self.target: dict[str, str] | None = None
        self.prefix = ""
        self.path: list[str] = []
        self.skipped_depth = 0
        self.is_begun = False
        self.event_repeats: dict[str, int] = {}
        self.trace_repeats: dict[str, int] = {}

    def taken(self) -> list[XesEvent]:
        """The events that are complete, once."""
        ready, self.ready = self.ready, []
        return ready

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the library's name
        """Begin a trace, an event or an attribute."""
        tag = name.rpartition(":")[2]
        if self.skipped_depth or tag == "global":
            self.skipped_depth += 1
        elif tag in _VALUES:
            self._attribute(tag, attrs)
        elif tag == "event":
            self.target, self.prefix, self.event_repeats = {}, "", {}
            self.notes.event_count += 1
            self.events.append(XesEvent(self._line(), self.target, {} if self.trace is None else self.trace))
        elif tag == "trace":
            self.trace = self.target = {}
            self.trace_repeats = {}
            self.prefix, self.trace_line, self.events = CASE, self._line(), []
        elif not self.is_begun and tag != "log":
            raise _NotXesError(name)
        self.is_begun = True

    def endElement(self, name: str) -> None:  # noqa: N802 - the library's name
        """End a trace, an event or an attribute."""
        tag = name.rpartition(":")[2]
        if self.skipped_depth:
            self.skipped_depth -= 1
        elif tag in _VALUES:
            if self.path:
                self.path.pop()
        elif tag == "event":
            self.target, self.prefix = self.trace, CASE
            if self.trace is None:
                self._finish()
        elif tag == "trace":
            self._finish_trace()

    def _attribute(self, tag: str, attrs: AttributesImpl) -> None:
        if self.target is None:  # of the log itself
            return
        self.path.append(attrs.get("key") or "")
        if tag in {"list", "container"} and not attrs.get("value"):
            return
        stem = self.prefix + "/".join(self.path)
        repeats = self.trace_repeats if self.prefix else self.event_repeats
        count = repeats.get(stem, 0)
        name = f"{stem}_{count}" if count else stem
        while name in self.target:
            count += 1
            name = f"{stem}_{count}"
        repeats[stem] = count
        self.target[name] = attrs.get("value") or ""
        self.notes.names.add(name)
        if tag != "date":
            self.notes.untyped.add(name)

    def _finish(self) -> None:
        self.ready.extend(self.events)
        self.events = []

    def _finish_trace(self) -> None:
        if not self.events:
            case = (self.trace or {}).get(CASE + _NAME, "")
            which = f'the case "{case}"' if case else "a case without a name"
            self.notes.rejects.append(Reject(line=self.trace_line, column="", reason=f"{which} has no event"))
        self._finish()
        self.trace = self.target = None
        self.prefix = ""

    def _line(self) -> int:
        return self.parser.getLineNumber() or 0


def _refuse(log: LogFile, reason: str) -> NoReturn:
    raise FileRefusedError(file=log.name, reason=reason) from None
