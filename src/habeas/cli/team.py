"""`habeas team`: what only somebody at the machine may do: an owner, the log, the database."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from habeas.errors import Exit
from habeas.language import _, ngettext

if TYPE_CHECKING:
    from habeas.cases.access.rows.setting_up import Done


@click.group(
    "team", short_help="The team: its list, a new owner, its log, the rules of its database."
)
def command() -> None:
    """Tell who is in the team, make an owner, check the log and the database. Else use the site."""
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


@command.command("database")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; only say what is wrong.")
def database(*, only_check: bool) -> int:
    """Let PostgreSQL itself keep members with named cases from the rows of other cases.

    It makes a role for each of them, and policies for every table that tells of somebody. Run it
    once, and after each update of habeas; where all is as it should be, it changes nothing. Exit
    code 0 where nothing is wrong, 1 where something is left that only the administrator of the
    database can mend.
    """
    from habeas.cases.access.rows import checking, setting_up

    if not only_check:
        _tell_done(setting_up.set_up())
    faults = checking.faults()
    for fault in faults:
        click.echo(fault)
    if not faults:
        click.echo(_("The database keeps members to their cases."))
    return Exit.NOT_FOUND if faults else Exit.DONE


def _tell_done(done: "Done") -> None:
    if done.changed:
        words = ngettext(
            "Rules written for {n} table.", "Rules written for {n} tables.", done.tables
        )
        click.echo(words.format(n=done.tables), err=True)
    if done.roles:
        words = ngettext("{n} role made.", "{n} roles made.", done.roles)
        click.echo(words.format(n=done.roles), err=True)
    if not done.changed and not done.roles:
        click.echo(_("Nothing had to be changed."), err=True)
    words = ngettext(
        "{n} role is free for a member who comes later.",
        "{n} roles are free for members who come later.",
        done.free,
    )
    click.echo(words.format(n=done.free), err=True)


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
