"""Each attempt to turn an obstacle, a gap or a doubt into "not found"."""

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from site_story import NOW, Story, look_at, matched

from habeas.watch import coverage
from habeas.watch.models import Backlog, Decision, Look, Match, Person, Spelling, Watch
from habeas.watch.pages import coverage_rows
from habeas.watch.pages.calendar import State

NEGATIVE = "Not found in"


def _page(owner: Client, code: str = "P9CWF") -> str:
    page = owner.get(f"/en/people/{code}/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


@pytest.mark.usefixtures("story")
def test_a_confirmed_look_without_a_match_is_a_dated_negative(owner: Client) -> None:
    page = _page(owner)
    assert (
        "Not found in Courts of Moscow: cases and hearings (Тверской районный суд, hearings on "
        "24.11.2026) on 2026-11-24 12:07 UTC." in page
    )
    assert page.count(NEGATIVE) == 1  # the ministry could not be read: of it nothing is said
    for hardened in ("no record", "not in prison", "No results", "nothing found"):
        assert hardened not in page


@pytest.mark.usefixtures("story")
def test_a_source_that_cannot_be_read_says_since_when_and_why(owner: Client) -> None:
    page = _page(owner)
    assert (
        "could not look (news): since 2026-11-20 09:07 UTC; reason: refused to answer us." in page
    )
    assert "Last read whole on 2026-11-19 09:07 UTC." in page


@pytest.mark.parametrize(
    "obstacle",
    ["captcha", "blocked", "down", "incomplete", "unconfirmed_empty", "missed", "a_new_obstacle"],
)
def test_an_obstacle_is_never_a_negative(obstacle: str, story: Story, owner: Client) -> None:
    look_at(story.court, NOW - timedelta(minutes=5), obstacle)
    assert NEGATIVE not in _page(owner)


@pytest.mark.parametrize("outcome", ["found", "not_found", "could_not_look"])
def test_an_answer_that_was_not_confirmed_is_never_a_negative(
    outcome: str, story: Story, owner: Client
) -> None:
    Look.objects.filter(pk=story.look.pk).update(outcome=outcome, confirmed=False)
    assert NEGATIVE not in _page(owner)


def test_half_of_the_lists_is_never_a_negative(story: Story, owner: Client) -> None:
    Look.objects.filter(pk=story.look.pk).update(
        confirmed=False, lists=9, confirmed_lists=8, obstacle="incomplete"
    )
    page = _page(owner)
    assert NEGATIVE not in page
    assert "only a part arrived" in page


@pytest.mark.usefixtures("story")
def test_an_old_look_is_no_negative_once_nobody_watches(owner: Client) -> None:
    with override_settings(HABEAS_NOW=lambda: NOW + timedelta(days=2)):
        page = _page(owner)
    assert NEGATIVE not in page
    assert "habeas was not running" in page


@pytest.mark.usefixtures("story")
def test_a_match_that_nobody_answered_is_no_negative(owner: Client) -> None:
    assert NEGATIVE not in _page(owner, "H7K3M")


@pytest.mark.parametrize(("answer", "said"), [("same", 0), ("open", 0), ("not_same", 1)])
def test_only_a_match_ruled_out_by_a_person_leaves_a_negative(
    answer: str, said: int, story: Story, owner: Client
) -> None:
    Decision.objects.create(match=story.match, answer=answer, ground="x", by="owner", at=NOW)
    assert _page(owner, "H7K3M").count(NEGATIVE) == said


def test_an_entry_that_carries_too_little_is_no_negative(story: Story, owner: Client) -> None:
    weak = matched(story.nobody, story.look, "Афсонаев", "case-9")
    Match.objects.filter(pk=weak.pk).update(verdict="cannot_tell")
    page = _page(owner)
    assert NEGATIVE not in page
    assert "1 entry here carries too little to tell who it is." in page


def test_while_the_past_is_compared_nothing_is_denied(story: Story, owner: Client) -> None:
    Backlog.objects.create(person=story.nobody, spellings=1, asked_at=NOW)
    page = _page(owner)
    assert NEGATIVE not in page
    assert "still being compared" in page
    Backlog.objects.update(done_at=NOW)
    assert NEGATIVE in _page(owner)


def test_of_a_person_without_a_spelling_nothing_is_denied(story: Story, owner: Client) -> None:
    Spelling.objects.filter(person=story.nobody).update(withdrawn_at=NOW)
    assert NEGATIVE not in _page(owner)


def test_of_a_person_no_longer_sought_nothing_is_denied(story: Story, owner: Client) -> None:
    Person.objects.filter(pk=story.nobody.pk).update(closed_at=NOW)
    assert NEGATIVE not in _page(owner)


@pytest.mark.usefixtures("story")
def test_a_list_not_looked_at_yet_is_said_to_be_that(owner: Client) -> None:
    Watch.objects.create(source="tj_sud", every_s=86_400, added_at=NOW - timedelta(minutes=1))
    page = _page(owner)
    assert "Not looked at yet." in page
    assert page.count(NEGATIVE) == 1


@pytest.mark.usefixtures("story")
def test_without_any_watch_the_pages_say_that_nothing_is_known(owner: Client) -> None:
    Watch.objects.update(stopped_at=NOW - timedelta(days=60))
    page = _page(owner)
    assert NEGATIVE not in page
    assert "nothing can be said about anybody" in page
    overview = owner.get("/en/").content.decode()
    assert "Every watched list was read whole" not in overview


@pytest.mark.usefixtures("story")
def test_before_the_first_look_the_overview_promises_nothing(owner: Client) -> None:
    Watch.objects.all().update(stopped_at=NOW)
    Watch.objects.create(source="tj_sud", every_s=86_400, added_at=NOW)
    overview = owner.get("/en/").content.decode()
    assert "Every watched list was read whole" not in overview
    assert "1 list was not looked at yet." in overview


def test_a_source_outside_the_catalogue_still_shows_its_ledger(story: Story, owner: Client) -> None:
    Watch.objects.filter(pk=story.court.pk).update(source="xx_gone")
    page = owner.get("/en/sources/xx_gone/").content.decode()
    assert "no longer in the catalogue" in page
    assert "xx_gone" in _page(owner)


def test_many_lists_are_told_in_numbers_with_their_dates(story: Story, owner: Client) -> None:
    """A court system has thousands of lists: the rest of them is one dated sentence."""
    for n in range(13):
        watch = Watch.objects.create(
            source="ru_sudrf", court=f"court-{n}", every_s=86_400, added_at=NOW - timedelta(days=2)
        )
        obstacle = "down" if n == 12 else ""
        look_at(watch, NOW - timedelta(hours=n + 1), obstacle)
    page = _page(owner)
    assert page.count("Not found in Courts of Russia outside Moscow") == 10
    assert (
        "Not found in 2 more lists of Courts of Russia outside Moscow: hearings, searches and case "
        "cards, each read whole between 2026-11-24 04:30 UTC and 2026-11-24 05:30 UTC." in page
    )
    assert "court-12, hearings on 24.11.2026): since 2026-11-24 01:30 UTC" in page
    match = matched(story.nobody, Look.objects.get(watch__court="court-11"), "Афсонаев Т.", "c-7")
    Match.objects.filter(pk=match.pk).update(verdict="possible")
    page = _page(owner)
    assert "Not found in Courts of Russia outside Moscow" not in page
    assert "Not found in 2 more" not in page
    assert "2 more lists were read whole between" in page


def test_the_calendar_says_no_more_than_the_ledger(story: Story) -> None:
    """Where both speak of a day, the pages and `watch.coverage` say the same, or the pages less."""
    first = (NOW - timedelta(days=18)).date()
    ledger = coverage.calendar("ru_mosgorsud", first, NOW.date())
    cells = [
        cell.day for week in coverage_rows.weeks_of("ru_mosgorsud", NOW) for cell in week if cell
    ]
    shown = {day.date: day for day in cells}
    assert len(ledger) == 19
    for day in ledger:
        cell = shown[day.day]
        if str(cell.state) != str(day.state):
            assert cell.state is State.PARTIAL
            assert day.state is coverage.State.COMPLETE
            assert ("missed", 1) in cell.reasons
        assert cell.looked == day.confirmed
    assert story.court.source == "ru_mosgorsud"


def test_a_source_that_was_never_read_whole_says_never(story: Story, owner: Client) -> None:
    magistrate = Watch.objects.create(
        source="ru_msudrf", court="2.vymysel.msudrf.ru", every_s=3600, added_at=NOW
    )
    look_at(magistrate, NOW - timedelta(minutes=5), "captcha")
    response = owner.get("/en/")
    assert response.status_code == 200
    row = response.content.decode().split("Magistrates of Russia")[1].split("</tr>")[0]
    assert 'data-label="Last read whole">never</td>' in row
    assert "It was never read whole." in _page(owner, story.person.code)
