"""Asks time-stamping authorities and calendars that the user has allowed; keeps whatever comes.

    outcome = stamp(chain, read_authorities())

An authority learns the network address of whoever asks, a hash, and that timestamps are used. It is
sent no name, no address of a page and nothing of a page. Replies are checked before they count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from habeas.evidence import Exchange
from habeas.evidence.seals.chain import Chain
from habeas.evidence.seals.stampcheck import read_small
from habeas.evidence.seals.waiting import (
    OPENTIMESTAMPS,
    RFC3161,
    Came,
    Waiting,
    gather,
    keep,
    pending,
)
from habeas.evidence.stamps import tokens
from habeas.evidence.stamps.authorities import Authorities, Authority
from habeas.evidence.stamps.proofs import PROOF_LIMIT, Proof, ProofUnreadable
from habeas.evidence.stamps.trusting import Expected, check_reply
from habeas.fetch.addresses import parse_address
from habeas.fetch.clock import Clock, SystemClock
from habeas.fetch.connection import Attempt, Bounds
from habeas.fetch.sending import honest_user_agent, request_bytes
from habeas.fetch.trust import Trust
from habeas.sources.contract import Request

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

WAIT_S = 20.0
_CALENDAR_TYPE = "application/vnd.opentimestamps.v1"


@dataclass(slots=True)
class Stamping:
    """What asking came to.

    Attributes:
        anybody: whether anybody may be asked at all.
        obtained: stamps that hold and were kept.
        confirmed: proofs that a block confirms now.
        failed: (who was asked, short reason) of each that did not come or does not hold.
    """

    anybody: bool = True
    obtained: int = 0
    confirmed: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


class Sender:
    """Sends one request to an authority or calendar, over a connection of its own.

    Args:
        clock: time.
        trust: root certificates of their web servers.
        wait_s: longest wait for one of them.
    """

    def __init__(
        self, clock: Clock | None = None, trust: Trust | None = None, wait_s: float = WAIT_S
    ) -> None:
        self.clock = clock or SystemClock()
        self._trust = trust or Trust()
        self._wait_s = wait_s

    def send(self, request: Request, limit: int) -> Exchange:
        """Return the exchange; redirects are not followed, failures are part of it."""
        address = parse_address(request.url)
        return Attempt(
            address,
            request.method,
            request_bytes(address, request, honest_user_agent()),
            trust=self._trust.prepare(None),
            bounds=Bounds(answer_bytes=limit, seconds=self._wait_s, connect_seconds=self._wait_s),
            clock=self.clock,
            # The user named this address; an authority may well stand in their own network.
            allow_private=True,
        ).run()


def stamp(chain: Chain, chosen: Authorities, sender: Sender | None = None) -> Stamping:
    """Gather all seals without stamps and ask for what they lack.

    Every allowed authority is asked for every seal or gathering, one after another. One that does
    not answer is not asked again in this round.

    Raises:
        StoreBusy, KeyLost, KeyLocked, LogNotWritten: as `gather`.
        AuthoritiesRefused: an authority's root certificates cannot be used.
    """
    outcome = Stamping(anybody=bool(chosen.asked or chosen.calendars))
    if not (chosen.asked or chosen.calendars):
        return outcome
    asking = _Asking(chain, sender or Sender(), outcome)
    ready = [(one, one.certificates()) for one in chosen.asked]
    for seal in gather(chain):
        for authority, roots in ready:
            if authority.name not in seal.authorities:
                asking.once(authority.name, partial(_token, asking, seal, authority, roots))
        if seal.proof is None and chosen.calendars:
            asking.once("calendars", partial(_proof, asking, seal, chosen.calendars))
    return outcome


def upgrade(chain: Chain, chosen: Authorities, sender: Sender | None = None) -> Stamping:
    """Ask the allowed calendars about proofs that no block confirms yet.

    A proof may name any calendar; only those that the user allowed are asked.

    Raises:
        StoreBusy, LogNotWritten: as `keep`.
    """
    outcome = Stamping(anybody=bool(chosen.asked or chosen.calendars))
    asking = _Asking(chain, sender or Sender(), outcome)
    for seal in pending(chain.seals):
        asking.once("calendars", partial(_upgraded, asking, seal, chosen.calendars))
    return outcome


@dataclass
class _Asking:
    chain: Chain
    sender: Sender
    outcome: Stamping
    silent: set[str] = field(default_factory=set)

    def once(self, name: str, ask: Callable[[], bool]) -> None:
        """Ask, unless the same one did not answer before."""
        if name not in self.silent and not ask():
            self.silent.add(name)

    def now(self) -> datetime:
        return self.chain.sealer.now()

    def keep(self, seal: Waiting, came: Came) -> None:
        keep(self.chain, seal, came)
        if came.reason:
            self.outcome.failed.append((came.authority, came.reason))
        elif came.height:
            self.outcome.confirmed += 1
        else:
            self.outcome.obtained += 1


def _token(
    asking: _Asking, seal: Waiting, authority: Authority, roots: Sequence["Certificate"]
) -> bool:
    """Ask one authority about one seal; return whether it answered at all."""
    query = tokens.request(sha256(seal.manifest).digest())
    sent_at = asking.now()
    headers = {"Content-Type": "application/timestamp-query"}
    request = Request(authority.url, method="POST", body=query, headers=headers)
    exchange = asking.sender.send(request, tokens.REPLY_LIMIT)
    came = Came(RFC3161, authority.name, sent_at, asking.now(), request=query)
    reason = _unanswered(exchange)
    if reason:
        asking.keep(seal, replace(came, reason=reason))
        return False
    reply = exchange.payload
    nonce = tokens.read_request(query).nonce
    report = check_reply(reply, Expected(seal.manifest, roots, nonce))
    fault = report.fault.value if report.fault is not None else ""
    asking.keep(
        seal,
        replace(came, content=reply, reason=fault, detail=report.detail, moment=report.moment),
    )
    return True


def _proof(asking: _Asking, seal: Waiting, calendars: Sequence[str]) -> bool:
    """Begin a proof and have every calendar promise to complete it; one promise is enough."""
    proof = Proof.begin(seal.manifest)
    sent_at = asking.now()
    promised: list[str] = []
    for calendar in calendars:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": _CALENDAR_TYPE}
        url = calendar.rstrip("/") + "/digest"
        request = Request(url, method="POST", body=proof.commitment, headers=headers)
        exchange = asking.sender.send(request, PROOF_LIMIT)
        came = Came(OPENTIMESTAMPS, _host(calendar), sent_at, asking.now())
        reason = _unanswered(exchange)
        try:
            if not reason:
                proof.complete(proof.commitment, exchange.payload)
                promised.append(_host(calendar))
        except ProofUnreadable as error:
            came = replace(came, content=exchange.payload, detail=str(error))
            reason = "unreadable"
        if reason:
            asking.keep(seal, replace(came, reason=reason))
    if promised:
        names = ", ".join(promised)
        came = Came(OPENTIMESTAMPS, names, sent_at, asking.now(), content=proof.written())
        asking.keep(seal, came)
    return bool(promised)


def _upgraded(asking: _Asking, seal: Waiting, calendars: Sequence[str]) -> bool:
    """Ask for the rest of a proof; return whether any calendar answered."""
    assert seal.proof is not None
    proof = Proof.read(read_small(seal.proof))
    sent_at = asking.now()
    answered = added = False
    names = []
    for calendar, commitment in proof.pending():
        if calendar.rstrip("/") not in {one.rstrip("/") for one in calendars}:
            continue
        url = f"{calendar.rstrip('/')}/timestamp/{commitment.hex()}"
        exchange = asking.sender.send(Request(url, headers={"Accept": _CALENDAR_TYPE}), PROOF_LIMIT)
        answered |= exchange.status is not None
        if exchange.status != 200 or not exchange.complete:
            # 404 is a calendar's "not yet".
            continue
        try:
            added |= proof.complete(commitment, exchange.payload)
            names.append(_host(calendar))
        except ProofUnreadable as error:
            came = Came(OPENTIMESTAMPS, _host(calendar), sent_at, asking.now())
            asking.keep(seal, replace(came, reason="unreadable", detail=str(error)))
    if added and proof.confirmed():
        report = proof.check(seal.manifest, {})
        came = Came(OPENTIMESTAMPS, ", ".join(names), sent_at, asking.now())
        height = report.blocks[0][0]
        asking.keep(seal, replace(came, content=proof.written(), height=height))
    return answered


def _unanswered(exchange: Exchange) -> str:
    """Return why there is no reply to read, empty where there is one."""
    if exchange.failure is not None:
        return exchange.failure.code.value
    if exchange.status != 200:
        return f"http_{exchange.status}"
    return "" if exchange.complete else "incomplete"


def _host(calendar: str) -> str:
    return urlsplit(calendar).netloc
