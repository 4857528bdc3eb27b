"""What the paper says about the proof itself: seals, stamps, custody, method, limits, checks."""

from collections.abc import Iterator

from habeas.evidence.exhibit.parts import (
    Part,
    Say,
    Value,
    code,
    facts,
    heading,
    items,
    mono,
    shown,
    subheading,
    table,
    text,
)
from habeas.evidence.exhibit.telling import Told
from habeas.evidence.seals.items import read_moment
from habeas.evidence.seals.rows import Custody


def seals(told: Told, _: Say) -> Iterator[Part]:
    """Yield what was sealed when, and which outsiders stamped it."""
    yield {"kind": "break"}
    yield heading(_("Seals"))
    yield text(
        _(
            "Each recording was hashed and signed at the moment when it was written, in a chain in "
            "which each seal names the one before. A recording cannot be changed, exchanged or "
            "dated "
            "back afterwards without breaking its seal."
        )
    )
    rows: list[list[Value]] = []
    for seal in told.seals:
        created = read_moment(seal.value.get("created"))
        rows.append(
            [
                str(seal.sequence),
                shown(created) if created else "",
                _kind(seal.kind, _),
                mono(str(seal.item.get("sha256") or "")),
                mono(seal.hash),
            ]
        )
    head = [_("Seal"), _("Made"), _("Of"), _("SHA-256 of the file"), _("SHA-256 of the seal")]
    yield table(head, [0.5, 1.3, 1, 2.6, 2.6], rows)
    yield from _stamps(told, _)


def _kind(kind: str, _: Say) -> str:
    words = {"capture": _("a capture"), "note": _("a note about it")}
    return words.get(kind, kind)


def _stamps(told: Told, _: Say) -> Iterator[Part]:
    yield subheading(_("Timestamps by others"))
    if not told.stamps:
        yield text(
            _(
                "There is none in this exhibit. When the capture was made therefore rests on the "
                "clock of whoever made it. Timestamps that come later belong to a later exhibit."
            )
        )
        return
    yield text(
        _(
            "An outside authority signed the hash of a seal together with its own time. So the "
            "recording existed then, as it is now."
        )
    )
    rows: list[list[Value]] = []
    for one in told.stamps:
        waits = _("waits for a Bitcoin block") if one.pending else ""
        rows.append(
            [
                one.authority,
                shown(one.moment) if one.moment else waits,
                ", ".join(map(str, one.covers)),
                mono(one.file),
            ]
        )
    head = [_("Authority"), _("Its time"), _("Covers seal"), _("File in the package")]
    yield table(head, [1.2, 1.6, 0.8, 3], rows)


def custody(told: Told, _: Say) -> Iterator[Part]:
    """Yield the custody log: chronological, with control, date, time, transfer and purpose."""
    yield heading(_("Custody log"))
    yield text(
        _(
            "Who or what recorded, read, copied or handed on these recordings, in order of time. "
            "The log is chained and closed by a seal: no row can be missing unnoticed. Times are "
            "UTC, "
            "by the clock of the computer. What happens to this exhibit from now on is not in it; "
            "note it by hand."
        )
    )
    rows = [_custody_row(row, _) for row in told.custody]
    head = [_("No."), _("When"), _("Who, where"), _("What"), _("Recording, and its SHA-256 after")]
    yield table(head, [0.4, 1.4, 1.3, 1.6, 2.6], rows)
    yield subheading(_("Handed on"))
    empty: list[list[Value]] = [["\u00a0", "", "", ""] for _n in range(4)]
    yield table(
        [_("Date and time"), _("From"), _("To"), _("Purpose, signature")], [1, 1, 1, 1.4], empty
    )


def _custody_row(row: Custody, _: Say) -> list[Value]:
    value = row.value
    at = read_moment(value.get("at"))
    by = value.get("by")
    name = str(by.get("name", "")) if isinstance(by, dict) else ""
    where = str(value.get("where") or "")
    why = str(value.get("why") or "")
    return [
        str(value.get("number", "")),
        shown(at) if at else "",
        ", ".join(one for one in (name, where) if one),
        ": ".join(one for one in (events(_).get(row.event, row.event), why) if one),
        mono(f"{row.item.rpartition('/')[2]} {value.get('after') or ''}".strip()),
    ]


def events(_: Say) -> dict[str, str]:
    """Return what happened, in words, by the event of a row of custody."""
    return {
        "captured": _("recorded"),
        "noted": _("a note about it was recorded"),
        "found_unsealed": _("found without a seal after a stop, and sealed late"),
        "received": _("received from others"),
        "read": _("read"),
        "copied": _("copied"),
        "exported": _("put into an exhibit"),
        "transferred": _("handed on"),
        "verified": _("verified"),
        "removed": _("removed by policy"),
        "removal_failed": _("could not be removed"),
        "stamped": _("timestamped by an authority"),
        "stamp_upgraded": _("timestamp confirmed"),
        "stamp_failed": _("a timestamp was not obtained"),
    }


def method(_: Say) -> Iterator[Part]:
    """Yield how the recording was made."""
    yield heading(_("How it was made"))
    yield items(
        [
            _(
                "One request was sent over one fresh connection, without cookies, by a program "
                "that "
                "names itself and does not pretend to be a browser."
            ),
            _(
                "Every byte that was sent and that came back was written to disk, in the format "
                "WARC/1.1 (ISO 28500:2017), and confirmed by the disk, before anything read it. "
                "Nothing was decoded, shortened or repaired in the recording."
            ),
            _(
                "With it were recorded, from the same connection: the address of the server, the "
                "encryption, and all certificates as the server sent them."
            ),
            _(
                "The file was hashed with SHA-256, noted in the custody log, and sealed: the seal "
                "is "
                "signed with Ed25519 and names the seal before it."
            ),
            _(
                "For this exhibit the recordings were copied byte for byte into a WACZ package "
                "(version 1.1.1). The paper was made from the package's contents by the same "
                "program."
            ),
        ]
    )


def limits(_: Say) -> Iterator[Part]:
    """Yield what is not proved, and what would corroborate it."""
    yield heading(_("What this does not prove"))
    yield items(
        [
            _(
                "That the site sent these bytes to anybody else. A server can answer each visitor "
                "differently."
            ),
            _("That what the page says is true, or that it is complete."),
            _(
                "Who the person on the page is. That two names mean one person is for people to "
                "say."
            ),
            _(
                "That the site wrote the page. A timestamp proves that the recording existed at a "
                "time; the certificates show with whom the connection was. Encryption on the web "
                "does not sign what is sent."
            ),
            _(
                "That the clock of the computer was right, where no timestamp of others is "
                "enclosed."
            ),
            _("Anything by absence: what is not on this page may be elsewhere."),
        ]
    )
    yield subheading(_("What supports it"))
    yield items(
        [
            _("Further captures of the same page, at other times and from other networks."),
            _("Copies made by others: archives of the web, newspapers, notaries."),
            _("The certificates, which only the holder of the site's key could use at that time."),
            _(
                "A request to the court or authority for a certified copy; the case number is "
                "above."
            ),
        ]
    )


def checking(told: Told, _: Say) -> Iterator[Part]:
    """Yield how a stranger checks it, with Python and without."""
    name, sha256, size = told.package
    yield heading(_("How to check"))
    yield text(_("With Python 3.8 or newer and openssl 3, in the folder of the exhibit:"))
    yield code([f"python3 verify.py --signer {told.signer}"])
    yield text(
        _(
            "Each line is one check. Exit code 0: all holds; 1: something does not hold; 3: "
            "something "
            "could not be checked. If you do not trust the enclosed verify.py, take the same file "
            "from a copy of habeas that you trust; the SHA-256 of the enclosed one is below."
        )
    )
    yield text(_("Without Python, with openssl, unzip and sha256sum:"))
    yield code(openssl_commands(told))
    yield text(
        _(
            "Verified OK, or Signature Verified Successfully, must be the answer each time, and "
            "the "
            "hashes must be those of the seal. The first command prints the fingerprint of the key."
        )
    )
    yield facts(
        [
            (_("Package"), mono(name)),
            (_("Size"), _("{count} bytes").format(count=size)),
            (_("SHA-256 of the package"), mono(sha256)),
            (_("SHA-256 of verify.py"), mono(told.verifier_sha256)),
        ]
    )


def openssl_commands(told: Told) -> list[str]:
    """Return commands that check seal and recording with openssl alone."""
    key, name = told.signer, told.package[0]
    check = 'openssl pkeyutl -verify -pubin -inkey "$KEY" -rawin -in'
    lines = [
        f'KEY="$PWD/seal/{key}.pem"',
        'openssl pkey -pubin -in "$KEY" -outform DER | openssl dgst -sha256',
        f"{check} seal/manifest.json -sigfile seal/signature.bin",
        f"sha256sum {name}   # must stand in seal/manifest.json",
        f"unzip -q {name} -d package && cd package",
    ]
    for seal in told.seals:
        stem = f"seals/seal-{seal.sequence:08d}"
        recording = str(seal.item.get("file")).rpartition("/")[2]
        lines += [
            f"{check} {stem}.manifest -sigfile {stem}.sig",
            f"sha256sum archive/{recording}   # must stand in {stem}.manifest",
        ]
    lines += [
        f"openssl ts -verify -in {one.file} -data {one.file.partition('.')[0]}.manifest"
        " -CAfile ROOT-OF-THE-AUTHORITY.pem"
        for one in told.stamps
        if one.file.endswith(".tsr")
    ]
    return lines
