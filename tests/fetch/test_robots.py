"""Rules of sites: kept for a day, failures for minutes, and any bytes taken for rules."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from habeas.evidence import Exchange, Failure, FailureCode, Timing
from habeas.fetch.addresses import parse_address
from habeas.fetch.robots import Leave, rules_of_answer

_MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
_ADDRESS = parse_address("https://court.example/cases?q=1")


def _answer(status: int | None = 200, failure: Failure | None = None) -> Exchange:
    return Exchange(
        url="https://court.example/robots.txt",
        method="GET",
        timing=Timing(_MOMENT, _MOMENT, _MOMENT),
        status=status,
        complete=True,
        failure=failure,
    )


def test_rules_are_fresh_for_a_day() -> None:
    rules = rules_of_answer(_answer(), b"", now=_MOMENT)
    assert rules.fresh(_MOMENT + timedelta(hours=23))
    assert not rules.fresh(_MOMENT + timedelta(hours=24))


def test_a_failure_is_remembered_for_minutes() -> None:
    failure = Failure(FailureCode.TLS_CERTIFICATE, "expired")
    rules = rules_of_answer(_answer(None, failure), b"", now=_MOMENT)
    assert rules.leave(_ADDRESS) is Leave.UNKNOWN
    assert rules.failure == failure
    assert rules.fresh(_MOMENT + timedelta(minutes=4))
    assert not rules.fresh(_MOMENT + timedelta(minutes=5))


def test_our_own_name_goes_before_everyone() -> None:
    rules = rules_of_answer(
        _answer(), b"User-agent: *\nDisallow: /\n\nUser-agent: Habeas\nAllow: /\n", now=_MOMENT
    )
    assert rules.leave(_ADDRESS) is Leave.GIVEN


def test_a_delay_of_days_is_taken_for_a_minute() -> None:
    rules = rules_of_answer(_answer(), b"User-agent: *\nCrawl-delay: 86400\n", now=_MOMENT)
    assert rules.delay_s == 60.0


@given(st.binary(max_size=200))
def test_any_bytes_are_rules(body: bytes) -> None:
    rules = rules_of_answer(_answer(), b"User-agent: *\n" + body, now=_MOMENT)
    assert rules.leave(_ADDRESS) in {Leave.GIVEN, Leave.REFUSED}
    assert 0 <= rules.delay_s <= 60
