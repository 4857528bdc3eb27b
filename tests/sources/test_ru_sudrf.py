"""Courts of sudrf.ru: what is asked, which pages are known, and the shared saved pages."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from habeas.sources.catalog.ru_msudrf import adapter as magistrates
from habeas.sources.catalog.ru_sudrf import adapter
from habeas.sources.catalog.ru_sudrf_cassation import adapter as cassation
from habeas.sources.contract import Adapter, Capacity, Capture, Obstacle, Outcome, Page, Query

HOST = "verhnerechensky--xx.sudrf.ru"
DAYS = (date(2026, 11, 23), date(2026, 11, 24))
SHARED = Path(__file__).parents[3] / "shared" / "fixtures"
OURS = ("sudrf/", "msudrf/", "synthetic/synthetic-sudrf-hdate-")
# What only a reader of running text, or one who declines names, can say.
NOT_OURS = {"person_forms_in_act", "person_nominative"}


# --- what is asked ---------------------------------------------------------------------------


def test_day_lists_are_asked_first_and_names_only_if_given() -> None:
    plain = list(adapter.plan(Query(days=DAYS, courts=(HOST, f"{HOST}#2"))))
    assert [request.url.rsplit("?", 1)[1] for request in plain] == [
        "name=sud_delo&srv_num=1&H_date=23.11.2026",
        "name=sud_delo&srv_num=2&H_date=23.11.2026",
        "name=sud_delo&srv_num=1&H_date=24.11.2026",
        "name=sud_delo&srv_num=2&H_date=24.11.2026",
    ]
    assert not any(request.by_name for request in plain)
    named = list(adapter.plan(Query(days=DAYS[:1], courts=(HOST,), names=("Дубовзода",))))
    assert [request.by_name for request in named] == [False, True, True, True]
    encoded = "%C4%F3%E1%EE%E2%E7%EE%E4%E0"
    for request, field in zip(named[1:], ("adm", "adm1", "adm2"), strict=True):
        assert f"delo_table={field}_case&{field}_parts__NAMESS={encoded}&Submit=" in request.url
        assert "Дубов" not in request.purpose


def test_without_courts_nothing_is_asked_and_foreign_hosts_are_refused() -> None:
    assert list(adapter.plan(Query(days=DAYS, names=("Дубовзода",)))) == []
    with pytest.raises(KeyError):
        list(adapter.plan(Query(days=DAYS, courts=("example.org",))))


# --- shared saved pages ----------------------------------------------------------------------


def entries() -> list[dict[str, Any]]:
    manifest = SHARED / "manifest.toml"
    if not manifest.is_file():
        return []
    listed: list[dict[str, Any]] = tomllib.loads(manifest.read_text("utf-8"))["fixture"]
    return [entry for entry in listed if entry["file"].startswith(OURS)]


ENTRIES = entries()
shared = pytest.mark.skipif(not ENTRIES, reason="the shared fixtures are not beside the checkout")


def read(entry: dict[str, Any], *, saved: bool = False) -> Page:
    body = (SHARED / entry["file"]).read_bytes()
    ours: tuple[Adapter, ...] = (adapter, cassation, magistrates)
    known = [one for one in ours if one.recognise(Capture(body))]
    assert len(known) == 1
    if saved:
        return known[0].parse(Capture(body))
    return known[0].parse(Capture(body, entry["url"], entry["http_status"], entry["content_type"]))


def differences(path: str, expected: object, found: object) -> Iterator[str]:
    if isinstance(expected, dict):
        for key, value in expected.items():
            if key not in NOT_OURS:
                inner = found.get(key, "(missing)") if isinstance(found, dict) else "(missing)"
                yield from differences(f"{path}.{key}", value, inner)
    elif isinstance(expected, list):
        if not isinstance(found, list | tuple) or len(found) != len(expected):
            yield f"{path}: {found!r}"
        else:
            for number, (one, other) in enumerate(zip(expected, found, strict=True)):
                yield from differences(f"{path}[{number}]", one, other)
    elif expected != found:
        yield f"{path}: {expected!r}, not {found!r}"


def case_rows(entry: dict[str, Any]) -> list[dict[str, Any]]:
    rows = entry["expect"].get("row", [])
    return rows if isinstance(rows, list) else []


@pytest.mark.shared
@shared
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))
def test_every_expected_value_of_a_shared_page_is_read(entry: dict[str, Any]) -> None:
    page = read(entry)
    assert page.kind == entry["page_class"]
    whole = {key: value for key, value in entry["expect"].items() if key != "row"}
    assert list(differences("page", whole, dict(page.facts))) == []
    rows = case_rows(entry)
    if rows:
        assert len(page.rows) == len(rows)
        for row, expected in zip(page.rows, rows, strict=True):
            assert list(differences(f"row {row.number}", expected, dict(row.facts))) == []


@pytest.mark.shared
@shared
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))
def test_every_expected_name_is_mentioned_once_per_entry(entry: dict[str, Any]) -> None:
    page = read(entry)
    printed = [mention.printed for mention in page.mentions]
    expect = entry["expect"]
    names = [party["name"] for party in expect.get("party", [])]
    names += [row["person"] for row in case_rows(entry) if "person" in row]
    names += [row["judge"] for row in case_rows(entry)]
    names += expect.get("person_forms_in_act", [])
    names += [
        complaint["applicant"]
        for complaint in expect.get("complaint", [])
        if "applicant" in complaint
    ]
    for name in names:
        if name != "Информация скрыта":
            assert name in printed
    assert len({(m.printed, m.row, m.role) for m in page.mentions}) >= len(printed) - 2


@pytest.mark.shared
@shared
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))
def test_a_shared_page_saved_without_its_address_names_the_same(entry: dict[str, Any]) -> None:
    asked, saved = read(entry), read(entry, saved=True)
    assert (saved.kind, saved.outcome, saved.mentions) == (
        asked.kind,
        asked.outcome,
        asked.mentions,
    )


@pytest.mark.shared
@shared
def test_hidden_addressees_and_cut_names_of_the_shared_pages() -> None:
    by_file = {entry["file"]: read(entry) for entry in ENTRIES}
    hidden = by_file["sudrf/blag_card.html"]
    assert (hidden.outcome, hidden.obstacle, hidden.withheld) == (
        Outcome.COULD_NOT_LOOK,
        Obstacle.WITHHELD,
        5,
    )
    samara = by_file["sudrf/samara_kas_appeal_uid_results.html"]
    in_dative = [m for m in samara.mentions if m.printed == "Сабировой Дилноре Рустамовне"]
    assert [m.capacity for m in in_dative] == [Capacity.PARTY, Capacity.PARTY]
    assert len(samara.remarks) == 1
    day = by_file["synthetic/synthetic-sudrf-hdate-tablcont.html"]
    assert (day.withheld, len(day.rows)) == (4, 26)


@pytest.mark.shared
@shared
def test_pages_of_other_sites_are_not_taken_for_ours() -> None:
    listed = tomllib.loads((SHARED / "manifest.toml").read_text("utf-8"))["fixture"]
    others = [entry["file"] for entry in listed if not entry["file"].startswith(OURS)]
    for name in others:
        if name.endswith((".html", ".txt")):
            capture = Capture((SHARED / name).read_bytes())
            assert not adapter.recognise(capture)
            assert not cassation.recognise(capture)
            assert not magistrates.recognise(capture)
