"""JSON of any size and shape. All people are invented."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.contract import Capacity, Obstacle, Outcome
from habeas.sources.readers.jsonl import SOURCE, read_jsonl
from habeas.sources.readers.streams import page_of

NAME = "Хаёлов Бахром"


def names(text: str | bytes) -> list[str]:
    body = text if isinstance(text, bytes) else text.encode()
    return [mention.printed for _, named in read_jsonl([body]) for mention in named]


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "Хаёлов Бахром"}\n{"name": "X"}\n',
        '[{"fio": "Хаёлов Бахром"}, {"fio": "X"}]',
        '{"surname": "Хаёлов", "given_name": "Бахром"}\n{}\n',
        '{"case": {"parties": [{"x": "Хаёлов Бахром"}]}}\n',
        '{\n  "text": "вчера Хаёлов Бахром пропал",\n  "n": [1,\n 2]\n}\n',
        '"Хаёлов Бахром"\n',
        '["Хаёлов Бахром"]\n["X"]\n',
    ],
)
def test_a_name_is_found_wherever_it_stands(text: str) -> None:
    assert NAME in names(text)
    assert NAME in names(text.encode("utf-16"))


def test_facts_are_plain_and_without_null() -> None:
    (row, mentions), *_ = read_jsonl(
        [b'{"judge": "Sochinskaya P.P.", "n": null, "x": 1.5, "y": [1]}']
    )
    assert dict(row.facts) == {"judge": "Sochinskaya P.P.", "x": "1.5", "y": [1]}
    assert mentions[0].capacity is Capacity.OFFICIAL


def test_a_bad_line_is_counted_its_names_kept_and_the_others_read() -> None:
    read = read_jsonl(
        ['{"name": "Vydumov A"}\n{"name": "Хаёлов Бахром",\n{"name": "Vydumov C"}\n'.encode()]
    )
    page = page_of(read, read.report, SOURCE)
    assert [mention.printed for mention in page.mentions] == ["Vydumov A", NAME, "Vydumov C"]
    assert (page.obstacle, read.report.first_bad) == (Obstacle.INCOMPLETE, [2])


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 100_000, "1" * 10_000, '{"name": "Хаёлов Бахр', "[{]}", '["a"'],
)
def test_hostile_json_is_no_absence(text: str) -> None:
    read = read_jsonl([text.encode()])
    page = page_of(read, read.report, SOURCE)
    assert page.outcome is Outcome.COULD_NOT_LOOK


def test_half_a_character_does_not_leave_the_reader() -> None:
    (row, mentions), *_ = read_jsonl([rb'{"name": "Vydum\ud83d Nazar"}'])
    json.dumps(dict(row.facts)).encode()
    assert mentions[0].printed.encode()


def test_one_line_of_many_megabytes_is_read_whole() -> None:
    text = "[" + ",".join(['{"name": "Хаёлов Бахром"}'] * 250_000) + "]"
    read = read_jsonl([text.encode()])
    assert sum(len(named) for _, named in read) == 250_000
    assert read.report.obstacle == (None, "")


@given(
    st.recursive(
        st.text() | st.none() | st.integers() | st.floats() | st.booleans(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_any_json_is_read(value: object) -> None:  # fmt: skip
    text = json.dumps({"v": value, "name": NAME})
    assert NAME in names(text)
    assert NAME in names(f"[{text}]")


@given(st.binary(max_size=1500))
def test_any_bytes_are_read_without_an_exception(body: bytes) -> None:
    read = read_jsonl([body])
    assert page_of(read, read.report, SOURCE).outcome is not Outcome.NOT_FOUND
