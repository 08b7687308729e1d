"""The headings of the spreadsheet's sheets: each says its unit, and how its column is shown follows from that."""

from data.reports import words
from workflow.service.policies import TargetKind

ATTAINMENT = (
    "Target",
    "Met (targets)",
    "Due (targets)",
    "Met (share)",
    "95 % from (share)",
    "95 % to (share)",
    "Met, week before (targets)",
    "Due, week before (targets)",
    "Met, week before (share)",
    "Ended otherwise (targets)",
    "Running (targets)",
    "Paused (targets)",
    "Overdue (targets)",
)
BREACHES = (
    "Ticket",
    "Target",
    "State",
    "Category",
    "Seller",
    "Agent",
    "Policy",
    "Clock",
    "Due",
    "Ended",
    "Budget (h)",
    "Late (h)",
    "Late",
)
CATEGORIES = (
    "Category",
    "Opened (tickets)",
    "Open at the end (tickets)",
    "Median first reply (h)",
    "Median first reply",
    "First reply met (targets)",
    "First reply due (targets)",
    "First reply met (share)",
    "Resolution met (targets)",
    "Resolution due (targets)",
    "Resolution met (share)",
)
WEEKS = (
    "Week",
    "Opened (tickets)",
    *(
        f"{words.kind_name(kind)} {column}"
        for kind in TargetKind
        for column in ("met (targets)", "due (targets)", "met (share)")
    ),
)
