"""Asks one thing politely, and records what came before anyone reads it.

    asker = Asker(Store(Path("captures")))
    answer = asker.ask(Request("https://court.example/list"), typed=True)

The only room that opens sockets to sources. Proxies named in the environment are not used: a proxy
sees whom we ask, so it has to be chosen on purpose (`Manners.proxy`).
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from habeas.errors import AddressRefused, NameWouldLeave, Retry
from habeas.evidence import (
    Exchange,
    Failure,
    FailureCode,
    Kept,
    Redirect,
    Store,
    Timing,
)
from habeas.evidence.codings import unpack
from habeas.fetch.addresses import Address, follow, is_loopback, is_public, parse_address
from habeas.fetch.clock import Clock, SystemClock
from habeas.fetch.connection import Attempt, Bounds
from habeas.fetch.outcomes import Verdict, judge, too_large, unreadable
from habeas.fetch.politeness import LeftAlone, Turns
from habeas.fetch.proxies import Proxy
from habeas.fetch.replicas import Replicas
from habeas.fetch.robots import Leave, Rules, robots_address, rules_of_answer
from habeas.fetch.sending import honest_user_agent, lent, request_bytes
from habeas.fetch.trust import Trust
from habeas.fetch.visits import Visit, Visits
from habeas.language import _
from habeas.sources.contract import Capture, Obstacle, Request
from habeas.sources.registry import Politeness, Source

_MOST_REDIRECTS = 10
_REDIRECTS = {301, 302, 303, 307, 308}
_KEEP_METHOD = {307, 308}


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking came to; already recorded.

    Attributes:
        exchange: the last exchange: the answer itself, or the attempt that failed.
        capture: its bytes for an adapter, transfer and content coding removed; empty and not
            complete where no page came.
        obstacle: why it cannot be looked at, None where it can be given to an adapter.
        retry: whether asking again can help.
        explanation: the obstacle in one sentence, empty where there is none.
        record: where that last exchange is kept.
        hops: where everything of this asking is kept, in order, `record` last.
    """

    exchange: Exchange
    capture: Capture
    obstacle: Obstacle | None
    retry: Retry
    explanation: str
    record: Kept
    hops: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Manners:
    """How the asker behaves; one for a whole run.

    Attributes:
        bounds: size and time limits; a source's own time limit goes before.
        delay_s: seconds between two requests to one host where no source says otherwise.
        user_agent: the name we give ourselves.
        names_may_leave: ids of sources that may be asked by name; nobody is by default.
        replicas: hosts that a replica on this computer answers for, for demos and tests.
        proxy: what everything goes through, None for directly.
        visits: what people handed over from their browsers; None to use nothing of it.
    """

    bounds: Bounds = field(default_factory=Bounds)
    delay_s: float = Politeness().delay_s
    user_agent: str = field(default_factory=honest_user_agent)
    names_may_leave: frozenset[str] = frozenset()
    replicas: Replicas = field(default_factory=lambda: Replicas({}))
    proxy: Proxy | None = None
    visits: Visits | None = None


@dataclass(slots=True)
class _Errand:
    """One asking on its way through redirects."""

    request: Request
    source: Source | None
    typed: bool
    address: Address
    hops: list[Kept]
    redirects: list[Redirect]
    private: bool


class Asker:
    """Asks sources, one request at a time for each host. Safe to share between threads.

    Args:
        store: where everything is recorded.
        manners: limits and politeness.
        trust: root certificates.
        clock: time; tests hand in their own.
        turns: the hosts' turns; share one between askers of one process.
    """

    def __init__(
        self,
        store: Store,
        *,
        manners: Manners | None = None,
        trust: Trust | None = None,
        clock: Clock | None = None,
        turns: Turns | None = None,
    ) -> None:
        self._store = store
        self._manners = manners or Manners()
        self._trust = trust or Trust()
        self._clock = clock or SystemClock()
        self._turns = turns or Turns(self._clock)
        self._rules: dict[str, Rules] = {}
        self._typed_origins: set[str] = set()

    def ask(self, request: Request, *, source: Source | None = None, typed: bool = False) -> Answer:
        """Ask, follow redirects, record each step, and type whatever stood in the way.

        Nothing is tried twice: whoever asks decides by `Answer.retry`.

        Args:
            request: what to ask.
            source: whose politeness, time limit and root certificates apply.
            typed: True where a person gave this very address. Then robots.txt is not consulted
                and the address may lie in a private network (as may, later, other addresses of
                the same origin).

        Raises:
            AddressRefused: the address is none that is asked.
            NameWouldLeave: the request carries a sought name, and nobody allowed that.
            HeaderRefused: the request's headers cannot be sent.
            CertificateUnusable: an extra root certificate cannot be used.
            EvidenceNotWritten, EvidenceNotSealed: the answer came and could not be recorded or
                sealed; it is not given out.
            KeyLost, KeyLocked, KeyRefused, StoreNewer: nothing could be sealed; nobody was asked.
        """
        self._store.ready()
        if request.by_name and (source is None or source.id not in self._manners.names_may_leave):
            raise NameWouldLeave(source.id if source is not None else request.url)
        address = parse_address(request.url)
        if typed:
            self._typed_origins.add(address.origin)
        private = address.origin in self._typed_origins
        errand = _Errand(request, source, typed, address, [], [], private)
        while True:
            answer = self._step(errand)
            if answer is not None:
                return answer

    def end_visit(self, host: str) -> None:
        """Use what somebody handed over for a host no more: the site asks for a picture again."""
        if self._manners.visits is not None:
            self._manners.visits.end(host, self._clock.now())

    def _visit(self, host: str) -> Visit | None:
        return self._manners.visits.of(host) if self._manners.visits is not None else None

    def _step(self, errand: _Errand) -> Answer | None:
        """Make one hop; None where it leads to a further one."""
        refused = self._may_ask(errand)
        if refused is not None:
            return self._refuse(errand, refused)
        try:
            exchange = self._exchange(errand, errand.address, errand.request)
        except LeftAlone as closed:
            return self._refuse(errand, _waiting(closed))
        location = exchange.header("Location")
        if exchange.status not in _REDIRECTS or not location:
            return self._finish(errand, exchange)
        kept = self._keep(errand, exchange)
        errand.redirects.append(Redirect(exchange.url, exchange.status, kept.record_id))
        failure = self._redirect(errand, exchange, location)
        return self._refuse(errand, failure) if failure is not None else None

    def _may_ask(self, errand: _Errand) -> Failure | None:
        """Return why an address is not asked: it is no source's own, or its site asks not to.

        A page may point anywhere; what a source does not serve is not read as that source's.
        A person who gives an address by hand answers for it, and robots.txt is not for people.
        """
        if self._manners.replicas.lacks(errand.address.host):
            return Failure(FailureCode.DNS, "no such host on the replica")
        if errand.typed:
            return None
        if errand.source is not None and not errand.source.serves(errand.address.host):
            return Failure(FailureCode.OTHER_HOST, errand.address.host)
        try:
            rules = self._rules_for(errand)
        except LeftAlone as closed:
            return _waiting(closed)
        if rules.leave(errand.address) is Leave.REFUSED:
            return Failure(FailureCode.ROBOTS, robots_address(errand.address).url)
        return rules.failure

    def _rules_for(self, errand: _Errand) -> Rules:
        known = self._rules.get(errand.address.origin)
        if known is not None and known.fresh(self._clock.now()):
            return known
        request = Request(robots_address(errand.address).url, purpose="robots.txt")
        inner = replace(errand, request=request, redirects=[], typed=True)
        inner.address = robots_address(errand.address)
        answer = None
        while answer is None:
            answer = self._step(inner)
        rules = rules_of_answer(answer.exchange, answer.capture.body, now=self._clock.now())
        self._rules[errand.address.origin] = rules
        return rules

    def _exchange(self, errand: _Errand, address: Address, request: Request) -> Exchange:
        """Wait for the host's turn and make one exchange.

        Raises:
            LeftAlone: the host asked to be left alone for longer than we wait.
        """
        source = errand.source
        bounds = self._manners.bounds
        if source is not None:
            bounds = replace(bounds, seconds=source.politeness.timeout_s)
        trust = self._trust.prepare(source if _serves(source, address) else None)
        visit = self._visit(address.host)
        agent = visit.user_agent if visit and visit.user_agent else self._manners.user_agent
        address, request = lent(address, request, visit)
        sent = request_bytes(address, request, agent)
        with self._turns.turn(address.host, self._delay(errand, address)):
            # Its time begins with its turn.
            exchange = Attempt(
                address,
                request.method,
                sent,
                trust=trust,
                bounds=bounds,
                clock=self._clock,
                allow_private=errand.private,
                at=self._manners.replicas.place(address.host),
                proxy=self._manners.proxy,
            ).run()
            if exchange.status in {429, 503}:
                self._turns.leave_alone(address.host, exchange.header("Retry-After"))
        return replace(
            exchange,
            url=self._manners.replicas.recorded(address).url,
            redirects=tuple(errand.redirects),
            purpose=request.purpose,
            by_name=request.by_name,
            user_agent=agent,
            source=source.id if source is not None else "",
            adapter=source.version if source is not None else "",
            visit=visit.words if visit else "",
        )

    def _delay(self, errand: _Errand, address: Address) -> float:
        """Return the pause for a host: the source's, or ours, or what the site asks for."""
        rules = self._rules.get(address.origin)
        asked = rules.delay_s if rules is not None else 0.0
        if self._manners.replicas:
            return asked
        if errand.source is not None:
            return max(errand.source.politeness.delay_s, asked)
        # The user's own computer needs no sparing.
        return asked if is_loopback(address.host) else max(self._manners.delay_s, asked)

    def _redirect(self, errand: _Errand, exchange: Exchange, location: str) -> Failure | None:
        """Turn the errand to where an answer points, or say why not."""
        if len(errand.redirects) > _MOST_REDIRECTS:
            return Failure(FailureCode.TOO_MANY_REDIRECTS, errand.address.url)
        before = errand.address
        try:
            target = follow(before, location)
        except AddressRefused as refused:
            return Failure(FailureCode.BAD_REDIRECT, refused.happened)
        errand.address = target
        if before.scheme == "https" and target.scheme == "http":
            return Failure(FailureCode.DOWNGRADE, target.url)
        elsewhere = target.host != before.host and not _serves(errand.source, target)
        if elsewhere and errand.request.by_name:
            return Failure(FailureCode.OTHER_HOST, target.host)
        peer = exchange.connection.peer if exchange.connection is not None else ""
        # From the open internet into a private network: never. Inside one: as it was.
        errand.private = errand.private and not is_public(peer)
        errand.request = _redirected(errand.request, exchange.status, target)
        return None

    def _refuse(self, errand: _Errand, failure: Failure) -> Answer:
        """Record that something was not asked, and why."""
        now = self._clock.now()
        exchange = Exchange(
            url=self._manners.replicas.recorded(errand.address).url,
            method=errand.request.method,
            timing=Timing(now, now, now),
            failure=failure,
            redirects=tuple(errand.redirects),
            purpose=errand.request.purpose,
            by_name=errand.request.by_name,
            user_agent=self._manners.user_agent,
            source=errand.source.id if errand.source is not None else "",
            adapter=errand.source.version if errand.source is not None else "",
        )
        return self._finish(errand, exchange)

    def _keep(self, errand: _Errand, exchange: Exchange) -> Kept:
        kept = self._store.keep(exchange)
        errand.hops.append(kept)
        return kept

    def _finish(self, errand: _Errand, exchange: Exchange) -> Answer:
        """Record the last exchange, and only then unpack it for reading."""
        host = errand.address.host
        verdict = _advised(judge(exchange, host), errand.source, exchange.failure)
        exchange = replace(exchange, obstacle=verdict.obstacle or "")
        kept = self._keep(errand, exchange)
        limit = self._manners.bounds.answer_bytes
        unpacked = unpack(exchange.payload, exchange.header("Content-Encoding"), limit=limit)
        if verdict.obstacle is None:
            verdict = _unpacking_verdict(host, too_long=unpacked.too_large, bad=unpacked.unknown)
            if unpacked.broken:
                verdict = judge(replace(exchange, complete=False), host)
        capture = Capture(
            body=b"" if unpacked.unknown else unpacked.body,
            # As asked, also of a replica: the adapter follows the links of the page from here.
            url=errand.address.url,
            status=exchange.status,
            content_type=exchange.header("Content-Type"),
            captured_at=exchange.timing.answered,
            place=kept.place,
            complete=exchange.complete and not (unpacked.broken or unpacked.too_large),
        )
        return Answer(
            exchange=exchange,
            capture=capture,
            obstacle=verdict.obstacle,
            retry=verdict.retry,
            explanation=verdict.explanation,
            record=kept,
            hops=tuple(errand.hops),
        )


def _waiting(closed: LeftAlone) -> Failure:
    """Say until when a host is left alone, rounded up to a second."""
    until = closed.until + timedelta(microseconds=999_999)
    return Failure(FailureCode.WAITING, f"{until:%Y-%m-%d %H:%M:%S} UTC")


def _serves(source: Source | None, address: Address) -> bool:
    return source is not None and source.serves(address.host)


def _advised(verdict: Verdict, source: Source | None, failure: Failure | None) -> Verdict:
    """Name the root certificate that a source is known to need, where verification failed."""
    unverified = failure is not None and failure.code is FailureCode.TLS_CERTIFICATE
    if not unverified or source is None or not source.extra_ca:
        return verdict
    advice = _(
        "This source is known to use the root certificate {name} (SHA-256 {sha256}); "
        "if you decide to trust it, give its file with --ca."
    ).format(name=repr(source.extra_ca.get("name", "")), sha256=source.extra_ca.get("sha256", "?"))
    return replace(verdict, explanation=f"{verdict.explanation} {advice}")


def _unpacking_verdict(host: str, *, too_long: bool, bad: str) -> Verdict:
    if too_long:
        return too_large(host)
    return unreadable(host) if bad else Verdict()


def _redirected(request: Request, status: int | None, target: Address) -> Request:
    """Return the request for the next hop (RFC 9110, 15.4): 307 and 308 keep method and body."""
    if status in _KEEP_METHOD or request.method in {"GET", "HEAD"}:
        return replace(request, url=target.url)
    headers = {
        name: value for name, value in request.headers.items() if name.lower() != "content-type"
    }
    return replace(request, url=target.url, method="GET", body=b"", headers=headers)
