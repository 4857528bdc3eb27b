"""`habeas match`: is this record the person we seek? One pair, or a stream of pairs."""

import sys
from textwrap import wrap

import click

from habeas.cli.facts import facts_of
from habeas.errors import Exit
from habeas.finding.words import verdict_words
from habeas.language import _, ngettext
from habeas.names import Comparison, Matcher, Sought, Verdict
from habeas.names.explain import explained, fragment
from habeas.terminal import as_json, safe_line

_WIDTH = 94
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
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="How many processes share a long --batch; one for each core if not given.",
)
@click.option(
    "--known",
    multiple=True,
    metavar="KEY=VALUE",
    help="Known of the person: born, place, citizenship, gender (m, f), relative.",
)
@click.option(
    "--printed",
    multiple=True,
    metavar="KEY=VALUE",
    help="Printed with the record: the same keys.",
)
@click.option("--explain", is_flag=True, help="Say each reason in full sentences, with its tables.")
@click.option("--html", is_flag=True, help="Print the reasons as a fragment of a page.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def command(  # noqa: PLR0913 - one argument for each option of the command
    query: str | None,
    record: str | None,
    *,
    batch: bool,
    processes: int | None,
    known: tuple[str, ...],
    printed: tuple[str, ...],
    explain: bool,
    html: bool,
    json_: bool,
) -> int:
    """Compare QUERY, the known name of a person, with RECORD, a name as printed.

    QUERY may hold several known names, separated by " | ". The answer is a verdict (same, likely,
    possible, cannot_tell, different), the weight of evidence in bits, and each reason.
    """
    if batch:
        if query is not None:
            raise click.UsageError(_("--batch reads its pairs from standard input."))
        from habeas.cli import match_batch

        return match_batch.run(sys.stdin.buffer, processes)
    if query is None or record is None:
        raise click.UsageError(_("Give a QUERY and a RECORD, or --batch."))
    sought = Sought.from_query(query, facts=facts_of(known))
    comparison = Matcher(sought).compare(record, facts=facts_of(printed))
    if json_:
        click.echo(as_json(_plain(comparison)))
    elif html:
        click.echo(fragment(comparison, full=explain))
    else:
        _show(query, record, comparison, explain=explain)
    return Exit.DONE


def _plain(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as plain values."""
    return {
        "score": round(comparison.bits, 2),
        "verdict": comparison.verdict,
        "namesakes": comparison.namesakes,
        "reasons": [reason.sentence() for reason in comparison.reasons],
    }


def _show(query: str, record: str, comparison: Comparison, *, explain: bool) -> None:
    click.echo(f"{safe_line(query)}  ~  {safe_line(record)}")
    verdict = click.style(comparison.verdict, fg=_COLOURS[comparison.verdict], bold=True)
    click.echo(f"{verdict}  {verdict_words(comparison.verdict)}  ({comparison.bits:+.1f} bits)")
    told = explained(comparison) if explain else [r.sentence() for r in comparison.reasons]
    for line in told:
        for row in wrap(safe_line(line), _WIDTH) if explain else [safe_line(line)]:
            click.echo(f"  {row}")
    click.echo(f"  {_namesakes(comparison.namesakes)}")


def _namesakes(in_a_million: float) -> str:
    """Return how many others would fit, rounded: the number is an estimate, and must look it."""
    if in_a_million < 1:
        return _("Fewer than one person in a million would fit as well.")
    rounded = round(float(f"{in_a_million:.2g}"))
    return ngettext(
        "About {count} person in a million would fit as well.",
        "About {count} people in a million would fit as well.",
        rounded,
    ).format(count=f"{rounded:,}")
