"""The search of the Supreme Court of Russia. All people are invented."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.catalog.ru_vsrf import adapter
from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, Query

_PAGES = files("habeas.sources.catalog.ru_vsrf") / "pages"
URL = "https://vsrf.ru/lk/practice/claims?&keywords=x"


def body(name: str = "results") -> str:
    return (_PAGES / f"{name}.html").read_text("utf-8")


def parse(text: str) -> Page:
    return adapter.parse(Capture(text.encode(), URL, 200))


def test_a_name_cut_by_the_highlight_is_one_name() -> None:
    page = parse(body())
    parties = [m.printed for m in page.mentions if m.capacity is Capacity.PARTY]
    assert parties == ["Выдумов Назар Небывалович", "Выдумова Н.Н.", "ВЫДУМОВ НАЗАР НЕБЫВАЛОВИЧ"]
    assert page.rows[0].facts["first_judge"] == "Сочинитель П.П."
    assert "П.П. Сочинитель" in [m.printed for m in page.mentions]
    assert not any("Небылицына" in m.printed for m in page.mentions), "the footer names nobody"


def test_a_case_and_a_complaint_keep_their_own_fields() -> None:
    case, complaint = parse(body()).rows
    assert (case.facts["kind"], complaint.facts["kind"]) == ("case", "complaint")
    assert case.facts["first_result"] == "В иске отказано"
    assert complaint.facts["in_interest_of"] == "ВЫДУМОВ НАЗАР НЕБЫВАЛОВИЧ"
    assert complaint.facts["cassation_date"] == "01.10.2026"


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ("НАЙДЕНО: 2", "НАЙДЕНО: 3", Obstacle.INCOMPLETE),
        ("НАЙДЕНО: 2", "", Obstacle.LAYOUT_CHANGED),
        ("Обжалуется:", "Оспаривается:", Obstacle.LAYOUT_CHANGED),
        ("Решение от 01.06.2026", "Решение", Obstacle.LAYOUT_CHANGED),
        ("vs-items-label", "vs-label", Obstacle.LAYOUT_CHANGED),
        ('class="vs-items"', 'class="entries"', Obstacle.INCOMPLETE),
        ("</html>", "", Obstacle.INCOMPLETE),
    ],
)
def test_no_change_of_the_page_is_an_absence(old: str, new: str, obstacle: Obstacle) -> None:
    assert old in body()
    page = parse(body().replace(old, new))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)
    assert "Выдумов Назар Небывалович" in [mention.printed for mention in page.mentions]


def test_hidden_names_are_withheld_and_no_absence() -> None:
    page = parse(body("hidden"))
    assert (page.outcome, page.obstacle, page.withheld) == (
        Outcome.COULD_NOT_LOOK,
        Obstacle.WITHHELD,
        1,
    )


def test_the_court_is_asked_by_name_only_and_only_on_request() -> None:
    assert list(adapter.plan(Query())) == []
    (request,) = adapter.plan(Query(names=("Выдумов Н",)))
    assert request.by_name
    assert request.url.endswith("&keywords=%D0%92%D1%8B%D0%B4%D1%83%D0%BC%D0%BE%D0%B2%20%D0%9D")


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(content: bytes) -> None:
    for tried in (content, body().encode()[:1500] + content):
        assert adapter.parse(Capture(tried, URL)).outcome is not Outcome.NOT_FOUND
