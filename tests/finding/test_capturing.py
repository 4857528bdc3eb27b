from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import NameInAddress
from habeas.finding.capturing import Capturer, as_files, names_in_address


def _nobody() -> Capturer:
    raise AssertionError


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("word", ["Выдуманов", "ВЫДУМАНОВ", "выдуманов"])
def test_a_name_is_seen_in_an_address_in_any_usual_encoding(charset: str, word: str) -> None:
    address = f"https://court.example/search?participant={quote(word, encoding=charset)}"
    assert names_in_address(address, ("Выдуманов Тимур",))
    with pytest.raises(NameInAddress) as error:
        as_files([address], ("Выдуманов Тимур",), _nobody, allow_names=False)
    assert "Nothing was sent." in str(error.value)


def test_a_list_of_the_day_names_nobody() -> None:
    address = "https://court.example/modules.php?name=sud_delo&srv_num=1&H_date=24.11.2026"
    assert not names_in_address(address, ("Выдуманов Тимур",))


@given(st.text(min_size=4, alphabet=st.characters(categories=["L"])))
def test_every_word_is_seen_however_it_is_encoded(word: str) -> None:
    assert names_in_address(f"https://court.example/?q={quote(word)}", (word,))


def test_files_stay_as_they_are() -> None:
    assert as_files(["a.html"], ("Выдуманов",), _nobody, allow_names=False) == ("a.html",)


def test_an_answer_on_loopback_is_recorded_and_can_be_read_again(tmp_path: Path) -> None:
    from habeas.evidence import read_recording
    from habeas.replica import Script, serving

    with serving(Script(date(2026, 11, 24))) as replica:
        answer = Capturer(tmp_path).capture(f"{replica.address}/replica")
    kept = [one for one in read_recording(answer.record.path) if one.status]
    assert kept[0].payload == answer.capture.body
    assert kept[0].digest_ok
