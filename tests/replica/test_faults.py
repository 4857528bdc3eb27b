"""Orders: which request meets which fault."""

from typing import Any

import pytest

from habeas.errors import ScriptRefused
from habeas.replica import Fault, FaultKind, Orders


def _met(orders: Orders, **asked: Any) -> list[FaultKind]:
    request: dict[str, Any] = {
        "source": "ru_sudrf",
        "host": "a.sudrf.ru",
        "target": "/modules.php?H_date=02.11.2026",
        "day": 5,
    }
    return [fault.kind for fault in orders.meet(**{**request, **asked})]


def test_an_order_is_for_a_source_a_host_a_path_and_days() -> None:
    fault = Fault(FaultKind.CAPTCHA, "ru_sudrf", "a.sudrf.ru", "H_date=02", from_day=4, to_day=6)
    orders = Orders([fault])
    assert _met(orders) == [FaultKind.CAPTCHA]
    assert _met(orders, source="tj_mvd") == []
    assert _met(orders, host="b.sudrf.ru") == []
    assert _met(orders, target="/modules.php?H_date=03.11.2026") == []
    assert _met(orders, day=3) == _met(orders, day=7) == []


def test_an_order_may_spoil_some_requests_only() -> None:
    orders = Orders([Fault(FaultKind.CUT, after=1, times=2)])
    assert [len(_met(orders)) for _request in range(5)] == [0, 1, 1, 0, 0]


def test_faults_of_certificates_are_met_at_the_handshake_only() -> None:
    orders = Orders([Fault(FaultKind.SELF_SIGNED), Fault(FaultKind.CUT)])
    assert _met(orders) == [FaultKind.CUT]
    assert _met(orders, target="", certificate=True) == [FaultKind.SELF_SIGNED]


def test_the_rules_for_robots_are_spared_unless_they_are_meant() -> None:
    assert _met(Orders([Fault(FaultKind.CAPTCHA)]), target="/robots.txt") == []
    meant = Orders([Fault(FaultKind.UNAVAILABLE, path="/robots.txt")])
    assert _met(meant, target="/robots.txt") == [FaultKind.UNAVAILABLE]


def test_orders_can_be_added_and_withdrawn() -> None:
    orders = Orders()
    orders.add(Fault(FaultKind.RESET))
    assert _met(orders) == [FaultKind.RESET]
    orders.set(())
    assert _met(orders) == []
    assert orders.all == ()


def test_a_fault_is_data_and_comes_back_the_same() -> None:
    fault = Fault(FaultKind.REDIRECT_HOST, source="tj_mvd", to="https://a.example/", times=3)
    assert Fault.of(fault.plain()) == fault


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"kind": "no such fault"},
        {"kind": "captcha_page", "colour": "red"},
        {"kind": "captcha_page", "times": "three"},
        {"kind": "captcha_page", "host": 7},
    ],
)
def test_an_order_that_is_not_understood_is_refused(plain: dict[str, Any]) -> None:
    with pytest.raises(ScriptRefused, match="was not changed"):
        Fault.of(plain)
