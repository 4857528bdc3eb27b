"""People who sign in by themselves: an account as its owner would set it up, and an app of codes.

The app is written here from RFC 4226 and 6238, and takes nothing from what is tested.
"""

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode
from dataclasses import dataclass, field
from typing import Any

import django_ready  # noqa: F401 - sets Django up before the models are imported
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from habeas.site import links
from habeas.site.models import Account

PASSPHRASE = "four sheep on a wall"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""For tests in which it does not matter how dear a hash is."""


class Counting(ScryptPasswordHasher):
    """Scrypt, made quick, that counts how often it is asked."""

    work_factor = 2**4
    parallelism = 1
    asked = 0

    def encode(
        self, password: str, salt: str, n: int | None = None, r: int | None = None,
        p: int | None = None,
    ) -> str:  # fmt: skip
        Counting.asked += 1
        return super().encode(password, salt, n, r, p)


_SECRET = re.compile(r'<code class="secret"[^>]*>([A-Z2-7 ]+)</code>')
_CODE = re.compile(r"<li><code>([A-Z2-9 ]+)</code></li>")


def app(secret: str, at: float | None = None, digits: int = 6) -> str:
    """Return the code that an app shows for a secret as typed, at a time (seconds since 1970)."""
    key = b32decode(secret.replace(" ", ""))
    step = int((time.time() if at is None else at) // 30)
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    place = mac[-1] & 15
    number = struct.unpack(">I", mac[place : place + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


@dataclass
class Member:
    """Somebody with a passphrase and an app."""

    name: str
    secret: str
    recovery: list[str]
    passphrase: str = PASSPHRASE
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="127.0.0.1"))

    def code(self, off_s: float = 0) -> str:
        """Return what the app shows now; `off_s` if its clock is wrong."""
        return app(self.secret, time.time() + off_s)

    def fresh(self) -> str:
        """Return the present code, with all codes before it not used yet."""
        Account.objects.filter(user_name=self.name).update(last_step=-1)
        return self.code()

    def typed(self, **other: str) -> dict[str, str]:
        """Return what is sent to sign in."""
        return {"name": self.name, "passphrase": self.passphrase, "code": self.code(), **other}


def by_link(name: str, **more: str) -> Client:
    """Return somebody who came in by a one-time link."""
    client = Client(SERVER_NAME="127.0.0.1", **more)  # type: ignore[arg-type]
    assert client.get(f"/open/{links.new_token(name, timezone.now())}/").status_code == 200
    return client


def secret_on(page: Any) -> str:
    """Return the secret that a page shows to be typed."""
    found = _SECRET.search(page.content.decode())
    assert found, page.content.decode()
    return found[1]


def codes_on(page: Any) -> list[str]:
    """Return the recovery codes that a page shows."""
    return _CODE.findall(page.content.decode())


def set_up(name: str = "sado", passphrase: str = PASSPHRASE) -> Member:
    """Set a passphrase and an app up, on the page, as its owner does."""
    client = by_link(name)
    secret = secret_on(client.get("/en/sign-in/own/"))
    done = client.post(
        "/en/sign-in/own/", {"new": passphrase, "again": passphrase, "first": app(secret)}
    )
    assert done.status_code == 200
    assert User.objects.get(username=name).has_usable_password()
    made = Member(name, secret, codes_on(done), passphrase, client)
    made.fresh()
    return made


def stranger(address: str = "198.51.100.7") -> Client:
    """Return a browser without a session, somewhere."""
    return Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=address)


def sent(client: Client, typed: dict[str, str]) -> HttpResponse:
    """Return the answer to a try to sign in."""
    answer: HttpResponse = client.post("/en/sign-in/", typed)  # type: ignore[assignment]
    return answer
