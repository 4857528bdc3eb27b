"""`habeas stamps`: outside timestamps: whom to ask, what waits, what came."""

from dataclasses import replace
from pathlib import Path

import click

from habeas.cli.sealing import chain_in, folder_argument, tell_stamping
from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import as_json, safe_line

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("stamps", short_help="Get outside timestamps for seals, and see what waits.")
def command() -> None:
    """Work with outside timestamps: of RFC 3161 authorities and of OpenTimestamps.

    Nobody is asked until you allow it. Who is asked learns your network address, a hash, and that
    you use timestamps; nothing of what is stamped. FOLDER is `captures` if not given.
    """


@command.command("list")
@folder_argument()
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def list_(folder: Path, *, json_: bool) -> int:
    """List what FOLDER waits for. The exit code is 3 if anything waits."""
    from habeas.evidence.seals.waiting import pending, ungathered, waiting

    chain = chain_in(folder)
    new = [seal.sequence for seal in ungathered(chain)]
    lines = [
        {
            "seal": one.sequence,
            "authorities": sorted(one.authorities),
            "lacks": one.lacks,
            "proof": one.proof is not None or not one.needs_proof,
        }
        for one in waiting(chain.seals)
    ]
    unconfirmed = [one.sequence for one in pending(chain.seals)]
    if json_:
        for line in lines:
            click.echo(as_json(line))
        click.echo(as_json({"not_sent": new, "unconfirmed": unconfirmed}))
    else:
        words = _("Seals that nobody was asked about yet: {count}.")
        click.echo(words.format(count=len(new)))
        for line in lines:
            words = _("Seal {seal}: stamps of authorities missing: {lacks}.")
            click.echo(words.format(seal=line["seal"], lacks=line["lacks"]))
        words = _("OpenTimestamps proofs that no block confirms yet: {count}.")
        click.echo(words.format(count=len(unconfirmed)))
    return Exit.COULD_NOT_LOOK if new or lines else Exit.DONE


@command.command("send")
@folder_argument()
def send(folder: Path) -> int:
    """Ask those whom you allowed for the timestamps that FOLDER lacks.

    The exit code is 3 if something could not be obtained; it then goes on waiting.
    """
    from habeas.evidence.stamps.authorities import read_authorities
    from habeas.fetch.stamping import stamp

    outcome = stamp(chain_in(folder), read_authorities())
    tell_stamping(outcome)
    return Exit.COULD_NOT_LOOK if outcome.failed or not outcome.anybody else Exit.DONE


@command.command("upgrade")
@folder_argument()
def upgrade(folder: Path) -> int:
    """Ask the calendars whether a block confirms the OpenTimestamps proofs of FOLDER."""
    from habeas.evidence.stamps.authorities import read_authorities
    from habeas.fetch.stamping import upgrade as ask

    outcome = ask(chain_in(folder), read_authorities())
    tell_stamping(outcome)
    return Exit.COULD_NOT_LOOK if outcome.failed or not outcome.anybody else Exit.DONE


@command.command("renew")
@folder_argument()
@click.option(
    "--days",
    type=click.IntRange(0, 3650),
    default=180,
    show_default=True,
    help="Renew what runs out within so many days.",
)
def renew(folder: Path, *, days: int) -> int:
    """Put new timestamps over old ones before their certificates run out."""
    from datetime import timedelta

    from habeas.evidence.seals.renewing import aging
    from habeas.evidence.seals.renewing import renew as again
    from habeas.evidence.seals.stampcheck import Trusted
    from habeas.evidence.stamps.authorities import read_authorities
    from habeas.fetch.stamping import stamp

    chain, chosen = chain_in(folder), read_authorities()
    due = aging(chain.seals, Trusted(chosen.roots()), ahead=timedelta(days=days))
    again(chain, due)
    click.echo(_("Timestamps to be renewed: {count}.").format(count=len(due)))
    if not due:
        return Exit.DONE
    outcome = stamp(chain, chosen)
    tell_stamping(outcome)
    return Exit.COULD_NOT_LOOK if outcome.failed or not outcome.anybody else Exit.DONE


@command.command("allow")
@click.argument("name")
@click.option("--url", help="Address of the authority, or of a calendar.")
@click.option("--roots", type=_FILE, help="Its root certificates (PEM).")
def allow(name: str, *, url: str | None, roots: Path | None) -> int:
    """Allow NAME to be asked for timestamps from now on.

    NAME is a known authority (freetsa, digicert, globalsign, identrust, dfn), a name of your own
    with --url, or `calendars` for OpenTimestamps.
    """
    from habeas.evidence.stamps.authorities import (
        CALENDARS,
        KNOWN,
        allowed,
        read_authorities,
        write_authorities,
    )

    chosen = read_authorities()
    if name == "calendars":
        more = (url,) if url else CALENDARS
        calendars = tuple(dict.fromkeys((*chosen.calendars, *more)))
        write_authorities(replace(chosen, calendars=calendars))
        return _shown()
    address = url or KNOWN.get(name)
    if address is None:
        words = _("{name} is not known; give its address with --url.").format(name=name)
        raise click.UsageError(safe_line(words))
    write_authorities(allowed(chosen, name, address, roots))
    return _shown()


@command.command("forbid")
@click.argument("name")
def forbid(name: str) -> int:
    """Do not ask NAME any more (`calendars` for OpenTimestamps). What came from it stays."""
    from habeas.evidence.stamps.authorities import read_authorities, write_authorities

    chosen = read_authorities()
    calendars = () if name == "calendars" else chosen.calendars
    asked = tuple(one for one in chosen.asked if one.name != name)
    write_authorities(replace(chosen, asked=asked, calendars=calendars))
    return _shown()


@command.command("promise")
@click.option("--authorities", type=click.IntRange(0, 16), help="RFC 3161 timestamps.")
@click.option("--proofs", type=click.IntRange(0, 1), help="OpenTimestamps proofs.")
def promise(*, authorities: int | None, proofs: int | None) -> int:
    """Choose what every new seal must have; 2 authorities and 1 proof at first.

    The promise stands in the seal itself, so that a removed timestamp is missed.
    """
    from habeas.evidence.stamps.authorities import Promise, read_authorities, write_authorities

    chosen = read_authorities()
    before = chosen.promise
    after = Promise(
        before.rfc3161 if authorities is None else authorities,
        before.opentimestamps if proofs is None else proofs,
    )
    write_authorities(replace(chosen, promise=after))
    return _shown()


@command.command("authorities")
def authorities() -> int:
    """Show whom you allowed to be asked."""
    return _shown()


def _shown() -> int:
    from habeas.evidence.stamps.authorities import read_authorities

    chosen = read_authorities()
    for one in chosen.asked:
        roots = str(one.roots) if one.roots else _("usual root certificates")
        click.echo(safe_line(f"{one.name}  {one.url}  {roots}"))
    for calendar in chosen.calendars:
        click.echo(safe_line(f"calendars  {calendar}"))
    if not (chosen.asked or chosen.calendars):
        click.echo(_("Nobody may be asked for timestamps."))
    words = _("Every new seal must have: timestamps of authorities {rfc3161}, proofs {proofs}.")
    click.echo(words.format(rfc3161=chosen.promise.rfc3161, proofs=chosen.promise.opentimestamps))
    return Exit.DONE
