"""From places to texts: files, folders, archives; what has no text says why. All is invented."""

from pathlib import Path

import pytest

from habeas.errors import PlaceMissing
from habeas.finding import texts
from habeas.finding.texts import texts_of
from habeas.sources.contract import Obstacle


def test_files_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Police held 12 people.", "utf-8")
    (tmp_path / "a.html").write_text("<html><body><p>Латипов задержан.</p></body></html>", "utf-8")
    found = list(texts_of([str(tmp_path)]))
    assert [one.plain.text for one in found] == ["Латипов задержан.", "Police held 12 people."]
    assert [one.plain.extracted for one in found] == [True, False]


def test_what_has_no_text_is_an_obstacle_and_not_silence(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    (tmp_path / "b.txt").write_bytes(b"")
    found = list(texts_of([str(tmp_path)]))
    assert [one.plain.obstacle for one in found] == [Obstacle.UNREADABLE] * 2
    assert all(one.plain.explanation for one in found)


def test_a_file_beyond_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "LARGEST_BYTES", 10)
    (tmp_path / "a.txt").write_text("Police held 12 people.", "utf-8")
    (found,) = texts_of([str(tmp_path)])
    assert found.plain.obstacle is Obstacle.TOO_LARGE


def test_a_missing_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaceMissing):
        list(texts_of([str(tmp_path / "nowhere")]))
