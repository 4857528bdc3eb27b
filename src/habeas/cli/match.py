"""`habeas match`: is this record the person we seek? One pair, or a stream of pairs."""

import sys

import click

from habeas.errors import Exit
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
        from habeas.cli import match_batch

        return match_batch.run(sys.stdin.buffer)
    if query is None or record is None:
        raise click.UsageError(_("Give a QUERY and a RECORD, or --batch."))
    comparison = Matcher(Sought.from_query(query)).compare(record)
    if json_:
        click.echo(as_json(_plain(comparison)))
    else:
        _show(query, record, comparison)
    return Exit.DONE


def _plain(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as plain values."""
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
    click.echo(f"  {_namesakes(comparison.namesakes)}")


def _namesakes(in_a_million: float) -> str:
    """Return how many others would fit, rounded: the number is an estimate, and must look it."""
    if in_a_million < 1:
        return _("Fewer than one person in a million would fit as well.")
    rounded = int(float(f"{in_a_million:.2g}"))
    return _("About {count} people in a million would fit as well.").format(count=f"{rounded:,}")
