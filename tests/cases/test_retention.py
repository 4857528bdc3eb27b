"""How long things are kept: periods, days, holds; what has ended is in nobody's sight."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from agreed import agreed
from case_story import BY, NOW, invented, say
from django.test import Client, override_settings
from django.urls import reverse
from purge_story import BROTHER, BROTHERS_CODE, CODE, HAND, NAME, Life, lived, needles
from site_story import account
from team_story import member, signed_in

from habeas.cases.access.models import Noted
from habeas.cases.access.roles import LISTED
from habeas.cases.api import tokens
from habeas.cases.importing import staging
from habeas.cases.importing.models import Row
from habeas.cases.retention import (
    captures,
    erasing,
    expiring,
    narrowing,
    parts,
    periods,
    purging,
    reporting,
    rotation,
)
from habeas.cases.retention.expiring import Ended
from habeas.cases.retention.models import Purge, Shut
from habeas.cases.search.models import Key
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import PeriodRefused, PurgeChanged, PurgeRefused
from habeas.vault import register
from habeas.watch.models import Person

OTHER = "Небыл Сказкин"
DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def clock() -> Iterator[list[datetime]]:
    """The time, which a test moves on."""
    at = [NOW]
    with override_settings(HABEAS_NOW=lambda: at[0]):
        yield at


@pytest.fixture
def life(database: Path, clock: list[datetime]) -> Iterator[Life]:  # noqa: ARG001 - its clock
    with override_settings(HABEAS_HOME=database.parent):
        yield lived()


def end_today(life: Life) -> None:
    periods.say_day(life.subject, TODAY, HAND, reason="по просьбе семьи")


def ended(life: Life, clock: list[datetime]) -> None:
    """Let the record of a life end, and the day after it come."""
    end_today(life)
    clock[0] = NOW + DAY
    expiring.shut_due(clock[0])


# --- when something ends --------------------------------------------------------------------------


def test_a_closed_case_ends_after_its_period_and_a_quiet_one_after_what_came_last(
    case: Subject,
) -> None:
    assert expiring.ends_of([case.pk]) == {}
    periods.say_period("closed", 730, HAND, reason="закон о данных")
    periods.say_period("quiet", 1000, HAND, reason="так решили")
    quiet = expiring.ends_of([case.pk])[case.pk]
    assert quiet == Ended("quiet", TODAY + 1000 * DAY)
    say(case, "last_seen", "рынок", at=NOW + 5 * DAY)
    assert expiring.ends_of([case.pk])[case.pk].day == TODAY + 1005 * DAY
    Person.objects.update(closed_at=NOW + 9 * DAY)
    assert expiring.ends_of([case.pk])[case.pk] == Ended("closed", TODAY + 739 * DAY)
    periods.say_period("closed", None, HAND, reason="пока идёт суд")
    assert expiring.ends_of([case.pk])[case.pk].reason == "quiet"


def test_a_named_day_counts_before_every_period_until_it_is_taken_back(case: Subject) -> None:
    periods.say_period("quiet", 10, HAND, reason="x")
    periods.say_day(case, TODAY + 90 * DAY, HAND, reason="суд в марте")
    assert expiring.ends_of([case.pk])[case.pk] == Ended("by_hand", TODAY + 90 * DAY)
    periods.say_day(case, None, HAND, reason="суд отменён")
    assert expiring.ends_of([case.pk])[case.pk].reason == "quiet"


def test_nothing_is_said_without_a_reason_or_for_a_day_that_is_over(case: Subject) -> None:
    for refused in (
        lambda: periods.say_day(case, TODAY, HAND, reason=" "),
        lambda: periods.say_day(case, TODAY - DAY, HAND, reason="x"),
        lambda: periods.say_period("closed", 0, HAND, reason="x"),
        lambda: periods.say_period("nothing", 5, HAND, reason="x"),
        lambda: periods.hold(case, HAND, reason=""),
        lambda: periods.lift(case, HAND, reason="x"),
    ):
        with pytest.raises(PeriodRefused):
            refused()


def test_the_board_warns_before_the_end_and_tells_owners_of_the_purge(
    case: Subject, owner: Client
) -> None:
    for left, words in ((29, "within 30 days"), (14, "within 14 days"), (3, "within 7 days")):
        periods.say_day(case, TODAY + left * DAY, HAND, reason="x")
        assert f"1 record ends {words}" in owner.get("/en/board/").content.decode()
    periods.say_day(case, TODAY + 31 * DAY, HAND, reason="x")
    assert "within" not in owner.get("/en/board/").content.decode()


# --- what has ended -------------------------------------------------------------------------------


@pytest.mark.parametrize("listed", [LISTED, 0])
def test_what_has_ended_is_on_no_page_and_its_address_says_that_it_stood_there(
    listed: int,
    life: Life,
    owner: Client,
    clock: list[datetime],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # With 0 the database is asked as where very many have ended.
    monkeypatch.setattr(narrowing, "LISTED", listed)
    key = life.subject.pk
    pages = ("board/", "people/", "search/", "share/json/?for=lawyer", "imports/")
    assert NAME in owner.get("/en/people/").content.decode()
    ended(life, clock)
    for address in pages:
        drawn = owner.get(f"/en/{address}").content.decode()
        assert "Тахминдухтов" not in drawn, address
        assert CODE not in drawn, address
    for query in (NAME, CODE, "4815162342", "Дело"):
        found = owner.post("/en/search/", {"q": query}).content.decode()
        assert "Тахминдухтов" not in found.replace(f'value="{NAME}"', ""), query
    said = life.subject.statements.order_by("pk")[0]
    paper = said.document_id
    for address in (f"cases/{CODE}/", f"cases/{CODE}/say/", f"statements/{said.pk}/"):
        answer = owner.get(f"/en/{address}")
        assert answer.status_code == 410, address
        assert "A record stood here until 24.11.2026." in answer.content.decode()
    assert owner.get(f"/en/documents/{paper}/").status_code == 410
    assert owner.post(f"/en/cases/{CODE}/say/", {"value": "x"}).status_code == 410
    assert Subject.objects.get(pk=key).statements.count() > 5


def test_others_stay_in_sight_while_one_has_ended(
    life: Life, owner: Client, clock: list[datetime]
) -> None:
    before = {
        address: owner.get(f"/en/{address}").status_code
        for address in ("board/", f"cases/{BROTHERS_CODE}/", "counts/", "calls/")
    }
    ended(life, clock)
    for address, status in before.items():
        assert owner.get(f"/en/{address}").status_code == status, address
    drawn = owner.get(f"/en/cases/{BROTHERS_CODE}/").content.decode()
    assert BROTHER in drawn
    assert "Тахминдухтов" not in drawn


def test_a_member_without_the_case_gets_the_same_answer_as_always(
    life: Life, clock: list[datetime]
) -> None:
    stranger = member("stranger", "editor", life.brother)
    friend = member("friend", "editor", life.subject)
    never = stranger.get("/en/cases/NEVER/")
    ended(life, clock)
    answer = stranger.get(f"/en/cases/{CODE}/")
    assert answer.status_code == never.status_code == 404
    assert _same(answer.content) == _same(never.content)
    assert friend.get(f"/en/cases/{CODE}/").status_code == 410
    assert "Look behind" not in friend.get(f"/en/cases/{CODE}/").content.decode()
    assert friend.get(f"/en/cases/{CODE}/behind/").status_code == 403
    erasing.purge({life.subject.pk: Ended("by_hand", TODAY)}, Hand("owner", clock[0]))
    assert _same(stranger.get(f"/en/cases/{CODE}/").content) == _same(never.content)


def _same(content: bytes) -> str:
    return re.sub(r'value="\w{64}"|NEVER|Drawn at[^<]*', "", content.decode().replace(CODE, ""))


def test_only_an_owner_looks_behind_it_and_the_log_notes_it(
    life: Life, clock: list[datetime]
) -> None:
    boss = signed_in("owner")
    ended(life, clock)
    assert "Look behind it" in boss.get(f"/en/cases/{CODE}/").content.decode()
    assert NAME in boss.get(f"/en/cases/{CODE}/behind/").content.decode()
    line = Noted.objects.order_by("-number").first()
    assert line is not None
    assert (line.route, line.cases) == ("look-behind", f" {CODE} ")


def test_a_record_that_is_given_more_time_comes_back_and_is_watched_again(
    life: Life, owner: Client, clock: list[datetime]
) -> None:
    ended(life, clock)
    assert Person.objects.get(code=CODE).closed_at is not None
    sent = {"what": "keep", "day": "2027-03-01", "reason": "суд в феврале"}
    assert owner.post(f"/en/cases/{CODE}/keep/", sent).status_code == 302
    assert not Shut.objects.exists()
    assert Person.objects.get(code=CODE).closed_at is None
    page = owner.get(f"/en/cases/{CODE}/").content.decode()
    assert "It ends on 01.03.2027." in page
    assert "суд в феврале" in page


def test_a_program_gets_a_placeholder_too(life: Life, clock: list[datetime]) -> None:
    boss = signed_in("owner")
    assert boss.get("/en/board/").status_code == 200
    shown = tokens.new_token(account(), "p", NOW + 9 * DAY, writes=False)
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {shown}"}
    ended(life, clock)
    client = Client(SERVER_NAME="127.0.0.1")
    listed = client.get("/api/v1/people", **bearer)  # type: ignore[arg-type]
    assert "Тахминдухтов" not in listed.content.decode()
    one = client.get(f"/api/v1/people/{CODE}", **bearer)  # type: ignore[arg-type]
    assert one.status_code == 410
    assert one.json()["happened"] == "A record stood here until 2026-11-24."


# --- the purge ------------------------------------------------------------------------------------


def test_a_purge_is_shown_first_and_confirmed_by_its_number(
    life: Life, owner: Client, clock: list[datetime]
) -> None:
    empty = owner.get("/en/retention/purge/").content.decode()
    assert "Nothing can be purged now" in empty
    ended(life, clock)
    shown = owner.get("/en/retention/purge/").content.decode()
    assert "1 person would be removed for good." in shown
    assert "files whose bytes somebody else" in shown
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    wrong = owner.post("/en/retention/purge/", {"number": "2", "seen": seen[1]})
    assert wrong.status_code == 422
    assert "What would be purged has changed since it was shown." in wrong.content.decode()
    say(life.subject, "last_seen", "мост")
    late = owner.post("/en/retention/purge/", {"number": "1", "seen": seen[1]})
    assert late.status_code == 422
    assert not Purge.objects.exists()
    again = re.search(r'name="seen" value="(\w+)"', late.content.decode())
    assert again is not None
    done = owner.post("/en/retention/purge/", {"number": "1", "seen": again[1]}, follow=True)
    assert "1 person was removed for good." in done.content.decode()
    assert "It was purged at" in owner.get(f"/en/cases/{CODE}/").content.decode()


def test_a_hold_stops_it_until_it_is_lifted_or_over(life: Life, clock: list[datetime]) -> None:
    ended(life, clock)
    later = Hand("owner", clock[0])
    periods.hold(life.subject, later, reason="суд", until=TODAY + 3 * DAY)
    assert expiring.due(clock[0]) == {}
    assert purging.still_held(clock[0]) == 1
    with pytest.raises(PurgeRefused):
        purging.purge(1, later)
    assert list(expiring.due(NOW + 4 * DAY)) == [life.subject.pk]
    periods.hold(life.subject, later, reason="суд")
    assert expiring.due(NOW + 999 * DAY) == {}
    periods.lift(life.subject, later, reason="суд окончен")
    assert list(expiring.due(clock[0])) == [life.subject.pk]
    with pytest.raises(PurgeChanged):
        purging.purge(2, later)


def test_single_things_go_after_their_period_and_the_record_stays(
    life: Life, clock: list[datetime]
) -> None:
    note = Document.objects.create(
        kind="call_note", text=f"{NAME}: звонили", added_by=BY, added_at=NOW
    )
    said = say(life.subject, "last_seen", "у моста", document=note)
    rows = f"ФИО\n{OTHER}\n".encode()
    staging.stage(staging.Sent(rows, "x.csv", "Чат", "staff"), HAND)
    for kind, days in (("photo", 30), ("contacts", 60), ("notes", 10), ("rows", 10)):
        periods.say_period(kind, days, HAND, reason="так решили")
    assert parts.due(NOW + 5 * DAY).counted == {}
    assert parts.due(NOW + 31 * DAY).counted == {"photo": 1, "notes": 1, "rows": 2}
    periods.hold(life.subject, HAND, reason="суд", until=TODAY + 40 * DAY)
    assert parts.due(NOW + 31 * DAY).counted == {"rows": 2}
    clock[0] = NOW + 61 * DAY
    assert purging.shown(clock[0]).number == 5
    done = purging.purge(5, Hand("owner", clock[0]))
    assert (done.people, done.reasons) == (0, {"photo": 1, "contacts": 1, "notes": 1, "rows": 2})
    assert captures.still_there(life.files) == [life.files[0]]
    left = Subject.objects.get(pk=life.subject.pk)
    assert not left.statements.filter(property="phone").exists()
    assert left.statements.filter(pk=said.pk).exists()
    assert Document.objects.get(pk=note.pk).text == ""
    assert not Row.objects.exclude(cells=[]).filter(result=None).exists()
    assert not Key.objects.filter(subject=left, key="n992937654321").exists()
    assert parts.due(clock[0]).counted == {}


def test_the_report_names_nobody_in_any_script_and_its_hash_is_in_the_log(
    life: Life, owner: Client, clock: list[datetime]
) -> None:
    wanted = [*needles(life), CODE.encode()]
    ended(life, clock)
    done = purging.purge(1, Hand("owner", clock[0]))
    page = owner.get(f"/en/retention/purges/{done.pk}/")
    saved = owner.get(f"/en/retention/purges/{done.pk}/?json")
    for content in (page.content, saved.content):
        assert [one for one in wanted if one in content] == []
    assert json.loads(saved.content)["people"] == 1
    assert reporting.digest_of(Purge.objects.get()) == done.sha256
    line = Noted.objects.get(route="purge")
    assert done.sha256 in line.told


def test_the_report_says_which_backups_hold_it_and_until_when(
    life: Life, database: Path, owner: Client, clock: list[datetime]
) -> None:
    home, stick = database.parent, database.parent / "stick"
    stick.mkdir()
    for name, at in (("before", NOW), ("after", NOW + 2 * DAY)):
        (stick / name).write_bytes(name.encode())
        register.note(home, stick / name, at)
    ended(life, clock)
    done = purging.purge(1, Hand("owner", clock[0]))
    page = owner.get(f"/en/retention/purges/{done.pk}/").content.decode()
    assert "25.12.2026" in page
    assert str(stick / "before") in page
    assert str(stick / "after") not in page
    assert "overdue" not in page
    clock[0] = NOW + 32 * DAY
    (one, other) = rotation.standing(clock[0])
    assert (one.overdue, other.until) == (True, None)
    assert "overdue" in owner.get(f"/en/retention/purges/{done.pk}/").content.decode()
    periods.say_period("backups", 90, HAND, reason="так решили")
    assert not rotation.standing(clock[0])[0].overdue
    register.destroyed(home, [one.made], clock[0])
    assert [row.made.place for row in rotation.standing(clock[0])] == [str(stick / "after")]


# --- what left before -----------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["record", "consent"])
@pytest.mark.parametrize("key", ["pfif", "public-list", "atom", "json-feed"])
def test_who_left_before_and_may_no_more_becomes_a_placeholder(
    key: str, way: str, life: Life, owner: Client, clock: list[datetime]
) -> None:
    agreed(life.subject, "name", "story")
    other = invented("ZZ9", "Небыл Сказкин")
    agreed(other, "name", "story")
    for one in (life.subject, other):
        say(one, "sentence", "9 лет", visibility="public")
    address = f"/en/share/{key}/?for=public"
    first = _handed_out(owner, address)
    assert "Тахминдухтов" in first
    number = re.findall(r"(?:p-|invalid/)([0-9a-f]{16})", first)
    if way == "record":
        ended(life, clock)
    else:
        agreed(life.subject, "name", "story", given=False)
    second = _handed_out(owner, address)
    assert "Тахминдухтов" not in second
    assert "Небыл Сказкин" in second
    if key == "pfif":
        assert "expiry_date" in second
        assert all(one in second for one in number if one in first)
    else:
        assert "A record stood here until 24.11.2026." in second


def _handed_out(owner: Client, address: str) -> str:
    shown = owner.get(address).content.decode()
    seen = re.search(r'name="seen"[^>]*value="(\w+)"|value="(\w{64})"[^>]*name="seen"', shown)
    assert seen is not None, shown
    sent = {"recipient": "everybody", "seen": seen[1] or seen[2]}
    answer = owner.post(address, sent)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_pages_of_retention_are_for_owners(life: Life) -> None:
    reader = member("reader2", "editor", named=False)
    for name in ("retention", "purge"):
        assert reader.get(reverse(name)).status_code == 403
    assert reader.get("/en/retention/ending/").status_code == 200
    assert reader.get(f"/en/cases/{life.subject.code}/keep/").status_code == 403
