"""Plain texts and rulings. All people are invented."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, PageKind
from habeas.sources.readers.text import mentions_of_lines, read_text

SHARED = Path(__file__).parents[2].parent / "shared" / "fixtures"
RULING = """Дело № 5-12/2026
УИД 00RS0000-01-2026-900001-01
П О С Т А Н О В Л Е Н И Е
2 ноября 2026 года                       г. Небывальск
Судья Выдуманного районного суда г. Небывальска Сочинская Полина Петровна,
при секретаре Придумкиной О.О., с участием защитника Баюнова К.К.,
рассмотрев дело по ч. 1.1 ст. 18.8 КоАП РФ в отношении
Хаёлова Бахрома Афсонаевича, ДД.ММ.ГГГГ года рождения, и ФИО2,
УСТАНОВИЛ:
Хаёлов Б.А. находился. Прокурор просил признать Хаёлова Б.А. виновным.
Судья указал, что вина Хаёлова Б.А. доказана. ПОСТАНОВИЛ: признать.
Судья                     П.П.Сочинская
"""


def capture(text: str) -> Capture:
    return Capture(text.encode())


def test_a_ruling_gives_its_facts_and_the_roles_it_names() -> None:
    page = read_text(capture(RULING))
    assert (page.kind, page.outcome, page.withheld) == (PageKind.ACT, Outcome.FOUND, 1)
    assert dict(page.facts) == {
        "case_number": "5-12/2026",
        "uid": "00RS0000-01-2026-900001-01",
        "date": "02.11.2026",
        "article": "ч. 1.1 ст. 18.8 КоАП РФ",
        "judge": "Сочинская Полина Петровна",
    }
    capacity = {mention.printed: mention.capacity for mention in page.mentions}
    assert capacity["Сочинская Полина Петровна"] is Capacity.OFFICIAL
    assert capacity["П.П.Сочинская"] is Capacity.OFFICIAL
    assert capacity["Придумкиной О.О."] is Capacity.OFFICIAL
    assert capacity["Баюнова К.К."] is Capacity.REPRESENTATIVE
    assert capacity["Хаёлова Бахрома Афсонаевича"] is Capacity.PARTY


def test_the_person_is_never_taken_for_an_official() -> None:
    """A search skips officials: "прокурор просил признать Хаёлова" must not hide him."""
    for mention in read_text(capture(RULING)).mentions:
        if "Хаёлов" in mention.printed:
            assert mention.capacity is not Capacity.OFFICIAL


def test_a_ruling_that_breaks_off_is_incomplete_and_keeps_its_names() -> None:
    page = read_text(
        capture(RULING.replace("Судья                     П.П.Сочинская\n", "глава 27,"))
    )
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE)
    assert "Хаёлов Б.А." in [mention.printed for mention in page.mentions]


def test_a_text_read_to_its_end_was_looked_at() -> None:
    page = read_text(capture("Сегодня никого не видели."))
    assert (page.kind, page.outcome, page.mentions) == (PageKind.TEXT, Outcome.FOUND, ())


@pytest.mark.parametrize(
    ("body", "obstacle"),
    [
        (b"", Obstacle.NOT_RECOGNISED),
        (b"12345 67 \n 8", Obstacle.NOT_RECOGNISED),
        ("Хаёлов Б.А.".encode() + b"\x00\x00\x01" * 40, Obstacle.UNREADABLE),
        (("Хаёлов Б.А. " + "\ufffd" * 30).encode(), Obstacle.ENCODING),
    ],
)
def test_what_cannot_be_read_is_no_absence(body: bytes, obstacle: Obstacle) -> None:
    page = read_text(Capture(body))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)


def test_a_cut_body_is_incomplete() -> None:
    page = read_text(Capture("Хаёлов Б.А. сказал".encode(), complete=False))
    assert page.obstacle is Obstacle.INCOMPLETE
    assert page.mentions


def test_lines_are_streamed_and_numbered() -> None:
    asked: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(1, 1001):
            asked.append(number)
            yield f"Хаёлов Б.А. и {number}\n"

    first = next(mentions_of_lines(lines()))
    assert (first.printed, first.row, asked) == ("Хаёлов Б.А.", 1, [1])


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_without_an_exception(body: bytes) -> None:
    assert read_text(Capture(body)).outcome is not Outcome.NOT_FOUND


def acts() -> list[dict[str, object]]:
    if not SHARED.is_dir():
        return []
    manifest = tomllib.loads((SHARED / "manifest.toml").read_text("utf-8"))
    return [entry for entry in manifest["fixture"] if entry["file"].startswith("text-acts/")]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared fixtures are not beside the checkout")
@pytest.mark.parametrize("fixture", acts(), ids=lambda entry: str(entry["file"]))
def test_real_rulings_give_every_form_of_every_name(fixture: dict[str, dict[str, object]]) -> None:
    expect = fixture["expect"]
    page = read_text(Capture((SHARED / str(fixture["file"])).read_bytes()))
    assert page.kind is PageKind.ACT
    for key in ("case_number", "uid", "article", "judge", "date"):
        assert page.facts.get(key, "") == expect[key]
    printed = {mention.printed for mention in page.mentions}
    forms = [*list_of(expect["person_forms"]), *list_of(expect["judge_forms"])]
    assert not set(forms) - printed
    officials = {m.printed for m in page.mentions if m.capacity is Capacity.OFFICIAL}
    assert set(list_of(expect["judge_forms"])) <= officials
    assert not officials & set(list_of(expect["person_forms"]))


def list_of(value: object) -> list[str]:
    assert isinstance(value, list)
    return value
