"""Reads every page of the shared fixtures as an answer and as a bare saved file.

The manifest's `expect` says what is on a page. What differs is printed file by file; a value that
no reader is asked to give stands in `NOT_ASKED`, with the reason.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from habeas.sources import pages, registry
from habeas.sources.contract import Capture, Outcome, Page, PageKind
from habeas.sources.readers.text import read_text

SHARED = Path(__file__).parents[2].parent / "shared" / "fixtures"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="the shared fixtures are not beside the checkout"
    ),
]
# The query, a slip in the bytes, and the nominative of a declined name: none is printed there.
NOT_ASKED = frozenset({"searched", "mojibake_prefix", "person_nominative"})
# Of a ruling as running text, sources give the names; what it decides is for another room.
ASKED_OF_ACTS = frozenset({"person_forms", "judge_forms", "clerk"})
# What stands in the address only.
NOT_ASKED_WITHOUT_ADDRESS = frozenset({"searched_uid"})
HIDDEN = "Информация скрыта"


def fixtures() -> list[dict[str, Any]]:
    if not SHARED.is_dir():
        return []
    manifest = tomllib.loads((SHARED / "manifest.toml").read_text("utf-8"))
    return [fixture for fixture in manifest["fixture"] if "page_class" in fixture]


FIXTURES = fixtures()
Reading: TypeAlias = Callable[[Mapping[str, Any]], Capture]


def named(fixture: Mapping[str, Any]) -> str:
    return str(fixture["file"])


def as_answer(fixture: Mapping[str, Any]) -> Capture:
    return Capture(
        (SHARED / fixture["file"]).read_bytes(),
        fixture.get("url", ""),
        fixture.get("http_status"),
        fixture.get("content_type", ""),
    )


def as_saved(fixture: Mapping[str, Any]) -> Capture:
    return Capture((SHARED / fixture["file"]).read_bytes())


def read(capture: Capture) -> Page:
    """Read as the program does: by its source, else typed as a failure, else as plain text."""
    return registry.read(capture) or pages.failure(capture, "unknown") or read_text(capture)


@pytest.mark.parametrize("fixture", FIXTURES, ids=named)
@pytest.mark.parametrize("as_what", [as_answer, as_saved], ids=["answer", "saved"])
def test_a_page_is_what_the_manifest_says(fixture: dict[str, Any], as_what: Reading) -> None:
    page = read(as_what(fixture))
    assert page.kind == fixture["page_class"], f"{page.obstacle}: {page.explanation}"
    if page.outcome is Outcome.NOT_FOUND:
        assert fixture["page_class"] == "day-empty"


@pytest.mark.parametrize("fixture", FIXTURES, ids=named)
@pytest.mark.parametrize("as_what", [as_answer, as_saved], ids=["answer", "saved"])
def test_every_expected_value_is_read(fixture: dict[str, Any], as_what: Reading) -> None:
    capture = as_what(fixture)
    differences = list(differing(fixture.get("expect", {}), read(capture), capture))
    assert not differences, "\n" + "\n".join(differences)


def differing(expect: Mapping[str, Any], page: Page, capture: Capture) -> Iterator[str]:
    act = page.kind is PageKind.ACT
    skipped = NOT_ASKED | (expect.keys() - ASKED_OF_ACTS if act else frozenset())
    skipped |= frozenset() if capture.url else NOT_ASKED_WITHOUT_ADDRESS
    for key in sorted(expect.keys() - skipped):
        if act or key.endswith(("_forms", "_forms_in_act")):
            yield from forms_missing(expect[key], page, key)
        elif key == "row":
            yield from rows_differing(expect[key], page)
        else:
            yield from fact_differing(key, expect[key], page)
    yield from names_missing(expect, page)


def fact_differing(key: str, value: object, page: Page) -> Iterator[str]:
    if key == "rows" and len(page.rows) != value:
        yield f"rows: {len(page.rows)}, expected {value}"
    elif key == "contains" and str(value) not in f"{page.explanation} {dict(page.facts)}":
        yield f"nowhere in the page: {value!r}"
    elif key not in {"rows", "contains"}:
        yield from compared(value, page.facts.get(key, _field(page, key)), key)


def _field(page: Page, key: str) -> str | None:
    return {"title": page.title, "court": page.court}.get(key)


def forms_missing(forms: str | Sequence[str], page: Page, key: str) -> Iterator[str]:
    """Yield the printed forms of a name in running text that no mention carries."""
    printed = {mention.printed for mention in page.mentions}
    for form in [forms] if isinstance(forms, str) else forms:
        if not any(form in one for one in printed):
            yield f"{key}: no mention of {form!r}"


def rows_differing(rows: Sequence[Mapping[str, Any]], page: Page) -> Iterator[str]:
    if len(rows) != len(page.rows):
        yield f"row: {len(page.rows)} rows, {len(rows)} described"
    for number, (expected, row) in enumerate(zip(rows, page.rows, strict=False), 1):
        for key, value in expected.items():
            if key in NOT_ASKED:
                continue
            got = row.facts.get(key)
            if key == "state" and "state_date" not in expected and "state_date" in row.facts:
                got = f"{got}, {row.facts['state_date']}"  # one fixture describes it unsplit
            yield from compared(value, got, f"row {number}, {key}")


def compared(expected: object, got: object, where: str) -> Iterator[str]:
    """Yield differences; a reader may give more keys than the manifest describes, never fewer."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        for key, value in expected.items():
            yield from compared(value, got.get(key), f"{where}.{key}")
    elif (
        isinstance(expected, list) and isinstance(got, (list, tuple)) and len(expected) == len(got)
    ):
        for index, (one, other) in enumerate(zip(expected, got, strict=True), 1):
            yield from compared(one, other, f"{where}[{index}]")
    elif expected != got:
        yield f"{where}: {got!r}, expected {expected!r}"


def names_missing(expect: Mapping[str, Any], page: Page) -> Iterator[str]:
    """Yield the names of parties that no mention carries: these people would not be found."""
    hidden = str(expect).count(f"'{HIDDEN}'")
    if hidden and not page.withheld:
        yield f"withheld: 0, but the page hides {hidden} names"
    seen = {(m.row, m.printed) for m in page.mentions} | {(0, m.printed) for m in page.mentions}
    for row, entry in [(0, expect), *enumerate(expect.get("row", ()), 1)]:
        for party in entry.get("party", ()):
            names = party.get("names") or [party.get("name", "")]
            for name in names:
                if name and name != HIDDEN and (row, name) not in seen:
                    yield f"row {row or '-'}: no mention of {name!r} ({party.get('role', '')})"
