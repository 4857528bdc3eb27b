"""`habeas alerts`: where messages go, what waits, and a test message."""

import click

from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import safe_line


@click.group("alerts", short_help="Choose where alerts go, and see what waits.")
def command() -> None:
    """Work with the channels on which habeas tells news: mail, webhook, Telegram, Matrix, ntfy."""
    from habeas.site.serving import prepare

    prepare()


@command.command("add")
@click.argument("address")
@click.option("--names", is_flag=True, help="Let messages on this channel carry names.")
@click.option("--quiet", default="", metavar="HOURS", help="Such as 22:00-07:00 Asia/Dushanbe.")
@click.option("--digest", default=0, metavar="SECONDS", help="Gather messages over this time.")
@click.option("--person", "people", multiple=True, metavar="CODE", help="Only about this person.")
def add(address: str, *, names: bool, quiet: str, digest: int, people: tuple[str, ...]) -> int:
    """Send alerts to ADDRESS.

    Such as submission://user:password@host?to=me@example.org, https://..., or any address of
    Telegram, Matrix, ntfy and others that `apprise` knows.
    """
    from habeas.watch.alerts import parse_quiet
    from habeas.watch.channels import WEBHOOK, kind_of, secret_of, shown
    from habeas.watch.models import Channel

    if quiet:
        parse_quiet(quiet)
    channel = Channel.objects.create(
        kind=kind_of(address),
        address=address,
        names=names,
        quiet=quiet,
        digest_s=digest,
        people=list(people),
    )
    click.echo(_("Channel {number}: {shown}").format(number=channel.pk, shown=shown(address)))
    if channel.kind == WEBHOOK:
        click.echo(_("Signing secret: {secret}").format(secret=secret_of(channel)))
    return Exit.DONE


@command.command("list")
def list_() -> int:
    """List the channels, and how many messages wait or were given up."""
    from habeas.watch.channels import shown
    from habeas.watch.models import Alert, Channel

    for channel in Channel.objects.order_by("id"):
        waiting = Alert.objects.filter(channel=channel, sent_at=None)
        state = _("stopped") if channel.stopped_at else _("in use")
        told = _("{waiting} waiting, {lost} given up").format(
            waiting=waiting.filter(given_up_at=None).count(),
            lost=waiting.exclude(given_up_at=None).count(),
        )
        click.echo(
            f"{channel.pk}  {channel.kind:8} {safe_line(shown(channel.address))}  {state}  {told}"
        )
    return Exit.DONE


@command.command("test")
@click.argument("number", type=int)
def test(number: int) -> int:
    """Send a test message on channel NUMBER, now."""
    from datetime import UTC, datetime
    from secrets import token_hex

    from habeas.watch.channels import NotTaken, senders
    from habeas.watch.models import Channel
    from habeas.watch.wording import Message

    channel = Channel.objects.filter(pk=number).first()
    if channel is None:
        raise click.UsageError(_("There is no channel {number}.").format(number=number))
    text = _("This is a test. Alerts of habeas will reach you here.")
    now = datetime.now(UTC)
    try:
        senders()[channel.kind](
            channel, Message(token_hex(16), "habeas", f"{text}\n", now, (text,))
        )
    except NotTaken as failure:
        click.echo(safe_line(str(failure)), err=True)
        return Exit.COULD_NOT_LOOK
    click.echo(_("Sent."))
    return Exit.DONE


@command.command("stop")
@click.argument("number", type=int)
def stop(number: int) -> int:
    """Stop sending on channel NUMBER; nothing is deleted."""
    from django.utils import timezone

    from habeas.watch.models import Channel

    if not Channel.objects.filter(pk=number, stopped_at=None).update(stopped_at=timezone.now()):
        raise click.UsageError(_("There is no channel {number} in use.").format(number=number))
    return Exit.DONE
