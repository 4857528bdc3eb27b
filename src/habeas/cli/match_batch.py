"""`habeas match --batch`: a stream of pairs, one line of JSON for each."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import click

from habeas.errors import Exit, HabeasError
from habeas.language import _, current
from habeas.names import Comparison, Verdict
from habeas.names.many import TOGETHER, Comparing
from habeas.names.reasons import signed, worded
from habeas.terminal import as_json

_LINES_TOGETHER = 512
_YOUNG_OBJECTS = 200_000
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def run(lines: Iterable[bytes]) -> int:
    """Answer every line with one line of JSON, also where nothing can be compared."""
    malformed = 0
    waiting: list[str] = []
    # What is kept here are words and names, without cycles: to look through all of them again and
    # again took a third of the time. The process ends with this command.
    gc.set_threshold(_YOUNG_OBJECTS, 1000, 1000)
    for line, is_pair in _answers(lines):
        malformed += not is_pair
        waiting.append(line)
        if len(waiting) >= _LINES_TOGETHER:
            sys.stdout.write("\n".join(waiting) + "\n")
            waiting.clear()
    if waiting:
        sys.stdout.write("\n".join(waiting) + "\n")
    if malformed:
        click.echo(
            _("{count} lines had no tab between QUERY and RECORD.").format(count=malformed),
            err=True,
        )
        return Exit.USAGE
    return Exit.DONE


def _answers(lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Yield a line of JSON for each line, and whether that held a pair."""
    language = current()
    comparing = Comparing()
    stream = iter(lines)
    while together := list(islice(stream, TOGETHER)):
        cut = [raw.decode("utf-8", "replace").rstrip("\r\n").partition("\t") for raw in together]
        found = comparing.compare([(query, record) for query, tab, record in cut if tab])
        for _query, tab, _record in cut:
            if not tab:
                yield _undecided(_("no tab between QUERY and RECORD"), malformed=True), False
                continue
            comparison = next(found)
            if isinstance(comparison, HabeasError):
                yield _undecided(str(comparison)), True
            else:
                yield line_of(comparison, language), True


def line_of(comparison: Comparison, language: str) -> str:
    """Return a comparison as a line of JSON; put together here, far quicker than by `json`."""
    bits, verdict, reasons, namesakes, _ = comparison
    told = []
    for part, rule, sought, printed, own in reasons:
        # Words of names are letters, ' and - alone (`letters.words`), which JSON takes as they are.
        before, after = _worded(part, rule, language)
        shown = f"{sought} ~ {printed}" if sought and printed else sought or printed
        told.append(f'{before}{": " if shown else ""}{shown}{after}{signed(own)})"')
    return (
        f'{{"score": {round(bits, 2)!r}, "verdict": "{verdict.value}", '
        f'"namesakes": {namesakes!r}, "reasons": [{", ".join(told)}]}}'
    )


@cache
def _worded(part: str, rule: str, language: str) -> tuple[str, str]:
    """Return what a sentence says before and after the words of the names, as JSON."""
    before, after = worded(part, rule, language)
    return _quoted(before.removesuffix(": "))[:-1], _quoted(after)[1:-1]


def _undecided(cause: str, *, malformed: bool = False) -> str:
    answer: dict[str, object] = {
        "score": 0.0,
        "verdict": Verdict.CANNOT_TELL,
        "namesakes": 1_000_000.0,
        "reasons": [cause],
    }
    return as_json(answer | {"malformed": True} if malformed else answer)
