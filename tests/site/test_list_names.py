"""How a list that was looked at is called on the pages."""

import pytest
from django.utils.translation import override

from habeas.watch.models import Look, Watch
from habeas.watch.pages.standing import list_name


def _looked(*purposes: str, why: str = "list") -> Look:
    return Look(requests=[{"purpose": one, "why": why} for one in purposes])


@pytest.mark.parametrize(
    ("court", "purposes", "name"),
    [
        ("", [], ""),
        ("", ["news"], "news"),
        ("tverskoj", [], "Тверской районный суд"),
        (
            "tverskoj",
            ["hearings on 25.03.2021, Тверской районный суд"],
            "hearings on 25.03.2021, Тверской районный суд",
        ),
        (
            "tverskoj",
            [
                "hearings on 25.03.2021, Тверской районный суд",
                "hearings on 26.03.2021, Тверской районный суд",
                "hearings on 30.03.2021, Тверской районный суд",
                "page 2 of 2 of a list of Тверской районный суд",
            ],
            "hearings on 25.03.2021 … 30.03.2021, Тверской районный суд",
        ),
        ("", ["lists of a week", "lists of a week, part 2"], "lists of a week … week, part 2"),
        ("", ["news", "an article", "another article"], "news, and 2 more pages"),
        ("unheard-of", ["hearings"], "unheard-of, hearings"),
    ],
)
def test_a_list_is_called_by_what_was_asked(court: str, purposes: list[str], name: str) -> None:
    watch = Watch(source="ru_mosgorsud", court=court, route="direct")
    with override("en"):
        assert list_name(watch, _looked(*purposes)) == name


def test_a_further_route_is_named_and_what_is_no_list_is_not() -> None:
    watch = Watch(source="ru_left_long_ago", court="somewhere", route="proxy")
    assert list_name(watch, _looked("an entry's own page", why="card")) == "somewhere, proxy"
    assert list_name(watch, None) == "somewhere, proxy"
