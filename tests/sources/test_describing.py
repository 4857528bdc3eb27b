"""Descriptions without code: what is missing or wrong is said, and nothing is guessed."""

import re
from pathlib import Path

import pytest
from examples import EXAMPLES
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import SourceBroken
from habeas.home import home
from habeas.sources import own, registry
from habeas.sources.describing import from_toml
from habeas.sources.kinds import KINDS, example_of

_TABLE = example_of("table")


def _broken(text: str) -> str:
    with pytest.raises(SourceBroken) as caught:
        from_toml("kz_invented", text)
    assert "kz_invented" in caught.value.happened
    return caught.value.happened


def _without(key: str, text: str = _TABLE) -> str:
    return re.sub(rf"(?m)^{key} = .*\n", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_kind_is_a_source(kind: str) -> None:
    source = EXAMPLES[f"xx_{kind}"]
    assert source.kind == kind
    assert not source.by_name
    assert source.adapter is source.bound


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_key_is_named(kind: str) -> None:
    text = example_of(kind)
    assert "“read.colour”" in _broken(text.replace("[read]\n", '[read]\ncolour = "red"\n'))
    assert "“by_nam”" in _broken(f"by_nam = true\n{text}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_setting_is_named(kind: str) -> None:
    key = "channels" if kind == "telegram" else "addresses"
    assert f"read.{key}" in _broken(_without(key, example_of(kind)))


@pytest.mark.parametrize("key", ["title", "blind_spots", "every", "jurisdiction"])
def test_what_a_proposal_left_open_stays_refused(key: str) -> None:
    text = re.sub(rf"(?m)^{key} = .*$", f'{key} = "?"', _TABLE)
    assert f"“{key}” is not filled in yet" in _broken(text)


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ('kind = "table"', 'kind = "tabel"', "there is no kind 'tabel'"),
        ("https://court.example/hearings", "https://other.example/x", "at none of the hosts"),
        ("https://court.example/hearings", "ftp://court.example/x", "no address that can be asked"),
        ("day={day}", "day={name}", "no address that can be asked"),
        ("day={day}", "day={day", "no address that can be asked"),
        ('day = "%d.%m.%Y"', 'day = "%m.%Y"', "how {day} is written"),
        ('day = "%d.%m.%Y"', "day = 7", "“read.day” cannot be 7"),
        ('table = "table.hearings"', 'table = "table["', "is no CSS selector"),
        ('"Участники" = "parties"', '"Участники" = "fact"', "no column is said to hold names"),
        ('"Участники" = "parties"', '"Участники" = "Name!"', "the column 'Участники' cannot be"),
        ('identity = "Номер дела"', 'identity = "Дело"', "is none of the columns"),
        ('addresses = ["https', 'addresses = "https', "cannot be"),
    ],
)
def test_what_cannot_be_used_is_said(before: str, after: str, cause: str) -> None:
    assert before in _TABLE
    text = _TABLE.replace(before, after, 1)
    if after.startswith("addresses"):
        text = text.replace('day={day}"]', 'day={day}"')
    assert cause in _broken(text)


def test_a_roster_without_identity_is_refused() -> None:
    assert "read.identity" in _broken(_without("identity", example_of("roster")))


def test_a_channel_has_a_name_and_its_host() -> None:
    text = example_of("telegram")
    assert "is no name of a channel" in _broken(text.replace('nebylitsa_info"]', '../x"]'))
    assert "t.me" in _broken(text.replace('hosts = ["t.me"]', 'hosts = ["a.example"]'))


def test_limits_are_kept() -> None:
    assert "read.newest" in _broken(example_of("sitemap").replace("newest = 20", "newest = 0"))
    assert "read.newest" in _broken(example_of("pdf_list").replace("newest = 4", "newest = 4000"))
    assert "cannot be True" in _broken(example_of("sitemap").replace("= 20", "= true"))


@given(st.text(max_size=200))
def test_any_text_that_is_no_description_is_refused_by_name(text: str) -> None:
    with pytest.raises(SourceBroken, match="kz_invented"):
        from_toml("kz_invented", text)


# --- the user's own folder -----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path))
    made = tmp_path / "sources"
    made.mkdir()
    registry.sources.cache_clear()
    monkeypatch.setattr(registry.sources, "cache_clear", registry.sources.cache_clear)
    return made


@pytest.fixture(autouse=True)
def _fresh() -> None:
    registry.sources.cache_clear()


def test_a_file_in_the_own_folder_is_a_source(folder: Path) -> None:
    (folder / "kz_invented.toml").write_text(_TABLE, "utf-8")
    (folder / "notes.txt").write_text("no source", "utf-8")
    assert home() == folder.parent
    assert registry.source("kz_invented").kind == "table"
    assert registry.source_at("court.example") is registry.source("kz_invented")
    registry.sources.cache_clear()


def test_without_the_folder_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "nowhere"))
    assert own.sources() == ()


@pytest.mark.parametrize(
    ("name", "text", "cause"),
    [
        ("invented.toml", _TABLE, "its name has to be like"),
        ("ru_sudrf.toml", _TABLE, "the catalogue has a source of that name"),
        ("kz_none.toml", _without("kind"), "“kind”"),
        ("kz_broken.toml", "kind = ", "kz_broken.toml"),
        ("kz_large.toml", "#" * 1_100_000, "too large"),
    ],
)
def test_a_file_that_cannot_be_used_stops_everything_by_name(
    folder: Path, name: str, text: str, cause: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(SourceBroken) as caught:
        registry.sources()
    assert name in caught.value.happened
    assert cause in caught.value.happened
    (folder / name).unlink()
    registry.sources.cache_clear()
