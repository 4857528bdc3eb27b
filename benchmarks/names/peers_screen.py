"""Peers as screening commands. Runs in their own environment; nothing of habeas is imported here.

    peers_screen.py logic-v2|rapidfuzz PEOPLE ROWS

PEOPLE and ROWS are the tables that `habeas screen` takes; so is what is printed. logic-v2 scores
what nomenklatura's blocking index proposes for each person; rapidfuzz compares everybody with
everything and keeps ratios of 80 and more.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

_peers = import_module("peers")
Alert = tuple[str, str, float]
_TOGETHER = 50
_LEAST = 80


def table(path: str) -> list[tuple[str, str]]:
    """Return the rows of a table of two columns below its header."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()[1:]
    return [(key, value) for key, _, value in (line.partition("\t") for line in lines)]


def rapidfuzz(people: list[tuple[str, str]], rows: list[tuple[str, str]]) -> Iterator[Alert]:
    """Yield pairs by token_set_ratio over ASCII letters."""
    process, fuzz = import_module("rapidfuzz.process"), import_module("rapidfuzz.fuzz")
    printed = [_peers.ascii_words(text) for _, text in rows]
    known = [
        (who, _peers.ascii_words(name)) for who, names in people for name in names.split(" | ")
    ]
    for start in range(0, len(known), _TOGETHER):
        some = known[start : start + _TOGETHER]
        ratios = process.cdist(
            [name for _, name in some], printed, scorer=fuzz.token_set_ratio, score_cutoff=_LEAST
        )
        for place, row in zip(*ratios.nonzero(), strict=True):
            yield rows[row][0], some[place][0], float(ratios[place, row])


def logic_v2(people: list[tuple[str, str]], rows: list[tuple[str, str]]) -> Iterator[Alert]:
    """Yield what nomenklatura's index proposes, scored by logic-v2."""
    followthemoney = import_module("followthemoney")
    store_of = import_module("nomenklatura.store").SimpleMemoryStore
    linker = import_module("nomenklatura.resolver").Linker({})
    index_of = import_module("nomenklatura.blocker.index").Index
    dataset = followthemoney.Dataset.make({"name": "rows", "title": "rows"})

    def entity(key: str, names: str) -> object:
        properties = {"name": names.split(" | ")}
        data = {"id": key, "schema": "Person", "properties": properties}
        return followthemoney.StatementEntity.from_data(dataset, data)

    store = store_of(dataset, linker)
    writer = store.writer()
    for place, (_, text) in enumerate(rows):
        writer.add_entity(entity(f"r{place}", text))
    writer.flush()
    score = _peers.by_logic_v2()
    with tempfile.TemporaryDirectory() as folder:
        index = index_of(store.default_view(), Path(folder), {})
        index.build()
        asked = (entity(f"p{place}", names) for place, (_, names) in enumerate(people))
        for who, proposed in index.match_entities(asked):
            person, names = people[int(who.id[1:])]
            for found, _ in proposed:
                row, text = rows[int(found.id[1:])]
                yield row, person, score(names, text)


def main(peer: str, people: str, rows: str) -> None:
    """Screen, and print one JSON object for each pair."""
    screen = {"rapidfuzz": rapidfuzz, "logic-v2": logic_v2}[peer]
    for row, person, score in screen(table(people), table(rows)):
        sys.stdout.write(json.dumps({"row": row, "person": person, "score": score}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
