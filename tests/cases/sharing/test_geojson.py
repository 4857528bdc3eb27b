"""Places: never more exact than allowed, never with name and time where nobody confirmed them."""

import io
import json
from typing import Any

import pytest
from outgoing_people import NAME, hostile, occasion, person, said, story

from habeas.cases.sharing.formats import geojson
from habeas.cases.sharing.outgoing import OutgoingPerson

_POINT = {"latitude": "55.7512345", "longitude": "37.6187654"}


def _features(*people: OutgoingPerson) -> list[dict[str, Any]]:
    out = io.BytesIO()
    geojson.write(people, out, occasion())
    made = json.loads(out.getvalue())
    assert made["type"] == "FeatureCollection"
    features: list[dict[str, Any]] = made["features"]
    return features


def _held(**details: str) -> OutgoingPerson:
    return person(said("custody", "in_custody", details={"place": "Station", **details},
                       about="2026-11-20"))  # fmt: skip


def test_an_office_is_shown_to_about_a_hundred_metres() -> None:
    (feature,) = _features(_held(**_POINT, place_type="police"))
    assert feature["geometry"] == {"type": "Point", "coordinates": [37.619, 55.751]}
    assert feature["properties"]["precision_m"] == 150
    assert feature["properties"]["precision"] == "within about 150 m"


def test_what_may_be_a_home_is_shown_to_about_ten_kilometres() -> None:
    for kind in ("house", "other", ""):
        (feature,) = _features(_held(**_POINT, place_type=kind))
        assert feature["geometry"]["coordinates"] == [37.6, 55.8]
        assert feature["properties"]["precision_m"] == 12_000


def test_less_exact_knowledge_stays_less_exact() -> None:
    (feature,) = _features(_held(**_POINT, place_type="police", precision_m="3000"))
    assert feature["properties"]["precision_m"] == 3000


@pytest.mark.parametrize("north", ["", "nan", "inf", "91", "north", "1e999"])
def test_a_place_without_coordinates_keeps_its_words(north: str) -> None:
    whom = _held(latitude=north, longitude="37.6")
    (feature,) = _features(whom)
    assert feature["geometry"] is None
    assert feature["properties"]["place"] == "Station"
    assert "Station" in geojson.gaps(whom, occasion())[0]


@pytest.mark.parametrize(
    "doubt",
    [{"certainty": "unsure"}, {"disputed": True}, {"certainty": "unknown", "role": "other"}],
)
def test_name_place_and_time_are_not_together_unconfirmed(doubt: dict[str, Any]) -> None:
    details = {"place": "Station", **_POINT}
    whom = person(said("custody", "in_custody", details=details, about="2026-11-20", **doubt))
    (feature,) = _features(whom)
    assert feature["properties"]["name"] is None
    assert feature["properties"]["person"] is None
    assert "id" not in feature
    assert NAME not in json.dumps(feature, ensure_ascii=False)
    assert any("Not confirmed" in gap for gap in geojson.gaps(whom, occasion()))


def test_the_exact_point_leaves_with_nothing() -> None:
    out = io.BytesIO()
    geojson.write([story(), hostile()], out, occasion())
    assert b"7512345" not in out.getvalue()
