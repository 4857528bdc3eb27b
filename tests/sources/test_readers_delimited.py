"""Files of rows: every row is read or reported, in constant memory. All people are invented."""

import csv
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import RowsUnreadable
from habeas.sources.contract import Capacity, Obstacle, Outcome
from habeas.sources.readers.delimited import SOURCE, read_delimited
from habeas.sources.readers.headings import holds_names, name_columns
from habeas.sources.readers.streams import page_of

NAME = "Хаёлов Бахром Афсонаевич"


def names(text: str | bytes) -> list[str]:
    body = text if isinstance(text, bytes) else text.encode()
    return [mention.printed for _, named in read_delimited([body]) for mention in named]


@pytest.mark.parametrize(
    "text",
    [
        f"№,ФИО,Судья\n1,{NAME},Сочинская П.П.\n",
        f"id;participant\n1;{NAME}\n",
        f"id\tсведения\n1\tзадержан {NAME} вчера\n",
        f"1;{NAME}\n2;Выдумов Назар\n",
        "фамилия,имя,отчество\nХаёлов,Бахром,Афсонаевич\n",
        "Имя;Фамилия;Отчество\nБахром;Хаёлов;Афсонаевич\n",
        'ФИО,x\n"Хаёлов\nБахром\nАфсонаевич",1\n',
        f"ФИО\n{NAME}\n",
        f"\ufeffФИО|Дата\n{NAME}|2\n",
        f"ФИО,x\r{NAME},1\r",
        f"номи насаб;сана\n{NAME.upper()};1\n",
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "cp1251", "utf-16"])
def test_a_name_is_found_in_any_column_and_charset(text: str, charset: str) -> None:
    body = text.encode(charset, "ignore") if charset == "cp1251" else text.encode(charset)
    assert NAME.lower() in [name.lower() for name in names(body)]


def test_lower_case_names_count_in_a_column_of_names() -> None:
    assert names("name,x\nbakhrom khayolov,1\n") == ["bakhrom khayolov"]


def test_roles_come_from_headings() -> None:
    rows = list(
        read_delimited([f"Ответчик;Судья;ФИО\n{NAME};Сочинская П.П.;Выдумов Н.\n".encode()])
    )
    assert [(m.role, m.capacity) for m in rows[0][1]] == [
        ("Ответчик", Capacity.PARTY),
        ("Судья", Capacity.OFFICIAL),
        ("", Capacity.NAMED),
    ]
    assert rows[0][0].facts["Ответчик"] == NAME


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("ФИО", True), ("Стороны", True), ("Номер дела", False), ("Наименование суда", False),
     ("file_name", False), ("fullName", True), ("Ному насаби тарафҳо", True), ("date", False)],
)  # fmt: skip
def test_headings_of_names(heading: str, expected: bool) -> None:  # noqa: FBT001
    assert holds_names(heading) is expected


def test_surname_and_given_name_in_any_order_are_joined_surname_first() -> None:
    assert name_columns(["first_name", "born", "last_name"]).joined == (2, 0)


def test_a_quote_that_never_closes_costs_its_own_row_only() -> None:
    text = 'name,x\n"Выдумов Назар,1\n' + "Хаёлов Бахром,2\n" * 1000
    read = read_delimited([text.encode()])
    found = [mention.printed for _, named in read for mention in named]
    assert found.count("Хаёлов Бахром") == 1000
    assert read.report.bad_rows == 1
    assert read.report.obstacle[0] is Obstacle.INCOMPLETE
    error = read.report.error
    assert isinstance(error, RowsUnreadable)
    assert "1 rows of the file cannot be read (the first in lines: 2)" in error.happened
    assert "1001 rows were read" in error.kept
    assert "Look at these lines" in error.advice


def test_a_field_without_end_is_bounded_and_reported() -> None:
    text = f'a,b\n1,"{"x" * 300_000}\n2,{NAME}\n'
    read = read_delimited([text.encode()])
    page = page_of(read, read.report, SOURCE)
    assert page.outcome is Outcome.COULD_NOT_LOOK
    assert NAME in [mention.printed for mention in page.mentions]


@pytest.mark.parametrize(
    ("body", "obstacle"),
    [
        (b"", Obstacle.NOT_RECOGNISED),
        (b"\x00\x01\x02" * 100, Obstacle.UNREADABLE),
        (b"%PDF-1.4\n1 0 obj", Obstacle.UNREADABLE),
        (b"name,x\n", Obstacle.NOT_RECOGNISED),
        (b"name,x\n" + "Хаёлов,1\n".encode() * 30 + b"\xd0\n\xd0,\xff\n" * 10, Obstacle.ENCODING),
    ],
)
def test_what_cannot_be_read_is_no_absence(body: bytes, obstacle: Obstacle) -> None:
    read = read_delimited([body])
    page = page_of(read, read.report, SOURCE)
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)


def test_reading_that_stops_early_is_incomplete() -> None:
    read = read_delimited([b"name,x\n" + b"Vydumov Nazar,1\n" * 10])
    next(read)
    assert read.report.obstacle[0] is Obstacle.INCOMPLETE


def test_a_large_file_streams_in_constant_memory() -> None:
    line = f"1,{NAME},ч. 1 ст. 18.8 КоАП РФ\n".encode()

    def chunks() -> Iterator[bytes]:
        yield "id,ФИО,статья\n".encode()
        for _ in range(300):
            yield line * 200

    read = read_delimited(chunks())
    tracemalloc.start()
    rows = sum(1 for _ in read)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows == 60_000
    assert peak < 8_000_000


def test_a_charset_that_shows_late_is_still_used() -> None:
    body = b"id,name\n" + b"1,Vydumov Nazar\n" * 30_000 + f"2,{NAME}\n".encode("cp1251")
    assert names(body)[-1] == NAME


def test_two_byte_text_without_a_mark_is_read() -> None:
    assert names("name,x\nVydumov Nazar,1\n".encode("utf-16-le")) == ["Vydumov Nazar"]


def test_a_chunk_may_end_inside_a_character() -> None:
    body = f"id,ФИО\n1,{NAME}\n".encode()
    read = read_delimited(body[at : at + 1] for at in range(len(body)))
    assert [mention.printed for _, named in read for mention in named] == [NAME]


_cell = st.text(alphabet='Хаёлов Б.,;"\n\t1\r', max_size=12)


@given(st.lists(st.lists(_cell, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    sheet = io.StringIO(newline="")
    csv.writer(sheet, lineterminator="\n").writerows([["id", "ФИО"], *rows, ["9", NAME]])
    read = read_delimited([sheet.getvalue().encode()])
    found = [mention.printed for _, named in read for mention in named]
    assert NAME in found or read.report.bad_rows


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(body: bytes) -> None:
    read = read_delimited([body])
    assert page_of(read, read.report, SOURCE).outcome is not Outcome.NOT_FOUND
