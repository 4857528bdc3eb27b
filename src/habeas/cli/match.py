"""`habeas match`: is this record the person we seek? One pair, or a stream of pairs."""

import sys
from collections.abc import Iterable, Iterator

import click

from habeas.errors import Exit, HabeasError
from habeas.finding.words import verdict_words
from habeas.language import _
from habeas.names import Comparison, Matcher, Sought, Verdict
from habeas.terminal import as_json, safe_line

_COLOURS = {
    Verdict.SAME: "green",
    Verdict.LIKELY: "green",
    Verdict.POSSIBLE: "yellow",
    Verdict.CANNOT_TELL: "cyan",
    Verdict.DIFFERENT: "red",
}


@click.command("match", short_help="Compare a sought person with a printed name.")
@click.argument("query", required=False)
@click.argument("record", required=False)
@click.option("--batch", is_flag=True, help="Read QUERY, a tab and RECORD from each line of stdin.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def command(query: str | None, record: str | None, *, batch: bool, json_: bool) -> int:
    """Compare QUERY, the known name of a person, with RECORD, a name as printed.

    QUERY may hold several known names, separated by " | ". The answer is a verdict (same, likely,
    possible, cannot_tell, different), the weight of evidence in bits, and each reason.
    """
    if batch:
        if query is not None:
            raise click.UsageError(_("--batch reads its pairs from standard input."))
        return _batch(sys.stdin.buffer)
    if query is None or record is None:
        raise click.UsageError(_("Give a QUERY and a RECORD, or --batch."))
    comparison = Matcher(Sought.from_query(query)).compare(record)
    if json_:
        click.echo(as_json(_plain(comparison)))
    else:
        _show(query, record, comparison)
    return Exit.DONE


def _plain(comparison: Comparison) -> dict[str, object]:
    return {
        "score": round(comparison.bits, 2),
        "verdict": comparison.verdict,
        "namesakes": comparison.namesakes,
        "reasons": [reason.sentence() for reason in comparison.reasons],
    }


def _show(query: str, record: str, comparison: Comparison) -> None:
    click.echo(f"{safe_line(query)}  ~  {safe_line(record)}")
    verdict = click.style(comparison.verdict, fg=_COLOURS[comparison.verdict], bold=True)
    click.echo(f"{verdict}  {verdict_words(comparison.verdict)}  ({comparison.bits:+.1f} bits)")
    for reason in comparison.reasons:
        click.echo(f"  {safe_line(reason.sentence())}")
    click.echo(
        _("  About {count} people in a million would fit as well.").format(
            count=f"{comparison.namesakes:.3g}"
        )
    )


def _batch(lines: Iterable[bytes]) -> int:
    """Answer every line with one line of JSON, also where nothing can be compared."""
    malformed = 0
    for answer in _answers(lines):
        malformed += "malformed" in answer
        sys.stdout.write(as_json(answer) + "\n")
    if malformed:
        click.echo(
            _("{count} lines had no tab between QUERY and RECORD.").format(count=malformed),
            err=True,
        )
        return Exit.USAGE
    return Exit.DONE


def _answers(lines: Iterable[bytes]) -> Iterator[dict[str, object]]:
    matcher: Matcher | None = None
    last = None
    for raw in lines:
        query, tab, record = raw.decode("utf-8", "replace").rstrip("\r\n").partition("\t")
        if not tab:
            yield _undecided(_("no tab between QUERY and RECORD")) | {"malformed": True}
            continue
        try:
            if matcher is None or query != last:
                matcher, last = Matcher(Sought.from_query(query)), query
            yield _plain(matcher.compare(record))
        except HabeasError as error:
            matcher = None if query != last else matcher
            yield _undecided(str(error))


def _undecided(cause: str) -> dict[str, object]:
    return {
        "score": 0.0,
        "verdict": Verdict.CANNOT_TELL,
        "namesakes": 1_000_000.0,
        "reasons": [cause],
    }
