"""Carries one letter to one address, through Apprise: mail, messengers and webhooks alike. Keeps nothing.

The idempotency key goes along as the header `Idempotency-Key` where the service has headers (webhooks, mail), and as
the last line of the text everywhere, so that a repeat is recognised.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import apprise

from workflow.errors import DeskError

KEY_HEADER = "Idempotency-Key"
_MOST = 200  # characters of a reason that are kept
_PART, _WORD = re.compile(r"[:/?&=#,;\s]+"), re.compile(r"[^\w.%-]+")  # as the receiver counts them, and finer
_SECRET = 5  # a part of an address that is at least so long is blotted out of a reason
_ASSET = apprise.AppriseAsset(
    app_id="Marketdesk",
    app_desc="Marketdesk",
    app_url="",
    async_mode=False,
    storage_mode="memory",
    secure_logging=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What is sent: plain text, without anything that a buyer wrote."""

    title: str
    text: str


# What Apprise says may name an address: it is kept as a reason, blotted, and goes to no other log.
logging.getLogger("apprise").addHandler(logging.NullHandler())
logging.getLogger("apprise").propagate = False

Carry = Callable[[str, Letter, str], None]


class LetterRefusedError(DeskError):
    """A letter did not get through, or nobody said that it did; `reason` holds no part of the address."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The notice was not delivered: {reason}.")


def carry(address: str, letter: Letter, key: str) -> None:
    """Send `letter` to an Apprise `address` with the idempotency `key`; `LetterRefusedError` unless it was accepted."""
    service = apprise.Apprise.instantiate(address, asset=_ASSET)
    if not isinstance(service, apprise.NotifyBase):
        raise LetterRefusedError(reason="the address is none that Apprise knows")
    headers = getattr(service, "headers", None)
    if isinstance(headers, dict):
        headers[KEY_HEADER] = key
    sender = apprise.Apprise(asset=_ASSET)
    sender.add(service)
    result = sender.notify(
        title=letter.title, body=f"{letter.text}\n\n{key}", body_format=apprise.NotifyFormat.TEXT.value
    )
    if not result:
        raise LetterRefusedError(reason=_reason(result, address))


def _reason(result: apprise.AppriseResult, address: str) -> str:
    said = next(_said(result), "") or "the receiver did not accept it"
    return " ".join(blotted(said, address).split()).rstrip(".")[:_MOST]


def blotted(said: str, address: str) -> str:
    """`said` without the parts of `address`, as they stand in it and as they are meant (`%40` is @)."""
    whole = (*_PART.split(address), *_WORD.split(address))
    for part in sorted({*whole, *map(unquote, whole)}, key=lambda part: (-len(part), part)):
        if len(part) >= _SECRET:
            said = said.replace(part, "…")
    return said


def _said(result: apprise.AppriseResult) -> Iterator[str]:
    for entry in result.logs():
        yield str(entry.message)
