"""`habeas serve`: the site, for this machine only, opened with a link that works once."""

import ipaddress
import signal
from datetime import UTC, datetime
from types import FrameType

import click

from habeas.cli.by_whom import as_user
from habeas.errors import Exit, NobodyMayAsk
from habeas.language import _


@click.command("serve", short_help="Open the site: who is sought, where we looked, what was found.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    envvar="HABEAS_PORT",
    show_envvar=True,
    help="Port to serve on; a free one is taken if it is not given.",
)
@click.option(
    "--listen",
    default="127.0.0.1",
    show_default=True,
    envvar="HABEAS_LISTEN",
    show_envvar=True,
    help="IP address to listen on; others than loopback need HABEAS_HOSTS and a TLS proxy.",
)
@click.option(
    "--proxy",
    default="",
    envvar="HABEAS_PROXY",
    show_envvar=True,
    help="IP address of the one TLS proxy whose X-Forwarded-For and -Proto are believed.",
)
@as_user
@click.option(
    "--link", is_flag=True, help="Only print a new link for the site that runs on --port."
)
def command(port: int, listen: str, proxy: str, user_name: str, *, link: bool) -> int:
    """Serve the site until Ctrl+C, and print the one link that opens it, once.

    Nothing is opened or sent. The database lies in HABEAS_HOME and is brought up to date first. A
    home with a passphrase is opened at the start, and locked after 15 minutes without a visit, or
    as many as HABEAS_LOCK_AFTER says.
    """
    if link and not port:
        raise click.UsageError(_("--link needs --port: the port of the site that runs."))
    if not user_name.strip() or len(user_name) > 150:
        raise click.UsageError(_("A user name has 1 to 150 characters."))
    from habeas.site import serving

    serving.prepare()
    if link:
        click.echo(serving.one_time_link(port, user_name, datetime.now(UTC), host=_here(listen)))
        return Exit.DONE
    proxy = serving.proxy_address(proxy)
    _refuse_open_door(listen)
    _lock_when_idle()
    _say_if_unguarded()
    with serving.listening(listen, port) as bound:
        server = serving.server(bound, proxy)
        now = datetime.now(UTC)
        click.echo(
            serving.one_time_link(bound.getsockname()[1], user_name, now, host=_here(listen))
        )
        click.echo(_("Open this link in a browser on this machine. It works once."), err=True)
        click.echo(_("Stop the site with Ctrl+C."), err=True)
        signal.signal(signal.SIGTERM, _stop)
        server.run()
    return Exit.DONE


def _lock_when_idle() -> None:
    from habeas.site import locking  # needs the settings

    locking.watch()


def _say_if_unguarded() -> None:
    from habeas.cases.access.rows import checking

    if checking.is_wanted():
        for fault in checking.faults():
            click.echo(fault, err=True)


def _here(listen: str) -> str:
    """Return the host for the link: what is listened on, or loopback where that is everything."""
    try:
        return "127.0.0.1" if ipaddress.ip_address(listen).is_unspecified else listen
    except ValueError:
        return listen


def _refuse_open_door(listen: str) -> None:
    from django.conf import settings

    try:
        alone = ipaddress.ip_address(listen).is_loopback
    except ValueError:
        return  # told by `serving.listening`
    if not alone and len(settings.ALLOWED_HOSTS) == 3:
        raise NobodyMayAsk(listen)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(int(Exit.DONE))
