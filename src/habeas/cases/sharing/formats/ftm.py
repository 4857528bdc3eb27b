"""FollowTheMoney 4: entities and statement rows, and beside them custody as JSON of our own.

FollowTheMoney has no custody, no speaker and no confidence: the speaker is in `publisher` and in
`origin`, everything else in `custody`, whose lines name the same entities.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from hashlib import sha1
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.ftm_facts import SHARED, Fact, entity_id, facts_of
from habeas.cases.sharing.lines import CUSTODY, moment, plain, said_by
from habeas.cases.sharing.outgoing import OutgoingPerson

DATASET = "habeas"
COLUMNS = (
    "id",
    "entity_id",
    "canonical_id",
    "prop",
    "schema",
    "value",
    "dataset",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "origin",
)
_USES = frozenset({"lawyer", "monitor", "un", "name"})


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def entities(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write one entity a line. What several people share (a paper, an office) is written once."""
    shared: set[str] = set()
    with override(occasion.lang):
        for person in people:
            for entity in _entities(person):
                if entity["id"] not in shared:
                    out.write(_written(entity))
                if entity["schema"] in SHARED:
                    shared.add(str(entity["id"]))


def _entities(person: OutgoingPerson) -> Iterator[Mapping[str, object]]:
    found: dict[str, tuple[str, dict[str, dict[str, None]]]] = {}
    for fact in facts_of(person):
        _, properties = found.setdefault(fact.entity, (fact.schema, {}))
        properties.setdefault(fact.prop, {})[fact.value] = None
    for identity, (schema, properties) in found.items():
        yield {
            "id": identity,
            "schema": schema,
            "properties": {prop: list(values) for prop, values in properties.items()},
            "datasets": [DATASET],
        }


def statement_rows(
    people: Iterable[OutgoingPerson], occasion: Occasion
) -> Iterator[dict[str, object]]:
    """Yield one row for each value and each who said it: two sources stay two rows."""
    shared: set[str] = set()
    for person in people:
        seen: set[object] = set()
        told: set[str] = set()
        for fact in facts_of(person):
            row = _row(fact, occasion)
            if row["id"] not in seen and (fact.said or fact.entity not in shared):
                yield row
            seen.add(row["id"])
            if fact.schema in SHARED:
                told.add(fact.entity)
        shared |= told


def _row(fact: Fact, occasion: Occasion) -> dict[str, object]:
    said = fact.said
    seen = moment(said.recorded_at if said else occasion.now)[:19]
    whose = said.id if said else ""
    key = f"{DATASET}\x00{fact.entity}\x00{fact.prop}\x00{fact.value}\x00{fact.lang}\x00{whose}"
    return {
        # FollowTheMoney's own key is a SHA-1 too; nothing rests on its strength.
        "id": sha1(key.encode("utf-8", "replace"), usedforsecurity=False).hexdigest(),
        "entity_id": fact.entity,
        "canonical_id": fact.entity,
        "prop": fact.prop,
        "schema": fact.schema,
        "value": fact.value,
        "dataset": DATASET,
        "lang": fact.lang or None,
        "original_value": fact.original if fact.original not in ("", fact.value) else None,
        "external": False,
        "first_seen": seen,
        "last_seen": seen,
        "origin": said_by(said) if said else None,
    }


def statements_csv(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write statement rows as FollowTheMoney's own CSV: a machine reads them, so nothing is marked.

    A spreadsheet is not meant to open this: `statements` is for that, and is safe there.
    """
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    rows = csv.writer(text, dialect=csv.unix_dialect)
    rows.writerow(COLUMNS)
    with override(occasion.lang):
        for row in statement_rows(people, occasion):
            row["external"] = "f"
            rows.writerow(["" if row[key] is None else row[key] for key in COLUMNS])
    text.detach()


def statements_json(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write statement rows as JSON lines."""
    with override(occasion.lang):
        out.writelines(_written(row) for row in statement_rows(people, occasion))


def custody(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write where each person is believed to be, and every statement of custody in full."""
    with override(occasion.lang):
        out.writelines(_written(_custody(person)) for person in people)


def _custody(person: OutgoingPerson) -> dict[str, object]:
    told = asdict(person.custody)
    told["place"] = plain(told["place"])
    for key in ("since", "confirmed_at"):
        told[key] = moment(told[key]) if told[key] else None
    return {
        "entity_id": entity_id("person", person.id),
        "custody": told,
        "stays": [
            {
                "id": one.id,
                "state": plain(one.value),
                "details": {plain(key): plain(said) for key, said in one.details.items()},
                "about": one.about,
                "zone": one.zone,
                "as_said": plain(one.as_said),
                "lang": one.lang,
                "speaker": plain(one.speaker),
                "role": one.role,
                "said_on": one.said_on,
                "certainty": one.certainty,
                "disputed": one.disputed,
                "current": one.current,
                "document": entity_id("document", one.document) if one.document else None,
            }
            for one in person.of(CUSTODY)
        ],
    }


def _format(key: str, label: Promise, kind: tuple[str, str], write: object) -> Format:
    return Format(
        key=key,
        label=label,
        uses=_USES,
        extension=kind[0],
        media_type=kind[1],
        write=write,  # type: ignore[arg-type]  # one of the four above
    )


_LINES = ("ndjson", "application/x-ndjson")
FORMATS = (
    _format("ftm", later("FollowTheMoney: entities"), ("ftm.json", _LINES[1]), entities),
    _format(
        "ftm-statements",
        later("FollowTheMoney: statements, as a table"),
        ("csv", "text/csv"),
        statements_csv,
    ),
    _format(
        "ftm-statements-json",
        later("FollowTheMoney: statements, as JSON lines"),
        _LINES,
        statements_json,
    ),
    _format("ftm-custody", later("Custody, as JSON lines beside FollowTheMoney"), _LINES, custody),
)
