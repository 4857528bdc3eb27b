"""What stopped us, in the words of the contract: an obstacle, whether to try again, a sentence.

The table of portals (reference, section 5) in code. Nothing here is ever "not found": an answer
that can be read has no obstacle, and what it says is the adapter's business.
"""

from dataclasses import dataclass

from habeas.errors import Retry
from habeas.evidence import Exchange, FailureCode, Truncation
from habeas.language import _
from habeas.sources.contract import Obstacle

_FAILURES: dict[FailureCode, tuple[Obstacle, Retry]] = {
    FailureCode.DNS: (Obstacle.DOWN, Retry.LATER),
    FailureCode.REFUSED: (Obstacle.DOWN, Retry.LATER),
    FailureCode.UNREACHABLE: (Obstacle.DOWN, Retry.OTHER_NETWORK),
    FailureCode.TIMEOUT: (Obstacle.DOWN, Retry.LATER),
    FailureCode.RESET: (Obstacle.DOWN, Retry.OTHER_NETWORK),
    FailureCode.CLOSED: (Obstacle.DOWN, Retry.LATER),
    FailureCode.TLS_CERTIFICATE: (Obstacle.TLS, Retry.NEVER),
    FailureCode.TLS_PROTOCOL: (Obstacle.TLS, Retry.OTHER_NETWORK),
    FailureCode.NOT_HTTP: (Obstacle.UNREADABLE, Retry.LATER),
    FailureCode.ROBOTS: (Obstacle.BLOCKED, Retry.NEVER),
    FailureCode.ROBOTS_UNKNOWN: (Obstacle.DOWN, Retry.LATER),
    FailureCode.WAITING: (Obstacle.BLOCKED, Retry.LATER),
    FailureCode.DOWNGRADE: (Obstacle.TLS, Retry.NEVER),
    FailureCode.PRIVATE_ADDRESS: (Obstacle.BLOCKED, Retry.NEVER),
    FailureCode.OTHER_HOST: (Obstacle.BLOCKED, Retry.NEVER),
    FailureCode.TOO_MANY_REDIRECTS: (Obstacle.DOWN, Retry.LATER),
    FailureCode.BAD_REDIRECT: (Obstacle.UNREADABLE, Retry.LATER),
}
_STATUSES: tuple[tuple[frozenset[int], Obstacle, Retry], ...] = (
    (frozenset({429}), Obstacle.BLOCKED, Retry.LATER),
    (frozenset({401, 403, 407, 418, 451}), Obstacle.BLOCKED, Retry.OTHER_NETWORK),
    (frozenset({404, 410}), Obstacle.GONE, Retry.NEVER),
    (frozenset({400, 405, 411, 413, 414, 415, 422, 431}), Obstacle.BAD_QUERY, Retry.NEVER),
    (frozenset({206}), Obstacle.INCOMPLETE, Retry.LATER),
    (frozenset({408, *range(500, 1000)}), Obstacle.DOWN, Retry.LATER),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why an answer cannot be looked at, or that it can.

    Attributes:
        obstacle: None where the answer can be given to an adapter.
        retry: whether asking again can help.
        explanation: one sentence, empty where there is no obstacle.
    """

    obstacle: Obstacle | None = None
    retry: Retry = Retry.NEVER
    explanation: str = ""


def judge(exchange: Exchange, host: str) -> Verdict:
    """Return what an exchange came to. `host` is named in the sentence."""
    if exchange.failure is not None:
        code = exchange.failure.code
        obstacle, retry = _FAILURES[code]
        words = _sentence(code).format(host=host, detail=exchange.failure.detail)
        return Verdict(obstacle, retry, words)
    if exchange.status is None:
        return Verdict(Obstacle.DOWN, Retry.LATER, _("{host} did not answer.").format(host=host))
    by_status = status_obstacle(exchange.status)
    if by_status is not None:
        obstacle, retry = by_status
        words = _status_sentence(obstacle).format(host=host, status=exchange.status)
        return Verdict(obstacle, retry, words)
    if exchange.truncated is Truncation.LENGTH:
        return too_large(host)
    if not exchange.complete:
        words = _("The answer of {host} did not arrive whole.").format(host=host)
        return Verdict(Obstacle.INCOMPLETE, Retry.LATER, words)
    return Verdict()


def status_obstacle(status: int) -> tuple[Obstacle, Retry] | None:
    """Return the obstacle that an HTTP status stands for, None for an answer to be read."""
    if status in {200, 203}:
        return None
    for statuses, obstacle, retry in _STATUSES:
        if status in statuses:
            return obstacle, retry
    return Obstacle.NOT_RECOGNISED, Retry.LATER


def too_large(host: str) -> Verdict:
    """Return the verdict on an answer beyond the size limit, as sent or as unpacked."""
    words = _("The answer of {host} is larger than a page can be; it was cut.").format(host=host)
    return Verdict(Obstacle.TOO_LARGE, Retry.NEVER, words)


def unreadable(host: str) -> Verdict:
    """Return the verdict on an answer whose compression cannot be undone."""
    words = _("The answer of {host} is compressed in a way that cannot be read.").format(host=host)
    return Verdict(Obstacle.UNREADABLE, Retry.LATER, words)


def _status_sentence(obstacle: Obstacle) -> str:
    sentences = {
        Obstacle.BLOCKED: _("{host} refused the request (HTTP {status})."),
        Obstacle.GONE: _("{host} says that there is no such page, or no longer (HTTP {status})."),
        Obstacle.BAD_QUERY: _("{host} did not understand the request (HTTP {status})."),
        Obstacle.DOWN: _("{host} is not working at the moment (HTTP {status})."),
        Obstacle.INCOMPLETE: _("{host} sent a part of the page only (HTTP {status})."),
    }
    return sentences.get(obstacle, _("{host} gave an answer that is no page (HTTP {status})."))


def _sentence(code: FailureCode) -> str:
    sentences = {
        FailureCode.DNS: _("The address of {host} could not be found ({detail})."),
        FailureCode.REFUSED: _("{host} refused the connection."),
        FailureCode.UNREACHABLE: _("{host} could not be reached ({detail})."),
        FailureCode.TIMEOUT: _("{host} did not answer in time ({detail})."),
        FailureCode.RESET: _("{host} broke off the connection before answering."),
        FailureCode.CLOSED: _("{host} closed the connection without an answer."),
        FailureCode.TLS_CERTIFICATE: _(
            "The certificate of {host} could not be verified ({detail}); nothing was asked."
        ),
        FailureCode.TLS_PROTOCOL: _("No secure connection to {host} could be made ({detail})."),
        FailureCode.NOT_HTTP: _("{host} sent something that is not a web page."),
        FailureCode.ROBOTS: _(
            "The robots.txt of {host} asks programs not to read this page; it was not asked."
        ),
        FailureCode.ROBOTS_UNKNOWN: _(
            "The robots.txt of {host} could not be read, so the page was not asked ({detail})."
        ),
        FailureCode.WAITING: _("{host} asked to be left alone until {detail}."),
        FailureCode.DOWNGRADE: _(
            "The answer pointed from a secure address to an insecure one ({detail}); "
            "it was not followed."
        ),
        FailureCode.PRIVATE_ADDRESS: _(
            "{host} leads into this computer or its own network ({detail}); it was not asked."
        ),
        FailureCode.OTHER_HOST: _(
            "{host} is another host than the source's own: it is not read as that source, and may "
            "not be told whom you seek; it was not asked."
        ),
        FailureCode.TOO_MANY_REDIRECTS: _("{host} sends its readers in a circle."),
        FailureCode.BAD_REDIRECT: _("{host} points to an address that cannot be asked ({detail})."),
    }
    return sentences[code]
