"""The story's clock waits for nobody; records carry the true time."""

from datetime import UTC, datetime, timedelta

from habeas.demo.clocks import RecordingClock, StoryClock

_START = datetime(2021, 3, 25, 8, tzinfo=UTC)


def test_days_pass_at_once_and_never_backwards() -> None:
    clock = StoryClock(_START)
    clock.sleep(3600)
    clock.sleep(-7200)
    assert clock.now() == _START + timedelta(hours=1)
    clock.until(_START + timedelta(days=2))
    clock.until(_START)
    assert clock.now() == _START + timedelta(days=2)
    assert clock.monotonic() == 2 * 86_400


def test_a_record_is_dated_truly_while_the_story_waits() -> None:
    story = StoryClock(_START)
    clock = RecordingClock(story)
    before = datetime.now(UTC)
    clock.sleep(86_400)
    assert before <= clock.now() <= datetime.now(UTC)
    assert story.now() == _START + timedelta(days=1)
    assert clock.monotonic() == story.monotonic()
