"""Walks the catalogue and the kinds: description, adapter, recorded pages and their JSON.

A source without a recorded empty result, challenge and lying failure is a source that will one
day report a block as "not found". After a change that is meant, run

    python -m pytest tests/adapters/test_catalog.py --update-pages

and read the difference of every JSON file before it is committed.
"""

import importlib
import inspect
import json
import os
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from examples import CATALOG, EXAMPLES, folder_of, id_of, known

from habeas.sources import own, registry
from habeas.sources.contract import Capture, Outcome, Page, PageKind, Query

OWN = sorted(p.name for p in CATALOG.iterdir() if p.is_dir() and not p.name.startswith("__"))
FOLDERS = [*OWN, *EXAMPLES]
RECORDED = sorted(
    path for folder in FOLDERS for path in (folder_of(folder) / "pages").glob("*") if path.is_file()
)
BODIES = [path for path in RECORDED if path.suffix != ".json"]
REGENERATE = (
    "If the change is meant: python -m pytest tests/adapters/test_catalog.py --update-pages, "
    "then read the difference."
)
CHALLENGES = {PageKind.CAPTCHA_FORM, PageKind.CAPTCHA_REJECTED, PageKind.BLOCKED}
EMPTY = {PageKind.EMPTY_UNCONFIRMED, PageKind.DAY_EMPTY}
LYING = CHALLENGES | {PageKind.DOWN, PageKind.EXPIRED, PageKind.BAD_QUERY, PageKind.GONE}


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The examples of the kinds, as if a user had described them."""
    monkeypatch.setattr(own, "sources", lambda _taken: tuple(EXAMPLES.values()))
    registry.sources.cache_clear()
    yield
    registry.sources.cache_clear()


def named(path: Path) -> str:
    return f"{id_of(path)}/{path.name}"


def recorded(path: Path) -> dict[str, Any]:
    beside: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return beside


def captured(path: Path) -> Capture:
    meta = recorded(path)
    return Capture(path.read_bytes(), meta["url"], meta["status"], meta["content_type"])


def as_json(page: Page) -> dict[str, Any]:
    """Return what is compared: everything but sentences in the reader's language."""
    shown: dict[str, Any] = {
        "kind": page.kind,
        "outcome": page.outcome,
        "obstacle": page.obstacle,
        "rows": [row.facts for row in page.rows],
        "mentions": [
            {"printed": m.printed, "role": m.role, "capacity": m.capacity, "row": m.row}
            for m in page.mentions
        ],
        "facts": page.facts,
        "part": asdict(page.part) if page.part else None,
        "withheld": page.withheld,
    }
    plain: dict[str, Any] = json.loads(json.dumps(shown, ensure_ascii=False))
    return plain


@pytest.mark.parametrize("folder", OWN)
def test_a_folder_has_a_description_that_the_registry_accepts(folder: str) -> None:
    assert (CATALOG / folder / "source.toml").is_file(), f"{folder} has no source.toml"
    source = registry.source(folder)
    country, _, name = folder.partition("_")
    assert name, f"{folder} is not named <country>_<name>"
    assert len(country) == 2
    assert source.blind_spots, f"{folder} does not say what absence there does not prove"
    assert source.hosts
    assert source.mentions[0] <= source.mentions[1]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_tells_its_history(folder: str) -> None:
    place = "kinds" if folder in EXAMPLES else "catalog"
    module = importlib.import_module(f"habeas.sources.{place}.{folder_of(folder).name}")
    assert "History:" in (module.__doc__ or ""), f"{folder}/__init__.py lacks its dated history"


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_adapter_offers_the_three_functions(folder: str) -> None:
    adapter = known(folder).adapter
    for name, argument in (("recognise", "capture"), ("plan", "query"), ("parse", "capture")):
        function = getattr(adapter, name, None)
        assert callable(function), f"{folder}/adapter.py has no function {name}"
        assert list(inspect.signature(function).parameters) == [argument]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_name_is_sent_unless_it_was_asked_for(folder: str) -> None:
    source = known(folder)
    assert not any(request.by_name for request in source.adapter.plan(Query()))
    if not source.by_name:
        asked = source.adapter.plan(Query(names=("Выдумов Назар",)))
        assert not any(request.by_name for request in asked)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_has_every_kind_of_recorded_page(folder: str) -> None:
    pages = [
        (known(folder).adapter.parse(captured(path)), recorded(path)["status"])
        for path in BODIES
        if id_of(path) == folder
    ]
    found = {page.kind for page, _ in pages}
    missing = []
    if not any(page.outcome is Outcome.FOUND and page.mentions for page, _ in pages):
        missing.append("a page with entries")
    if not found & EMPTY:
        missing.append("an empty result")
    if not found & CHALLENGES:
        missing.append("a challenge page")
    if not any(page.kind in LYING and status == 200 for page, status in pages):
        missing.append("a failure that answers HTTP 200")
    assert not missing, f"{folder}/pages lacks {', '.join(missing)}"


def test_every_body_has_its_json_and_the_other_way_round() -> None:
    bodies = {path.with_suffix("") for path in BODIES}
    notes = {path.with_suffix("") for path in RECORDED if path.suffix == ".json"}
    assert not bodies ^ notes, f"without its other half: {sorted(map(str, bodies ^ notes))}"


@pytest.mark.parametrize("path", BODIES, ids=named)
def test_a_recorded_page_says_that_its_people_are_invented(path: Path) -> None:
    end = path.read_bytes()[-600:]
    assert b"invented" in end, f"{named(path)} does not end with the note that all is invented"


@pytest.mark.parametrize("path", BODIES, ids=named)
def test_a_recorded_page_reads_as_its_json_says(path: Path, request: pytest.FixtureRequest) -> None:
    page = as_json(known(id_of(path)).adapter.parse(captured(path)))
    if request.config.getoption("--update-pages"):
        assert not os.environ.get("CI"), "recorded pages are never written in CI"
        beside = {**recorded(path), "page": page}
        text = json.dumps(beside, ensure_ascii=False, indent=2) + "\n"
        path.with_suffix(".json").write_text(text, "utf-8")
    expected = recorded(path)["page"]
    for key in expected.keys() | page.keys():
        assert page.get(key) == expected.get(key), f"{named(path)}: {key} differs. {REGENERATE}"


@pytest.mark.usefixtures("described")
@pytest.mark.parametrize("path", BODIES, ids=named)
def test_an_address_alone_leads_to_the_right_source(path: Path) -> None:
    found = registry.source_of(captured(path))
    assert found is not None, f"no source serves {recorded(path)['url']}"
    assert found.id == id_of(path)


@pytest.mark.usefixtures("described")
@pytest.mark.parametrize("path", BODIES, ids=named)
def test_a_saved_page_is_never_taken_for_another_source(path: Path) -> None:
    found = registry.source_of(Capture(path.read_bytes()))
    assert found is None or found.id == id_of(path)


@pytest.mark.parametrize("path", BODIES, ids=named)
def test_a_damaged_page_is_never_a_proof_of_absence(path: Path) -> None:
    """Cut, flipped and emptied pages never raise, and never become "not found"."""
    adapter = known(id_of(path)).adapter
    meta, body = recorded(path), path.read_bytes()
    if meta["page"].get("outcome") == Outcome.NOT_FOUND:
        return  # the page itself is a proof; its parts are looked at in the source's own tests
    chance = random.Random(named(path))
    for _ in range(20):
        damaged = bytearray(body[: chance.randrange(len(body) + 1)])
        for _ in range(chance.randrange(4)):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        capture = Capture(bytes(damaged), meta["url"], meta["status"], meta["content_type"])
        assert adapter.parse(capture).outcome is not Outcome.NOT_FOUND
