"""Behind a TLS proxy: exactly that one is believed who asks, and nobody else."""

import contextlib
import http.client
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.handlers.wsgi import WSGIRequest
from django.db import connections
from django.test import override_settings
from django.utils import timezone
from signing import QUICK, set_up

from habeas.cli.serve import command
from habeas.errors import ProxyUnclear
from habeas.site import links, serving
from habeas.site.models import Arrival, Failing

HOST = "habeas.example.org"
_SETTINGS = {
    "ALLOWED_HOSTS": [HOST, "127.0.0.1"],
    "SESSION_COOKIE_SECURE": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "CSRF_TRUSTED_ORIGINS": [f"https://{HOST}"],
    "PASSWORD_HASHERS": QUICK,
}
"""What HABEAS_HOSTS and HABEAS_HTTPS=1 set."""


@contextlib.contextmanager
def served(proxy: str) -> Iterator[int]:
    """Serve the site, and yield its port."""
    with override_settings(**_SETTINGS), serving.listening() as bound:
        running = serving.server(bound, serving.proxy_address(proxy))
        thread = threading.Thread(target=running.run)
        thread.start()
        try:
            yield bound.getsockname()[1]
        finally:
            serving.stop(running)
            thread.join(timeout=10)
            connections.close_all()


class TlsProxy:
    """A proxy as teams have one: it ends TLS, and adds who asked to what it was sent.

    Every request has a connection of its own to the site, from the address that is given.
    """

    def __init__(self, port: int, folder: Path, comes_from: str) -> None:
        self.certificate = folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", folder / "key.pem", "-out", self.certificate, "-days", "2",
             "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder / "key.pem")
        self._site, self._from = port, comes_from
        self._socket = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                asker, (address, _port) = self._socket.accept()
                with asker:
                    self._pass_on(asker, address)

    def _pass_on(self, asker: socket.socket, address: str) -> None:
        head, body = _received(asker)
        head = re.sub(rb"(?im)^connection:.*\r\n", b"", head + b"\r\n")
        said = [value.decode() for value in re.findall(rb"(?im)^x-forwarded-for: *(.*)\r\n", head)]
        head = re.sub(rb"(?im)^x-forwarded-(for|proto):.*\r\n", b"", head)
        # nginx: $proxy_add_x_forwarded_for
        head += f"X-Forwarded-For: {', '.join([*said, address])}\r\n".encode()
        head += b"X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        with socket.create_connection(
            ("127.0.0.1", self._site), source_address=(self._from, 0)
        ) as site:
            site.sendall(head + body)
            while part := site.recv(65536):
                asker.sendall(part)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def ask(self, address: str, comes_from: str = "127.0.0.1", **headers: str) -> "Got":
        """Ask as a browser at another address would."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        raw = socket.create_connection(("127.0.0.1", self.port), source_address=(comes_from, 0))
        with context.wrap_socket(raw, server_hostname=HOST) as asker:
            asker.sendall(_request(address, headers))
            answer = http.client.HTTPResponse(asker)
            answer.begin()
            return Got(answer)


class Got:
    """An answer, read whole."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.text = answer.status, answer.read().decode()
        self.cookies = answer.headers.get_all("Set-Cookie") or []


def _request(address: str, headers: dict[str, str]) -> bytes:
    headers = {"Host": HOST, "Connection": "close", **headers}
    body = headers.pop("body", "")
    if body:
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
        }
    lines = [f"{'POST' if body else 'GET'} {address} HTTP/1.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", body]).encode()


def _received(asker: socket.socket) -> tuple[bytes, bytes]:
    got = b""
    while b"\r\n\r\n" not in got:
        got += asker.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)content-length: (\d+)", head)
    while found and len(body) < int(found[1]):
        body += asker.recv(65536)
    return head, body


@pytest.fixture
def folder(tmp_path: Path, database: Path) -> Path:  # noqa: ARG001 - wanted for what it does
    return tmp_path


@contextlib.contextmanager
def behind(folder: Path, believed: str, comes_from: str) -> Iterator[TlsProxy]:
    """Yield a proxy before a site that believes one address."""
    with served(believed) as port:
        proxy = TlsProxy(port, folder, comes_from)
        try:
            yield proxy
        finally:
            proxy.close()


def _opened(proxy: TlsProxy, comes_from: str, **headers: str) -> tuple[Got, str]:
    """Open a link, and return the answer and the network that was noted."""
    token = links.new_token("sado", timezone.now())
    answer = proxy.ask(f"/open/{token}/", comes_from, **headers)
    return answer, Arrival.objects.order_by("-pk")[0].network


def test_the_proxy_that_was_named_is_believed(folder: Path) -> None:
    with behind(folder, "127.0.0.2", "127.0.0.2") as proxy:
        answer, network = _opened(proxy, "127.9.8.7")
        assert (answer.status, network) == (200, "127.9.8.0/24")
        assert any("habeas-session" in one and "Secure" in one for one in answer.cookies)


def test_what_the_asker_says_of_itself_is_not_believed(folder: Path) -> None:
    with behind(folder, "127.0.0.2", "127.0.0.2") as proxy:
        for said in ("203.0.113.9", "203.0.113.9, 198.51.100.1", "unknown", "[::1]:99", "\x7f"):
            _answer, network = _opened(proxy, "127.9.8.7", X_Forwarded_For=said)
            assert network == "127.9.8.0/24", said


def test_another_than_the_named_one_is_not_believed(folder: Path) -> None:
    with behind(folder, "127.0.0.2", "127.0.0.3") as proxy:
        _answer, network = _opened(proxy, "127.9.8.7")
        assert network == "127.0.0.0/24"
        assert Arrival.objects.count() == 1


@pytest.mark.parametrize("believed", ["", "127.0.0.2"])
@pytest.mark.parametrize(
    "spoofed",
    [
        {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"},
        {"Forwarded": "for=203.0.113.9;proto=https;host=evil.example"},
        {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "1"},
        {"X-Real-IP": "203.0.113.9", "Client-IP": "203.0.113.9"},
    ],
    ids=lambda spoofed: next(iter(spoofed)),
)
@pytest.mark.usefixtures("database")
def test_a_spoofed_header_from_elsewhere_changes_nothing(
    believed: str, spoofed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []
    built = WSGIRequest.get_host

    def look(request: WSGIRequest) -> str:
        seen.append((request.META["REMOTE_ADDR"], request.scheme or ""))
        return built(request)

    monkeypatch.setattr(WSGIRequest, "get_host", look)
    with served(believed) as port:
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        token = links.new_token("sado", timezone.now())
        kept.request("GET", f"/open/{token}/", headers={"Host": HOST, **spoofed})
        answer = kept.getresponse()
        page = answer.read().decode()
        kept.close()
    assert answer.status == 200
    assert set(seen) == {("127.0.0.1", "http")}
    assert "evil" not in page
    assert Arrival.objects.get().network == "127.0.0.0/24"


def test_links_and_forms_work_through_the_proxy(folder: Path) -> None:
    """Links are of https, and a form that came by TLS is taken."""
    with behind(folder, "127.0.0.2", "127.0.0.2") as proxy:
        one = set_up("sado")
        page = proxy.ask("/en/sign-in/")
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        cookie = page.cookies[0].partition(";")[0]
        typed = "&".join(
            f"{name}={value.replace(' ', '+')}"
            for name, value in {**one.typed(), "csrfmiddlewaretoken": token[1]}.items()
        )
        form = {"Cookie": cookie, "body": typed}
        evil = proxy.ask("/en/sign-in/", Origin="https://evil.example", **form)
        plain = proxy.ask("/en/sign-in/", Origin=f"http://{HOST}", **form)
        assert (evil.status, plain.status) == (403, 403)
        came = proxy.ask("/en/sign-in/", Origin=f"https://{HOST}", **form)
        assert came.status == 302
        cookie = next(one for one in came.cookies if "habeas-session" in one).partition(";")[0]
        team = {"Cookie": cookie, "Origin": f"https://{HOST}"}
        page = proxy.ask("/en/team/", **team)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        typed = f"user=lola&role=reader&sees=all&csrfmiddlewaretoken={token[1]}"
        assert f"https://{HOST}/open/" in proxy.ask("/en/team/", body=typed, **team).text


def test_without_naming_it_cookies_are_safe_and_forms_are_taken(folder: Path) -> None:
    """What teams had so far goes on as it was: only links and addresses are those of the proxy."""
    with behind(folder, "", "127.0.0.2") as proxy:
        answer, network = _opened(proxy, "127.9.8.7")
        assert network == "127.0.0.0/24"
        cookie = next(one for one in answer.cookies if "habeas-session" in one)
        assert "Secure" in cookie
        session = {"Cookie": cookie.partition(";")[0], "Origin": f"https://{HOST}"}
        page = proxy.ask("/en/team/", **session)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        typed = f"user=lola&role=reader&sees=all&csrfmiddlewaretoken={token[1]}"
        assert f"http://{HOST}/open/" in proxy.ask("/en/team/", body=typed, **session).text


def test_limits_are_of_who_asks_and_not_of_the_proxy(folder: Path) -> None:
    with behind(folder, "127.0.0.2", "127.0.0.2") as proxy:
        page = proxy.ask("/en/sign-in/")  # no form while nobody has a passphrase
        assert "csrfmiddlewaretoken" not in page.text
        assert "--port PORT<" in page.text  # 443 is the proxy's
        set_up("sado")
        page = proxy.ask("/en/sign-in/")
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        form = {"Cookie": page.cookies[0].partition(";")[0], "Origin": f"https://{HOST}"}
        typed = f"name=sado&passphrase=wrong&code=1&csrfmiddlewaretoken={token[1]}"
        here = [proxy.ask("/en/sign-in/", "127.9.8.7", body=typed, **form).status for _ in range(8)]
        assert here[-1] == 429
        elsewhere = proxy.ask("/en/sign-in/", "127.5.4.3", body=typed, **form)
        assert elsewhere.status == 422
        assert Failing.objects.count() >= 3


@pytest.mark.parametrize("address", ["*", "proxy.example.org", "127.0.0.1/8", "127.0.0.1:80", "1"])
@pytest.mark.usefixtures("database")
def test_what_names_no_single_proxy_is_refused(address: str) -> None:
    done = CliRunner().invoke(command, ["--proxy", address])
    assert isinstance(done.exception, ProxyUnclear)
    assert "IP address of a proxy" in done.exception.happened
    assert done.stdout == ""


def test_an_address_is_compared_in_the_form_of_connections() -> None:
    assert serving.proxy_address(" 2001:DB8:0:0::1 ") == "2001:db8::1"
    assert serving.proxy_address("") == ""
