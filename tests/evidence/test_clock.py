"""Of the clock only certain things are said."""

from datetime import UTC, datetime, timedelta

import pytest

from habeas.evidence import clock
from habeas.evidence.clock import Kernel, KernelClock, Offset, SealClock, ask_kernel

NOW = datetime(2026, 11, 23, 14, 5, 6, tzinfo=UTC)


def test_the_system_says_something_or_nothing_and_never_both() -> None:
    said = ask_kernel()
    assert said.max_error_ms is None or said.synchronised is True


def test_elsewhere_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert ask_kernel() == Kernel(None, None)


def test_the_system_is_asked_once_a_minute() -> None:
    asked: list[int] = []

    def ask() -> Kernel:
        asked.append(1)
        return Kernel(synchronised=True, max_error_ms=12)

    kernel = KernelClock(ask)
    assert kernel.says() == kernel.says() == Kernel(synchronised=True, max_error_ms=12)
    assert len(asked) == 1


def test_the_facts_of_a_seal() -> None:
    sealing = SealClock(KernelClock(lambda: Kernel(synchronised=True, max_error_ms=12)))
    facts = sealing.facts(NOW, NOW - timedelta(seconds=5))
    assert facts["back_ms"] == 0
    assert facts["synchronised"] is True
    assert facts["max_error_ms"] == 12
    assert facts["offset_ms"] is None
    assert str(facts["run"]).startswith("urn:uuid:")
    sealing.offset = Offset(-340, "one")
    later = sealing.facts(NOW, NOW + timedelta(microseconds=1))
    assert later["back_ms"] == 1
    assert (later["offset_ms"], later["offset_by"]) == (-340, "one")
    assert later["run"] == facts["run"]
    assert int(str(later["run_ms"])) >= int(str(facts["run_ms"]))


def test_a_fork_is_a_run_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = clock.run_id()
    monkeypatch.setattr("os.getpid", lambda: 1)
    assert clock.run_id() != before
