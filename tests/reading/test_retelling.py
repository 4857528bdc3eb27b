"""The public case, told in our own words, read in one go: what a volunteer needs on one screen.

The case and its speakers are public: press reports of April 2021, a ministry's notice, a monitor.
"""

from pathlib import Path

import pytest

from habeas.reading import Kind, Reading, read
from habeas.reading.suggestions import Claim, Confidence, Count, Custody, Said, SpeakerKind
from habeas.reading.words import bounds_words

RETOLD = """Protest at an embassy: hundreds arrested in Moscow

The migrants' advocate Izzat Amon had been missing for weeks when news came that he had been \
expelled from Russia and taken to Tajikistan, where he is accused of fraud.

At least 120 of 400 protesters were arrested on April 2. According to OVD-Info, they had come to \
the Tajik embassy in Moscow to speak up for Amon, who had been deported at the end of March and \
has been held in solitary confinement since.

Amon, 48, disappeared on March 25. In a video of March 23 he states that his Russian passport was \
cancelled at the request of the Tajik security services. The video was viewed by over half a \
million people.

His relatives learned where he is held from the website of the Tverskoy court, which announced \
his expulsion from Russia. On March 27 the interior ministry of Tajikistan published an \
accusation of fraud. The ministry adds that Amon, called by his original name of Kholov \
Izatullo Amonovich, allegedly took huge sums from migrants.

His brothers, Izatullo and Said, do not believe it. They told reporters that he spent the money \
on people in need.
"""
_SHARED = Path(__file__).parents[3] / "shared" / "story" / "article.txt"


def _texts() -> list[object]:
    shared = pytest.param(
        _SHARED,
        id="shared",
        marks=[
            pytest.mark.shared,
            pytest.mark.skipif(not _SHARED.is_file(), reason="the shared story is not here"),
        ],
    )
    return [pytest.param(None, id="retold"), shared]


@pytest.fixture(params=_texts())
def reading(request: pytest.FixtureRequest) -> Reading:
    path: Path | None = request.param
    return read(path.read_text("utf-8") if path is not None else RETOLD)


def _main(reading: Reading) -> int:
    (number,) = [p.number for p in reading.people if any(s == "Amon" for s in p.spellings)]
    return number


def test_the_man_is_one_person_with_all_his_names(reading: Reading) -> None:
    man = reading.people[_main(reading)]
    assert {"Amon", "Kholov Izatullo Amonovich"} <= set(man.spellings)
    assert len(man.spellings) >= 3


def test_120_of_400_keeps_its_at_least_and_ovd_info_is_a_question(reading: Reading) -> None:
    (found,) = [
        one
        for one in reading.of(Kind.COUNT)
        if isinstance(one.value, Count) and one.value.total is not None
    ]
    assert isinstance(found.value, Count)
    assert found.value.total is not None
    assert (bounds_words(found.value.bounds), found.value.total.number) == ("at least 120", 400)
    assert found.value.speaker.name == "OVD-Info"
    assert found.confidence is Confidence.LOW


def test_the_headlines_hundreds_are_questioned(reading: Reading) -> None:
    (asked,) = [one for one in reading.questions if one.check == "headline"]
    assert "hundreds" in asked.at[0].text
    assert "120" in asked.at[1].text


def test_the_accusation_is_the_ministrys_and_alleged(reading: Reading) -> None:
    accused = [one.value for one in reading.of(Kind.CLAIM) if isinstance(one.value, Claim)]
    accused = [one for one in accused if one.said is Said.ACCUSES]
    assert accused
    assert all(one.alleged for one in accused)
    named = [one for one in accused if one.speaker.kind is SpeakerKind.NAMED]
    assert named
    assert all("ministry" in one.speaker.name for one in named)
    assert any(one.content is not None and one.content.text == "fraud" for one in named)


def test_arrest_expulsion_and_detention_stand_in_order_with_their_dates(reading: Reading) -> None:
    events = [one.value for one in reading.of(Kind.CUSTODY) if isinstance(one.value, Custody)]
    told = [(one.event, one.date) for one in events]
    assert ("missing", "XXXX-03-25") in told
    assert ("deported", "XXXX-03") in told
    assert ("arrested", "XXXX-04-02") in told
    names = [event for event, _ in told]
    assert {"expelled", "solitary"} <= set(names)
    assert not any(date[:4].isdigit() for _, date in told)


def test_the_cancelled_passport_is_his_own_claim(reading: Reading) -> None:
    (event,) = [
        one.value
        for one in reading.of(Kind.CUSTODY)
        if isinstance(one.value, Custody) and one.value.event == "passport_cancelled"
    ]
    assert event.speaker.person == event.person == _main(reading)


def test_half_a_million_viewers_are_no_detained(reading: Reading) -> None:
    (found,) = [
        one.value
        for one in reading.of(Kind.COUNT)
        if isinstance(one.value, Count) and one.value.what == "viewers"
    ]
    assert bounds_words(found.bounds) == "more than 500000"


def test_the_relative_who_carries_his_name_is_asked_about(reading: Reading) -> None:
    (asked,) = [one for one in reading.questions if one.check == "relative"]
    assert asked.facts["relative"] == "Izatullo"
    (relative,) = [one for one in reading.people if one.name == "Izatullo"]
    assert relative.relative_of == _main(reading)
