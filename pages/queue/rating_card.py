"""How content the buyer was: the rating that counts, and a field to enter one after the resolution."""

import streamlit as st

from pages.queue import refused
from pages.queue.acting import DONE
from pages.queue.sheet import Sheet
from pages.shared import access, definitions, session
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.satisfaction import COMMENT_LONGEST, HIGHEST, newest_rating
from workflow.vocabulary import Role


def rating_card(sheet: Sheet) -> None:
    """Draw it; nothing before the ticket was resolved for the first time."""
    rating = newest_rating(sheet.events)
    if rating is None and not sheet.ticket.state_kind.is_settled:
        return
    stars_key, comment_key = _keys(sheet)
    with st.container(border=True, key="queue_rating", gap="xsmall"):
        st.markdown(f"**{_('Satisfaction')}**", help=definitions.tip("", "Satisfaction"))
        stars = "★" * (rating or 0) + "☆" * (HIGHEST - (rating or 0))
        text = _("The buyer gave {rating} of {highest}.").format(rating=rating, highest=HIGHEST)
        st.caption(f"{stars} {text}" if rating else _("The buyer has not rated it."))
        if sheet.ticket.state_kind.is_settled:
            above, title, key = st.container(), _("Enter a rating"), _popover(sheet)
            icon = ":material/star:"
            with refused.form(above, sheet.ticket.id, refused.RATING, title, icon=icon, key=key):
                st.feedback("stars", key=stars_key)
                st.text_area(_("What the buyer said"), key=comment_key, max_chars=COMMENT_LONGEST, height=96)
                st.button(
                    _("Save the rating"),
                    key=sheet.key("queue_rating_save"),
                    type="primary",
                    disabled=session.recall(stars_key) is None,
                    on_click=_rate,
                    args=(sheet,),
                )


def _popover(sheet: Sheet) -> str:
    return sheet.key("queue_rating_entering")


def _keys(sheet: Sheet) -> tuple[str, str]:
    return sheet.key("queue_rating_stars"), sheet.key("queue_rating_comment")


def _rate(sheet: Sheet) -> None:
    stars_key, comment_key = _keys(sheet)

    def rate(person: Person) -> None:
        access.desk().desk.rate(
            sheet.ticket.id,
            session.recall(stars_key) + 1,
            session.recall(comment_key, ""),
            actor=person.on_behalf_of(Role.BUYER, sheet.ticket.buyer_key),
            now=access.now(),
            expected_version=sheet.ticket.version,
            scope=person.scope,
        )

    if refused.attempt(sheet.ticket.id, refused.RATING, rate, undone=_("The rating was not saved.")):
        session.remember(stars_key, None)
        session.remember(comment_key, "")
        session.remember(_popover(sheet), value=False)
        session.remember(DONE, _("Rating saved"))
