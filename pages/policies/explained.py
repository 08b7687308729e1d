"""Policies drawn as sentences that a manager reads out."""

from collections.abc import Sequence

import streamlit as st

from pages.policies import sentences
from pages.policies.known import Known
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.service.policies import ServicePolicy


def explained(policies: Sequence[ServicePolicy], known: Known) -> None:
    """Draw them in their order."""
    if not policies:
        st.caption(_("No policy: nothing is promised to anybody."))
    for place, policy in enumerate(policies, 1):
        who = sentences.who(policy, known, is_first=place == 1)
        st.markdown(f"**{place}. {plain(policy.name)}** &nbsp;:gray[:small[{plain(who)}]]")
        st.markdown("\n".join(f"- {plain(line)}" for line in sentences.lines(policy, known)))


def advised(policies: Sequence[ServicePolicy], known: Known) -> None:
    """Draw what is hardly meant, though it can be used."""
    for sentence in sentences.advice(policies, known):
        st.warning(plain(sentence), icon=":material/lightbulb:")
