"""Files of every kind, whole, broken and hostile. All people are invented."""

import gzip
import json
import os
import zipfile
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.finding.looked import Looked
from habeas.finding.looking import Looking, tasks_of
from habeas.names import Sought, Verdict
from habeas.sources.contract import Obstacle, Outcome

_NAME = "Выдуманов Тимур Назарович"
_LOOK = Looking(Sought((_NAME,)))


def _look(path: Path) -> list[Looked]:
    look = _LOOK()
    return [one for task in tasks_of([str(path)]) for one in look(task)]


def _one(path: Path) -> Looked:
    (looked,) = _look(path)
    return looked


def _written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


_TABLE = (
    "<html><body><table><tr><th>№</th><th>ФИО</th></tr>"
    "<tr><td>1</td><td>{name}</td></tr></table></body></html>"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.html", _TABLE.format(name=_NAME)),
        ("list.html", _TABLE.format(name=_NAME).encode("windows-1251")),
        ("text.txt", f"Суд постановил выдворить гражданина. {_NAME} обжаловал."),
        ("rows.csv", f"№;ФИО\n1;Примерова Анна Львовна\n2;{_NAME}\n"),
        ("rows.jsonl", json.dumps({"name": _NAME}) + "\n" + json.dumps({"name": "x"}) + "\n"),
        ("page.html.gz", gzip.compress(_TABLE.format(name=_NAME).encode())),
    ],
)
def test_the_person_is_found_in_files_of_every_kind(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    looked = _one(_written(tmp_path, name, content))
    assert looked.outcome is Outcome.FOUND, looked
    assert looked.hits[0].verdict in {Verdict.SAME, Verdict.LIKELY}
    assert looked.hits[0].printed == _NAME
    assert looked.hits[0].reasons


def _record(url: str, status: str, body: str) -> bytes:
    """Return one answer as a WARC record without digests (WARC/1.1, section 5)."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2021-03-26T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, url)}>\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_what_a_site_asks_of_robots_is_no_place_that_was_looked_at(tmp_path: Path) -> None:
    table = _TABLE.format(name=_NAME)
    pages = [
        ("https://court.example/robots.txt", "404 Not Found", "gone"),
        ("https://court.example/list?next=/robots.txt", "200 OK", table),
        ("https://court.example/gone", "404 Not Found", "gone"),
    ]
    path = _written(tmp_path, "day.warc", b"".join(_record(*page) for page in pages))
    looked = {one.url: one.outcome for one in _look(path)}
    assert looked == {
        "https://court.example/list?next=/robots.txt": Outcome.FOUND,
        "https://court.example/gone": Outcome.COULD_NOT_LOOK,
    }


def test_a_whole_table_without_the_person_is_not_found(tmp_path: Path) -> None:
    looked = _one(_written(tmp_path, "a.html", _TABLE.format(name="Примерова Анна Львовна")))
    assert looked.outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("name", "content", "obstacle"),
    [
        ("empty.html", b"", Obstacle.UNREADABLE),
        ("blank.html", b" \n", Obstacle.UNREADABLE),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, Obstacle.UNREADABLE),
        ("cut.gz", gzip.compress(os.urandom(9000))[:800], Obstacle.INCOMPLETE),
        ("broken.pdf", b"%PDF-1.7\nnothing", Obstacle.UNREADABLE),
        ("broken.warc.gz", gzip.compress(b"WARC/1.1\r\nbroken"), Obstacle.UNREADABLE),
        ("frame.html", b"<html><body><div></div></body></html>", Obstacle.NOT_RECOGNISED),
    ],
)
def test_what_cannot_be_read_is_never_not_found(
    tmp_path: Path, name: str, content: bytes, obstacle: Obstacle
) -> None:
    results = _look(_written(tmp_path, name, content))
    assert results
    for looked in results:
        assert looked.outcome is Outcome.COULD_NOT_LOOK
    if name != "cut.gz":
        assert results[0].obstacle is obstacle


def test_a_packed_folder_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.html", _TABLE.format(name=_NAME))
    looked = _one(path)
    assert looked.obstacle is Obstacle.UNREADABLE
    assert "unpack" in looked.explanation


def test_a_file_that_may_not_be_opened_is_an_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _written(tmp_path, "a.html", "x")

    def refused(*_arguments: object, **_more: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert _one(path).obstacle is Obstacle.UNREADABLE


def test_a_gzip_bomb_stops_at_the_size_of_a_page(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000)
    looked = _one(_written(tmp_path, "bomb.html.gz", bomb))
    assert looked.obstacle is Obstacle.TOO_LARGE


def test_a_page_larger_than_any_page_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(b"<html><body>")
        file.truncate(1_000_000_000)
    looked = _one(path)
    assert looked.obstacle in {Obstacle.TOO_LARGE, Obstacle.UNREADABLE}


def test_a_text_larger_than_any_page_is_streamed(tmp_path: Path) -> None:
    line = "Ничего особенного в этой строке нет, и имён в ней тоже нет.\n"
    path = tmp_path / "long.txt"
    path.write_text(line * 360_000 + f"{_NAME} содержится там.\n", "utf-8")
    assert path.stat().st_size > 32 * 1024 * 1024
    looked = _one(path)
    assert looked.outcome is Outcome.FOUND
    assert looked.hits[0].printed == _NAME


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 400), flips=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255))))
def test_no_damage_turns_a_page_with_the_person_into_a_crash(
    tmp_path: Path, cut: int, flips: list[tuple[int, int]]
) -> None:
    body = bytearray(_TABLE.format(name=_NAME).encode("windows-1251"))
    for place, value in flips:
        body[place % len(body)] = value
    for looked in _look(_written(tmp_path, "a.html", bytes(body[: len(body) - cut]))):
        assert isinstance(looked.outcome, Outcome)


def test_the_place_of_the_name_in_the_bytes_is_told(tmp_path: Path) -> None:
    body = _TABLE.format(name=_NAME).encode("windows-1251")
    looked = _one(_written(tmp_path, "a.html", body))
    span = looked.hits[0].span
    assert span is not None
    assert body[slice(*span)].decode("windows-1251") == _NAME


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "page.html"
    os.mkfifo(pipe)
    looked = _one(pipe)
    assert looked.outcome is Outcome.COULD_NOT_LOOK
    assert "pipe" in looked.explanation


def test_the_readings_of_one_name_in_a_text_are_one_hit(tmp_path: Path) -> None:
    page = f"<html><body><p>{_NAME}</p></body></html>"
    (hit,) = _one(_written(tmp_path, "page.html", page)).hits
    assert hit.printed == _NAME
