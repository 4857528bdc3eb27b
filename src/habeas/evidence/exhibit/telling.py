"""What the paper says: the captures of an exhibit in plain words, in one language.

The minimum is that of the Berkeley Protocol (OHCHR, 2022, paragraph 155): address, source, the
whole page with date and time; to it come digests, seals, custody (paragraph 167; ISO/IEC 27037)
and what is not proved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from habeas.evidence.exhibit.facts import Absence, CaptureFacts, SealedPicture, under
from habeas.evidence.exhibit.parts import (
    Part,
    Say,
    Value,
    box,
    facts,
    groups,
    heading,
    mono,
    shown,
    subheading,
    text,
)
from habeas.evidence.exhibit.rows import marked_row
from habeas.evidence.seals.rows import Custody, Seal

_LONGEST_PAGE = 2000  # lines of a page set as text


@dataclass(frozen=True, slots=True)
class StampFacts:
    """One timestamp by somebody else.

    Attributes:
        authority: by its name.
        moment: when, by the authority (aware, UTC); None where it cannot be told yet.
        covers: numbers of the seals that it covers.
        pending: whether it waits for a Bitcoin block.
        file: its name in the package.
    """

    authority: str
    moment: datetime | None
    covers: tuple[int, ...]
    pending: bool
    file: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that one paper tells.

    Attributes:
        exhibit_id: 32 hexadecimal digits.
        made: when (aware, UTC).
        signer: fingerprint.
        package: name, SHA-256 and size of the WACZ.
        verifier_sha256: of verify.py.
    """

    exhibit_id: str
    made: datetime
    signer: str
    captures: Sequence[CaptureFacts]
    seals: Sequence[Seal]
    custody: Sequence[Custody]
    stamps: Sequence[StampFacts]
    package: tuple[str, str, int]
    verifier_sha256: str


def cover(told: Told, _: Say) -> Iterator[Part]:
    """Yield the first page: what this is, and the two numbers on which everything hangs."""
    first = told.captures[0]
    yield {
        "kind": "title",
        "above": _("Made with habeas, free software for people who look for the taken."),
        "text": _("Exhibit {id}").format(id=told.exhibit_id[:8]),
        "below": _("A web page, recorded when it was seen, with the means to check it"),
    }
    yield facts(
        [
            (_("Address"), [mono(one) for one in _addresses(told)]),
            (_("Recorded"), [_when(one) for one in told.captures]),
            (_("Name on the page"), [row.printed for row in first.rows]),
            (_("Number of this exhibit"), mono(told.exhibit_id)),
            (_("This paper made"), shown(told.made)),
        ]
    )
    yield box(
        _("Fingerprint of the signer"),
        [
            mono(groups(told.signer)),
            _(
                "Compare it with the case sheet, or ask its owner by another way. Whoever forges "
                "an "
                "exhibit must sign it with another key, and then this number differs."
            ),
        ],
    )
    yield box(
        _("How to check"),
        [
            mono("python3 verify.py --signer " + told.signer),
            _(
                "Run it in the folder of the exhibit. It needs Python and openssl, no network, and "
                "nothing of habeas. The last section says how to check without Python."
            ),
        ],
    )
    yield text(
        _(
            "Names stand as the page prints them. Everything marked as ours (which row is meant, "
            "translations, the drawing of the page) is an addition, not part of the page."
        )
    )


def _addresses(told: Told) -> list[str]:
    return list(dict.fromkeys(one.recorded.url for one in told.captures))


def _when(capture: CaptureFacts) -> str:
    return shown(capture.recorded.date) if capture.recorded.date else ""


def capture(one: CaptureFacts, made: datetime, _: Say) -> Iterator[Part]:
    """Yield one capture: facts, marked rows, page, connection."""
    yield {"kind": "break"}
    yield heading(_("The capture of {moment}").format(moment=_when(one)))
    yield text(_in_one_sentence(one, _))
    yield facts(_facts(one, _))
    yield subheading(_("With whom the connection was"))
    yield facts(_connection(one, _))
    if one.chain:
        yield text(
            _(
                "The certificates below came over this very connection. They show with whom it "
                "was; "
                "they do not sign the page."
            )
        )
        yield facts(_certificates(one, _))
    for row in one.rows:
        yield from marked_row(row, _)
    yield from page(one, made, _)


def _in_one_sentence(one: CaptureFacts, _: Say) -> str:
    if one.recorded.failure:
        return _(
            "On {moment} this address was asked, and the attempt failed ({code}). No page came. "
            "That says nothing about what the page contains."
        ).format(moment=_when(one), code=one.recorded.failure)
    whole = (
        _("The answer is whole.")
        if one.recorded.complete
        else _("The answer is not whole: something is missing at its end.")
    )
    sentence = _("On {moment} this address was asked, and answered with status {status}.")
    return sentence.format(moment=_when(one), status=one.recorded.status) + " " + whole


def _facts(one: CaptureFacts, _: Say) -> Iterator[tuple[str, Value | Sequence[Value]]]:
    timing, request = under(one.facts, "timing"), under(one.facts, "request")
    clock, tool = under(one.facts, "clock"), under(one.facts, "tool")
    yield _("Address asked"), mono(str(request.get("url", "")))
    yield _("Title of the page"), one.title
    yield (
        _("Begun, answered, ended"),
        [mono(str(timing.get(key, ""))) for key in ("started", "answered", "ended")],
    )
    yield _("Clock"), _clock(clock, one.seal, _)
    yield _("Asked by name"), _("yes") if request.get("by_name") else _("no")
    yield _("Recorded by"), f"{tool.get('name', '')} {tool.get('version', '')}"
    yield _("Recording"), mono(one.file)
    yield _("SHA-256 of the recording"), mono(str(one.seal.item.get("sha256", "")))
    digests = under(one.facts, "sha256")
    yield _("SHA-256 of the answer as sent"), mono(str(digests.get("response", "")))
    yield _("SHA-256 of the page"), mono(str(digests.get("payload", "")))
    yield _("Number of the record"), mono(one.recorded.record_id)
    if one.decoding:
        yield (
            _("Letters"),
            _(
                "The page declares {declared}; it was read as {used}, with {count} characters that "
                "could not be read."
            ).format(
                declared=one.decoding.get("declared") or "-",
                used=one.decoding.get("used"),
                count=one.decoding.get("replacements"),
            ),
        )


def _clock(clock: object, seal: Seal, _: Say) -> str:
    state = under(seal.value, "clock").get("synchronised")
    words = {
        True: _("The computer says that its clock is set by time servers."),
        False: _("The computer says that its clock is not set by time servers."),
    }
    known = words.get(state) if isinstance(state, bool) else None
    offset = under(clock).get("offset_s") if isinstance(clock, dict) else None
    told = [known or _("Whether the clock of this computer was right is not known.")]
    if isinstance(offset, (int, float)):
        told.append(_("It was measured to be {seconds} s off.").format(seconds=offset))
    return " ".join(told)


def _connection(one: CaptureFacts, _: Say) -> Iterator[tuple[str, Value | Sequence[Value]]]:
    connection = under(one.facts, "connection")
    addresses = connection.get("addresses")
    yield _("Host and port"), f"{connection.get('host', '')}:{connection.get('port', '')}"
    yield (
        _("Addresses of the host"),
        ", ".join(str(each) for each in (addresses if isinstance(addresses, list) else ())),
    )
    yield _("Connected to"), str(connection.get("peer") or "")
    tls = one.tls
    if not tls:
        yield _("Encryption"), _("None: anybody on the way could have changed the page.")
        return
    yield _("Encryption"), f"{tls.get('version') or ''} {tls.get('cipher') or ''}"
    if tls.get("verified"):
        yield _("Certificate"), _("Verified against the usual authorities when it was recorded.")
    else:
        words = _("NOT verified when it was recorded: {why}.")
        yield _("Certificate"), words.format(why=tls.get("verification"))


def _certificates(one: CaptureFacts, _: Say) -> Iterator[tuple[str, Value | Sequence[Value]]]:
    for number, certificate in enumerate(one.chain, 1):
        yield (
            _("Certificate {n}").format(n=number),
            [
                certificate.subject,
                _("issued by {issuer}").format(issuer=certificate.issuer),
                f"{certificate.starts:%Y-%m-%d} - {certificate.ends:%Y-%m-%d}",
                mono(certificate.sha256),
            ],
        )


def absences(_: Say) -> dict[Absence, str]:
    """Return why there is no picture, in words."""
    return {
        Absence.NOT_A_PAGE: _(
            "The answer is not a page that a browser draws, so there is no picture of it."
        ),
        Absence.NO_BROWSER: _(
            "No browser was there to draw the page, so there is no picture of it."
        ),
        Absence.FAILED: _("A browser could not draw the page, so there is no picture of it."),
    }


def page(one: CaptureFacts, made: datetime, _: Say) -> Iterator[Part]:
    """Yield the page as a browser draws it, or as text where none did."""
    if not one.recorded.payload:
        return
    yield {"kind": "break"}
    yield heading(_("The page as seen"))
    if one.sealed is not None:
        yield from _sealed_picture(one.sealed, _)
    picture = one.picture
    if picture.strips:
        yield text(
            _(
                "Drawn by {browser} from the recorded bytes alone, on {moment}, when this paper "
                "was "
                "made: no network, no scripts. Styles and pictures that the page would load "
                "besides "
                "were not recorded and are missing. Red frames are ours."
            ).format(browser=picture.browser, moment=shown(made))
        )
        count = len(picture.strips)
        for number, strip in enumerate(picture.strips, 1):
            alt = _("The page, part {n} of {count}").format(n=number, count=count)
            yield {"kind": "shot", "strip": strip, "alt": alt}
        if picture.cut:
            yield text(_("The page is longer than this; the recording holds all of it."))
        return
    if picture.absent is not None:
        yield text(absences(_)[picture.absent] + " " + picture.detail)
    if one.text:
        yield text(_("Its text, as recorded; marked lines are ours:"))
        yield {"kind": "page", "lines": list(_text_lines(one))}


def _sealed_picture(sealed: SealedPicture, _: Say) -> Iterator[Part]:
    yield text(
        _(
            "Drawn by {browser} on {moment}, when the page was recorded, and sealed with it. It "
            "was "
            "made by us from the recorded bytes, and from {count} style sheets and pictures of the "
            "same site, recorded as well; the site did not send this picture."
        ).format(browser=sealed.program, moment=sealed.moment, count=sealed.parts)
    )
    if sealed.scripts:
        yield text(_("The page's own scripts ran; they can change what is seen."))
    for number, strip in enumerate(sealed.strips, 1):
        alt = _("The page, part {n} of {count}").format(n=number, count=len(sealed.strips))
        yield {"kind": "shot", "strip": strip, "alt": alt}
    if sealed.cut:
        yield text(_("The page is longer than this; the recording holds all of it."))


def _text_lines(one: CaptureFacts) -> Iterator[dict[str, object]]:
    printed = [row.printed for row in one.rows]
    lines = [line.strip() for line in one.text.splitlines() if line.strip()]
    for line in lines[:_LONGEST_PAGE]:
        yield {"text": line, "marked": any(name in line for name in printed)}
