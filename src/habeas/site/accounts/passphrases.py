"""Which passphrases can be used, and whether one fits: the same work whoever is asked for."""

import secrets
import unicodedata
from functools import lru_cache
from itertools import pairwise

from django.contrib.auth.hashers import (
    BasePasswordHasher,
    check_password,
    get_hasher,
    make_password,
)
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

LEAST_CHARACTERS = 12
LEAST_DIFFERENT = 5
MOST_CHARACTERS = 1000
"""Longer ones are not hashed: nobody types them."""
RULES = later(
    "At least 12 characters: four or five words are good. Not your name, nothing repeated, and not "
    "one of the well-known ones."
)


def fault(passphrase: str, user_name: str) -> Promise | str:
    """Return why a passphrase cannot be used; empty where it can."""
    typed, name = _folded(passphrase).casefold(), _folded(user_name).casefold()
    if len(typed) < LEAST_CHARACTERS:
        return later("This passphrase is too short.")
    # What is left of it without the name has to be a passphrase of its own, nearly.
    if len(typed.replace(name, "")) < LEAST_CHARACTERS // 2:
        return later("This passphrase is your name, or little more than it.")
    if len(set(typed)) < LEAST_DIFFERENT or typed in (typed + typed)[1:-1] or _in_a_row(typed):
        return later("This passphrase repeats itself.")
    try:
        CommonPasswordValidator().validate(typed)
    except ValidationError:
        return later("This passphrase is one that guessers try first.")
    return ""


def _in_a_row(typed: str) -> bool:
    """Say whether every sign follows the one before: abcdef…, 987654…."""
    steps = {ord(after) - ord(before) for before, after in pairwise(typed)}
    # 890123… goes round once.
    return len(steps - {9, -9}) == 1 and steps <= {1, -1, 9, -9}


def hashed(passphrase: str) -> str:
    """Return what is kept of a passphrase."""
    return make_password(_folded(passphrase))


def fits(user: User | None, passphrase: str) -> bool:
    """Say whether it is the passphrase of a user.

    One hash is computed and compared in each case, also where there is no user, or one without a
    passphrase.
    """
    decoy = _decoy(get_hasher())  # also where it is not needed: the first one costs a hash
    kept = user.password if user is not None and user.has_usable_password() else decoy
    return check_password(_folded(passphrase), kept) and kept is not decoy


@lru_cache(maxsize=4)
def _decoy(hasher: BasePasswordHasher) -> str:
    """Return the hash of something that nobody knows.

    Compared by the same steps as a real one: to make a new hash instead was 2 % quicker, for the
    memory that the one before had left.
    """
    return hasher.encode(secrets.token_hex(), hasher.salt())


def _folded(typed: str) -> str:
    """Return one form of letters that keyboards and systems write differently (NFKC)."""
    return unicodedata.normalize("NFKC", typed)
