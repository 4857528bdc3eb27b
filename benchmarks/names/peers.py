"""Peers: nomenklatura's logic-v2, and rapidfuzz over ASCII letters. Runs in their own environment.

    peers.py logic-v2|rapidfuzz < pairs > scores

Each line of stdin is a query (names separated by " | "), a tab, and a record; each line of stdout
is a score. The last line of stderr is how many seconds of processor time the comparisons took.
Nothing of habeas is imported here.
"""

import re
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from itertools import count

_KEPT = 1 << 18
_numbers = count()


@lru_cache(maxsize=_KEPT)
def ascii_words(name: str) -> str:
    """Return a name in lower-case ASCII letters."""
    plain: str = import_module("anyascii").anyascii(name)
    return " ".join(re.findall("[a-z]+", re.sub("['`‘’ʼʻ]", "", plain.lower())))


def by_rapidfuzz() -> Callable[[str, str], float]:
    """Return token_set_ratio over ASCII letters; the best of the known names counts."""
    ratio = import_module("rapidfuzz.fuzz").token_set_ratio

    def score(query: str, record: str) -> float:
        plain = ascii_words(record)
        return float(max(ratio(ascii_words(name), plain) for name in query.split(" | ")))

    return score


def by_logic_v2() -> Callable[[str, str], float]:
    """Return nomenklatura's logic-v2 with its default settings, on names alone."""
    matching = import_module("nomenklatura.matching")
    followthemoney = import_module("followthemoney")
    algorithm = matching.get_algorithm("logic-v2")
    config = algorithm.default_config()
    person = followthemoney.model.get("Person")

    @lru_cache(maxsize=_KEPT)
    def entity(names: str) -> object:
        # Analysed names are kept by entity id, so that no id may ever be used for two names.
        made = followthemoney.ValueEntity(person, {"id": f"name-{next(_numbers)}"})
        for name in names.split(" | "):
            made.add("name", name)
        return made

    def score(query: str, record: str) -> float:
        return float(algorithm.compare(entity(query), entity(record), config).score)

    return score


PEERS = {"logic-v2": by_logic_v2, "rapidfuzz": by_rapidfuzz}


def main(name: str) -> None:
    """Score all pairs of stdin."""
    score = PEERS[name]()
    pairs = [line.rstrip("\n").split("\t") for line in sys.stdin]
    score("Иванов Иван", "Ivanov Ivan")
    began = time.process_time()
    scores = [score(query, record) for query, record in pairs]
    seconds = time.process_time() - began
    sys.stdout.write("".join(f"{found!r}\n" for found in scores))
    sys.stderr.write(f"{seconds}\n")


if __name__ == "__main__":
    main(sys.argv[1])
