"""`habeas match --batch`: a stream of pairs, one line of JSON for each."""

import gc
import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

import click

from habeas.errors import Exit, HabeasError
from habeas.language import _, current, use
from habeas.names import Comparison, Verdict
from habeas.names.many import TOGETHER, Comparing
from habeas.names.reasons import signed, worded
from habeas.terminal import as_json

_YOUNG_OBJECTS = 200_000
_MOST_PROCESSES = 8
_quoted = json.JSONEncoder(ensure_ascii=False).encode


class Answered(NamedTuple):
    """The answers of some lines: lines of JSON, and how many lines held no pair."""

    text: str
    malformed: int


def run(lines: Iterable[bytes], processes: int | None = None) -> int:
    """Answer every line with one line of JSON, also where nothing can be compared.

    Args:
        lines: QUERY, a tab and RECORD in each, UTF-8.
        processes: how many share the work; one for each core of the machine, if not given.
    """
    malformed = 0
    for answered in _all_answered(iter(lines), processes or _cores()):
        sys.stdout.write(answered.text)
        malformed += answered.malformed
    if malformed:
        click.echo(
            _("{count} lines had no tab between QUERY and RECORD.").format(count=malformed),
            err=True,
        )
        return Exit.USAGE
    return Exit.DONE


def _cores() -> int:
    """Return on how many cores this process may run."""
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        count = os.cpu_count() or 1
    return min(count, _MOST_PROCESSES)


def _all_answered(lines: Iterator[bytes], processes: int) -> Iterator[Answered]:
    """Yield the answers of all lines in their order."""
    begin(current())
    parts = iter(lambda: list(islice(lines, TOGETHER)), [])
    first = next(parts, [])
    if processes == 1 or len(first) < TOGETHER:
        yield from map(answer, chain([first], parts))
        return
    waiting: deque[Future[Answered]] = deque()
    with ProcessPoolExecutor(processes, initializer=begin, initargs=(current(),)) as pool:
        for part in chain([first], parts):
            waiting.append(pool.submit(answer, part))
            if len(waiting) > 2 * processes:  # no more is read than can be worked on
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_state: dict[str, Comparing] = {}


def begin(language: str) -> None:
    """Make this process ready to answer in a language of the interface."""
    use(language)
    _state["comparing"] = Comparing()
    # What is kept here are words and names, without cycles: to look through all of them again and
    # again took a third of the time. The process ends with this command.
    gc.set_threshold(_YOUNG_OBJECTS, 1000, 1000)


def answer(lines: list[bytes]) -> Answered:
    """Return the answers of some lines."""
    language = current()
    cut = [raw.decode("utf-8", "replace").rstrip("\r\n").partition("\t") for raw in lines]
    found = _state["comparing"].compare([(query, record) for query, tab, record in cut if tab])
    told: list[str] = []
    malformed = 0
    for _query, tab, _record in cut:
        if not tab:
            malformed += 1
            told.append(_undecided(_("no tab between QUERY and RECORD"), malformed=True))
            continue
        comparison = next(found)
        if isinstance(comparison, HabeasError):
            told.append(_undecided(str(comparison)))
        else:
            told.append(line_of(comparison, language))
    return Answered("".join([f"{line}\n" for line in told]), malformed)


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
