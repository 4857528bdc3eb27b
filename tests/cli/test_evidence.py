"""`habeas capture`, `seals`, `stamps`, `custody` and `keys` as a user runs them, one story each."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from calendar_double import HEIGHT, Calendar
from click.testing import CliRunner, Result
from time_authority import TimeAuthority

from habeas.cli import main
from habeas.errors import Exit, HabeasError
from habeas.evidence.seals import keyfile

_NAME = "Выдуманов Тимур Назарович"
_PAGE = (
    "<html><body><table><tr><th>№</th><th>ФИО</th></tr>"
    f"<tr><td>1</td><td>{_NAME}</td></tr></table></body></html>"
).encode()


@dataclass
class Shell:
    """A user with a home of their own, in a folder of their own."""

    home: Path

    def run(self, *arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(
            main, arguments, input=given, standalone_mode=False, catch_exceptions=True
        )

    def ok(self, *arguments: str, code: int = Exit.DONE, given: str | None = None) -> str:
        done = self.run(*arguments, given=given)
        assert done.exception is None, repr(done.exception)
        assert int(done.return_value) == code, done.output
        return done.stdout

    def refused(self, *arguments: str, given: str | None = None) -> Exception:
        done = self.run(*arguments, given=given)
        assert isinstance(done.exception, Exception)
        return done.exception


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HABEAS_LANG", "en")
    monkeypatch.delenv("HABEAS_CAPTURES", raising=False)
    monkeypatch.setattr(keyfile, "_N", 2**10)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path / "home")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A page of an invented court on this computer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(_PAGE)))
            self.end_headers()
            self.wfile.write(_PAGE)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/list"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[TimeAuthority]:
    with TimeAuthority(tmp_path / "tsa") as running:
        yield running


def _json(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_capture_is_sealed_without_asking_and_can_be_checked(shell: Shell, address: str) -> None:
    done = shell.run("capture", "--json", address)
    (line,) = _json(done.stdout)
    assert line["seal"] == 2
    assert "Sealed. No outside timestamp yet" in done.stderr
    checks = {one["check"]: one for one in _json(shell.ok("seals", "check", "--json", code=3))}
    assert {one["result"] for name, one in checks.items() if name != "stamp.required"} == {"held"}
    assert checks["stamp.required"]["result"] == "could_not_check"
    listed = _json(shell.ok("seals", "list", "--json"))
    assert [one["kind"] for one in listed] == ["key", "capture", "note"]
    assert str(line["record"]).endswith(str(listed[1]["file"]))
    events = [one["event"] for one in _json(shell.ok("custody", "list", "--json"))]
    assert events == ["captured", "noted", "verified"]


def test_find_at_an_address_seals_too_and_does_not_read_the_seals_as_pages(
    shell: Shell, address: str
) -> None:
    found = shell.run("find", "--json", _NAME, address)
    assert found.return_value == Exit.DONE
    assert len(_json(shell.ok("seals", "list", "--json"))) == 3
    again = shell.run("find", "--json", _NAME, "captures")
    summary = _json(again.stdout)[-1]
    assert again.return_value == Exit.DONE
    # Neither the log nor our note on how the page was decoded is a place that cannot be read.
    assert summary["looked"] == 1
    assert summary["could_not_look"] == {}
    read = _json(shell.ok("custody", "list", "--json"))[-1]
    assert (read["event"], read["why"], read["detail"]) == ("read", "search", {"looked": 1})
    assert _NAME not in json.dumps(read, ensure_ascii=False)


def test_a_folder_that_may_not_be_written_to_is_searched_all_the_same(
    shell: Shell, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.run("capture", address)

    def read_only(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("habeas.evidence.seals.pen.make_folder", read_only)
    done = shell.run("find", "--json", _NAME, "captures")
    assert done.return_value == Exit.DONE
    assert "was not noted in the log: The log of captures could not be written" in done.stderr


def test_a_damaged_file_is_exit_1_with_the_file_named(shell: Shell, address: str) -> None:
    (line,) = _json(shell.run("capture", "--json", address).stdout)
    path = Path(str(line["record"]))
    path.write_bytes(path.read_bytes()[:-5])
    text = shell.ok("seals", "check", code=1)
    assert "DOES NOT HOLD  item.bytes" in text
    assert path.name in text


def test_another_signer_is_exit_1_and_a_mistyped_fingerprint_exit_2(
    shell: Shell, address: str
) -> None:
    shell.run("capture", address)
    printed = shell.ok("keys", "list").splitlines()[0]
    shell.ok("seals", "check", "--signer", printed, code=3)
    text = shell.ok("seals", "check", "--signer", "AB" * 32, code=1)
    assert "another key than the expected one" in text
    error = shell.refused("seals", "check", "--signer", "AB12")
    assert "64 digits" in str(error)


def test_a_check_can_be_left_out_of_the_log(shell: Shell, address: str) -> None:
    shell.run("capture", address)
    shell.ok("seals", "check", "--no-note", "--seals-only", code=3)
    assert "verified" not in shell.ok("custody", "list")


def test_seals_are_laid_out_for_openssl(shell: Shell, address: str, tmp_path: Path) -> None:
    shell.run("capture", address)
    manifest = shell.ok("seals", "show", "2")
    shell.ok("seals", "show", "2", "--into", "laid")
    assert (tmp_path / "laid" / "manifest.json").read_text("utf-8") == manifest.rstrip("\n")
    assert len((tmp_path / "laid" / "signature.bin").read_bytes()) == 64
    assert isinstance(shell.refused("seals", "show", "99"), HabeasError)
    assert "laid" in str(shell.refused("seals", "show", "2", "--into", "laid/manifest.json"))


def test_records_without_a_seal_are_recovered(shell: Shell, address: str, tmp_path: Path) -> None:
    (line,) = _json(shell.run("capture", "--json", "--into", "other", address).stdout)
    shell.run("capture", address)
    record = Path(str(line["record"]))
    place = tmp_path / "captures" / record.parent.name / record.name
    place.write_bytes(record.read_bytes())
    assert "could not check  item.unsealed" in shell.ok("seals", "check", "--no-note", code=3)
    assert shell.ok("seals", "recover").strip() == "Sealed late: 1."
    assert "could not check  item.unsealed" not in shell.ok("seals", "check", code=3)
    assert "no such folder" in str(shell.refused("seals", "recover", "nowhere"))


def test_a_folder_without_seals_says_so(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for verb in (("seals", "list"), ("stamps", "list"), ("custody", "list"), ("stamps", "send")):
        assert "there are no seals in it" in str(shell.refused(*verb, "empty"))


def test_a_picture_that_cannot_be_made_is_exit_3_and_the_page_is_kept(
    shell: Shell, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HABEAS_CHROMIUM", "/nowhere/chromium")
    done = shell.run("capture", "--json", "--picture", address)
    assert done.return_value == Exit.COULD_NOT_LOOK
    (line,) = _json(done.stdout)
    assert line["picture"] == ""
    assert "The page itself is recorded and sealed." in done.stderr
    assert Path(str(line["record"])).exists()


# --- stamps --------------------------------------------------------------------------------------


def test_nobody_is_asked_until_allowed_and_then_with_the_next_capture(
    shell: Shell, address: str, authority: TimeAuthority
) -> None:
    shell.run("capture", address)
    assert "Nobody may be asked" in shell.ok("stamps", "authorities")
    assert shell.ok("stamps", "list", code=3).startswith("Seals that nobody was asked about yet: 3")
    shell.ok("stamps", "send", code=3)
    assert authority.asked == []
    shell.ok("stamps", "promise", "--authorities", "1", "--proofs", "0")
    shown = shell.ok(
        "stamps", "allow", "mine", "--url", authority.url, "--roots", str(authority.root)
    )
    assert f"mine  {authority.url}" in shown
    assert "timestamps of authorities 1, proofs 0" in shown
    authority.root.unlink()
    done = shell.run("capture", address)
    assert "Timestamps obtained: 1." in done.stderr
    assert len(authority.asked) == 1


def test_what_waits_is_shown_sent_and_confirmed(
    shell: Shell, address: str, authority: TimeAuthority
) -> None:
    shell.run("capture", address)
    with Calendar() as calendar:
        shell.ok("stamps", "allow", "calendars", "--url", calendar.url)
        url, root = authority.url, str(authority.root)
        shell.ok("stamps", "allow", "mine", "--url", url, "--roots", root)
        shell.ok("stamps", "send")
        waiting = _json(shell.ok("stamps", "list", "--json", code=3))
        assert waiting[0]["lacks"] == 1
        assert waiting[-1] == {"not_sent": [], "unconfirmed": [4]}
        calendar.mine()
        done = shell.run("stamps", "upgrade")
        assert "Proofs confirmed: 1." in done.stderr
        header = calendar.headers[HEIGHT].hex()
    text = shell.ok("seals", "check", "--block", f"{HEIGHT}={header}", code=3)
    assert f"block {HEIGHT} of" in text
    assert "80 bytes" in str(shell.refused("seals", "check", "--block", "x=y"))


def test_a_failed_stamp_is_told_and_exit_3(shell: Shell, address: str) -> None:
    shell.ok("stamps", "allow", "gone", "--url", "http://127.0.0.1:9/tsr")
    done = shell.run("capture", address)
    assert done.return_value == Exit.DONE
    assert "gone gave no timestamp (refused); the seals wait" in done.stderr
    shell.ok("stamps", "send", code=3)
    shell.ok("stamps", "forbid", "gone")
    assert "Nobody may be asked" in shell.ok("stamps", "forbid", "calendars")


def test_known_authorities_need_no_address_and_unknown_ones_do(shell: Shell) -> None:
    assert "http://timestamp.digicert.com" in shell.ok("stamps", "allow", "digicert")
    assert shell.ok("stamps", "allow", "calendars").count("opentimestamps.org") == 2
    assert "give its address" in str(shell.refused("stamps", "allow", "nobody-knows-it"))
    assert isinstance(shell.refused("stamps", "allow", "x", "--url", "ftp://x"), HabeasError)
    error = shell.refused("stamps", "allow", "../x", "--url", "http://127.0.0.1/")
    assert isinstance(error, HabeasError)


def test_settings_that_were_damaged_ask_nobody(shell: Shell, address: str) -> None:
    shell.ok("stamps", "allow", "digicert")
    (shell.home / "authorities.json").write_text('{"format": "habeas authorities 9"}')
    error = shell.refused("stamps", "authorities")
    assert "Nobody was asked" in str(error)
    assert isinstance(shell.refused("capture", address), HabeasError)


def test_stamps_are_renewed_on_demand(shell: Shell, address: str, authority: TimeAuthority) -> None:
    shell.ok("stamps", "promise", "--authorities", "1", "--proofs", "0")
    url, root = authority.url, str(authority.root)
    shell.ok("stamps", "allow", "mine", "--url", url, "--roots", root)
    shell.run("capture", address)
    assert shell.ok("stamps", "renew").strip() == "Timestamps to be renewed: 0."
    assert shell.ok("stamps", "renew", "--days", "3000").strip() == "Timestamps to be renewed: 1."
    assert len(authority.asked) == 2
    shell.ok("seals", "check")


# --- custody -------------------------------------------------------------------------------------


def test_what_people_do_is_noted_with_who_and_why(shell: Shell, address: str) -> None:
    (line,) = _json(shell.run("capture", "--json", address).stdout)
    record = str(line["record"])
    shell.ok("custody", "note", "copied", "--item", record, "--by", "A. Lawyer", "--why", "hearing")
    (row,) = [
        one
        for one in _json(shell.ok("custody", "list", "--json", "--item", record))
        if one["event"] == "copied"
    ]
    assert row["by"] == {"kind": "person", "name": "A. Lawyer"}
    assert row["after"] == line["sha256"]
    assert "A. Lawyer" in shell.ok("custody", "list")
    assert "missing" in str(
        shell.refused("custody", "note", "read", "--item", "missing", "--by", "A")
    )


def test_evidence_of_others_is_taken_over(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"an invented photograph")
    (made,) = _json(
        shell.ok("custody", "import", "photo.jpg", "--collected-by", "a witness", "--by", "B")
    )
    assert made["seal"] == 2
    past = json.loads((tmp_path / "captures" / str(made["folder"]) / "provenance.json").read_text())
    assert past["collected_by"] == "a witness"
    assert past["received_by"] == "B"
    shell.ok("seals", "check", code=3)


# --- keys ----------------------------------------------------------------------------------------


def test_a_key_goes_to_another_computer_and_back(
    shell: Shell, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.run("capture", address)
    shell.ok("keys", "export", "usb.key", given="some words\nsome words\n")
    assert b"ENCRYPTED" in (tmp_path / "usb.key").read_bytes()
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "another computer"))
    error = shell.refused("capture", address)
    assert "habeas keys import FILE" in str(error)
    shell.ok("keys", "import", "usb.key", given="some words\n")
    assert _json(shell.run("capture", "--json", address).stdout)[0]["seal"] == 4
    (key,) = _json(shell.ok("keys", "list", "--json"))
    assert key["current"] is True


def test_a_lost_key_is_replaced_and_the_check_says_so(
    shell: Shell, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.run("capture", address)
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "new computer"))
    fingerprint = shell.ok("keys", "replace", "captures").strip()
    assert fingerprint == shell.ok("keys", "list").splitlines()[0]
    shell.run("capture", address)
    # Whoever checks with the new key alone knows it; the old one could not vouch for it.
    checks = {one["check"]: one for one in _json(shell.ok("seals", "check", "--json", code=3))}
    assert checks["seal.signer"]["result"] == "held"


def test_keys_are_protected_rotated_and_unprotected(
    shell: Shell, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.run("capture", address)
    shell.ok("keys", "protect", given="words\nwords\n")
    assert "protected by a passphrase" in shell.ok("keys", "list")
    assert isinstance(shell.refused("capture", address), HabeasError)
    monkeypatch.setenv("HABEAS_PASSPHRASE", "words")
    first = shell.ok("keys", "list").splitlines()[0]
    second = shell.ok("keys", "rotate").strip()
    assert first != second
    shell.run("capture", address)
    shell.ok("seals", "check", "--signer", first, code=3)
    shell.ok("keys", "protect", "--remove")
    monkeypatch.delenv("HABEAS_PASSPHRASE")
    assert _json(shell.run("capture", "--json", address).stdout)[0]["seal"] == 7
    assert shell.ok("keys", "export", "plain.key", "--without-passphrase").strip() == "plain.key"
