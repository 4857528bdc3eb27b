"""`habeas capture`: record what an address answers, before anybody reads it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.cli.terminal import complain
from habeas.errors import Exit, PictureNotMade
from habeas.language import _
from habeas.terminal import as_json, safe_line

if TYPE_CHECKING:
    from habeas.fetch import Answer
    from habeas.finding.capturing import Capturer


@click.command("capture", short_help="Record what addresses answer, as evidence.")
@click.argument("addresses", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Folder of the records.",
)
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="HABEAS_CA",
    show_envvar=True,
    help="Further root certificates (PEM) to trust.",
)
@click.option("--picture", is_flag=True, help="Also keep a picture of the whole page, by Chromium.")
@click.option("--scripts", is_flag=True, help="Let the page's scripts run for the picture.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def command(  # noqa: PLR0913 - one argument for each option of the command
    addresses: tuple[str, ...],
    *,
    into: Path,
    ca: Path | None,
    picture: bool,
    scripts: bool,
    json_: bool,
) -> int:
    """Record and seal what each URL answers: request, response, certificates, times, SHA-256.

    One WARC file for each exchange, one seal for each file. Outside timestamps are asked for if you
    have allowed somebody to be asked (`habeas stamps allow`). An attempt that fails is recorded
    too. The exit code is 3 if an answer is missing or is none (a captcha, a block, an outage).
    """
    from habeas.cli.sealing import sealer, tell_stamping
    from habeas.finding.capturing import Capturer
    from habeas.sources import registry

    capturer = Capturer(into, ca=ca, sealer=sealer())
    failed = False
    for address in addresses:
        click.echo(_("Asking {address}").format(address=safe_line(address)), err=True)
        answer = capturer.capture(address)
        page = registry.read(answer.capture) if answer.obstacle is None else None
        obstacle = answer.obstacle or (page.obstacle if page else None)
        words = answer.explanation or (page.explanation if page else "")
        failed |= obstacle is not None
        line: dict[str, object] = {
            "url": answer.capture.url,
            "status": answer.capture.status,
            "record": str(answer.record.path),
            "record_id": answer.record.record_id,
            "sha256": answer.record.sha256,
            "seal": answer.record.seal,
            "bytes": len(answer.capture.body),
            "captured_at": answer.exchange.timing.answered.isoformat(),
            "source": page.source if page else "",
            "page": str(page.kind) if page else "",
            "could_not_look": obstacle,
            "words": words,
        }
        if picture:
            line["picture"] = _picture(capturer, answer, scripts=scripts)
            failed |= not line["picture"]
        click.echo(as_json(line) if json_ else _told(line))
    tell_stamping(capturer.stamp())
    return Exit.COULD_NOT_LOOK if failed else Exit.DONE


def _picture(capturer: "Capturer", answer: "Answer", *, scripts: bool) -> str:
    """Return the file of the picture, empty where none could be made."""
    try:
        return str(capturer.picture(answer, scripts=scripts).path)
    except PictureNotMade as error:
        complain(error)
        return ""


def _told(line: dict[str, object]) -> str:
    head = f"{line['could_not_look'] or _('recorded')}  {safe_line(str(line['url']))}"
    lines = [click.style(head, bold=True)]
    if line["words"]:
        lines.append("  " + safe_line(str(line["words"])))
    lines.append(f"  {line['record']}")
    lines.append(f"  SHA-256 {line['sha256']}")
    if line.get("picture"):
        lines.append("  " + _("picture, made by us: {file}").format(file=line["picture"]))
    lines.append("  " + _("seal {number}").format(number=line["seal"]))
    return "\n".join(lines)
