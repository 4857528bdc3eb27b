"""Sign-ins that happened: shortened, marked when new, never changed, seen by few."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from django_ready import POSTGRESQL, SQLITE
from site_story import Story
from team_story import OWNER, member

from habeas.site import arrivals, links
from habeas.site.models import Arrival

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)


def arrive(user: str, address: str = "198.51.100.77", agent: str = FIREFOX) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
    assert client.get(f"/open/{links.new_token(user, timezone.now())}/").status_code == 200
    return client


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("", ""),
        ("<b>unix:</b>", ""),
        ("fe80::1%eth0", "fe80::/48"),
    ],
)
def test_an_address_is_kept_shortened(address: str, kept: str) -> None:
    assert arrivals.network(address) == kept


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (FIREFOX, "Firefox"),
        (CHROME, "Chrome"),
        (CHROME + " Edg/140.0.0.0", "Edge"),
        (CHROME + " OPR/120.0.0.0", "Opera"),
        (CHROME.replace("Safari", "YaBrowser/25.8 Safari"), "Yandex"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1", "Safari"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_by_its_family(agent: str, family: str) -> None:
    assert arrivals.browser(agent) == family


@pytest.mark.usefixtures("database")
def test_a_new_network_or_browser_is_marked() -> None:
    arrive("sado")
    arrive("sado", "198.51.100.78")
    arrive("sado", "203.0.113.9")
    arrive("sado", agent=CHROME)
    arrive("nobody", agent=CHROME)
    arrive("sado", "203.0.113.10", CHROME)
    marks = Arrival.objects.order_by("pk").values_list("unseen", flat=True)
    assert list(marks) == [True, False, True, True, True, False]
    assert not Arrival.objects.filter(network__contains="77").exists()


@pytest.mark.usefixtures("database")
def test_a_dead_link_is_no_sign_in() -> None:
    token = links.new_token("sado", timezone.now())
    for _time in range(2):
        Client(SERVER_NAME="127.0.0.1").get(f"/open/{token}/")
    assert Arrival.objects.count() == 1


def test_members_see_their_own_and_owners_those_of_the_team(story: Story) -> None:
    member(OWNER, "owner", named=False)
    for user in ("sado", "lola"):
        member(user, "volunteer")
    boss, sado = arrive(OWNER), arrive("sado", "203.0.113.9")
    arrive("lola", "192.0.2.4", CHROME)
    theirs = sado.get("/en/sign-ins/").content.decode()
    assert "203.0.113.0/24" in theirs
    assert "new network or browser" in theirs
    for hidden in ("192.0.2.", "198.51.100.", "lola", "203.0.113.9", "Sign-ins of the others"):
        assert hidden not in theirs
    everybody = boss.get("/en/sign-ins/").content.decode()
    for seen in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "lola", "Chrome"):
        assert seen in everybody
    assert story.person.code not in everybody


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
@pytest.mark.parametrize(
    "attack", ["UPDATE site_arrival SET network = 'elsewhere'", "DELETE FROM site_arrival"]
)
@pytest.mark.usefixtures("database")
def test_the_database_refuses_to_change_a_sign_in(attack: str) -> None:
    arrive("sado")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert Arrival.objects.get().network == "198.51.100.0/24"
