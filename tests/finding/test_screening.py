"""From a page to an outcome of the search. All people are invented."""

import pytest

from habeas.finding.looked import STANDING
from habeas.finding.screening import KEEP_AT_MOST, Screener, looked_at, strongest
from habeas.names import Sought, Verdict
from habeas.sources.contract import (
    Capacity,
    Capture,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Row,
)

_NAME = "Выдуманов Тимур Назарович"
_SOUGHT = Sought((_NAME,))


def _page(*mentions: Mention, kind: PageKind = PageKind.RESULTS, withheld: int = 0) -> Page:
    rows = (Row(1, {"case_number": "5-1/2026"}, link="/card/1"),)
    return Page("x", kind, Outcome.FOUND, rows=rows, mentions=mentions, withheld=withheld)


def _looked(page: Page, *, officials: bool = False) -> tuple[Outcome, Obstacle | None, int]:
    looked = looked_at(page, Capture(b""), Screener(_SOUGHT, officials=officials))
    return looked.outcome, looked.obstacle, len(looked.hits)


def test_a_hit_carries_its_row_and_its_reasons() -> None:
    page = _page(Mention(_NAME, "Привлекаемое лицо", Capacity.PARTY, 1))
    looked = looked_at(page, Capture(_NAME.encode()), Screener(_SOUGHT))
    (hit,) = looked.hits
    assert hit.facts["case_number"] == "5-1/2026"
    assert hit.link == "/card/1"
    assert hit.reasons
    assert hit.span == (0, len(_NAME.encode()))


def test_a_judge_of_that_name_is_no_finding_unless_asked_for() -> None:
    page = _page(Mention(_NAME, "Судья", Capacity.OFFICIAL, 1))
    assert _looked(page) == (Outcome.NOT_FOUND, None, 0)
    assert _looked(page, officials=True)[0] is Outcome.FOUND


def test_a_page_that_hides_every_name_is_not_not_found() -> None:
    assert _looked(_page(withheld=5)) == (Outcome.COULD_NOT_LOOK, Obstacle.WITHHELD, 0)


def test_a_list_of_titles_does_not_stand_for_its_articles() -> None:
    page = _page(Mention("Примеров Пётр"), kind=PageKind.NEWS_LIST)
    assert _looked(page) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE, 0)


def test_a_name_with_a_lost_letter_may_be_the_sought_one() -> None:
    page = _page(Mention("В\ufffd\ufffd\ufffdн\ufffd\ufffd\ufffd Т.Н."))
    outcome, obstacle, _hits = _looked(page)
    assert outcome is not Outcome.NOT_FOUND
    assert obstacle in {Obstacle.ENCODING, None}


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_an_obstacle_stays_one_when_nobody_is_found(obstacle: Obstacle) -> None:
    page = Page("x", PageKind.UNKNOWN, Outcome.COULD_NOT_LOOK, obstacle)
    assert _looked(page) == (Outcome.COULD_NOT_LOOK, obstacle, 0)


def test_somebody_found_on_half_a_page_is_found_and_the_half_is_told() -> None:
    page = Page(
        "x",
        PageKind.RESULTS,
        Outcome.COULD_NOT_LOOK,
        Obstacle.INCOMPLETE,
        mentions=(Mention(_NAME, "", Capacity.PARTY, 0),),
    )
    assert _looked(page) == (Outcome.FOUND, Obstacle.INCOMPLETE, 1)


def test_a_name_in_a_long_run_of_capitalised_words_is_found() -> None:
    page = _page(Mention(f"Постановлением Энского Районного Суда {_NAME} Выдворен"))
    looked = looked_at(page, Capture(b""), Screener(_SOUGHT))
    assert looked.hits
    assert looked.hits[0].verdict in STANDING


def test_only_so_many_hits_are_kept_and_the_strongest_stay() -> None:
    from habeas.finding.looked import Hit

    def hits() -> list[Hit]:
        return [
            Hit(str(n), Verdict.POSSIBLE, float(n % 5000), 1.0, ()) for n in range(7 * KEEP_AT_MOST)
        ]

    kept, more = strongest(hits())
    assert len(kept) == KEEP_AT_MOST
    assert more == 6 * KEEP_AT_MOST
    assert kept[0].bits == 4999.0


def test_one_capitalised_word_of_a_text_is_not_listed_as_undecided() -> None:
    assert _looked(_page(Mention("Сообщение")))[2] == 0


_OTHERS = ("Примеров Пётр Ильич", "Небылицын Олег Иванович", "Образцов Глеб Львович") * 2


@pytest.mark.parametrize(
    "printed",
    [
        ", ".join((*_OTHERS, _NAME)),
        "; ".join((*_OTHERS * 10, _NAME)),  # more than a thousand characters
        "Примеров П.И.,Небылицын О.И.,Образцов Г.Л.,Вымыслов А.А.,Выдуманов Т.Н.",
    ],
)
def test_the_last_of_many_names_in_one_cell_is_never_not_found(printed: str) -> None:
    page = _page(Mention(printed, "", Capacity.PARTY, 1))
    assert _looked(page)[0] is Outcome.FOUND
