"""`habeas seals remove` as a user runs it: shown beforehand, and said by every verb afterwards."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sealed_stores import page

from habeas.cli import main
from habeas.errors import Exit, RecordRemoved, SealUnknown
from habeas.evidence import Kept, Store
from habeas.evidence.seals import keyfile
from habeas.evidence.seals.documents import keep_document
from habeas.evidence.seals.recovering import chain_of, usual_sealer


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Kept]:
    """Two captures in `captures`, by the user's own key."""
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HABEAS_LANG", "en")
    monkeypatch.delenv("HABEAS_CAPTURES", raising=False)
    monkeypatch.setattr(keyfile, "_N", 2**10)
    monkeypatch.chdir(tmp_path)
    store = Store(tmp_path / "captures", usual_sealer())
    return [store.keep(page(b"<p>page %d</p>" % number)) for number in range(2)]


def _run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given, standalone_mode=False)


def _ok(*arguments: str, given: str | None = None) -> Result:
    done = _run(*arguments, given=given)
    assert done.exception is None, repr(done.exception)
    assert done.return_value == Exit.DONE
    return done


def test_what_leaves_and_what_stays_is_shown_and_asked_before(kept: list[Kept]) -> None:
    told = _ok("seals", "remove", kept[0].record_id, "--preview").stdout
    file = kept[0].path.relative_to(Path("captures").absolute()).as_posix()
    assert told.startswith(f"What leaves:\n  {file}  (a capture, {kept[0].size} bytes)\n")
    assert "A signed row will say that this was removed" in told
    assert "Backups and copies made before still hold it" in told
    asked = ("seals", "remove", kept[0].record_id, "--reason", "consent", "--by", "owner")
    assert type(_run(*asked, given="n\n").exception).__name__ == "Abort"
    assert kept[0].path.exists()
    done = _ok(*asked, given="y\n")
    assert "What leaves:" in done.stderr
    assert (
        done.stdout == f"Files removed: 1, of {kept[0].size} bytes. Said by the signed seals: 4.\n"
    )
    assert not kept[0].path.exists()


def test_every_check_and_every_verb_says_removed(kept: list[Kept]) -> None:
    place = str(kept[0].path.relative_to(Path.cwd()))
    _ok("seals", "remove", place, "--reason", "retention", "--yes")
    checks = _run("seals", "check", "captures", "--no-note")
    # Seals wait for timestamps here; nothing else stands in the way.
    assert checks.return_value == Exit.COULD_NOT_LOOK
    assert "removed by policy  item.removed" in checks.stdout
    assert "DOES NOT HOLD" not in checks.stdout
    lines = _run("seals", "check", "captures", "--no-note", "--json").stdout.splitlines()
    told = {one["check"]: one["result"] for one in map(json.loads, lines)}
    assert told["item.removed"] == "removed"
    verified = _run("verify", "captures")
    assert "[removed]" in verified.stdout
    rows = _ok("custody", "list", "captures", "--item", place).stdout
    assert "removed" in rows
    for verb in (
        ("exhibit", place),
        ("exhibit", kept[0].record_id),
        ("exhibit", kept[0].record_id.removeprefix("urn:uuid:")),
        ("find", "Somebody Invented", place),
    ):
        refused = _run(*verb).exception
        assert isinstance(refused, RecordRemoved), (verb, refused)
        assert refused.why == "its time to be kept was over"
        assert refused.exit_code is Exit.COULD_NOT_LOOK
    assert " was removed by policy on " in str(refused)
    # The other one is as it was.
    assert _run("find", "Somebody Invented", str(kept[1].path)).exception is None


def test_documents_are_named_by_their_sha256_and_results_are_json(
    kept: list[Kept], tmp_path: Path
) -> None:
    store = tmp_path / "documents"
    document = keep_document(chain_of(store, usual_sealer()), b"an invented paper")
    named = ("seals", "remove", document.sha256, "--from", str(store))
    preview = json.loads(_ok(*named, "--preview", "--json").stdout)
    assert [one["kind"] for one in preview["leaving"]] == ["document"]
    done = json.loads(_ok(*named, "--reason", "request", "--yes", "--json").stdout)
    assert (done["files"], done["bytes"], len(done["rows"])) == (1, len(b"an invented paper"), 1)
    again = json.loads(_ok(*named, "--preview", "--json").stdout)
    assert again["removed_before"] == [f"{document.sha256[:2]}/{document.sha256}"]
    assert all(one.path.exists() for one in kept)


def test_wrong_usage(kept: list[Kept]) -> None:
    assert "Say why" in str(_run("seals", "remove", kept[0].record_id, "--yes").exception)
    unknown = _run("seals", "remove", "urn:uuid:nobody", "--preview").exception
    assert isinstance(unknown, SealUnknown)
    assert kept[0].path.exists()
