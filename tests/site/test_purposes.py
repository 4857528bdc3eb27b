"""What was asked, in the language of who reads the page, whatever language the watcher spoke."""

import re
from pathlib import Path

import pytest

from habeas.language import LANGUAGES, in_language
from habeas.watch.pages.purposes import PURPOSES, purpose_in

_SOURCE = Path(__file__).parents[2] / "src" / "habeas"
_WORDED = re.compile(r"\bpurpose ?= ?\(?\s*(_\(.*?)$", re.MULTILINE)
_SENTENCE = re.compile(r"""_\("((?:[^"])*)"\)""")


def _worded() -> set[str]:
    """Return the sentences that the code gives to a request as its purpose."""
    found: set[str] = set()
    for path in [*_SOURCE.glob("sources/**/*.py"), *_SOURCE.glob("watch/*.py")]:
        for line in _WORDED.findall(path.read_text("utf-8")):
            found |= set(_SENTENCE.findall(line))
    return found


def test_every_purpose_that_habeas_words_can_be_said_in_each_language() -> None:
    worded = _worded()
    assert len(worded) > 25
    assert worded - set(PURPOSES) == set()


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("asked_in", LANGUAGES)
def test_a_purpose_reads_in_every_language_as_if_it_had_been_asked_in_it(
    purpose: str, asked_in: str
) -> None:
    titles = {"court", "jail", "section", "channel"}
    fields = {
        key: f"«{key}» 2, а" if key in titles else f"{key}-2.1"
        for key in re.findall(r"\{([a-z]+)\}", purpose)
    }
    kept = in_language(purpose, asked_in).format(**fields)
    for language in LANGUAGES:
        assert purpose_in(kept, language) == in_language(purpose, language).format(**fields)


def test_the_words_are_real() -> None:
    kept = "hearings on 25.03.2021, Тверской районный суд"
    assert purpose_in(kept, "ru") == "заседания на 25.03.2021, Тверской районный суд"
    assert purpose_in("заседания на 25.03.2021, Тверской районный суд", "en") == kept
    assert purpose_in(kept, "uz-cyrl") == "25.03.2021 kungi majlislar, Тверской районный суд"


@pytest.mark.parametrize("title", ["", "Бюллетень № 3 {day}", "hearings", "the list\nof"])
def test_what_a_source_worded_stays_as_it_is(title: str) -> None:
    for language in LANGUAGES:
        assert purpose_in(title, language) == title
