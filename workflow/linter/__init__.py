"""What a public text must not hold: the marketplace forbids other channels and asking the buyer to cancel.

Finds the words, the rule that they break and their place. Order numbers, tracking numbers, prices and dates are left
alone. Russian, English and Chinese; words are data in `rules.toml` (DECISIONS: Forbidden text).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import lru_cache
from types import MappingProxyType

from workflow.linter import numbers, patterns, views
from workflow.linter.dialect import Pattern
from workflow.linter.views import View, alike, in_digits, plain


class Rule(StrEnum):
    """What is forbidden, in the order in which a text is judged."""

    EMAIL = auto()
    LINK = auto()
    MESSENGER = auto()
    PHONE = auto()
    CANCEL = auto()
    OFF_PLATFORM = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `text[start:end]`, which is `words`, breaks `rule`."""

    rule: Rule
    start: int
    end: int
    words: str


SENTENCES = MappingProxyType(
    {
        Rule.EMAIL: "Take out “{words}”: the marketplace forbids other channels, such as e-mail.",
        Rule.LINK: "Take out the link “{words}”: the marketplace forbids links in messages.",
        Rule.MESSENGER: "Take out “{words}”: the marketplace forbids naming other messengers.",
        Rule.PHONE: "Take out “{words}”: the marketplace forbids other channels, such as the phone.",
        Rule.CANCEL: "Take out “{words}”: the marketplace forbids asking the buyer to cancel.",
        Rule.OFF_PLATFORM: "Take out “{words}”: the marketplace forbids settling outside the platform.",
    }
)
Found = tuple[Rule, View, int, int]
_ASKED = (  # of the buyer, so a denial makes it innocent
    (Rule.EMAIL, patterns.ASKED_EMAIL),
    (Rule.PHONE, patterns.ASKED_PHONE),
    (Rule.CANCEL, patterns.CANCEL),
    (Rule.OFF_PLATFORM, patterns.OFF_PLATFORM),
)
_MODULES = (numbers, patterns, views)
MOST_TEXTS = 256  # a draft is read over and over while it is written, and once more when it is sent


@lru_cache(MOST_TEXTS)
def findings(text: str) -> tuple[Finding, ...]:
    """Every fault of `text` by its place; of two that overlap the one whose rule comes first."""
    view = plain(text)
    kept: list[Finding] = []
    is_taken = bytearray(len(text))
    for rule, seen, start, end in _found(view):
        first, last = seen.span(start, end)
        if not any(is_taken[first:last]):
            kept.append(Finding(rule, first, last, text[first:last]))
            is_taken[first:last] = bytes([1]) * (last - first)
    return tuple(sorted(kept, key=lambda finding: finding.start))


def compile_patterns() -> None:
    """Make every pattern now, so that no text has to wait for it: a desk does so before the first visitor."""
    for module in _MODULES:
        for value in vars(module).values():
            if isinstance(value, Pattern):
                value.compile()


def complaint(text: str) -> str:
    """One sentence for each fault of a public text; empty when it may be sent."""
    return " ".join(said(finding) for finding in findings(text))


def said(finding: Finding) -> str:
    """What to take out, and the rule that it breaks."""
    return SENTENCES[finding.rule].format(words=" ".join(finding.words.split()))


def _found(view: View) -> Iterator[Found]:
    others = alike(view)
    for seen in (view, *others):
        yield from _matches(Rule.EMAIL, patterns.EMAIL, seen)
    for seen in (view, *others):
        yield from (found for found in _matches(Rule.LINK, patterns.LINK, seen) if not _is_own(found))
    is_calling = patterns.CALLED_TO.search(view.text) is not None
    for seen in (view, *others):
        for found in _matches(Rule.MESSENGER, patterns.MESSENGER, seen):
            if is_calling or not _is_shown(found):
                yield found
    digits = in_digits(view)
    for found in _matches(Rule.PHONE, numbers.PHONE, digits):
        if not (_is_bare(found) and _is_order_number(found)):
            yield found
    yield from (found for found in _matches(Rule.PHONE, numbers.NATIONAL, digits) if not _is_order_number(found))
    yield from _matches(Rule.PHONE, numbers.SPELLED, view)
    for rule, pattern in _ASKED:
        for seen in (view, *others):
            yield from (found for found in _matches(rule, pattern, seen) if not _is_denied(found))


def _matches(rule: Rule, pattern: Pattern, view: View) -> Iterator[Found]:
    for match in pattern.finditer(view.text):
        words = match.group()
        ahead = len(words) - len(words.lstrip())
        yield rule, view, match.start() + ahead, match.start() + len(words.rstrip(" \t\n.,;:!?)»”"))


def _is_own(found: Found) -> bool:
    """Whether a link leads to the marketplace itself."""
    _rule, view, start, end = found
    address = view.text[start:end].partition("://")[2] or view.text[start:end]
    host = address.partition("/")[0].partition("?")[0].partition("#")[0]
    return any(host == own or host.endswith(f".{own}") for own in patterns.OWN_DOMAINS)


def _is_bare(found: Found) -> bool:
    """Whether nothing stands between the digits of a number."""
    _rule, view, start, end = found
    return view.text[start:end].isdecimal()


def _is_order_number(found: Found) -> bool:
    """Whether what stands before a number calls it that of an order, a parcel, an article or a paper."""
    _rule, view, start, _end = found
    return _is_before(numbers.ORDER_NUMBER, view, start)


def _is_shown(found: Found) -> bool:
    """Whether a messenger is named for what a device shows or supports."""
    _rule, view, start, _end = found
    return _is_before(patterns.SHOWN, view, start)


def _is_denied(found: Found) -> bool:
    """Whether the words ask for nothing: by a denial before or after, as a wish of the buyer, or for who does it."""
    rule, view, start, end = found
    if any(_is_before(pattern, view, start) for pattern in patterns.DENIALS) or patterns.REFUSAL.match(
        view.text, start
    ):
        return True
    if rule is Rule.CANCEL and _is_before(patterns.EXCUSE, view, start):
        return True
    return _is_before(patterns.WISH, view, end)


def _is_before(pattern: Pattern, view: View, end: int) -> bool:
    return pattern.search(view.text, max(0, end - patterns.REACH), end) is not None
