"""Second factors: codes by the time of day (RFC 6238), recovery codes, and what is kept of both."""

import hashlib
import os
import secrets
from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings

from habeas.site.models import Account, RecoveryCode

DIGITS, STEP_S = 6, 30
AROUND = (-1, 0, 1)
"""Steps beside the present one whose codes are taken: telephones are up to half a minute wrong."""
RECOVERY_CODES = 10
# Without letters and digits that are mistaken for others; 16 of 31 are 79 bits, so that a plain
# digest of a code cannot be guessed back.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH, _GROUP = 16, 4
_SECRET_BYTES = 20  # RFC 4226, section 4: 160 bits are recommended
_NONCE_BYTES = 12


def new_secret() -> bytes:
    """Return a random secret."""
    return os.urandom(_SECRET_BYTES)


def typed_form(secret: bytes) -> str:
    """Return a secret as it is typed into an app: base32, in groups of four."""
    return _grouped(b32encode(secret).decode())


def address_of(secret: bytes, user_name: str, issuer: str) -> str:
    """Return the address that apps read from a picture (Key Uri Format)."""
    return _totp(secret).get_provisioning_uri(user_name, issuer)


def step_of(secret: bytes, code: str, at: datetime) -> int | None:
    """Return the step whose code it is, counted since 1970; None where it is none of now."""
    now = int(at.timestamp()) // STEP_S
    found = None
    for step in (now + one for one in AROUND):
        try:
            _totp(secret).verify(code.encode(), step * STEP_S)
        except InvalidToken:
            continue
        found = step
    return found


def plain(code: str) -> str:
    """Return a code as it is compared: no blanks or hyphens, digits of any script as 0 to 9."""
    kept = "".join(one for one in code if one.isalnum()).upper()
    return "".join(str(int(one)) if one.isdecimal() else one for one in kept)


def is_of_the_hour(code: str) -> bool:
    """Say whether a plain code has the form of an app's; else it is taken for a recovery code."""
    return len(code) == DIGITS and code.isdigit()


def spend_step(account: Account, step: int) -> bool:
    """Take the code of a step, once: of two requests at the same moment one comes too late."""
    newer = Account.objects.filter(pk=account.pk, last_step__lt=step, epoch=account.epoch)
    return newer.update(last_step=step) == 1


def new_recovery_codes(account: Account) -> list[str]:
    """Replace the recovery codes; return the new ones, which are kept nowhere."""
    made = [
        "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)
    ]
    account.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=_digest(one)) for one in made
    )
    return [_grouped(one) for one in made]


def recovery_code(account: Account | None, code: str) -> int:
    """Return the number of an unused recovery code, 0 where it is none; it asks once anyway."""
    kept = RecoveryCode.objects.filter(
        account=account.pk if account else 0, digest=_digest(code), used_at=None
    )
    return kept.values_list("pk", flat=True).first() or 0


def spend_recovery_code(number: int, at: datetime) -> bool:
    """Take a recovery code, once."""
    return RecoveryCode.objects.filter(pk=number, used_at=None).update(used_at=at) == 1


def wrapped(secret: bytes, user_name: str) -> str:
    """Return a secret as the database keeps it: a copy of the database alone opens no account.

    It is bound to the user, so that no row helps another; the key comes of the installation's own,
    which lies beside the database, not in it.
    """
    nonce = os.urandom(_NONCE_BYTES)
    box = ChaCha20Poly1305(_key()).encrypt(nonce, secret, user_name.encode())
    return urlsafe_b64encode(nonce + box).decode()


def unwrapped(kept: str, user_name: str) -> bytes | None:
    """Return a secret; None where it was wrapped by another installation's key, or is damaged.

    Where there is none it takes as long to say so.
    """
    if not kept:
        wrapped(bytes(_SECRET_BYTES), user_name)
        return None
    try:
        box = urlsafe_b64decode(kept)
        opened = ChaCha20Poly1305(_key()).decrypt(
            box[:_NONCE_BYTES], box[_NONCE_BYTES:], user_name.encode()
        )
    except (InvalidTag, ValueError):
        return None
    return bytes(opened)


def _key() -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"habeas second factor 1")
    return derived.derive(settings.SECRET_KEY.encode())


def _totp(secret: bytes) -> TOTP:
    # SHA-1 and six digits are what every app knows; in a MAC, SHA-1 is sound (RFC 6194, 3.3).
    return TOTP(secret, DIGITS, SHA1(), STEP_S)  # noqa: S303 - see above


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _grouped(text: str) -> str:
    return " ".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))
