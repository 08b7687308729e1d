"""The live diagram of a ticket's states; a step that is taken there opens the form of its action."""

from pathlib import Path

from pages.queue.composer import calling
from pages.queue.diagram.picture import picture
from pages.queue.sheet import Sheet
from pages.shared import components
from workflow.vocabulary import Role

_diagram = components.load(
    Path(__file__).parent / "diagram",
    '<div class="stage"><div class="diagram" tabindex="0" role="region"></div><div class="why" hidden></div></div>',
)


def states(sheet: Sheet) -> None:
    """Draw it."""
    offers = sheet.offers[Role.SELLER_AGENT]
    drawn = _diagram(
        key=sheet.key("queue_diagram"),
        data=picture(sheet.lifecycle, sheet.ticket, sheet.events, offers, sheet.now),
        on_start_change=lambda: None,
    )
    target = drawn.start
    if target:
        leading = [offer.trigger for offer in offers if offer.is_allowed and target in offer.to_states]
        calling.begin(sheet, Role.SELLER_AGENT, leading)
