"""Settings of authorities: nobody at first; what cannot be used asks nobody and says so."""

import json
from pathlib import Path

import pytest
from time_authority import TimeAuthority

from habeas.errors import AuthoritiesRefused
from habeas.evidence.stamps.authorities import (
    KNOWN,
    Authorities,
    Authority,
    Promise,
    allowed,
    read_authorities,
    read_roots,
    write_authorities,
)
from habeas.evidence.stamps.chains import usual_roots

URL = "https://tsa.example/tsr"


def test_at_first_nobody_is_asked_and_everything_is_promised(tmp_path: Path) -> None:
    assert read_authorities(tmp_path) == Authorities((), (), Promise(2, 1))


def test_what_is_set_is_read_back_and_roots_are_copied(tmp_path: Path) -> None:
    authority = TimeAuthority(tmp_path / "tsa")
    chosen = allowed(Authorities(), "mine", URL, authority.root, tmp_path)
    chosen = allowed(chosen, "digicert", KNOWN["digicert"], None, tmp_path)
    write_authorities(chosen, tmp_path)
    authority.root.unlink()
    found = read_authorities(tmp_path)
    assert [(one.name, one.url) for one in found.asked] == [
        ("mine", URL),
        ("digicert", KNOWN["digicert"]),
    ]
    assert len(found.asked[0].certificates()) == 1
    assert found.asked[1].certificates() == usual_roots()
    assert len(found.roots()) == len(usual_roots()) + 1


def test_a_name_allowed_again_replaces_itself(tmp_path: Path) -> None:
    chosen = allowed(Authorities(), "mine", URL, None, tmp_path)
    chosen = allowed(chosen, "mine", URL + "2", None, tmp_path)
    assert chosen.asked == (Authority("mine", URL + "2", None),)


@pytest.mark.parametrize(
    ("name", "url"),
    [("", URL), ("../x", URL), ("Mine", URL), ("x", "ftp://x/"), ("x", "https:"), ("x", "")],
)
def test_names_and_addresses_that_cannot_be_used_are_refused(
    tmp_path: Path, name: str, url: str
) -> None:
    with pytest.raises(AuthoritiesRefused):
        allowed(Authorities(), name, url, None, tmp_path)


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"format": "habeas authorities 2"},
        {"format": "habeas authorities 1"},
        {"authorities": [{"name": "../x", "url": URL, "roots": None}]},
        {"authorities": [{"name": "x", "url": "gopher://x", "roots": None}]},
        {"calendars": ["not an address"]},
        {"promise": {"rfc3161": -1, "opentimestamps": 1}},
        {"promise": {"rfc3161": "many", "opentimestamps": 1}},
        [],
    ],
)
def test_a_damaged_file_is_told_and_asks_nobody(tmp_path: Path, found: object) -> None:
    good = {
        "format": "habeas authorities 1",
        "authorities": [],
        "calendars": [],
        "promise": {"rfc3161": 2, "opentimestamps": 1},
    }
    changes = isinstance(found, dict) and found and "format" not in found
    written = {**good, **found} if changes and isinstance(found, dict) else found
    (tmp_path / "authorities.json").write_text(json.dumps(written))
    with pytest.raises(AuthoritiesRefused, match="Nobody was asked"):
        read_authorities(tmp_path)


def test_a_path_in_the_settings_stays_inside_of_the_folder(tmp_path: Path) -> None:
    settings = {
        "format": "habeas authorities 1",
        "authorities": [{"name": "x", "url": URL, "roots": "../../etc/passwd"}],
        "calendars": [],
        "promise": {"rfc3161": 2, "opentimestamps": 1},
    }
    (tmp_path / "authorities.json").write_text(json.dumps(settings))
    (one,) = read_authorities(tmp_path).asked
    assert one.roots == tmp_path / "authorities" / "passwd"


def test_roots_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("no certificate here")
    (tmp_path / "large.pem").write_bytes(b"x" * (4 * 1024 * 1024 + 1))
    for name in ("missing.pem", "empty.pem", "large.pem"):
        with pytest.raises(AuthoritiesRefused):
            read_roots(tmp_path / name)
        with pytest.raises(AuthoritiesRefused):
            allowed(Authorities(), "x", URL, tmp_path / name, tmp_path)


def test_settings_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    authority = TimeAuthority(tmp_path / "tsa")
    with pytest.raises(AuthoritiesRefused):
        write_authorities(Authorities(), tmp_path / "file")
    with pytest.raises(AuthoritiesRefused):
        allowed(Authorities(), "x", URL, authority.root, tmp_path / "file")
