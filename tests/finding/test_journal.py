import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.finding.journal import Journal, default_path
from habeas.finding.looked import Hit, Looked, Why, from_json
from habeas.names import Verdict
from habeas.sources.contract import Obstacle, Outcome, PageKind, Part
from habeas.vault import keys, opened
from habeas.vault.keys import new_recovery_key, new_secrets, new_vault
from habeas.vault.turning import write_vault

_LOOKED = Looked(
    place="page.html",
    outcome=Outcome.FOUND,
    obstacle=Obstacle.INCOMPLETE,
    kind=PageKind.RESULTS,
    part=Part("list", 2, 3, 58),
    remarks=("cut",),
    hits=(
        Hit(
            printed="Выдуманов И.И.",
            verdict=Verdict.POSSIBLE,
            bits=9.5,
            namesakes=2.0,
            reasons=(Why("surname", "same", "a", "b", 8.0, "text"),),
            facts={"case_number": "5-1/2026"},
            span=(3, 9),
        ),
    ),
)


def test_where_a_passphrase_is_set_no_name_lies_in_a_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = new_secrets()
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(keys, "_N", 2**10)
    write_vault(tmp_path / "home", new_vault(content, "four words of a poem", new_recovery_key()))
    opened.hold(content)
    journal = Journal(tmp_path / "j.jsonl")
    journal.finish("/home/Выдуманов/page.html", (_LOOKED,))
    journal.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    written = (tmp_path / "j.jsonl").read_bytes()
    for form in ("Выдуманов".encode(), json.dumps("Выдуманов").encode().strip(b'"'), b"5-1/2026"):
        assert form not in written
    again = Journal(tmp_path / "j.jsonl")
    assert tuple(again.kept("/home/Выдуманов/page.html")) == (_LOOKED,)
    again.close(done=True)
    opened.forget()


def test_what_is_kept_comes_back_unchanged(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    journal.finish("one", (_LOOKED,))
    journal.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    again = Journal(tmp_path / "j.jsonl")
    assert "one" in again
    assert tuple(again.kept("one")) == (_LOOKED,)
    again.close(done=True)


def test_a_search_that_ends_leaves_no_journal(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.jsonl") as journal:
        journal.finish("one", (_LOOKED,))
    assert not (tmp_path / "j.jsonl").exists()


def test_a_line_cut_by_a_power_failure_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    journal = Journal(path)
    journal.finish("one", (_LOOKED,))
    journal.finish("two", (_LOOKED,))
    journal.close(done=False)
    whole = path.read_bytes()
    for cut in range(len(whole) // 2 + 1, len(whole)):
        path.write_bytes(whole[:cut])
        again = Journal(path)
        assert "two" not in again
        again.finish("two", (_LOOKED,))
        assert tuple(again.kept("two")) == (_LOOKED,)
        again.close(done=False)


def test_only_its_owner_can_read_a_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    journal.close(done=True)


def test_the_name_of_the_file_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    path = default_path(("Выдуманов Иван", "/pages"))
    assert "Выдуманов" not in str(path)
    assert path != default_path(("Выдуманов Пётр", "/pages"))


@given(st.text(), st.text(), st.integers(0, 5))
def test_any_text_of_a_page_survives_the_journal(place: str, words: str, rows: int) -> None:
    looked = Looked(place=place, outcome=Outcome.NOT_FOUND, explanation=words, rows=rows)
    assert from_json(looked.as_json()) == looked
