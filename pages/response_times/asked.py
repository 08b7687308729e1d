"""Who answers the questions of the page of response times."""

from data.service.listed import TargetQuestions
from data.tickets_listed import BehindQuestions
from pages.shared import access


def tickets() -> BehindQuestions:
    """What figures of tickets are read from."""
    return BehindQuestions(access.desk().database)


def targets() -> TargetQuestions:
    """What figures of service levels are read from, judged up to the newest event."""
    access.service_questions()
    return TargetQuestions(access.desk().database, access.rules())
