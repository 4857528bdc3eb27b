"""Arithmetic of counts: a floor has a named root, copies add nothing, nothing is averaged."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import UnitsDiffer
from habeas.reading.bounds import Bounds, Hedge
from habeas.reading.tally import Reported, fits, floor, hardened, roots, series, sum_of


def _count(
    name: str, hedge: Hedge, number: int, *, speaker: str = "", source: str = ""
) -> Reported:
    return Reported(name, Bounds.of(hedge, number), "people", speaker=speaker, derived_from=source)


ROOT = _count("root", Hedge.ABOUT, 120, speaker="OVD-Info")
COPY = _count("copy", Hedge.AT_LEAST, 120, speaker="AsiaNews", source="root")
LATER = _count("later", Hedge.AT_LEAST, 93, speaker="OVD-Info")
NOBODY = _count("nobody", Hedge.AT_LEAST, 500)
ARRESTS = replace(_count("arrests", Hedge.AT_LEAST, 163, speaker="OVD-Info"), unit="detentions")


def test_the_floor_is_the_strongest_lower_bound_that_a_named_root_gives() -> None:
    found = floor([ROOT, COPY, LATER, NOBODY, ARRESTS], "people")
    assert found is not None
    assert (found.low, found.root.id) == (93, "later")


def test_five_copies_are_one_root() -> None:
    copies = [
        _count(f"copy {n}", Hedge.AT_LEAST, 93, speaker=f"site {n}", source="later")
        for n in range(5)
    ]
    assert len(roots([LATER, *copies])) == 1
    found = floor([LATER, *copies], "people")
    assert found is not None
    assert len(found.copies) == 5


def test_a_copy_of_a_copy_has_the_first_as_its_root() -> None:
    second = _count("second", Hedge.EXACT, 120, source="copy")
    assert set(roots([ROOT, COPY, second])) == {"root"}


def test_copies_that_point_at_each_other_end() -> None:
    one = _count("one", Hedge.EXACT, 5, speaker="a", source="other")
    other = _count("other", Hedge.EXACT, 5, speaker="b", source="one")
    assert len(roots([one, other])) <= 2


def test_wording_that_hardened_on_the_way_is_found() -> None:
    (found,) = hardened([ROOT, COPY, LATER])
    assert (found.copy.id, found.root.id) == ("copy", "root")
    softer = _count("softer", Hedge.ABOUT, 93, source="later")
    assert hardened([LATER, softer]) == []


def test_units_are_never_mixed() -> None:
    with pytest.raises(UnitsDiffer):
        sum_of([ROOT, ARRESTS])
    found = floor([ARRESTS], "people")
    assert found is None


def test_parts_that_exceed_their_total_do_not_fit() -> None:
    parts = [_count("a", Hedge.EXACT, 80), _count("b", Hedge.AT_LEAST, 50)]
    assert fits(parts, _count("t", Hedge.EXACT, 120)) is False
    assert fits(parts, _count("t", Hedge.EXACT, 130)) is True
    assert fits(parts, _count("t", Hedge.ABOUT, 120)) is None


def test_a_series_belongs_to_one_speaker() -> None:
    found = series([ROOT, COPY, LATER, ARRESTS])
    assert [one.id for one in found["OVD-Info", "people", ""]] == ["root", "later"]
    assert set(found) == {
        ("OVD-Info", "people", ""),
        ("AsiaNews", "people", ""),
        ("OVD-Info", "detentions", ""),
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Hedge.EXACT, Hedge.AT_LEAST, Hedge.ABOUT, Hedge.UP_TO]),
            st.integers(0, 500),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_the_floor_is_one_of_the_bounds_and_no_mean(given_: list[tuple[Hedge, int]]) -> None:
    counts = [
        _count(str(n), hedge, number, speaker="x") for n, (hedge, number) in enumerate(given_)
    ]
    lows = [one.bounds.low for one in counts if one.bounds.low is not None]
    found = floor(counts, "people")
    assert (found.low if found else None) == (max(lows) if lows else None)
