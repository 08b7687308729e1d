"""Everything that can go wrong for a person at the desk: one class a situation, carrying the data and the sentence."""

from datetime import datetime

from workflow.tickets import Event


class DeskError(Exception):
    """The base of the desk's errors; `str(error)` is a finished sentence."""


class LifecycleError(DeskError):
    """A lifecycle table cannot be used; names file, row and reason."""

    def __init__(self, *, file: str, row: str, reason: str) -> None:
        self.file, self.row, self.reason = file, row, reason
        super().__init__(f"{file}, {row}: {reason}" if row else f"{file}: {reason}")


class PolicyMissingError(DeskError):
    """No policy row is in force."""

    def __init__(self, *, key: str, at: datetime) -> None:
        self.key, self.at = key, at
        super().__init__(f"No policy row for {key} is in force at {at:%Y-%m-%d %H:%M} UTC: add one with its source.")


class TicketNotFoundError(DeskError):
    """There is no such ticket within the reader's scope."""

    def __init__(self, *, ticket_id: str) -> None:
        self.ticket_id = ticket_id
        super().__init__(f"There is no ticket {ticket_id} that you may see.")


class PostingNotFoundError(DeskError):
    """There is no such parcel, or no ticket about it within the scope of whoever asks."""

    def __init__(self, *, number: str) -> None:
        self.number = number
        super().__init__(f"There is no parcel {number} that you may see.")


class PostingChangedError(DeskError):
    """A parcel is no longer as it was seen; nothing was written, and no ticket moved."""

    def __init__(self, *, number: str, status: str) -> None:
        self.number, self.status = number, status
        super().__init__(f"Parcel {number} was changed meanwhile (now: {status}): look at it again, then repeat.")


class ContactOutOfScopeError(DeskError):
    """Whoever writes a contact down may not see the ticket that it would become; nothing was written."""

    def __init__(self, *, what: str) -> None:
        self.what = what
        super().__init__(
            f"The ticket was not opened, for you do not see the tickets of this {what}: choose another {what}, or ask"
            " somebody who sees them."
        )


class SellerKnownError(DeskError):
    """Somebody else wrote down a seller of this name first; nothing was written."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        super().__init__(f"The desk has come to know the seller {name} meanwhile, so nothing was written: repeat it.")


class ActionNotAllowedError(DeskError):
    """The lifecycle does not allow the action now; `reason_code` says why."""

    def __init__(self, *, number: int, action: str, reason_code: str, reason: str) -> None:
        self.number, self.action, self.reason_code, self.reason = number, action, reason_code, reason
        where = f" on ticket {number}" if number else ""
        super().__init__(f"“{action}” is not possible{where}: {reason}")


class InputInvalidError(DeskError):
    """An input of an action is missing or wrong; `fields` maps each field to its sentence."""

    def __init__(self, *, number: int, action: str, fields: dict[str, str]) -> None:
        self.number, self.action, self.fields = number, action, fields
        super().__init__(f"“{action}” on ticket {number} is not complete: {' '.join(fields.values())}")


class TicketChangedError(DeskError):
    """Somebody else changed the ticket first; nothing of this change was written.

    `event` is what they did, for a screen that says it in words of its own.
    """

    def __init__(
        self, *, number: int, winner: str, changed_at: datetime, what: str = "", event: Event | None = None
    ) -> None:
        self.number, self.winner, self.changed_at, self.what, self.event = number, winner, changed_at, what, event
        did = f" ({what})" if what else ""
        super().__init__(
            f"Ticket {number} was changed by {winner} at {changed_at:%H:%M:%S} UTC{did}: look at it again, then repeat."
        )


class UnknownCategoryError(DeskError):
    """No lifecycle is known for the category or version."""

    def __init__(self, *, category: str, version: int | None = None) -> None:
        self.category, self.version = category, version
        at = f" version {version}" if version is not None else ""
        super().__init__(f"There is no lifecycle {category}{at}: add its file or choose another category.")


class EvidenceRefusedError(DeskError):
    """A file cannot be taken as evidence."""

    def __init__(self, *, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name} was not added: {reason}.")


class EvidenceTagError(DeskError):
    """What was said of a file of evidence cannot be so."""

    def __init__(self, *, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name} stays as it is: {reason}.")


class TagInvalidError(DeskError):
    """A tag is no single short word; longer texts belong in a note."""

    def __init__(self, *, tag: str) -> None:
        self.tag = tag
        super().__init__(f"“{tag}” is no tag: use one word of letters, digits, - and _, at most 32 characters.")


class RoleNotAllowedError(DeskError):
    """The actor's role may not do this at all."""

    def __init__(self, *, role: str) -> None:
        self.role = role
        super().__init__(f"This is no act of the role {role}: sign in as somebody who may do it.")


class TemplateInvalidError(DeskError):
    """A reply template cannot be kept; nothing was saved."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The template was not saved: {reason}.")


class StepRefusedError(DeskError):
    """One of several changes is not possible, so none of them was made."""

    def __init__(self, *, place: int, count: int, reason: str) -> None:
        self.place, self.count, self.reason = place, count, reason
        super().__init__(f"Nothing was changed, for step {place} of {count} is not possible. {reason}")
