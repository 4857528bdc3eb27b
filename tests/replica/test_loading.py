"""A script file: every field is taken over, and nothing that is not understood is passed over."""

from pathlib import Path

import pytest

from habeas.errors import ScriptRefused
from habeas.replica import FaultKind, Kind
from habeas.replica.loading import read_script

_WHOLE = """
start = 2026-11-02

[[entry]]
key = "one"
source = "ru_mosgorsud"
court = "tverskoj"
number = "05-9001/2026"
people = [["Привлекаемое лицо", "Выдумов П.К."], "Сказкин Ш.Д."]
day = 5
[[entry.event]]
on = 2
kind = "appears"
[[entry.event]]
on = 4
kind = "changes"
judge = "Небылицын Г.М."

[[crowd]]
source = "ru_mosgorsud"
courts = ["tverskoj", "presnenskij"]
days = [0, 3]
each = 2

[[fault]]
kind = "captcha_page"
source = "ru_sudrf"
from_day = 3
"""


def _read(tmp_path: Path, text: str) -> tuple[object, ...]:
    file = tmp_path / "script.toml"
    file.write_text(text, "utf-8")
    return read_script(file)


def test_a_script_is_read(tmp_path: Path) -> None:
    file = tmp_path / "script.toml"
    file.write_text(_WHOLE, "utf-8")
    script, faults = read_script(file)
    assert len(script.planned) == 1 + 2 * 4 * 2
    entry = script.planned[0].at(4)
    assert entry is not None
    assert entry.people == (("Привлекаемое лицо", "Выдумов П.К."), ("", "Сказкин Ш.Д."))
    assert entry.judge == "Небылицын Г.М."
    assert script.planned[0].happenings[1].kind is Kind.CHANGES
    assert [(fault.kind, fault.from_day) for fault in faults] == [(FaultKind.CAPTCHA, 3)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("start = 2026-11-02", "", "has to be a date"),
        ("start = 2026-11-02", 'start = "soon"', "has to be a date"),
        ('key = "one"\n', "", "has no “key”"),
        ('court = "tverskoj"\n', 'cuort = "tverskoj"\n', "no field “cuort”"),
        ("day = 5", 'day = "5"', "cannot be '5'"),
        ('kind = "changes"', 'kind = "explodes"', "needs a day"),
        ('kind = "changes"', 'kind = "returns"', "cannot have “returns”"),
        ('"Сказкин Ш.Д."', "17", "“people” cannot be 17"),
        ("days = [0, 3]", "days = 3", "a crowd needs"),
        ('kind = "captcha_page"', 'kind = "captcha"', "no fault 'captcha'"),
        ("from_day = 3", "fromday = 3", "no field fromday"),
        ("each = 2", "eahc = 2", "no field “eahc”"),
        ("[[fault]]", "[fault]", "list of tables"),
        ("[[fault]]", "[[fault", "cannot be used"),
    ],
)
def test_what_is_not_understood_is_refused(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    assert before in _WHOLE
    with pytest.raises(ScriptRefused, match=words):
        _read(tmp_path, _WHOLE.replace(before, after, 1))


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScriptRefused):
        read_script(tmp_path / "missing.toml")
    file = tmp_path / "binary.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScriptRefused):
        read_script(file)
