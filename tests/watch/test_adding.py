"""Adding people and sources, by hand and from files."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_court import ID, Court
from tests.watch.conftest import FakeClock

from habeas.errors import ListRefused, NothingToCompare
from habeas.watch.adding import (
    Wish,
    add_person,
    add_source,
    people_from,
    seconds_of,
    sources_from,
)
from habeas.watch.models import Backlog, Person, Spelling, Watch

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("text", "seconds"), [("P1D", 86400), ("PT6H", 21600), ("P1DT30M", 88200), ("PT90S", 90)]
)
def test_durations(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@given(st.text(max_size=8))
def test_what_is_no_duration_is_refused(text: str) -> None:
    with suppress(ValueError):
        assert seconds_of(text) >= 60


def test_people_get_codes_of_their_own(clock: FakeClock) -> None:
    first = add_person("Холов Изатулло", clock.now())
    second = add_person("Выдумов Алёша | Vydumov", clock.now())
    assert (first.code, second.code) == ("P1", "P2")
    assert second.spellings.count() == 2
    assert Backlog.objects.filter(done_at=None).count() == 2


@pytest.mark.parametrize("names", ["", " | ", "|"])
def test_nobody_is_refused(clock: FakeClock, names: str) -> None:
    with pytest.raises(NothingToCompare):
        add_person(names, clock.now())
    assert not Person.objects.exists()


def test_people_from_a_file(clock: FakeClock, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "# all invented\ncode,names,birth_year\n"
        "A7,Холов Изатулло | Izzat Amon,1975\n,Выдумов А.,\n",
        "utf-8",
    )
    added = people_from(file, clock.now())
    assert [(one.code, one.birth_year) for one in added] == [("A7", 1975), ("P2", None)]
    people_from(file, clock.now())
    assert Spelling.objects.filter(person__code="A7").count() == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name\nХолов\n", 1),
        ("names,birth_year\nХолов,1975\nВыдумов,old\n", 3),
        ("names\nХолов\n|\n", 3),
        ("names,code\nХолов,A 7\n", 2),
    ],
)
def test_a_file_with_a_bad_line_is_refused_whole(
    clock: FakeClock, tmp_path: Path, text: str, line: int
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(ListRefused, match=f"line {line}"):
        people_from(file, clock.now())
    assert not Person.objects.exists()


def test_a_source_takes_its_own_interval_unless_told(court: Court, clock: FakeClock) -> None:
    del court
    assert add_source(Wish(ID), clock.now()).every_s == 3600
    assert add_source(Wish(ID, "main", "PT2H"), clock.now()).every_s == 7200
    add_source(Wish(ID), clock.now())
    assert Watch.objects.count() == 2


@pytest.mark.parametrize("wish", [Wish(ID, "elsewhere"), Wish(ID, every="sometimes")])
def test_a_source_that_cannot_be_asked_so_is_refused(
    court: Court, clock: FakeClock, wish: Wish
) -> None:
    del court
    with pytest.raises(ValueError, match=r"elsewhere|sometimes"):
        add_source(wish, clock.now())
    assert not Watch.objects.exists()


def test_sources_from_a_file(court: Court, clock: FakeClock, tmp_path: Path) -> None:
    del court
    file = tmp_path / "sources.csv"
    file.write_text(f"source,court,every,days_ahead\n{ID},main,PT4H,3\n{ID},,,\n", "utf-8")
    assert len(sources_from(file, clock.now())) == 2
    watch = Watch.objects.get(court="main")
    assert (watch.every_s, watch.days_back, watch.days_ahead) == (14400, 1, 3)
    file.write_text(f"source,days_ahead\n{ID},soon\n", "utf-8")
    with pytest.raises(ListRefused):
        sources_from(file, clock.now())
