"""A case handed from one real home to another, by the real commands, and compared field by field.

The public case of a man who was taken, as public sources tell it; who agreed to what is invented.
"""

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from two_homes import AGREE, FILES, done, environment, python, run, told

LATER = """
recording.state(case, Claim("note", "said later"), Said("Invented Sister", "family",
    visibility="lawyer"), HAND)
from habeas.cases.statements.models import Statement
old = Statement.objects.get(property="last_contact", visibility="lawyer")
recording.retract(old, Said("Invented Sister", "family", visibility="lawyer"), HAND, reason="wrong")
"""
PROVENANCE = """
from habeas.cases.importing import origin
from habeas.cases.statements.models import Statement
for _short, words in origin.of_subject(case.pk).values():
    print(words)
print(Statement.objects.filter(subject=case).count(), len(origin.of_subject(case.pk)))
"""


class Homes:
    """Who hands over, and who is handed; the line of the second."""

    def __init__(self, base: Path, *code: str) -> None:
        self.base, self.sender, self.receiver = base, base / "a", base / "b"
        # The first command of a home makes its database.
        done(self.sender, "cases", "rebuild" if code else "load-story")
        python(self.sender, *(code or (AGREE, FILES)))
        self.line = done(self.receiver, "keys", "recipient").strip()

    def handed(self, name: str = "one.age") -> Path:
        file = self.base / name
        done(self.sender, "cases", "export", "bundle", str(file), "--for", "lawyer",
             "--to", "Invented advocate", "--key", self.line)  # fmt: skip
        return file

    def taken(self, file: Path, *more: str) -> str:
        return done(self.receiver, "cases", "import", str(file), "--speaker", "Invented Centre",
                    "--apply", *more)  # fmt: skip

    def verified(self) -> None:
        checked = run(self.receiver, "verify", str(self.receiver / "documents"))
        # No authority was asked for a timestamp in these tests.
        assert "nothing speaks against it" in checked.stdout, checked.stdout


def test_a_case_goes_to_another_home_comes_again_and_is_taken_back(tmp_path: Path) -> None:
    """Steps of one story: each begins where the one before has ended."""
    homes = Homes(tmp_path / "homes")
    _all_that_left_arrives_as_it_was_said(homes)
    _the_file_came_without_what_it_told_and_its_original_is_named(homes)
    _each_statement_says_who_told_it_to_whom(homes)
    _the_same_bundle_and_the_same_case_anew_bring_nothing(homes)
    _a_newer_bundle_brings_what_is_new_and_overwrites_nothing(homes)
    _undoing_takes_all_of_it_back_and_it_can_come_again(homes)
    _the_fingerprint_that_was_told_by_voice_is_compared(homes)
    _who_signs_with_another_key_waits_until_somebody_compared(homes)
    _another_home_opens_nothing(homes, tmp_path)


def _all_that_left_arrives_as_it_was_said(homes: Homes) -> None:
    file = homes.handed()
    assert b"Izzat" not in file.read_bytes()
    said = homes.taken(file)
    assert "first time from this key" in said
    assert "New: who was asked: 3" in said
    assert "Files that the sender did not send: 1" in said
    assert "Taken over: 1." in said
    (there,), (here,) = told(homes.sender), told(homes.receiver)
    assert len(there["statements"]) > 50
    for name in ("names", "birth_year", "statements", "lookups"):
        assert here[name] == there[name], name
    outcomes = [one[3] for one in here["lookups"]]
    assert sorted(outcomes) == ["no_answer", "not_here", "was_here"]
    # Their consent is none of ours, and what came is for us alone.
    assert (there["consents"], here["consents"]) == (1, 0)
    assert here["visibility"] == ["internal"]


def _the_file_came_without_what_it_told_and_its_original_is_named(homes: Homes) -> None:
    (there,), (here,) = told(homes.sender), told(homes.receiver)
    pictures = [one for one in here["files"] if one[2] == "image/jpeg"]
    assert len(pictures) == 1
    sha256, size, _kind, paper = pictures[0]
    assert paper == ["letter", "A paper", "Invented Bureau", "", "", "", "2026-11"]
    kept = (homes.receiver / "documents").rglob(f"*{sha256}*")
    content = next(one for one in kept if one.is_file()).read_bytes()
    assert len(content) == size
    assert b"Photographer" not in content
    original = next(one[0] for one in there["files"] if one[2] == "image/jpeg")
    text = next(one[0] for one in there["files"] if one[2] == "text/plain")
    code = """
from habeas.cases.importing.models import Received
for one in Received.objects.filter(kind="file"):
    print(one.told["original_sha256"], one.told.get("held", "sent"))
"""
    assert set(python(homes.receiver, code).splitlines()) == {f"{original} sent", f"{text} kind"}
    homes.verified()


def _each_statement_says_who_told_it_to_whom(homes: Homes) -> None:
    *words, counted = python(homes.receiver, PROVENANCE).splitlines()
    every, explained = counted.split()
    assert every == explained
    pattern = r"from Invented Centre, key [0-9A-F ]{19}, on \d\d\.\d\d\.\d{4}, their record"
    assert all(re.match(pattern, one) for one in words)


def _the_same_bundle_and_the_same_case_anew_bring_nothing(homes: Homes) -> None:
    assert "This file was read before." in homes.taken(homes.base / "one.age")
    said = homes.taken(homes.handed("again.age"))
    assert "the same key as last time" in said
    assert "Taken over: 0." in said


def _a_newer_bundle_brings_what_is_new_and_overwrites_nothing(homes: Homes) -> None:
    before = told(homes.receiver)[0]["statements"]
    assert len(before) == len(told(homes.sender)[0]["statements"])
    python(homes.sender, LATER)
    said = homes.taken(homes.handed("newer.age"))
    assert "Taken over: 1." in said
    assert "Came before, and is not in this bundle: 1" in said
    after = told(homes.receiver)[0]["statements"]
    assert [one[1] for one in after if one not in before] == ["said later"]
    assert all(one in after for one in before)
    code = """
from habeas.cases.importing.bundled import records
from habeas.cases.importing.models import Row
row = Row.objects.order_by("-pk").first()
bundle = row.imported.bundle
gone = records.gone(bundle, row.place, records.records_of(row.cells))
print([one.statement.property for one in gone])
"""
    assert python(homes.receiver, code).strip() == "['last_contact']"


def _undoing_takes_all_of_it_back_and_it_can_come_again(homes: Homes) -> None:
    code = """
from habeas.cases.importing import applying
from habeas.cases.importing.models import Import
for one in Import.objects.order_by("-pk"):
    applying.undo(one, HAND)
"""
    python(homes.receiver, code)
    (here,) = told(homes.receiver)
    assert (here["statements"], here["lookups"], here["names"]) == ([], [], [])
    homes.verified()
    again = homes.taken(homes.base / "newer.age")
    assert "Taken over: 1." in again
    assert len(told(homes.receiver)[-1]["statements"]) > 50


def _the_fingerprint_that_was_told_by_voice_is_compared(homes: Homes) -> None:
    told_by_voice = done(homes.sender, "keys", "list").splitlines()[0]
    file = str(homes.base / "newer.age")
    wanted = ("cases", "import", file, "--speaker", "Invented Centre", "--signed-by")
    refused = run(homes.receiver, *wanted, "ABCD " * 16)
    assert refused.returncode == 2
    assert "another key than the one you were told" in refused.stderr
    assert "compared with its owner" in done(homes.receiver, *wanted, told_by_voice)


def _who_signs_with_another_key_waits_until_somebody_compared(homes: Homes) -> None:
    done(homes.sender, "keys", "rotate")
    python(homes.sender, LATER.partition("from habeas.cases.statements.models")[0])
    file = homes.handed("rotated.age")
    refused = run(homes.receiver, "cases", "import", str(file), "--speaker", "invented  CENTRE",
                  "--apply")  # fmt: skip
    assert refused.returncode == 2
    assert "was signed by another key" in refused.stderr
    assert "another key than last time" in refused.stdout
    listed = done(homes.sender, "keys", "list", "--json").splitlines()
    current = next(one for one in map(json.loads, listed) if one["current"])
    said = homes.taken(file, "--signed-by", current["fingerprint"])
    assert "compared with its owner" in said


def _another_home_opens_nothing(homes: Homes, tmp_path: Path) -> None:
    stranger = tmp_path / "c"
    wanted = ("cases", "import", str(homes.base / "one.age"), "--speaker", "x")
    done(stranger, "keys", "recipient")
    refused = run(stranger, *wanted)
    assert refused.returncode == 2
    assert "locked for another key" in refused.stderr
    assert "Nothing of it was taken over." in refused.stderr
    assert "habeas keys recipient" in refused.stderr


MANY = """
from habeas.watch.models import Person, Spelling
for number in range(24):
    person = Person.objects.create(code=f"Q{number}", added_at=HAND.at)
    Spelling.objects.create(person=person, text=f"{chr(1040 + number % 30) * 3}лов "
                            f"{chr(1045 + number // 3) * 2}мен", added_at=HAND.at)
    one = recording.case_of(person, HAND)
    recording.state(one, Claim("note", f"record {number}"), Said("Invented Sister", "family",
                    visibility="lawyer"), HAND)
"""
FINISH = """
from habeas.cases.importing import applying, deciding
from habeas.cases.importing.models import Import, Result
one = Import.objects.get()
for row in deciding.undecided(one):
    deciding.decide(row, "new", HAND)
assert applying.apply(one, HAND) == 0
print(Result.objects.count(), Subject.objects.filter(kind="person").count())
"""


def test_killed_half_way_it_goes_on_and_enters_nothing_twice(tmp_path: Path) -> None:
    homes = Homes(tmp_path, MANY, AGREE)
    file = homes.handed()
    command = [sys.executable, "-m", "habeas.cli", "cases", "import", str(file), "--speaker",
               "Invented Centre", "--apply"]  # fmt: skip
    process = subprocess.Popen(command, env=environment(homes.receiver), stdout=subprocess.DEVNULL)
    while process.poll() is None and _results(homes.receiver) < 5:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert 5 <= _results(homes.receiver) < 24
    homes.taken(file)
    results, people = python(homes.receiver, FINISH).split()
    assert (results, people) == ("24", "24")
    notes = [one[1] for each in told(homes.receiver) for one in each["statements"]]
    assert sorted(notes) == sorted(f"record {number}" for number in range(24))


def _results(home: Path) -> int:
    """Return how many rows were taken over, as another process sees it; 0 before it begins."""
    try:
        with closing(sqlite3.connect(f"file:{home / 'habeas.sqlite3'}?mode=ro", uri=True)) as base:
            found: int = base.execute("SELECT count(*) FROM importing_result").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    return found
