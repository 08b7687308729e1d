"""One seed of benchmarks/truth.py: what the desk publishes is near the truth, closed tickets alone are not."""

import pytest

from benchmarks.truth import answers


@pytest.fixture(scope="module")
def simulated():
    return {answer.question: answer for answer in answers(seed=1, tickets_a_week=20_000)}


@pytest.mark.parametrize("question", ["median, h", "attainment"])
def test_the_published_answer_is_within_3_percent_of_the_truth(simulated, question):
    published, _ = simulated[question].errors
    assert abs(published) <= 0.03


@pytest.mark.parametrize("question", ["median, h", "attainment"])
def test_closed_tickets_alone_are_off_by_more_than_a_quarter(simulated, question):
    _, closed_only = simulated[question].errors
    assert abs(closed_only) > 0.25
