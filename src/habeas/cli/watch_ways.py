"""`habeas watch route|agreement|visit|stop`: by which way, under whose visit, and until when."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import as_json, safe_line

if TYPE_CHECKING:
    from habeas.watch.agreement import Agreement
    from habeas.watch.models import Watch


@click.command("route", short_help="Name a further way through the network, or list them.")
@click.argument("name", default="")
@click.argument("address", default="")
@click.option("--off", is_flag=True, help="Forget the route NAME.")
def route(name: str, address: str, *, off: bool) -> int:
    """Name a SOCKS5 proxy as a route, as in: route tor socks5h://127.0.0.1:9050.

    Without NAME: list the routes of this computer. A source is watched by a route with
    `habeas watch add-source --route NAME`; the proxy sees which sites are asked, and looks their
    names up. A running watcher takes up a new route when it is started anew.
    """
    from habeas.fetch import parse_proxy
    from habeas.watch.routes import DIRECT, name_route, read_routes

    if not name:
        click.echo(DIRECT)
        for known, written in read_routes().items():
            click.echo(safe_line(f"{known} {parse_proxy(written).address}"))
        return Exit.DONE
    if bool(address) == off:
        raise click.UsageError(_("Give an address, or --off."))
    name_route(name, "" if off else address)
    return Exit.DONE


@click.command("agreement", short_help="Compare what two routes were shown.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object per list.")
def agreement(*, json_: bool) -> int:
    """Compare what sources that are watched by two routes showed on each of them.

    What one route alone was shown is named. The exit code is 3 if nothing could be compared, or a
    list was not read whole by both.
    """
    from habeas.watch.agreement import agreements, pairs

    found = [(one, other, list(agreements(one, other))) for one, other in pairs()]
    lists = [shown for _one, _other, each in found for shown in each]
    for one, other, each in found:
        for shown in each:
            click.echo(_as_line(one, other, shown, json_=json_))
    if not lists:
        click.echo(_("No source was read by two routes yet."), err=True)
    whole = bool(lists) and all(shown.comparable for shown in lists)
    return Exit.DONE if whole else Exit.COULD_NOT_LOOK


def _as_line(one: "Watch", other: "Watch", shown: "Agreement", *, json_: bool) -> str:
    if json_:
        return as_json(
            {
                "watch": str(one),
                "routes": [one.route, other.route],
                "list": shown.scope,
                "looked": {route: at.isoformat() for route, at in shown.looks.items()},
                "comparable": shown.comparable,
                "same": shown.same,
                "only": {route: list(entries) for route, entries in shown.only.items()},
            }
        )
    routes = f"{one.route} / {other.route}"
    return safe_line(f"{one} [{routes}] {shown.scope}: {_verdict(shown)}")


def _verdict(shown: "Agreement") -> str:
    if not shown.comparable:
        return _("cannot be compared: one of them was not read whole")
    if shown.same:
        return _("the same")
    alone = [
        _("only by {route}: {entries}").format(route=route, entries=", ".join(entries))
        for route, entries in shown.only.items()
        if entries
    ]
    return "; ".join(alone)


@click.command("visit", short_help="Hand over a visit after you answered a captcha.")
@click.option("--as", "by", envvar="HABEAS_USER", default="owner", show_default=True)
@click.option("--list", "list_", is_flag=True, help="List what was handed over.")
@click.option("--end", "host", metavar="HOST", default="", help="Use the visit at HOST no more.")
def visit(by: str, *, list_: bool, host: str) -> int:
    """Take over the visit of your browser, from standard input, to read pages behind a captcha.

    Open the page in your browser, answer its picture, and copy the request of that page as cURL
    (developer tools, network). It is used for that site only, by the watcher that runs on this
    computer, until the site asks for a picture again. Its cookies stay in HABEAS_HOME and in the
    recorded requests; habeas answers no captcha by itself.
    """
    from habeas.fetch import Visits, visit_of

    visits, now = Visits(), datetime.now(UTC)
    if list_:
        for one in visits.all():
            state = _("in use") if one.ended_at is None else _("ended")
            click.echo(safe_line(f"{one.host} {one.at:%Y-%m-%d %H:%M} UTC {one.by}: {state}"))
        return Exit.DONE
    if host:
        visits.end(host.lower(), now)
        return Exit.DONE
    if sys.stdin.isatty():
        words = _("Paste the request that you copied as cURL, then press Enter and Ctrl+D.")
        click.echo(words, err=True)
    taken = visit_of(sys.stdin.read(), by, now)
    visits.add(taken)
    click.echo(safe_line(taken.host))
    return Exit.DONE


@click.command("stop", short_help="Stop watching a source; what was recorded stays.")
@click.argument("source_id", metavar="SOURCE")
@click.argument("court", default="")
@click.option("--route", default="direct", show_default=True, help="Way through the network.")
def stop(source_id: str, court: str, *, route: str) -> int:
    """Stop watching SOURCE, or one COURT of it. What was recorded stays, and so does its proof.

    `habeas watch add-source` begins again; the time between is "not watched", never "not found".
    """
    from habeas.watch.models import Watch

    watched = Watch.objects.filter(source=source_id, court=court, route=route, stopped_at=None)
    if not watched.update(stopped_at=datetime.now(UTC)):
        words = _("{source} is not watched.").format(source=f"{source_id} {court}".strip())
        raise click.UsageError(words)
    return Exit.DONE
