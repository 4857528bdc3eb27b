import pytest

from habeas.errors import Exit
from habeas.finding.looked import Hit, Looked
from habeas.finding.report import Report
from habeas.names import Verdict
from habeas.sources.contract import Obstacle, Outcome, Part


def _looked(
    outcome: Outcome = Outcome.NOT_FOUND,
    obstacle: Obstacle | None = None,
    *,
    part: Part | None = None,
    rows: int = 0,
    verdict: Verdict | None = None,
) -> Looked:
    hits = (Hit("Выдуманов И.И.", verdict, 1.0, 1.0, ()),) if verdict else ()
    return Looked("p", outcome, obstacle, part=part, rows=rows, hits=hits)


def _report(*looked: Looked) -> Report:
    report = Report()
    for one in looked:
        report.add(one)
    return report


def test_whole_pages_without_the_person_are_not_found() -> None:
    assert _report(_looked(), _looked()).exit_code is Exit.NOT_FOUND


def test_nothing_looked_at_is_not_an_answer() -> None:
    assert _report().exit_code is Exit.COULD_NOT_LOOK


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_no_obstacle_ever_becomes_not_found(obstacle: Obstacle) -> None:
    report = _report(_looked(), _looked(Outcome.COULD_NOT_LOOK, obstacle), _looked())
    assert report.outcome is Outcome.COULD_NOT_LOOK
    assert report.exit_code is Exit.COULD_NOT_LOOK


def test_somebody_found_beside_an_obstacle_is_found() -> None:
    report = _report(
        _looked(Outcome.COULD_NOT_LOOK, Obstacle.CAPTCHA),
        _looked(Outcome.FOUND, verdict=Verdict.POSSIBLE),
    )
    assert report.exit_code is Exit.DONE
    assert report.obstacles[Obstacle.CAPTCHA] == 1


def test_an_entry_that_cannot_be_told_is_counted_and_is_no_finding() -> None:
    report = _report(_looked(verdict=Verdict.CANNOT_TELL))
    assert report.undecided == 1
    assert report.outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("numbers", "outcome"),
    [
        ((1,), Outcome.COULD_NOT_LOOK),
        ((1, 3), Outcome.COULD_NOT_LOOK),
        ((3, 1, 2), Outcome.NOT_FOUND),
    ],
)
def test_a_list_is_not_searched_before_all_its_pages_are(
    numbers: tuple[int, ...], outcome: Outcome
) -> None:
    rows = {1: 20, 2: 20, 3: 18}
    report = _report(
        *(_looked(part=Part("list", n, 3, 58), rows=rows[n]) for n in numbers),
    )
    assert report.outcome is outcome


def test_fewer_rows_than_the_site_counts_is_incomplete() -> None:
    report = _report(_looked(part=Part("list", 1, 1, 20), rows=19))
    assert report.outcome is Outcome.COULD_NOT_LOOK
    assert report.incomplete()[0].missing() == "19 / 20"


def test_half_a_page_leaves_a_gap_that_a_whole_copy_closes() -> None:
    half = _looked(Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE, part=Part("l", 1, 1, 2), rows=1)
    whole = _looked(part=Part("l", 1, 1, 2), rows=2)
    assert _report(half).incomplete()
    assert not _report(half, whole).incomplete()
