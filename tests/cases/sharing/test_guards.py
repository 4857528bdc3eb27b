"""Guards: what is dangerous is warned about, and what is not is left in peace."""

from dataclasses import replace

import pytest
from outgoing_people import NAME, person, said, story

from habeas.cases.sharing import guards


@pytest.mark.parametrize(
    ("text", "kind"),
    [("звоните +992 90 123-45-67", "phone"), ("8 (495) 123-45-67", "phone"),
     ("8-916-123-45-67", "phone"), ("write to sister@family.invalid now", "e-mail"),
     ("ул. Вымышленная, д. 5", "address"), ("кӯчаи Рӯдакӣ 12", "address"),
     ("t.me/invented", "account"), ("пишите @invented_name", "account")],
)  # fmt: skip
def test_ways_to_reach_somebody_are_found(text: str, kind: str) -> None:
    assert kind in guards.contacts_in(text)


@pytest.mark.parametrize(
    "text",
    ["ст. 247 ч. 4 УК", "2026-11-20", "20.11.2026 14:10", "9 лет", "дело № 3/1-145/2026",
     "паспорт 40 12 345678", "18 000 сомони", "120 of 400", "ab" * 32],
)  # fmt: skip
def test_articles_dates_and_sums_are_no_contacts(text: str) -> None:
    assert guards.contacts_in(text) == []


def test_small_numbers_are_warned_about() -> None:
    told = guards.small_cells({"station 5": 3, "station 6": 5, "nobody": 0})
    assert told == ["“station 5” holds only 3: say “fewer than 5”, or join it with another."]


def test_an_unconfirmed_sighting_is_warned_about_and_a_confirmed_one_not() -> None:
    details = {"place": "Station 5"}
    seen = said("custody", "in_custody", details=details, about="2026-11-20", certainty="unsure")
    (warning,) = guards.unconfirmed_sightings(person(seen))
    assert "Station 5" in warning
    assert NAME in warning
    assert guards.unconfirmed_sightings(person(replace(seen, certainty="reliable"))) == []
    assert guards.unconfirmed_sightings(person(replace(seen, about=""))) == []
    assert guards.unconfirmed_sightings(person(seen, names=())) == []


@pytest.mark.parametrize("role", ["family", "anonymous", "eyewitness", "self"])
def test_speakers_who_may_be_harmed_are_named_to_whoever_publishes(role: str) -> None:
    told = guards.speakers_named(person(said("note", role=role, speaker="Invented sister")))
    assert told == ["Invented sister is named as speaker: say only the role, unless they agreed."]


def test_all_of_it_is_asked_of_each_person() -> None:
    told = list(guards.warnings_for([story(), person(said("phone", "a number"))]))
    assert any("Neighbour" in one for one in told)
    assert any("phone" in one for one in told)
