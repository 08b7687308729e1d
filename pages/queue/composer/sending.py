"""Keeps what is typed as a draft, sends it, and tells the board of presences. Callbacks; draws nothing."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from data.composing.drafts import Draft
from pages.queue.acting import DONE, Asked, Refusal, act_together
from pages.queue.composer import verdict
from pages.queue.composer.ways import Way
from pages.queue.drawers import REFUSAL
from pages.queue.sheet import Sheet
from pages.shared import access, session
from pages.shared.files import taken
from pages.shared.people import DeskRole, acting
from pages.shared.refusals import worded
from pages.shared.texts import _
from workflow.errors import DeskError
from workflow.inputs import INPUTS
from workflow.records import Message
from workflow.rules import ActionOffer
from workflow.steps import Do, Step
from workflow.vocabulary import Role

SENT = "queue_composer_sent"  # the fragment asks for a run of the whole page
CALLED, SENDS = "queue_composer_called", "queue_composer_sends"
TEXT_KEYS = {"reply_text": "queue_reply", "note_text": "queue_note"}


def called_count() -> int:
    """How often the box was called for, by a refusal of what was written or by an action: each gives it the focus."""
    return session.recall(CALLED, 0)


def sent_count() -> int:
    """How often Send was pressed, whatever came of it: strokes that come after it wait until it has been."""
    return session.recall(SENDS, 0)


def call() -> None:
    """Let the box have the focus when it is drawn."""
    session.remember(CALLED, called_count() + 1)


def text_key(sheet: Sheet, field: str) -> str:
    """The key of the box."""
    return sheet.key(TEXT_KEYS[field])


def mode_key(sheet: Sheet) -> str:
    """The key of the choice between reply and note."""
    return sheet.key("queue_write_mode")


def macro_key(sheet: Sheet) -> str:
    """Under which the refusal of a macro is kept: it is said in every mode, also where there is no box."""
    return sheet.key("queue_macros")


def files_key(sheet: Sheet) -> str:
    """The key of the attachments; a new one after each sending, so that the field is empty again."""
    return f"{sheet.key('queue_attach')}_{session.recall('queue_attach_round', 0)}"


def unsent(sheet: Sheet) -> list[Draft]:
    """The drafts of the ticket. One whose text was sent since is none, though nobody came to drop it."""
    return [
        draft
        for draft in access.drafts().of(sheet.ticket.id)
        if not any(_is_of(message, draft) for message in sheet.case.messages)
    ]


def _is_of(message: Message, draft: Draft) -> bool:
    """Whether `message` is what became of `draft`: a reply of the same words leaves the draft of a note alone."""
    said = (message.author_id, message.text.strip(), message.is_public)
    typed = (draft.agent_id, draft.text.strip(), INPUTS[draft.field].is_public)
    return said == typed and message.recorded_at >= draft.saved_at


def restore(sheet: Sheet, field: str) -> None:
    """Put the person's draft back into a box that is not drawn yet."""
    key = text_key(sheet, field)
    if session.recall(key) is None:
        mine = [draft for draft in unsent(sheet) if draft.agent_id == sheet.person.id]
        session.remember(key, next((draft.text for draft in mine if draft.field == field), ""))


def keep(sheet: Sheet, field: str) -> None:
    """Keep what the box holds as the person's draft."""
    text, now = session.recall(text_key(sheet, field), ""), access.now()
    draft = Draft(agent_id=sheet.person.id, field=field, text=text, base_version=sheet.ticket.version, saved_at=now)
    try:
        acting(DeskRole.AGENT)
        access.presences.see(sheet.ticket.id, session.id(), sheet.person.id, now, is_typing=bool(text.strip()))
        access.drafts().save(sheet.ticket.id, draft)
    except DeskError as error:
        session.remember(REFUSAL, Refusal(sentence=worded(error)))


def insert(sheet: Sheet, field: str, text: str, *, glue: str = "\n") -> None:
    """Put `text` behind what the box holds, with `glue` between them; one writes on there. For a callback."""
    key = text_key(sheet, field)
    before = session.recall(key, "").rstrip()
    session.remember(key, f"{before}{glue}{text}" if before else text)
    keep(sheet, field)
    call()


def send(
    sheet: Sheet, field: str, way: Way, then: ActionOffer | None, values: Mapping[str, object] | None = None
) -> None:
    """Send the box, a reply with its attachments, and take the action `then` with `values` in the same transaction."""
    session.remember(SENDS, sent_count() + 1)
    key = text_key(sheet, field)
    text = session.recall(key, "")
    steps: list[Step] = [*way.steps({field: text} if text.strip() else {})]
    if then:
        steps.append(Do(trigger=then.trigger, inputs=values or {}))
    if not _carried_out(sheet, steps, key, has_files=field == "reply_text"):
        _shorten(f"{key}_refusal", field, text)
        return
    session.remember(key, "")
    with suppress(DeskError):  # it was sent whatever becomes of its draft, which `unsent` knows
        access.drafts().drop(sheet.ticket.id, sheet.person.id, field)
    access.presences.stop_writing(session.id())
    session.remember(DONE, _("Sent") if field == "reply_text" else _("Note saved"))


def _shorten(refusal_key: str, field: str, text: str) -> None:
    """Leave out of the refusal what the verdict on a public text says above it already."""
    refusal: Refusal = session.recall(refusal_key)
    if INPUTS[field].is_public and verdict.says(text, refusal.fields.get(field, "")):
        fields = {**refusal.fields, field: _("Not sent.")}
        session.remember(refusal_key, replace(refusal, fields=fields))


def run_macro(sheet: Sheet, steps: Sequence[Step], name: str) -> None:
    """Take the steps of a macro; what stands in the box stays, and the files chosen there where it has no reply."""
    has_reply = any(isinstance(step, Do) and "reply_text" in step.inputs for step in steps)
    if _carried_out(sheet, steps, macro_key(sheet), has_files=has_reply):
        session.remember(DONE, _("{macro}: done").format(macro=name))


def _carried_out(sheet: Sheet, steps: Sequence[Step], key: str, *, has_files: bool) -> bool:
    triggers = tuple(step.trigger for step in steps if isinstance(step, Do))
    asked = Asked(ticket=sheet.ticket, role=Role.SELLER_AGENT, triggers=triggers, version=sheet.ticket.version)
    refusal = act_together(asked, steps, taken(session.recall(files_key(sheet))) if has_files else ())
    session.remember(f"{key}_refusal", refusal)
    session.remember(SENT, value=True)
    if refusal is None:
        if has_files:
            session.remember("queue_attach_round", session.recall("queue_attach_round", 0) + 1)
        session.forget(REFUSAL, f"{macro_key(sheet)}_refusal")
    else:
        call()
    return refusal is None
