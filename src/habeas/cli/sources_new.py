"""`habeas sources new`: proposes the description of a source from a page, for a person to check."""

import sys
from pathlib import Path

import click

from habeas.cli.terminal import on_terminal
from habeas.errors import Exit, PlaceMissing, PlaceTaken
from habeas.language import _
from habeas.sources.contract import Capture
from habeas.sources.proposing import Proposal, propose
from habeas.terminal import safe_line

_SHOWN_NAMES = 5
_DRAFT = ".draft"


@click.command("new", short_help="Propose the description of a source from a page.")
@click.argument("place", metavar="PAGE")
@click.option("--url", default="", help="The address of a saved page.")
@click.option(
    "--save",
    "source_id",
    default="",
    metavar="ID",
    help="Keep it under this name (country, _, name: kz_court) in HABEAS_HOME.",
)
@click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Folder in which the answer of an address is recorded.",
)
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="HABEAS_CA",
    show_envvar=True,
    help="Further root certificates (PEM) to trust.",
)
def command(place: str, *, url: str, source_id: str, captures: Path, ca: Path | None) -> int:
    """Propose a description for PAGE, a saved page or an address: print it, and what it would read.

    The TOML goes to stdout. Whatever was inferred in it is marked "check"; what no page can tell is
    a "?" that you fill in. Nothing is watched by it until you have kept it with --save.
    """
    from habeas.sources import own

    if source_id and not own.ID.fullmatch(source_id):
        raise click.UsageError(_("A name is like kz_court: country, _, name in small letters."))
    proposal = propose(_capture(place, url, captures, ca))
    click.echo(proposal.text, nl=False)
    for line in _told(proposal):
        click.echo(safe_line(line), err=True)
    if source_id:
        _keep(proposal, own.folder() / f"{source_id}{own.SUFFIX}")
    return Exit.DONE


def _capture(place: str, url: str, captures: Path, ca: Path | None) -> Capture:
    """Return the page: read from its file, or asked for and recorded first."""
    from habeas.cli.sealing import sealer
    from habeas.finding.capturing import Capturer, is_address

    if is_address(place):
        return Capturer(captures, ca=ca, sealer=sealer()).capture(place).capture
    path = Path(place)
    try:
        return Capture(path.read_bytes(), url, place=str(path))
    except OSError as error:
        raise PlaceMissing(place) from error


def _told(proposal: Proposal) -> list[str]:
    """Return what a person has to know about a proposal, sentence by sentence."""
    lines = [
        "",
        _("This is a proposal of the kind “{kind}”. Nothing is watched by it yet.").format(
            kind=proposal.kind
        ),
    ]
    page = proposal.page
    if page is not None and page.obstacle is None:
        words = _("It would read {rows} entries and {names} names, the first: {first}.")
        first = list(dict.fromkeys(mention.printed for mention in page.mentions))[:_SHOWN_NAMES]
        counts = {"rows": len(page.rows), "names": len(page.mentions)}
        lines.append(words.format(first=", ".join(first) or "—", **counts))
    elif page is not None:
        words = _("It could not read this very page: {reason}. {explanation}")
        lines.append(words.format(reason=page.obstacle, explanation=page.explanation))
    lines += proposal.remarks
    if proposal.open:
        words = _("Only you can fill in: {keys}.")
        lines.append(words.format(keys=", ".join(proposal.open)))
    lines.append(_("Compare every line that is marked with the page before you keep it."))
    return lines


def _keep(proposal: Proposal, path: Path) -> None:
    """Write the description; one with open answers as a draft, which nothing reads."""
    answers = {key: _asked(key) for key in proposal.open} if _somebody_answers() else {}
    text = proposal.filled({key: answer for key, answer in answers.items() if answer})
    unanswered = [key for key in proposal.open if not answers.get(key)]
    target = path.with_name(path.name + _DRAFT) if unanswered else path
    if target.exists():
        raise PlaceTaken(str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    words = (
        _("Kept as a draft in {path}. Fill in every “?”, then take “.draft” off its name.")
        if unanswered
        else _("Kept in {path}. Try it: habeas sources check {name}")
    )
    click.echo(words.format(path=target, name=path.stem), err=True)


def _somebody_answers() -> bool:
    return sys.stdin.isatty() and on_terminal()


def _asked(key: str) -> str:
    answer: str = click.prompt(key, default="", show_default=False, err=True)
    return answer.strip()
