"""`habeas team`: what only somebody at the machine may do: let an owner in again, check the log."""

from datetime import UTC, datetime

import click

from habeas.errors import Exit
from habeas.language import _, ngettext


@click.group("team", short_help="The team: its list, a new owner, the check of its log.")
def command() -> None:
    """Tell who belongs to the team, make an owner, check the log. All else is on the site."""
    from habeas.site import serving

    serving.prepare()


@command.command("list")
def listed() -> int:
    """Print everybody who is or was in the team: name, role, what they see, the end, by tab."""
    from habeas.cases.access import roles

    for one in roles.newest_memberships():
        until = f"{one.until:%Y-%m-%dT%H:%MZ}" if one.until else "-"
        click.echo("\t".join((one.user, one.role, "named" if one.named else "all", until)))
    return Exit.DONE


@command.command("owner")
@click.argument("name")
def owner(name: str) -> int:
    """Make NAME an owner: for an owner who is locked out. The log says that it was done here.

    Then `habeas serve --port PORT --link --as NAME` gives the link to sign in with; a passphrase
    or telephone that is lost is forgotten with `habeas team reset NAME`.
    """
    from habeas.cases.access import members

    members.owner_at_the_machine(name, datetime.now(UTC))
    click.echo(_("{name} is an owner now; the log says so.").format(name=name.strip()), err=True)
    return Exit.DONE


@command.command("reset")
@click.argument("name")
def reset(name: str) -> int:
    """Forget passphrase, second factor and recovery codes of NAME: for whoever lost one of them.

    Their sessions end, and links that nobody used are dead. `habeas serve --port PORT --link --as
    NAME` gives a new link. Their sign-ins and the log say that it was done here.
    """
    from habeas.cases.access.members import MACHINE
    from habeas.cases.statements.recording import Hand
    from habeas.site.accounts import changing

    changing.reset(name, Hand(MACHINE, datetime.now(UTC)))
    said = _("{name} signs in with a link now; their sign-ins say so.")
    click.echo(said.format(name=name.strip()), err=True)
    return Exit.DONE


@command.group("log", short_help="The log of who read and changed what.")
def log_group() -> None:
    """Work with the log of who read and changed what."""


@log_group.command("check")
def check() -> int:
    """Read the whole log and say whether it is as it was written, or where it breaks first.

    Exit code 0 where the chain is whole, 1 where it is broken.
    """
    from habeas.cases.access import log
    from habeas.cases.access.log import Verdict

    found = log.check()
    if found.broken_at is None:
        words = ngettext(
            "The chain is whole: {n} line.", "The chain is whole: {n} lines.", found.lines
        )
        click.echo(words.format(n=found.lines))
        return Exit.DONE
    why = {
        Verdict.CHANGED: _("Line {n} is not what was noted: somebody changed it."),
        Verdict.MISSING: _("Line {n} is missing: somebody removed it."),
        Verdict.CUT: _("From line {n} on, the log is not the one that was sealed: it was cut."),
    }[found.why]
    click.echo(why.format(n=found.broken_at))
    return Exit.NOT_FOUND
