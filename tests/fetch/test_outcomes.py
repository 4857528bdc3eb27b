"""Every failure has an obstacle, a sentence and advice on trying again; none is an absence."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from habeas.evidence import Exchange, Failure, FailureCode, Timing, Truncation
from habeas.fetch.outcomes import judge, status_obstacle
from habeas.sources.contract import Obstacle

_MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
_EXCHANGE = Exchange(
    url="https://court.example/",
    method="GET",
    timing=Timing(_MOMENT, _MOMENT, _MOMENT),
    status=200,
    complete=True,
)


@pytest.mark.parametrize("code", list(FailureCode))
def test_every_failure_is_typed_and_said(code: FailureCode) -> None:
    failed = replace(_EXCHANGE, status=None, failure=Failure(code, "detail"), complete=False)
    verdict = judge(failed, "court.example")
    assert verdict.obstacle is not None
    assert verdict.explanation.endswith(".")
    assert "{" not in verdict.explanation


def test_only_a_whole_page_is_looked_at() -> None:
    for status in range(100, 1000):
        verdict = judge(replace(_EXCHANGE, status=status), "court.example")
        assert (verdict.obstacle is None) == (status in {200, 203})
        assert (status_obstacle(status) is None) == (status in {200, 203})
        assert "{" not in verdict.explanation


def test_a_page_that_is_not_whole_is_never_given_out() -> None:
    for truncated in (None, *Truncation):
        cut = replace(_EXCHANGE, complete=False, truncated=truncated)
        assert judge(cut, "court.example").obstacle in {Obstacle.INCOMPLETE, Obstacle.TOO_LARGE}


def test_an_exchange_without_status_or_failure_is_down() -> None:
    silent = replace(_EXCHANGE, status=None, complete=False)
    assert judge(silent, "court.example").obstacle is Obstacle.DOWN


def test_braces_in_what_a_server_says_do_no_harm() -> None:
    failed = replace(_EXCHANGE, status=None, failure=Failure(FailureCode.DNS, "{host} {0}"))
    assert "({host} {0})" in judge(failed, "court.example").explanation
