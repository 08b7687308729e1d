"""The draft of the policies: the session holds it, so it survives reruns and other pages. One module touches it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pages.policies import tree
from pages.policies.tree import Row, Rows
from pages.shared import session
from pages.shared.texts import _
from workflow.calendar_documents import Document
from workflow.service.documents import policies_document, read_policies
from workflow.service.errors import PolicyInvalidError
from workflow.service.policies import ServicePolicy

DRAFT, CHOSEN = "policies_draft", "policies_chosen"
FIELD = "policies_field_"  # what the keys of the editor's widgets begin with


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """Policies that are being written, begun on version `base_version`."""

    base_version: int
    rows: Rows

    @property
    def text(self) -> str:
        """The draft as JSON."""
        return json.dumps({"policies": [_document(row) for row in self.rows]}, ensure_ascii=False, indent=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A draft that was read: its policies, or the sentences that say what is wrong, by the row that they are about.

    Those of no row stand under an empty name.
    """

    policies: tuple[ServicePolicy, ...] | None
    faults: Mapping[str, tuple[str, ...]]

    @property
    def faults_count(self) -> int:
        """How many things are wrong."""
        return sum(map(len, self.faults.values()))


def current() -> Draft | None:
    """The draft of this session."""
    return session.recall(DRAFT)


def begin(policies: Iterable[ServicePolicy], base_version: int) -> None:
    """Begin a draft that says what `policies` say."""
    _keep(Draft(base_version=base_version, rows=rows_of(policies_document(policies))))


def rebase(version: int) -> None:
    """Keep what the draft says; it now answers for all that `version` says."""
    if draft := current():
        _keep(replace(draft, base_version=version))


def discard() -> None:
    """Throw the draft away."""
    session.forget(DRAFT, CHOSEN)
    session.forget_all(FIELD)


def change(uid: str, **fields: Any) -> None:  # noqa: ANN401 - what a document holds
    """Set fields of a row."""
    _edit(lambda rows: tree.changed(rows, uid, fields))


def move(uid: str, step: int) -> None:
    """Move a row up or down among its siblings."""
    _edit(lambda rows: tree.moved(rows, uid, step))


def remove(uid: str) -> None:
    """Take a row out, with all within it."""
    _edit(lambda rows: tree.removed(rows, uid))


def add(parent_uid: str, row: Row) -> None:
    """Add a target to a policy, or a warning to a target."""
    _edit(lambda rows: tree.added(rows, parent_uid, row))


def add_policy() -> None:
    """Add a policy for every ticket before the last one, where it can apply, and choose it."""
    target = Row(fields={"kind": "first_reply", "budget": {"hours": 24}, "clock": "marketplace"})

    def edit(rows: Rows) -> Rows:
        row = Row(fields={"id": _free_id("policy", rows), "name": _("New policy"), "when": {}}, rows=(target,))
        session.remember(CHOSEN, row.uid)
        return (*rows[:-1], row, *rows[-1:])

    _edit(edit)


def duplicate(uid: str) -> None:
    """Put a copy of a policy behind it, and choose it."""

    def behind(rows: Rows, place: int) -> Rows:
        row = rows[place]
        name = _("{policy} (copy)").format(policy=row.fields["name"])
        copy = tree.copied(row, id=_free_id(str(row.fields["id"]), rows), name=name)
        session.remember(CHOSEN, copy.uid)
        return (*rows[: place + 1], copy, *rows[place + 1 :])

    _edit(lambda rows: tree.edited(rows, uid, behind))


def chosen(draft: Draft) -> Row | None:
    """The policy that is open in the editor; the first one unless another was chosen."""
    uid = session.recall(CHOSEN, "")
    return next((row for row in draft.rows if row.uid == uid), draft.rows[0] if draft.rows else None)


def row(draft: Draft, uid: str) -> Row | None:
    """The policy, target or warning of a name."""
    return tree.find(draft.rows, uid)


def check(draft: Draft, calendars: Iterable[str]) -> Checked:
    """Read the draft as publishing would."""
    try:
        return Checked(policies=read_policies(draft.text, calendars=calendars), faults={})
    except PolicyInvalidError as error:
        return Checked(policies=None, faults=_placed(error.faults, draft.rows))


def rows_of(document: Document) -> Rows:
    """The rows of a document of policies that can be read."""
    return tuple(
        Row(fields=_without(policy, "targets"), rows=tuple(_target(target) for target in policy["targets"]))
        for policy in document["policies"]
    )


def _target(target: Document) -> Row:
    warnings = tuple(Row(fields=warning) for warning in target.get("warnings", ()))
    return Row(fields=_without(target, "warnings"), rows=warnings)


def _document(policy: Row) -> Document:
    targets = [{**target.fields, "warnings": [dict(one.fields) for one in target.rows]} for target in policy.rows]
    return {**policy.fields, "targets": targets}


def _placed(faults: Sequence[str], rows: Rows) -> Mapping[str, tuple[str, ...]]:
    """Each sentence at the innermost row that it begins with."""
    names = dict(_names(rows))
    found: dict[str, tuple[str, ...]] = {}
    for fault in faults:
        fitting = [name for name in names if fault.startswith(name) and not fault[len(name) :][:1].isalnum()]
        uid = names[max(fitting, key=len)] if fitting else ""
        found[uid] = (*found.get(uid, ()), fault)
    return found


def _names(rows: Rows) -> Iterable[tuple[str, str]]:
    """What the reader of documents calls each row."""
    for place, policy in enumerate(rows, 1):
        policy_id = policy.fields["id"]
        for name in (f"Policy {policy_id}", f"Policy {policy_id!r}", f"policy {place}"):
            yield name, policy.uid
        for number, target in enumerate(policy.rows, 1):
            yield f"Policy {policy_id}, target {number}", target.uid
            for at, warning in enumerate(target.rows, 1):
                yield f"Policy {policy_id}, target {number}, warning {at}", warning.uid


def _free_id(wanted: str, rows: Rows) -> str:
    taken = {row.fields["id"] for row in rows}
    return next(name for number in range(len(rows) + 2) if (name := f"{wanted}-{number + 1}") not in taken)


def _edit(edit: Any) -> None:  # noqa: ANN401 - rows to rows
    if draft := current():
        _keep(replace(draft, rows=edit(draft.rows)))


def _keep(draft: Draft) -> None:
    session.remember(DRAFT, draft)


def _without(document: Document, name: str) -> Document:
    return {key: value for key, value in document.items() if key != name}
