"""Places of custody as GeoJSON (RFC 7946), never more exact than they are known or may be told.

An office is shown to about a hundred metres, anything that may be a home to about ten kilometres.
A place without coordinates has no geometry and keeps its words. Of a statement that nobody has
confirmed, the name is left out: name, place and time together are what puts a person in danger.
"""

import json
import math
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.guards import confirmed
from habeas.cases.sharing.lines import CUSTODY, label, line, plain, said_by
from habeas.cases.sharing.outgoing import OutgoingPerson, OutgoingStatement

PLACED = (CUSTODY, "detained_at", "custody_place", "last_place")
_OFFICE, _REGION = (3, 150), (1, 12_000)
"""Digits after the point, and half the diagonal of such a cell in metres, rounded up."""
_HOMES = frozenset({"house", "other", ""})


def write(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write a collection, place by place."""
    out.write(b'{"type": "FeatureCollection", "features": [')
    between = b"\n"
    with override(occasion.lang):
        for person in people:
            for feature in _features(person):
                text = json.dumps(feature, ensure_ascii=False, allow_nan=False)
                out.write(between + text.encode("utf-8", "replace"))
                between = b",\n"
    out.write(b"\n]}\n")


def gaps(person: OutgoingPerson, _occasion: Occasion) -> list[str]:
    """Say which places have no coordinates, and where a name is left out."""
    told = []
    for one in _placed(person):
        if _point(one) is None:
            told.append(say("No coordinates of “%(place)s”.") % {"place": _place(one)})
        if person.names and not confirmed(one):
            told.append(say("Not confirmed, so without the name: %(line)s") % {"line": line(one)})
    return told


def _placed(person: OutgoingPerson) -> Iterator[OutgoingStatement]:
    return (one for one in person.of(*PLACED) if _place(one).strip())


def _place(one: OutgoingStatement) -> str:
    return plain(one.details.get("place", "") if one.property == CUSTODY else one.words)


def _features(person: OutgoingPerson) -> Iterator[dict[str, object]]:
    for one in _placed(person):
        sure = confirmed(one)
        point = _point(one)
        told: dict[str, object] = {
            "person": person.id if sure else None,  # else it could be joined with a named list
            "name": plain(person.names[0].text) if person.names and sure else None,
            "place": _place(one),
            "precision_m": None if point is None else point[2],
            "precision": _precision(point),
            "property": one.property,
            "label": label(one),
            "state": plain(one.value) if one.property == CUSTODY else None,
            "about": one.about,
            "zone": one.zone,
            "speaker": said_by(one),
            "said_on": one.said_on,
            "confirmed": sure,
            "disputed": one.disputed,
        }
        shape = None if point is None else {"type": "Point", "coordinates": list(point[:2])}
        named = {"id": one.id} if sure else {}
        yield {"type": "Feature", **named, "geometry": shape, "properties": told}


def _precision(point: tuple[float, float, int] | None) -> str:
    if point is None:
        return say("place not on the map")
    return say("within about %(metres)d m") % {"metres": point[2]}


def _point(one: OutgoingStatement) -> tuple[float, float, int] | None:
    """Return longitude, latitude and how far the true place may be, in metres."""
    try:
        north = float(one.details.get("latitude", ""))
        east = float(one.details.get("longitude", ""))
        told = float(one.details.get("precision_m", "0") or 0)
    except ValueError:
        return None
    if not (abs(north) <= 90 and abs(east) <= 180 and math.isfinite(told)):
        return None
    home = one.property != CUSTODY or one.details.get("place_type", "") in _HOMES
    digits, metres = _REGION if home else _OFFICE
    return round(east, digits), round(north, digits), max(metres, math.ceil(told))


FORMAT = Format(
    key="geojson",
    label=later("Places for a map (GeoJSON)"),
    uses=frozenset({"monitor", "un", "name", "story"}),
    extension="geojson",
    media_type="application/geo+json",
    write=write,
    gaps=gaps,
)
