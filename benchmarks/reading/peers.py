"""Peers: natasha's names in Russian, dateparser's dates. Runs in an environment of its own.

    peers.py natasha|dateparser < texts > findings

Each line of stdin is a JSON object with `lang` and `text`; each line of stdout a list of findings:
start, end and, for dates, the day as ISO 8601. The last line of stderr is how many seconds of
processor time the reading took. Nothing of habeas is imported here.
"""

import inspect
import json
import sys
import time
from collections import namedtuple
from collections.abc import Callable
from importlib import import_module

Finding = list[object]
Reader = Callable[[str, str], list[Finding]]

_ArgSpec = namedtuple("_ArgSpec", "args varargs keywords defaults")  # noqa: PYI024


def _old_argspec(function: object) -> _ArgSpec:
    return _ArgSpec(*inspect.getfullargspec(function)[:4])


def by_natasha() -> Reader:
    """Return natasha's names of people: its own segmenter, embedding and tagger, as documented."""
    # pymorphy2, on which natasha stands, calls a function that Python 3.11 has no longer.
    vars(inspect).setdefault("getargspec", _old_argspec)
    natasha = import_module("natasha")
    segmenter = natasha.Segmenter()
    tagger = natasha.NewsNERTagger(natasha.NewsEmbedding())

    def read(text: str, lang: str) -> list[Finding]:
        if lang != "ru":
            return []
        doc = natasha.Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return [[span.start, span.stop] for span in doc.spans if span.type == "PER"]

    return read


def by_dateparser() -> Reader:
    """Return dateparser's search with the language given and its other settings untouched."""
    search = import_module("dateparser.search").search_dates
    known = set(import_module("dateparser.data.languages_info").language_order)

    def read(text: str, lang: str) -> list[Finding]:
        if lang not in known:
            return []
        found: list[Finding] = []
        behind = 0
        for words, day in search(text, languages=[lang]) or ():
            start = text.find(words, behind)
            if start >= 0:
                behind = start + len(words)
                found.append([start, behind, day.date().isoformat()])
        return found

    return read


PEERS: dict[str, Callable[[], Reader]] = {"natasha": by_natasha, "dateparser": by_dateparser}


def main(name: str) -> None:
    """Read all texts of stdin."""
    read = PEERS[name]()
    texts = [json.loads(line) for line in sys.stdin]
    read("Иванов Иван приехал 2 апреля 2021 года.", "ru")
    began = time.process_time()
    found = [read(one["text"], one["lang"]) for one in texts]
    seconds = time.process_time() - began
    sys.stdout.write("".join(json.dumps(one) + "\n" for one in found))
    sys.stderr.write(f"{seconds}\n")


if __name__ == "__main__":
    main(sys.argv[1])
