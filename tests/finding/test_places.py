import os
from pathlib import Path

import pytest

from habeas.errors import PlaceMissing
from habeas.finding.places import files_of, key_of


def test_a_folder_is_walked_in_name_order_and_hidden_files_are_no_pages(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.html", "a.html", ".DS_Store", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    names = [str(path.relative_to(tmp_path)) for path in files_of([str(tmp_path)])]
    assert names == ["a.html", "b/1.html", "b/2.html"]


def test_a_missing_place_is_told_before_any_place_is_read(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("x", "utf-8")
    with pytest.raises(PlaceMissing) as error:
        next(files_of([str(page), str(tmp_path / "mising")]))
    assert "mising" in error.value.happened
    assert error.value.kept
    assert error.value.advice


def test_a_changed_file_has_another_key(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("x", "utf-8")
    before = key_of(page)
    page.write_text("xy", "utf-8")
    assert key_of(page) != before
    again = key_of(page)
    os.utime(page, ns=(1, 1))
    assert key_of(page) != again


def test_a_link_that_leads_in_a_circle_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("x", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [path.name for path in files_of([str(tmp_path)])] == ["page.html"]
