"""Ways out: mail, a signed webhook, and everything that `apprise` knows (Telegram, Matrix, ntfy).

An address is a secret: it is never logged and never shown whole. Every failure says whether the
message surely did not go, because only then it may be sent again without the word "repetition".
"""

import hashlib
import hmac
import json
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from habeas.errors import ChannelUnclear
from habeas.language import _
from habeas.watch.models import Channel
from habeas.watch.wording import Message

TIMEOUT_S = 30
MAIL, WEBHOOK, APPRISE = "mail", "webhook", "apprise"
_MAIL_SCHEMES = {"smtp": 25, "smtps": 465, "submission": 587}


class NotTaken(Exception):
    """A channel did not take a message.

    Attributes:
        surely: whether it is certain that nothing was delivered.
        permanent: whether trying again cannot help.
    """

    def __init__(self, words: str, *, surely: bool = True, permanent: bool = False) -> None:
        super().__init__(words)
        self.surely = surely
        self.permanent = permanent


Sender: TypeAlias = Callable[[Channel, Message], None]


def senders() -> Mapping[str, Sender]:
    """Return the sender of each kind of channel."""
    return {MAIL: mail, WEBHOOK: webhook, APPRISE: by_apprise}


def kind_of(address: str) -> str:
    """Return which kind of channel an address belongs to.

    Raises:
        ChannelUnclear: it is no address that anything here can send to.
    """
    scheme = urlsplit(address).scheme.lower()
    if scheme in _MAIL_SCHEMES:
        if not parse_qs(urlsplit(address).query).get("to"):
            raise ChannelUnclear(_("a mail address names its reader: ?to=name@example.org"))
        return MAIL
    if scheme in {"http", "https"}:
        return WEBHOOK
    import apprise

    if apprise.Apprise().add(address):
        return APPRISE
    raise ChannelUnclear(_("no service is known for {scheme}").format(scheme=repr(scheme[:20])))


def shown(address: str) -> str:
    """Return so much of an address that its owner knows it, and nobody else can use it."""
    parts = urlsplit(address)
    readers = parse_qs(parts.query).get("to", [""])
    return f"{parts.scheme}://{readers[0][:3] or (parts.hostname or '')[:6]}…"


def secret_of(channel: Channel) -> str:
    """Return the secret with which a webhook's messages are signed (hexadecimal)."""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"webhook {channel.pk}".encode(), hashlib.sha256
    ).hexdigest()


def mail(channel: Channel, message: Message) -> None:
    """Send by SMTP; the Message-ID is made from the key, so a repetition is the same message.

    The address: `submission://user:password@host:587?to=a@example.org&from=b@example.org`; `smtps`
    begins with TLS, `submission` demands STARTTLS, plain `smtp` is for this machine only.

    Raises:
        NotTaken: the server refused it, cannot be reached, or the connection broke.
    """
    parts = urlsplit(channel.address)
    query = parse_qs(parts.query)
    letter = EmailMessage()
    letter["Subject"] = message.title
    letter["From"] = query.get("from", query["to"])[0]
    letter["To"] = ", ".join(query["to"])
    letter["Message-ID"] = f"<{message.key}@habeas.invalid>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    try:
        with _smtp(parts.scheme, parts.hostname or "localhost", parts.port) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        raise NotTaken(
            _("The mail server refused the reader's address."), permanent=True
        ) from error
    except smtplib.SMTPServerDisconnected as error:
        raise NotTaken(_("The mail server ended the connection."), surely=False) from error
    except smtplib.SMTPException as error:
        raise NotTaken(_("The mail server refused the message.")) from error
    except (OSError, ssl.SSLError) as error:
        raise NotTaken(_("The mail server cannot be reached.")) from error


def _smtp(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    """Return a connection; without TLS only to this machine.

    Raises:
        NotTaken: plain SMTP to another machine.
        OSError, SMTPException: from the connection.
    """
    number = port or _MAIL_SCHEMES[scheme]
    if scheme == "smtps":
        return smtplib.SMTP_SSL(
            host, number, timeout=TIMEOUT_S, context=ssl.create_default_context()
        )
    if scheme == "smtp" and host not in {"localhost", "127.0.0.1", "::1"}:
        raise NotTaken(_("Mail without encryption goes to this machine only."), permanent=True)
    server = smtplib.SMTP(host, number, timeout=TIMEOUT_S)
    if scheme == "submission":
        server.starttls(context=ssl.create_default_context())
    return server


def webhook(channel: Channel, message: Message) -> None:
    """Post JSON, signed: `Habeas-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body">`.

    `Idempotency-Key` is the same for every try; a receiver that has seen it answers 2xx again.

    Raises:
        NotTaken: no answer, or one that is not 2xx; 4xx other than 408, 425, 429 is permanent.
    """
    import requests

    body = json.dumps(message.as_json(), ensure_ascii=False, sort_keys=True).encode()
    moment = str(int(message.at.timestamp()))
    signature = hmac.new(
        secret_of(channel).encode(), f"{moment}.".encode() + body, hashlib.sha256
    ).hexdigest()
    try:
        answer = requests.post(
            channel.address,
            data=body,
            timeout=TIMEOUT_S,
            # A redirect would send the message, and its key, to somebody whom nobody chose.
            allow_redirects=False,
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Idempotency-Key": message.key,
                "Habeas-Signature": f"t={moment},v1={signature}",
            },
        )
    except requests.ConnectionError as error:
        raise NotTaken(_("The webhook cannot be reached.")) from error
    except requests.RequestException as error:
        raise NotTaken(_("The webhook gave no answer."), surely=False) from error
    if not 200 <= answer.status_code < 300:
        later = answer.status_code >= 500 or answer.status_code in {408, 425, 429}
        raise NotTaken(
            _("The webhook answered {status}.").format(status=answer.status_code),
            permanent=not later,
        )


def by_apprise(channel: Channel, message: Message) -> None:
    """Send by the service that the address names.

    Raises:
        NotTaken: the service did not take it; `apprise` does not say why.
    """
    import apprise

    service = apprise.Apprise()
    if not service.add(channel.address):
        raise NotTaken(_("The address of the channel is not understood."), permanent=True)
    if not service.notify(body=message.text, title=message.title):
        raise NotTaken(_("The service did not take the message."), surely=False)
