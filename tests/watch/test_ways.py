"""Two routes and a visit handed over, as a user sets them up: commands, real proxy, real court."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invented_court import HOST, ID, Court, page, serving
from socks_proxy import SocksProxy, proxying
from tests.watch.conftest import FakeClock

from habeas.cli.watch import command
from habeas.errors import RouteUnclear
from habeas.fetch import Visits
from habeas.watch.building import Wishes
from habeas.watch.building import looking as make_looking
from habeas.watch.looking import Looking
from habeas.watch.models import Look, Watch
from habeas.watch.routes import name_route, read_routes

TODAY = "2026-11-24"
_PASTED = f"curl 'http://{HOST}/list' -b 'seen=1' -H 'User-Agent: Mozilla/5.0 (invented)'"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A HABEAS_HOME of the test's own, and a database that needs no preparing."""
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HABEAS_LANG", "en")
    monkeypatch.setattr("habeas.site.serving.prepare", lambda: None)
    return tmp_path / "home"


@pytest.fixture
def abroad(court: Court) -> Iterator[tuple[Court, SocksProxy]]:
    """What the court shows by way of a proxy: another list, at the same address."""
    with serving(Court()) as other:
        leads = {("127.0.0.1", court.port): other.port}
        with proxying(SocksProxy(leads=leads)) as proxy:
            yield other, proxy


def _run(*arguments: str, stdin: str = "") -> Result:
    ran = CliRunner().invoke(command, arguments, input=stdin, standalone_mode=False)
    if ran.exception is not None:
        raise ran.exception
    return ran


def _looking(court: Court, clock: FakeClock, folder: Path) -> Looking:
    wishes = Wishes(folder / "captures", replicas={HOST: court.place}, clock=clock)
    return make_looking(wishes)


def _by(route: str, clock: FakeClock) -> Watch:
    return Watch.objects.create(
        source=ID, every_s=3600, days_back=0, days_ahead=0, route=route, added_at=clock.now()
    )


# --- routes ----------------------------------------------------------------------------------


def test_a_court_that_shows_two_faces_is_found_out(
    court: Court,
    abroad: tuple[Court, SocksProxy],
    clock: FakeClock,
    watch: Watch,
    tmp_path: Path,
) -> None:
    other, proxy = abroad
    court.put(TODAY, "u1", "Выдумов А.Б.")
    other.put(TODAY, "u1", "Выдумов А.Б.")
    other.put(TODAY, "u2", "Небылов В.Г.")
    assert _run("route", "home", proxy.address).return_value == 0
    by_proxy = _by("home", clock)
    looking = _looking(court, clock, tmp_path)
    for one in (watch, by_proxy):
        look = looking.look(one, clock.now())
        assert look.confirmed, look.explanation
    assert proxy.asked
    assert (str(watch), str(by_proxy)) == (ID, f"{ID} (home)")
    told = _run("agreement")
    assert told.return_value == 0
    assert f"{ID} [direct / home]" in told.output
    assert "only by home: uid:u2" in told.output
    assert '"same": false' in _run("agreement", "--json").output


def test_routes_that_agree_are_said_to(
    court: Court,
    abroad: tuple[Court, SocksProxy],
    clock: FakeClock,
    watch: Watch,
    tmp_path: Path,
) -> None:
    other, proxy = abroad
    for one in (court, other):
        one.put(TODAY, "u1", "Выдумов А.Б.")
    name_route("home", proxy.address)
    looking = _looking(court, clock, tmp_path)
    for watched in (watch, _by("home", clock)):
        looking.look(watched, clock.now())
    assert ": the same" in _run("agreement").output


def test_a_route_that_fails_says_nothing_of_the_other(
    court: Court, clock: FakeClock, watch: Watch, tmp_path: Path
) -> None:
    """The breaker that opens for the proxy leaves the direct way alone."""
    court.put(TODAY, "u1", "Выдумов А.Б.")
    name_route("home", "socks5h://127.0.0.1:9")
    by_proxy = _by("home", clock)
    looking = _looking(court, clock, tmp_path)
    for _ in range(8):
        look = looking.look(by_proxy, clock.now())
        clock.pass_by(3600)
        assert (look.outcome, look.obstacle) == ("could_not_look", "down")
    assert looking.look(watch, clock.now()).outcome == "found"
    told = _run("agreement")
    assert told.return_value == 3


def test_nothing_to_compare_is_not_agreement(watch: Watch) -> None:
    del watch
    told = _run("agreement")
    assert told.return_value == 3
    assert "No source was read by two routes yet." in told.output


def test_routes_are_listed_without_their_passwords_and_forgotten(home: Path) -> None:
    name_route("tor", "socks5h://zarina:s3cret-word@127.0.0.1:9050")
    assert _run("route").output == "direct\ntor socks5h://127.0.0.1:9050\n"
    assert (home / "routes.json").stat().st_mode & 0o777 == 0o600
    assert _run("route", "tor", "--off").return_value == 0
    assert read_routes() == {}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("direct", "socks5h://127.0.0.1:1"),
        ("Tor!", "socks5h://127.0.0.1:1"),
        ("tor", "http://127.0.0.1:1"),
    ],
)
def test_a_route_that_cannot_be_used_is_refused(name: str, address: str) -> None:
    with pytest.raises(RouteUnclear):
        name_route(name, address)
    assert read_routes() == {}


@pytest.mark.parametrize("content", ["", "[]", '{"format": "x"}', '{"format": "habeas routes 1"}'])
def test_a_file_of_routes_that_is_not_understood_is_told_and_kept(home: Path, content: str) -> None:
    home.mkdir()
    (home / "routes.json").write_text(content)
    with pytest.raises(RouteUnclear):
        read_routes()
    with pytest.raises(RouteUnclear):
        name_route("tor", "socks5h://127.0.0.1:9050")
    assert (home / "routes.json").read_text() == content


# --- visits ----------------------------------------------------------------------------------


def _behind_a_picture(court: Court) -> None:
    """Let the court ask for the digits of a picture unless the visit has passed it."""
    court.put(TODAY, "u1", "Выдумов А.Б.")
    court.passes = "seen=1"


def test_a_person_answers_the_picture_and_habeas_reads_on(
    court: Court, clock: FakeClock, watch: Watch, tmp_path: Path
) -> None:
    _behind_a_picture(court)
    looking = _looking(court, clock, tmp_path)
    assert looking.look(watch, clock.now()).obstacle == "captcha"
    handed = _run("visit", "--as", "Zarina", stdin=_PASTED)
    assert (handed.return_value, handed.output) == (0, f"{HOST}\n")
    clock.pass_by(3600)
    look = looking.look(watch, clock.now())
    assert (look.outcome, look.confirmed) == ("found", True)
    assert look.requests[0]["visit"].startswith("handed over by Zarina, ")


def test_a_visit_that_is_over_is_used_no_more_and_no_row_says_not_found(
    court: Court, clock: FakeClock, watch: Watch, tmp_path: Path
) -> None:
    _behind_a_picture(court)
    looking = _looking(court, clock, tmp_path)
    _run("visit", stdin=_PASTED)
    assert looking.look(watch, clock.now()).outcome == "found"
    court.passes = "another"
    for _ in range(2):
        clock.pass_by(3600)
        look = looking.look(watch, clock.now())
        assert (look.outcome, look.obstacle) == ("could_not_look", "captcha")
    assert "visit" not in look.requests[0]
    assert Visits().of(HOST) is None
    assert ": ended" in _run("visit", "--list").output


def test_a_proxy_is_not_lent_the_visit_of_this_computer(
    court: Court,
    abroad: tuple[Court, SocksProxy],
    clock: FakeClock,
    watch: Watch,
    tmp_path: Path,
) -> None:
    del watch
    other, proxy = abroad
    _behind_a_picture(other)
    name_route("home", proxy.address)
    _run("visit", stdin=_PASTED)
    look = _looking(court, clock, tmp_path).look(_by("home", clock), clock.now())
    assert look.obstacle == "captcha"
    assert Visits().of(HOST) is not None


def test_a_visit_can_be_ended_by_hand() -> None:
    _run("visit", stdin=_PASTED)
    assert Visits().of(HOST) is not None
    assert _run("visit", "--end", HOST).return_value == 0
    assert Visits().of(HOST) is None


# --- stopping --------------------------------------------------------------------------------


def test_a_source_is_watched_no_more_and_what_was_recorded_stays(
    court: Court, clock: FakeClock, watch: Watch, tmp_path: Path
) -> None:
    court.put(TODAY, "u1", "Выдумов А.Б.")
    _looking(court, clock, tmp_path).look(watch, clock.now())
    assert _run("stop", ID).return_value == 0
    watch.refresh_from_db()
    assert watch.stopped_at is not None
    assert Look.objects.filter(watch=watch).count() == 1
    again = CliRunner().invoke(command, ["stop", ID])
    assert again.exit_code == 2
    assert "is not watched" in again.output


def test_what_a_user_pastes_by_mistake_changes_nothing(clock: FakeClock) -> None:
    del clock
    refused = CliRunner().invoke(command, ["visit"], input=page(rows=[])[1].decode())
    assert refused.exception is not None
    assert Visits().all() == []
