"""Where people are reached outside the desk: a file of the desk's owner, never the desk's database.

An address holds a password or a token, so it is read from the TOML file that `DESK_ADDRESSES` names, when it is
needed, and kept nowhere. Without the file nothing leaves the desk.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflow.errors import DeskError
from workflow.notices import OUTSIDE, NoticeChannel

VARIABLE = "DESK_ADDRESSES"
_PEOPLE, _LINK = "people", "desk"


class AddressesInvalidError(DeskError):
    """The file of addresses cannot be used; nothing leaves the desk until it is mended. Names no address."""

    def __init__(self, *, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"The addresses in {path} ({VARIABLE}) cannot be used: {reason}. Nothing is sent until then.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """Apprise addresses by person and channel, and the desk's own address for links, if it is given."""

    by_person: Mapping[str, Mapping[NoticeChannel, str]] = field(
        default_factory=dict[str, Mapping[NoticeChannel, str]], repr=False
    )
    desk_url: str = ""

    def of(self, person_id: str, channel: NoticeChannel) -> str:
        """The address of a person on a channel, empty where none is given."""
        return self.by_person.get(person_id, {}).get(channel, "")

    def channels_of(self, person_id: str) -> frozenset[NoticeChannel]:
        """The channels on which a person is reached outside."""
        return frozenset(self.by_person.get(person_id, {}))


NOWHERE = Addresses()


def addresses() -> Addresses:
    """What the file that `DESK_ADDRESSES` names says now; `NOWHERE` where none is named.

    ```toml
    desk = "https://desk.example"        # for links, may be left out

    [people.anna]
    mail = "mailtos://user:password@smtp.example?to=anna@example.com"
    messenger = "tgram://token/chat"
    webhook = "jsons://hooks.example/desk"
    ```
    """
    named = os.environ.get(VARIABLE, "").strip()
    return read_addresses(Path(named)) if named else NOWHERE


def read_addresses(path: Path) -> Addresses:
    """The addresses of a file; `AddressesInvalidError` where it is none."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AddressesInvalidError(path=path, reason=error.strerror or "it cannot be read") from error
    except UnicodeDecodeError as error:
        raise AddressesInvalidError(path=path, reason="it is not written in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise AddressesInvalidError(path=path, reason="it is no TOML") from error
    people = content.get(_PEOPLE, {})
    if content.keys() - {_PEOPLE, _LINK} or not isinstance(people, dict):
        raise AddressesInvalidError(path=path, reason=f"it may hold “{_LINK}” and tables “{_PEOPLE}.<agent>” only")
    return Addresses(
        by_person={person: _of_person(path, person, given) for person, given in people.items()},
        desk_url=str(content.get(_LINK, "")).rstrip("/"),
    )


def _of_person(path: Path, person: str, given: Any) -> Mapping[NoticeChannel, str]:  # noqa: ANN401 - whatever TOML holds
    names = {channel.value: channel for channel in OUTSIDE}
    if not isinstance(given, dict) or any(
        name not in names or not isinstance(text, str) for name, text in given.items()
    ):
        reason = f"“{_PEOPLE}.{person}” may hold texts for {', '.join(names)} only"
        raise AddressesInvalidError(path=path, reason=reason)
    return {names[name]: text for name, text in given.items() if text}
