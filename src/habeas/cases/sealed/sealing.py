"""Sealing: notes are encrypted with age to the keys of their readers, and to nobody else's.

What this keeps out: whoever has the database, a backup or a disk, and every member of the team who
is no reader, owners included. What it cannot keep out: a program that was put in the place of this
one on the server would see a note and a passphrase at the moment when somebody types them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pyrage
from django.db import transaction

from habeas.cases.access import roles
from habeas.cases.access.models import Noted
from habeas.cases.sealed.models import NoteReader, NotesKey, SealedNote
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import NoteNotOpened, NotesKeyRefused, PassphraseWrong, VaultBroken
from habeas.language import _
from habeas.vault.keys import ENCRYPTED, PASSPHRASE, Secrets, Vault
from habeas.watch import scope

SHORTEST = 12
"""Characters of the shortest passphrase of a key."""
STEP = 1024
"""Bytes to which the length of a note is rounded up, so that it tells little of the text."""
TRIES = 5
PAUSE = timedelta(minutes=15)
"""After so many wrong passphrases within so long, a member has to wait."""


def new_key(user: str, passphrase: str, at: datetime) -> NotesKey:
    """Make a key for a member. The one before stays: it opens the notes sealed to it.

    Raises:
        NotesKeyRefused: the passphrase is too short.
    """
    identity = pyrage.x25519.Identity.generate()
    wrapped = _wrapped(str(identity), passphrase)
    return NotesKey.objects.create(
        user=user, public=str(identity.to_public()), wrapped=wrapped, at=at
    )


def change_passphrase(user: str, old: str, new: str) -> int:
    """Lock with another passphrase every key of a member that the old one opens; return how many.

    Raises:
        NotesKeyRefused: the new passphrase is too short.
        NoteNotOpened: the old one opens none of them.
    """
    with transaction.atomic():
        opened = []
        for key in NotesKey.objects.select_for_update().filter(user=user):
            identity = _identity(key, old)
            if identity is not None:
                opened.append((key, identity))
        if not opened:
            raise NoteNotOpened
        for key, identity in opened:
            key.wrapped = _wrapped(identity, new)
            key.save(update_fields=["wrapped"])
    return len(opened)


def key_of(user: str) -> NotesKey | None:
    """Return the key to which notes for a member are sealed now."""
    return NotesKey.objects.filter(user=user).order_by("-pk").first()


def may_read(subject: Subject, now: datetime) -> list[NotesKey]:
    """Return the keys of everybody who may see a case now, by name."""
    newest: dict[str, NotesKey] = {}
    found = []
    with scope.everything():  # who else sees the case is for the site to ask
        for key in NotesKey.objects.order_by("user", "pk"):
            newest[key.user] = key
        granted = set(roles.granted_to(subject.pk, now).values_list("user", flat=True))
        for user, key in newest.items():
            who = roles.standing(user, now)
            if who.role and (not who.named or user in granted):
                found.append(key)
    return found


def seal(
    subject: Subject, text: str, keys: Sequence[NotesKey], hand: Hand, again: SealedNote | None
) -> SealedNote:
    """Keep a note that only these keys open.

    Args:
        subject: beside whose case it lies.
        text: what it says.
        keys: of the readers; at least one.
        hand: who writes it, and when.
        again: the note that is passed on; None for a new one.
    """
    box = pyrage.encrypt(_padded(text), [_recipient(key) for key in keys])
    with transaction.atomic():
        note = SealedNote.objects.create(
            subject=subject, box=box, again=again, by=hand.by, at=hand.at
        )
        for key in keys:
            NoteReader.objects.create(note=note, key=key)
    return note


def key_for(note: SealedNote, user: str) -> NotesKey | None:
    """Return the key by which a member opens a note; None for somebody who is no reader."""
    return NotesKey.objects.filter(notes__note=note, user=user).order_by("-pk").first()


def open_note(note: SealedNote, user: str, passphrase: str) -> str:
    """Return the text of a note.

    Raises:
        NoteNotOpened: this member is no reader, or the passphrase is wrong.
    """
    key = key_for(note, user)
    identity = None if key is None else _identity(key, passphrase)
    if identity is None:
        raise NoteNotOpened
    try:
        content: bytes = pyrage.decrypt(
            bytes(note.box), [pyrage.x25519.Identity.from_str(identity)]
        )
    except pyrage.DecryptError as error:
        raise NoteNotOpened from error
    return content.rstrip(b"\0").decode()


def has_to_wait(user: str, routes: Iterable[str], now: datetime) -> bool:
    """Say whether a member was refused too often of late: guessing is made slow."""
    with scope.everything():
        lately = Noted.objects.filter(user=user, at__gt=now - PAUSE, route__in=list(routes))
        return lately.filter(verb=Noted.REFUSED).count() >= TRIES


def _wrapped(identity: str, passphrase: str) -> dict[str, object]:
    if len(passphrase) < SHORTEST:
        raise NotesKeyRefused(
            _("a passphrase has at least {count} characters").format(count=SHORTEST)
        )
    locked = Vault("", ENCRYPTED, {}).wrapped(Secrets(identity, database=""), passphrase)
    return dict(locked.wraps[PASSPHRASE])


def _identity(key: NotesKey, passphrase: str) -> str | None:
    if not passphrase:
        return None
    try:
        return Vault("", ENCRYPTED, {PASSPHRASE: key.wrapped}).opened(passphrase).age
    except (PassphraseWrong, VaultBroken):
        return None


def _recipient(key: NotesKey) -> pyrage.x25519.Recipient:
    return pyrage.x25519.Recipient.from_str(key.public)


def _padded(text: str) -> bytes:
    # Text that people type holds no NUL; the form takes it out.
    content = text.replace("\0", "").encode()
    return content + b"\0" * (-len(content) % STEP)
