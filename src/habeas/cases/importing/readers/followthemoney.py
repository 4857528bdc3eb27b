"""FollowTheMoney entities, one JSON object a line: people, and what else speaks of them."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from habeas.cases.importing.readers.rows import Cell, Odd, Raw, Reading, clean
from habeas.errors import FileNotImported
from habeas.language import _

PERSON = frozenset({"Person", "LegalEntity"})
_MOST_LINE = 64 * 1024 * 1024
_MOST_VALUES = 200


def read(stream: BinaryIO, reading: Reading) -> Iterator[Raw]:
    """Yield a row for each person; what points to exactly one of them joins their row.

    Anything else is a row of its own, which brings nothing and is told.

    Raises:
        FileNotImported: a line is no entity.
    """
    people: dict[str, tuple[int, list[Cell], list[Odd]]] = {}
    others: list[tuple[int, dict[str, Any]]] = []
    for number, entity in _entities(stream):
        if entity["schema"] in PERSON and str(entity.get("id")) not in people:
            cells, told = _cells(entity, "")
            people[str(entity.get("id"))] = (number, cells, told)
        else:
            others.append((number, entity))
    alone = []
    for number, entity in others:
        cells, told = _cells(entity, f"{entity['schema']}.")
        meant = {cell.text for cell in cells if cell.text in people}
        if len(meant) == 1:
            _number, own, odd = people[meant.pop()]
            own += [cell for cell in cells if cell.text not in people]
            odd += told
        else:
            alone.append(Raw(str(number), tuple(cells), tuple(told), "no_person"))
    rows = [Raw(str(number), tuple(own), tuple(odd)) for number, own, odd in people.values()]
    for row in sorted(rows + alone, key=lambda one: int(one.place)):
        reading.columns.update(dict.fromkeys(cell.column for cell in row.cells))
        yield row


def _entities(stream: BinaryIO) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    while line := stream.readline(_MOST_LINE):
        number += 1
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise FileNotImported(_("line {n} is no JSON").format(n=number)) from error
        if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict):
            raise FileNotImported(_("line {n} is no entity").format(n=number))
        entity["schema"] = str(entity.get("schema", ""))[:60]
        yield number, entity


def _cells(entity: dict[str, Any], prefix: str) -> tuple[list[Cell], list[Odd]]:
    cells: list[Cell] = []
    told: list[Odd] = []
    for key, values in entity["properties"].items():
        column = clean("", f"{prefix}{key}"[:100])[0]
        listed = values if isinstance(values, list) else [values]
        if len(listed) > _MOST_VALUES:
            told.append(Odd("cut", column))
        for value in listed[:_MOST_VALUES]:
            plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            text, odd = clean(column, plain)
            told += odd
            if text:
                cells.append(Cell(column, text))
    return cells, told
