"""The calendar: what stands where on which day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import ScriptRefused
from habeas.replica import Entry, Happening, Kind, Planned, Script

_ENTRY = Entry("one", "ru_sudrf", "a.sudrf.ru", "5-1/2026", (("", "ВЫДУМОВ П.К."),), day=9)


def _planned(*happenings: tuple[int, Kind, dict[str, object]]) -> Planned:
    return Planned(_ENTRY, tuple(Happening(*one) for one in happenings))


def test_an_entry_appears_changes_vanishes_and_returns() -> None:
    planned = _planned(
        (2, Kind.APPEARS, {}),
        (4, Kind.CHANGES, {"judge": "Заменённый З.З."}),
        (6, Kind.VANISHES, {}),
        (8, Kind.RETURNS, {"result": "Отложено"}),
    )
    shown = {day: planned.at(day) for day in range(10)}
    assert [day for day, entry in shown.items() if entry is None] == [0, 1, 6, 7]
    assert [entry.judge for entry in shown.values() if entry] == ["", "", *["Заменённый З.З."] * 4]
    assert shown[9] is not None
    assert shown[9].result == "Отложено"
    assert shown[9].published == 2


def test_a_move_keeps_the_identifiers_and_tells_the_former_number() -> None:
    planned = _planned(
        (0, Kind.APPEARS, {}), (1, Kind.MOVES, {"number": "5-2/2026", "court": "b.sudrf.ru"})
    )
    before, after = planned.at(0), planned.at(1)
    assert before is not None
    assert after is not None
    assert (after.number, after.former, after.court) == ("5-2/2026", "5-1/2026", "b.sudrf.ru")
    assert (after.uuid, after.serial, after.uid(2026)) == (
        before.uuid,
        before.serial,
        before.uid(2026),
    )
    script = Script(date(2026, 11, 2), (planned,))
    assert list(script.visible("ru_sudrf", 1, "a.sudrf.ru")) == []
    assert list(script.visible("ru_sudrf", 1, "b.sudrf.ru")) == [after]


def test_a_day_of_publication_may_lie_before_the_first_appearance() -> None:
    entry = Entry("late", "ru_sudrf", day=3, published=1)
    planned = Planned(entry, (Happening(5, Kind.APPEARS),))
    shown = planned.at(5)
    assert shown is not None
    assert shown.published == 1
    assert planned.at(4) is None


@pytest.mark.parametrize(
    "happenings",
    [
        [(1, Kind.CHANGES, {})],
        [(1, Kind.VANISHES, {})],
        [(1, Kind.RETURNS, {})],
        [(1, Kind.APPEARS, {}), (2, Kind.APPEARS, {})],
        [(1, Kind.APPEARS, {}), (2, Kind.RETURNS, {})],
        [(1, Kind.APPEARS, {}), (2, Kind.VANISHES, {}), (3, Kind.CHANGES, {})],
        [(1, Kind.APPEARS, {}), (1, Kind.CHANGES, {})],
        [(2, Kind.APPEARS, {}), (1, Kind.CHANGES, {})],
    ],
)
def test_what_cannot_happen_is_refused(
    happenings: list[tuple[int, Kind, dict[str, object]]],
) -> None:
    with pytest.raises(ScriptRefused, match="entry one cannot have"):
        _planned(*happenings)


def test_a_key_stands_for_one_entry() -> None:
    twice = _planned((0, Kind.APPEARS, {}))
    with pytest.raises(ScriptRefused, match="given twice"):
        Script(date(2026, 11, 2), (twice, twice))


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_different_keys_have_different_card_identifiers(one: str, other: str) -> None:
    first, second = Entry(one, "x"), Entry(other, "x")
    assert (first.uuid == second.uuid) == (one == other)
    assert len(str(first.serial)) == 8


def test_what_is_expected_comes_in_order_of_days() -> None:
    script = Script(
        date(2026, 11, 2),
        (_planned((2, Kind.APPEARS, {}), (5, Kind.VANISHES, {}), (9, Kind.RETURNS, {})),),
    )
    assert [one.kind for one, _planned in script.expected(6)] == [Kind.APPEARS, Kind.VANISHES]
    assert script.day_of(script.date_of(40)) == 40
